"""Colours of a government: whatever is accepted can be read, by day and by night."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.test_tokens import LIGHT, colour
from tuntas.rules.brand import contrast, css_of, family, hash_of, mixed, too_weak


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_our_own_colours_are_accepted() -> None:
    own = {
        name: "#" + "".join(f"{round(part * 255):02x}" for part in colour(f"--{name}", LIGHT))
        for name in ("brand", "action", "accent")
    }
    assert list(too_weak(own)) == []


@pytest.mark.parametrize(
    ("colours", "wrong"),
    [
        ({"brand": "#ffff00"}, {"brand"}),
        ({"brand": "#808080"}, {"brand"}),
        ({"action": "#f6b92b"}, {"action"}),
        ({"accent": "#0a1c2a"}, {"accent"}),
        ({}, set()),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_which_pair(colours: dict[str, str], wrong: set[str]) -> None:
    found = list(too_weak(colours))
    assert {name for name, _ in found} == wrong
    assert all("Perlu" in say.id and "{" not in say.id for _, say in found)


@given(
    st.fixed_dictionaries({n: st.from_regex(r"#[0-9a-f]{6}", fullmatch=True) for n in ("brand", "action", "accent")})
)
def test_whatever_is_accepted_reads_well_in_both_looks(colours: dict[str, str]) -> None:
    wrong = {name for name, _ in too_weak(colours)}
    for scheme in ("light", "dark"):
        made = family(colours, scheme)
        for name in {"brand", "action", "accent"} - wrong:
            assert contrast(made[name], made[f"on-{name}"]) >= 4.5


def test_the_style_sheet_covers_both_looks_and_its_name_changes_with_it() -> None:
    one, other = css_of({"brand": "#123456"}), css_of({"brand": "#123457"})
    assert one.count("--brand:") == 3
    assert '[data-theme="gelap"]' in one
    assert hash_of(one) != hash_of(other)
    assert css_of({}) == ""
    assert one.count("{") == one.count("}")


def test_mixing() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
