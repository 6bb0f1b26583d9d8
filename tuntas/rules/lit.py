"""One light beside an answer: which, how it burns, why, and where in the text. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tuntas.kit.words import Say
from tuntas.rules.manners import Place


class Light(StrEnum):
    """What an answer is judged by, in the order it is shown."""

    RINGKAS = "ringkas"
    PADAT = "padat"
    SANTUN = "santun"
    BUKTI = "bukti"
    DATA_PRIBADI = "data_pribadi"


NAMES: dict[Light, Say] = {
    Light.RINGKAS: Say("Ringkas", "Brief"),
    Light.PADAT: Say("Padat", "Complete"),
    Light.SANTUN: Say("Santun", "Polite"),
    Light.BUKTI: Say("Bukti", "Proof"),
    Light.DATA_PRIBADI: Say("Data pribadi", "Personal data"),
}


class Result(StrEnum):
    """How a light burns: green, amber, which may be passed, or red, which may not."""

    OK = "ok"
    ADVISE = "advise"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Lit:
    """What one light says of a text; ``places`` point into it, some with words to say instead."""

    light: Light
    result: Result
    say: Say
    places: tuple[Place, ...] = ()

    @property
    def name(self) -> Say:
        return NAMES[self.light]


def judged(light: Light, troubles: Sequence[Say], fine: Say, places: Sequence[Place] = ()) -> Lit:
    """Return amber with all *troubles*, or green with what is *fine*."""
    if not troubles:
        return Lit(light, Result.OK, fine)
    return Lit(light, Result.ADVISE, one_after_another(troubles), tuple(places))


def one_after_another(says: Sequence[Say]) -> Say:
    """Put sentences behind each other."""
    return Say(" ".join(say.id for say in says), " ".join(say.en for say in says))


def listed(says: Sequence[Say]) -> Say:
    """Put words into a row: one, two, and three."""
    return Say(_row([say.id for say in says], "dan"), _row([say.en for say in says], "and"))


def _row(words: Sequence[str], last: str) -> str:
    if len(words) < 3:
        return f" {last} ".join(words)
    comma = "," if last == "dan" else ""
    return f"{', '.join(words[:-1])}{comma} {last} {words[-1]}"


def begun(say: Say) -> Say:
    """Begin with a capital, in both languages."""
    return Say(say.id[:1].upper() + say.id[1:], say.en[:1].upper() + say.en[1:])
