"""One thing that ``tuntas doctor`` looked at."""

from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in one sentence."""

    grade: Grade
    says: str


def ok(says: str) -> Finding:
    return Finding(Grade.OK, says)


def warning(says: str) -> Finding:
    return Finding(Grade.WARNING, says)


def wrong(says: str) -> Finding:
    return Finding(Grade.WRONG, says)
