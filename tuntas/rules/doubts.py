"""What speaks for a report being sent by a machine or to annoy. A score anybody can check; it never refuses. Pure.

From two points on the sender's phone is asked for some effort; from four on somebody at the desk looks at the report
before it is public. Nothing is deleted. Source: INTEGRATION 5.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tuntas.kit.words import Say

ASKS_EFFORT, IS_HELD = 2, 4  # points


class Doubt(StrEnum):
    """One thing that speaks against a report."""

    LINKS = "links"
    REPEATED = "repeated"
    GIBBERISH = "gibberish"
    FAST = "fast"
    MAIL = "mail"
    NETWORK = "network"
    NO_EFFORT = "no_effort"


POINTS = {
    Doubt.LINKS: 2,
    Doubt.REPEATED: 2,
    Doubt.GIBBERISH: 2,
    Doubt.FAST: 1,
    Doubt.MAIL: 1,
    Doubt.NETWORK: 2,
    Doubt.NO_EFFORT: 2,
}
SAY = {
    Doubt.LINKS: Say("Banyak tautan", "Many links"),
    Doubt.REPEATED: Say("Isi sama dengan beberapa laporan hari ini", "Same words as several reports today"),
    Doubt.GIBBERISH: Say("Huruf tanpa arti", "Letters without sense"),
    Doubt.FAST: Say("Diisi dalam beberapa detik", "Filled in within seconds"),
    Doubt.MAIL: Say("Alamat e-mail sekali pakai", "Throw-away e-mail address"),
    Doubt.NETWORK: Say("Banyak laporan dari jaringan yang sama", "Many reports from the same network"),
    Doubt.NO_EFFORT: Say("HP pengirim tidak ikut menghitung", "The sender's phone computed nothing"),
}


def points_of(doubts: Collection[Doubt]) -> int:
    """Return the score of some doubts."""
    return sum(POINTS[doubt] for doubt in set(doubts))


REPEATED_FROM = 20  # within a day: a street that copies one text from its head is heard, a machine is not
FEWEST_WORDS = 5  # "lampu mati" many people write, each for themselves
MOST_LINKS = 2
WORDS_A_LINK = 10  # fewer words beside two links than this for each: the links are the story
FASTEST = 5  # seconds from the first step to sending
FEWEST_LETTERS, FEWEST_TO_REPEAT = 8, 20  # of a text that can be gibberish; that can be one or two letters all along
THROW_AWAY = frozenset({
    "10minutemail.com", "dispostable.com", "emailondeck.com", "fakeinbox.com", "getnada.com", "grr.la",
    "guerrillamail.com", "maildrop.cc", "mailinator.com", "mailnesia.com", "moakt.com", "mohmal.com", "sharklasers.com",
    "tempail.com", "temp-mail.org", "tempmail.com", "throwawaymail.com", "trashmail.com", "yopmail.com",
})  # fmt: skip
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]{5,}")
_SENSELESS = re.compile(r"^[^aeiouy]+$|[^aeiouy]{5}")  # no vowel at all, or five consonants in a row


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a report that is being sent."""

    text: str
    email: str = ""
    seconds: float | None = None  # from the first step of the form to sending; None where there are no steps
    times_before: int = 0  # how often the same words were sent within a day
    is_busy_network: bool = False


def doubts_about(facts: Facts) -> list[Doubt]:
    """Return what speaks against a report, in the order of the list above."""
    found = {
        Doubt.LINKS: is_full_of_links(facts.text),
        Doubt.REPEATED: facts.times_before >= REPEATED_FROM,
        Doubt.GIBBERISH: is_gibberish(facts.text),
        Doubt.FAST: facts.seconds is not None and facts.seconds < FASTEST,
        Doubt.MAIL: is_throw_away(facts.email),
        Doubt.NETWORK: facts.is_busy_network,
    }
    return [doubt for doubt, is_so in found.items() if is_so]


def known_words(text: str) -> str:
    """Return the words by which a text is known again, whatever its signs and capitals; "" for a few words."""
    words = _WORD.findall(text.casefold())
    return " ".join(words) if len(words) >= FEWEST_WORDS else ""


def is_full_of_links(text: str) -> bool:
    """Return whether a text is mostly links. One is a help (a place on a map), and so are two in a story."""
    links = len(_LINK.findall(text))
    if links < MOST_LINKS:
        return False
    return links > MOST_LINKS or len(_WORD.findall(_LINK.sub(" ", text))) < links * WORDS_A_LINK


def is_gibberish(text: str) -> bool:
    """Return whether half of a text or more is letters that no one says. Other scripts than Latin are never judged."""
    said = _LINK.sub(" ", text.lower())
    letters = "".join(_LETTERS.findall(said))
    if len(letters) < FEWEST_LETTERS:
        return False
    if letters.isascii() and len(letters) >= FEWEST_TO_REPEAT and len(set(letters)) <= 2:
        return True
    senseless = sum(len(word) for word in _LATIN.findall(said) if _SENSELESS.search(word))
    return senseless * 2 >= len(letters)


def is_throw_away(email: str) -> bool:
    """Return whether an address belongs to a host that gives addresses away for minutes."""
    host = email.rpartition("@")[2].lower().rstrip(".")
    return any(host == each or host.endswith(f".{each}") for each in THROW_AWAY)
