"""The words by which an answer is judged: what belongs into it, what does not, and what to say instead. Pure.

Which words these are is a government's own, read from its profile. Where it lists none, nothing is asked of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from tuntas.rules.topics import ENDINGS


@dataclass(frozen=True, slots=True)
class Manners:
    """Words in small letters; each is found as a whole word with its usual endings."""

    greetings: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    sorries: tuple[str, ...] = ()
    who: tuple[str, ...] = ()  # that name who does something
    what: tuple[str, ...] = ()  # that name what was or will be done
    when: tuple[str, ...] = ()  # beside dates, hours and days of the week, which are known anyway
    blames: tuple[str, ...] = ()
    insults: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()  # that are written in capitals and shout at nobody
    phrases: Mapping[str, str] = field(default_factory=dict)  # of offices, and how to say it plainly

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Manners":
        """Read what ``as_data`` wrote; what is missing is empty."""
        lists = {each: tuple(data.get(each, ())) for each in WORD_LISTS}
        return cls(**lists, phrases=dict(data.get("phrases", {})))

    def as_data(self) -> dict[str, Any]:
        """Return them as JSON can hold them."""
        return {each: list(getattr(self, each)) for each in WORD_LISTS} | {"phrases": dict(self.phrases)}


WORD_LISTS = tuple(each.name for each in fields(Manners) if each.name != "phrases")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text that deserves another look: ``text[start:end]``, and what could stand there instead."""

    start: int
    end: int
    words: str
    instead: str = ""


def places_of(text: str, words: Iterable[str]) -> list[Place]:
    """Return where one of *words* stands in *text*, in order: whole words with their usual endings, in any case."""
    pattern = _pattern(tuple(words))
    return [Place(m.start(), m.end(), m.group()) for m in pattern.finditer(text)] if pattern else []


def phrases_in(text: str, phrases: Mapping[str, str]) -> list[Place]:
    """Return where an office phrase stands, each with the plain words to say instead."""
    pattern = _pattern(tuple(phrases))
    if pattern is None:
        return []
    plain = {" ".join(phrase.lower().split()): instead for phrase, instead in phrases.items()}
    return [
        Place(m.start(), m.end(), m.group(), _as_begun(plain[" ".join(m["word"].lower().split())], m.group()))
        for m in pattern.finditer(text)
    ]


def _as_begun(instead: str, before: str) -> str:
    """Begin with a capital where the words before did."""
    return instead[:1].upper() + instead[1:] if before[:1].isupper() else instead


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    spelt = [r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True) if word.split()]
    return re.compile(rf"(?<!\w)(?P<word>{'|'.join(spelt)}){ENDINGS}(?!\w)", re.IGNORECASE) if spelt else None
