"""How a promise is said: its length, and what counts."""

from datetime import datetime

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Promise

USUAL = Length(48, Unit.HOURS)
LENGTHS: dict[str, Say] = {
    "hours": Say("{amount} jam", "{amount} hours"),
    "whole_days": Say("{amount}×24 jam", "{amount}×24 hours"),
    "days": Say("{amount}×24 jam", "{amount}×24 hours"),
    "working_days": Say("{amount} hari kerja", "{amount} working days"),
}


def say_length(length: Length) -> Say:
    """Return ``2×24 jam`` or ``14 hari kerja``."""
    if length.unit is Unit.HOURS and length.amount % 24 == 0:
        return LENGTHS["whole_days"].fill(amount=length.amount // 24)
    return LENGTHS[length.unit].fill(amount=length.amount)


def answer_length(here: Installation, now: datetime) -> Length:
    """Return how soon a person answers."""
    return here.length_of(Promise.ANSWER, now) or USUAL
