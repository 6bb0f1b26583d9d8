"""What a story is probably about, told by the words of the profile. A guess, shown as one; people decide. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# A word with its usual endings: "jalan", "jalannya", "berlubang"; never inside another word ("air" in "airport").
ENDINGS = "(?:nya|ku|mu|kah|lah|pun)?"


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic and the words of the story that point to it, the surest first."""

    code: str
    words: tuple[str, ...]


def guess_topics(story: str, words_of: Mapping[str, Iterable[str]]) -> list[Guess]:
    """Return the topics whose words stand in *story*, the most words first, then those found earliest.

    words_of   per category its words, small letters; a longer phrase counts more than a single word
    """
    text = story.lower()
    found = []
    for order, (code, words) in enumerate(words_of.items()):
        places = {word: match.start() for word in words if word in text and (match := _pattern(word).search(text))}
        if places:
            weight = sum(1 + word.count(" ") for word in places)
            found.append((-weight, min(places.values()), order, Guess(code, tuple(places))))
    return [guess for *_, guess in sorted(found, key=lambda row: row[:3])]


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}{ENDINGS}(?!\w)")
