"""The ways a step can say no. Doors turn them into answers; nothing else catches them."""

from dataclasses import dataclass

from tuntas.kit.words import Say

UNFIT = Say("Isian ini tidak dapat diterima.", "This cannot be accepted.")
NOT_FOUND = Say("Halaman tidak ada, atau bukan untuk Anda.", "There is no such thing, or it is not for you.")


class No(Exception):
    """A step refused. The sentence is safe to show to the person who asked."""

    def __init__(self, say: Say) -> None:
        super().__init__(say.en)
        self.say = say


class NotFound(No):
    """There is no such thing, or the actor may not know of it: the two look the same."""


class NotAllowed(No):
    """The actor may see this, but may not do it."""


class WrongState(No):
    """Not in a state from which this can be done, or a key was used again for something else."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One field that cannot be accepted: where (a JSON pointer) and what to do about it."""

    pointer: str
    say: Say


class Invalid(No):
    """What was given cannot be accepted as it is; every mistake is named at once."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(mistakes[0].say if mistakes else UNFIT)
        self.mistakes = mistakes

    @classmethod
    def field(cls, pointer: str, say: Say) -> "Invalid":
        return cls(Mistake(pointer, say))


class TooLarge(No):
    """More bytes than we take in."""


class Unfit(ValueError):
    """A value that a schema's check cannot take; carries the sentence to the answer."""

    def __init__(self, say: Say) -> None:
        super().__init__(say.en)
        self.say = say
