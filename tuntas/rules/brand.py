"""The colours of a government: from three of its own a whole family for day and night, each pair readable. Pure."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from tuntas.kit.words import Say

Colours = Mapping[str, str]  # brand, action, accent: #rrggbb, or nothing
READ, SEEN = 4.5, 3.0  # WCAG 2.2: words, and marks beside each other
WHITE, BLACK, INK = "#ffffff", "#000000", "#0a1c2a"
BACK = {"light": "#ffffff", "dark": "#0c141a"}
HALO = {"light": "#f6b92b", "dark": "#d99a06"}
SCHEMES = ("light", "dark")
NAMES = {
    "light": Say("terang", "light"),
    "dark": Say("gelap", "dark"),
    "on-brand": Say("tulisan putih", "white words"),
    "on-brand-soft": Say("tulisan redup", "soft words"),
    "halo": Say("tanda fokus", "the mark of focus"),
    "on-action": Say("tulisan tombol", "a button's words"),
    "bg": Say("latar halaman", "the page behind it"),
    "on-accent": Say("tulisan gelap", "dark words"),
}
TOO_WEAK = Say(
    "Kontras dengan {other} pada tampilan {scheme} hanya {found}. Perlu {needed}.",
    "The contrast with {other} in the {scheme} look is only {found}. It needs {needed}.",
)


def family(colours: Colours, scheme: str) -> dict[str, str]:
    """Return the tokens of a look that a government's own colours replace, without their dashes."""
    is_dark, made = scheme == "dark", dict[str, str]()
    if brand := colours.get("brand"):
        ground = mixed(brand, BLACK, 0.3) if is_dark else brand
        made |= {"brand": ground, "brand-raised": mixed(ground, WHITE, 0.1), "brand-line": mixed(ground, WHITE, 0.25)}
        made |= {"on-brand": WHITE, "on-brand-soft": mixed(ground, WHITE, 0.75)}
    if action := colours.get("action"):
        ground = mixed(action, WHITE, 0.55) if is_dark else action
        towards = WHITE if is_dark else BLACK
        made |= {"action": ground, "action-hover": mixed(ground, towards, 0.18)}
        made |= {
            "action-edge": mixed(ground, BLACK, 0.32),
            "on-action": mixed(action, BLACK, 0.75) if is_dark else WHITE,
        }
    if accent := colours.get("accent"):
        made |= {"accent": accent, "accent-hover": mixed(accent, WHITE, 0.2)}
        made |= {"accent-edge": mixed(accent, BLACK, 0.35), "on-accent": INK}
    return made


def too_weak(colours: Colours) -> Iterator[tuple[str, Say]]:
    """Yield each colour with a pair that cannot be read: which pair, in which look, how far it falls short."""
    for scheme in SCHEMES:
        made = {**family(colours, scheme), "halo": HALO[scheme], "bg": BACK[scheme]}
        for name, other, needed in (
            ("brand", "on-brand", READ),
            ("brand", "on-brand-soft", READ),
            ("brand", "halo", SEEN),
            ("action", "on-action", READ),
            ("action", "bg", SEEN),
            ("accent", "on-accent", READ),
        ):
            if name in made and (found := contrast(made[name], made[other])) < needed:
                ratio = {"found": _said(int(found * 10) / 10), "needed": _said(needed)}
                yield name, TOO_WEAK.fill_each(other=NAMES[other], scheme=NAMES[scheme], **ratio)


def _said(ratio: float) -> Say:
    return Say(f"{ratio:.1f}".replace(".", ","), f"{ratio:.1f}")


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, from 1 to 21 (WCAG)."""
    high, low = sorted((_lightness(one), _lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, with_: str, share: float) -> str:
    """Return a colour with a share of another."""
    parts = zip(_parts(colour), _parts(with_), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in parts)


def css_of(colours: Colours) -> str:
    """Return the style sheet that lays a government's colours over the tokens; empty where it has none."""
    light, dark = (_lines(family(colours, scheme)) for scheme in SCHEMES)
    if not light:
        return ""
    return (
        f"@layer tokens{{:root{{{light}}}"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="terang"]){{{dark}}}}}'
        f':root[data-theme="gelap"]{{{dark}}}}}'
    )


def hash_of(css: str) -> str:
    """Return what the style sheet's name carries, so that a phone may keep it for a year."""
    return sha256(css.encode()).hexdigest()[:12]


def _lines(made: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in made.items())


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _lightness(colour: str) -> float:
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _unit(colour))
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _unit(colour: str) -> list[float]:
    return [part / 255 for part in _parts(colour)]
