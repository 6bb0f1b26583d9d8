"""What every test of the registers does: type a change over a row, as a form would."""

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.make import T0
from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.people.models import Change
from tuntas.rules.registers import Register

DECREE = "Keputusan Wali Kota 12/2026"
TODAY = date(2026, 3, 6)


def change(cast: Cast, register: Register, key: str, day: Any = None, *, by: Any = None, **typed: Any) -> Change:
    """Change a row of a register; an admin of the whole government does."""
    given: dict[str, Any] = {"by": by or cast.desk, "now": T0, "decree": DECREE, "valid_from": day}
    return steps.change_register(register, key, typed, **given)


def refused(cast: Cast, register: Register, key: str, day: Any = None, *, by: Any = None, **typed: Any) -> list[str]:
    """Return the pointers at which a change is refused, and check that nothing was written."""
    before = Change.objects.count()
    try:
        change(cast, register, key, day, by=by, **typed)
    except Invalid as no:
        assert Change.objects.count() == before
        return [mistake.pointer for mistake in no.mistakes]
    return []
