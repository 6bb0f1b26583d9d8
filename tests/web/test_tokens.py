"""The colours: every pair that must be read has its contrast, by day and by night (ux 12.4)."""

import re

import pytest

from tuntas.web.styles import SOURCES

TEXT = (SOURCES / "tokens.css").read_text()
BARE = re.sub(r"/\*.*?\*/", "", TEXT, flags=re.S)
DARK = r"--bg: #0c141a;.*?(?=\n *\})"
READ, SEEN = 4.5, 3.0
TONES = ("info", "ok", "warn", "late", "out", "mute")
PAIRS = [
    ("--text", "--bg", READ),
    ("--text-soft", "--bg", READ),
    ("--text-soft", "--bg-sunken", READ),
    ("--text-soft", "--surface-picked", READ),
    ("--link", "--bg", READ),
    ("--on-action", "--action", READ),
    ("--on-accent", "--accent", READ),
    ("--on-brand", "--brand", READ),
    ("--on-brand-soft", "--brand", READ),
    ("--on-danger", "--danger", READ),
    ("--line-strong", "--surface", SEEN),
    ("--focus", "--bg", SEEN),
    ("--focus-halo", "--brand", SEEN),
    *((f"--tone-{tone}-ink", f"--tone-{tone}-bg", READ) for tone in TONES),
    *((f"--tone-{tone}-mark", "--surface", SEEN) for tone in TONES),
]


def variables(css: str) -> dict[str, str]:
    return {name: value.strip() for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", css)}


def dark_lists() -> list[dict[str, str]]:
    return [variables(found) for found in re.findall(DARK, BARE, flags=re.S)]


LIGHT = variables(re.split(r"@media \(prefers-color-scheme: dark\)", BARE)[0])


def colour(name: str, values: dict[str, str]) -> tuple[float, float, float]:
    """Return red, green and blue of a variable, following those it names."""
    value = values[name]
    while (found := re.fullmatch(r"var\((--[\w-]+)\)", value)) is not None:
        value = values[found[1]]
    digits = value.removeprefix("#")
    assert re.fullmatch(r"[0-9a-f]{6}", digits), (name, value)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def lightness(rgb: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, values: dict[str, str]) -> float:
    low, high = sorted((lightness(colour(one, values)), lightness(colour(other, values))))
    return (high + 0.05) / (low + 0.05)


def test_night_is_written_twice_and_both_are_the_same() -> None:
    by_phone, by_switch = dark_lists()
    assert len(by_phone) > 60
    assert by_phone == by_switch


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_must_be_read_can_be_read(front: str, ground: str, least: float) -> None:
    assert contrast(front, ground, LIGHT) >= least
    assert contrast(front, ground, {**LIGHT, **dark_lists()[0]}) >= least


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("--a", "--b", {"--a": "#000000", "--b": "#ffffff"}) == pytest.approx(21)
    assert contrast("--a", "--b", {"--a": "#777777", "--b": "#ffffff"}) == pytest.approx(4.48, abs=0.01)
