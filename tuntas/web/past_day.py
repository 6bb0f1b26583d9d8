"""A day that has passed, as a form gives it."""

from datetime import date

from tuntas.kit.words import Say
from tuntas.web.forms import Mistakes

BAD_DAY = Say("Tulis tanggal yang sudah lewat, atau kosongkan", "Write a day that has passed, or leave it empty")


def past_day(text: str, today: date, mistakes: Mistakes) -> date | None:
    """Return the day of the field ``tanggal``, or None where it is empty; one to come is a mistake."""
    if not text:
        return None
    try:
        on = date.fromisoformat(text[:10])
    except ValueError:
        on = None
    if on is None or on > today:
        mistakes.add("tanggal", BAD_DAY)
        return None
    return on
