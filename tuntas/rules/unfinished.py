"""Whether words are a template and nothing else: nobody is answered by a template alone. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

OPEN = "…"  # stands where a template wants words
_WORDS = re.compile(rf"\w+|{OPEN}")
_BESIDE = 1  # words on each side by which an open place is known


def is_bare(text: str, templates: Iterable[str]) -> bool:
    """Return whether *text* says the words of a template and no other; blanks, signs and case aside."""
    said = tuple(word for word in _words(text) if word != OPEN)
    return any(said == tuple(word for word in _words(each) if word != OPEN) for each in templates)


def open_places(text: str, templates: Iterable[str]) -> int:
    """Count the open places of a template that still stand open in *text*."""
    said = _words(text)
    if OPEN not in said:
        return 0
    stays = {said[i : i + n] for n in range(1, 2 * _BESIDE + 2) for i in range(len(said) - n + 1)}
    return max((sum(place in stays for place in _places(each)) for each in templates), default=0)


@lru_cache(maxsize=256)
def _places(template: str) -> tuple[tuple[str, ...], ...]:
    """Return each open place with the words beside it."""
    words = _words(template)
    return tuple(words[max(0, i - _BESIDE) : i + _BESIDE + 1] for i, word in enumerate(words) if word == OPEN)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text.replace("...", OPEN).casefold()))
