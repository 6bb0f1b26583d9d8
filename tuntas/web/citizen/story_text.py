"""What a story must be: a sentence that can be read."""

from tuntas.kit.words import Say
from tuntas.rules.text import has_words, trouble_with

FEWEST = 15  # letters: one sentence
TOO_SHORT = Say(
    "Tulis lebih jelas apa yang terjadi, sedikitnya satu kalimat",
    "Write what happened more clearly, at least one sentence",
)


def trouble_with_story(text: str) -> Say | None:
    """Return what is wrong with a story, or None."""
    if len(text.strip()) < FEWEST or not has_words(text):
        return TOO_SHORT
    return trouble_with(text)


def same_lines(text: str) -> str:
    """Return *text* with line ends of one kind; browsers send two signs for each."""
    return text.replace("\r\n", "\n")
