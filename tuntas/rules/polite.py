"""Whether a text is polite: greeting, thanks, an apology where we are late; nobody blamed or insulted. Pure."""

import re
from collections.abc import Sequence

from tuntas.kit.words import Say
from tuntas.rules.lit import Light, Lit, Result, begun, judged, listed
from tuntas.rules.manners import Manners, Place, phrases_in, places_of

GREETING = Say("sapaan", "a greeting")
THANKS = Say("terima kasih", "thanks")
SORRY = Say("permintaan maaf", "an apology")
ADD = Say("Tambahkan {missing}.", "Add {missing}.")
GOOD = Say("{there} sudah ada.", "There: {there}.")
QUIET = Say("Tidak ada kata yang menyinggung.", "Nothing here offends.")
INSULT = Say("Hapus kata kasar: {words}.", "Take out the insult: {words}.")
BLAME = Say("Jangan menyalahkan: {words}.", "Blame nobody: {words}.")
LOUD = Say("Jangan pakai huruf besar semua: {words}.", "Do not write all in capitals: {words}.")
SIGNS = Say("Hapus tanda seru yang berulang.", "Take out the repeated exclamation marks.")
OFFICE = Say("Pakai kata biasa: {words}.", "Use plain words: {words}.")

_SIGNS = re.compile(r"!(?:[\s?]{0,3}!)+")
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?![\w-])")
_NUMERAL = re.compile(r"[IVXLCM]+")
_VOWELS = frozenset("AIUEO")
_SHOWN = 3  # of the words that are named; the places hold them all


def judge_politeness(text: str, manners: Manners, *, is_late: bool) -> Lit:
    """Return how *Santun* burns; listed insults block."""
    if insults := places_of(text, manners.insults):
        return Lit(Light.SANTUN, Result.BLOCK, INSULT.fill(words=_named(insults)), tuple(insults))
    asked = [(GREETING, manners.greetings), (THANKS, manners.thanks)]
    asked += [(SORRY, manners.sorries)] if is_late else []
    there = [say for say, words in asked if places_of(text, words)]
    missing = [say for say, words in asked if words and say not in there]
    troubles, places = _bad_manners(text, manners)
    if missing:
        troubles.append(ADD.fill_each(missing=listed(missing)))
    fine = begun(GOOD.fill_each(there=listed(there))) if there else QUIET
    return judged(Light.SANTUN, troubles, fine, places)


def _bad_manners(text: str, manners: Manners) -> tuple[list[Say], list[Place]]:
    blames, loud = places_of(text, manners.blames), _loud_words(text, manners.acronyms)
    signs = [Place(m.start(), m.end(), m.group(), "") for m in _SIGNS.finditer(text)]
    phrases = phrases_in(text, manners.phrases)
    found = [(BLAME, blames), (LOUD, loud), (SIGNS, signs), (OFFICE, phrases)]
    troubles = [say.fill(words=_named(places)) for say, places in found if places]
    return troubles, _apart([*blames, *loud, *signs, *phrases])


def _apart(places: Sequence[Place]) -> list[Place]:
    """Put places in order, and of two that overlap keep the one that begins first or is longer."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _loud_words(text: str, acronyms: Sequence[str]) -> list[Place]:
    """Find words in capitals that can be spoken; what has less than two vowels is rather an acronym."""
    known = {acronym.upper() for acronym in acronyms}
    return [
        Place(m.start(), m.end(), m.group(), m.group().lower())
        for m in _WORD.finditer(text)
        if (word := m.group()).isupper() and word not in known and _is_spoken(word)
    ]


def _is_spoken(word: str) -> bool:
    return sum(letter in _VOWELS for letter in word) > 1 and not _NUMERAL.fullmatch(word)


def _named(places: Sequence[Place]) -> str:
    """Name the words found, each once, and for a phrase what to say instead."""
    each = dict.fromkeys(f"“{p.words}” → “{p.instead}”" if p.instead else f"“{p.words}”" for p in places)
    return ", ".join([*each][:_SHOWN])
