"""What may stand in a text that people write: any script, any sign, but no half characters. Pure."""

import re
import unicodedata

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say

LONGEST = 10_000
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")  # the shape of an address; only a letter shows whether it is one
BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0")  # letters and signs that show nothing
EMPTY = Say("Tulis sedikitnya satu kalimat.", "Write at least one sentence.")
TOO_LONG = Say("Terlalu panjang: paling banyak {most} huruf.", "Too long: {most} characters at most.")
UNREADABLE = Say(
    "Ada tanda yang tidak bisa disimpan. Ketik ulang bagian itu.",
    "There is a sign that cannot be stored. Type that part again.",
)


class Sealed(str):
    """Words that come closed, as an age file. Every step passes them on unread; to whoever looks they are empty."""

    __slots__ = ("data",)
    data: bytes

    def __new__(cls, data: bytes) -> "Sealed":
        made = super().__new__(cls, "")
        made.data = data
        return made

    def __bool__(self) -> bool:
        return True


def trouble_with(text: str, *, most: int = LONGEST, may_be_empty: bool = False) -> Say | None:
    """Return what is wrong with *text*, or None.

    most   characters (code points) at most
    """
    if "\x00" in text or _has_half_signs(text):
        return UNREADABLE
    if len(text) > most:
        return TOO_LONG.fill(most=f"{most:,}".replace(",", "."))
    return EMPTY if not may_be_empty and not has_words(text) else None


def _has_half_signs(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def has_words(text: str) -> bool:
    """Return whether anything in *text* can be seen: a blank made of invisible signs is empty, sealed words are not."""
    return isinstance(text, Sealed) or any(
        unicodedata.category(sign)[0] in "LNPS" and sign not in BLANKS for sign in text
    )


def checked(text: str, pointer: str = "/text", *, most: int = LONGEST, may_be_empty: bool = False) -> str:
    """Return *text* without white space around it, or as it is where it is sealed. Raises Invalid at *pointer*."""
    if isinstance(text, Sealed):
        return text
    if (say := trouble_with(text, most=most, may_be_empty=may_be_empty)) is not None:
        raise Invalid.field(pointer, say)
    return text.strip()
