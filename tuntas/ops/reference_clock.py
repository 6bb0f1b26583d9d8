"""docs/reference/clock.md: how promised time is counted, by the examples that the tests compute, and the ladder."""

from collections.abc import Sequence

from tuntas.ops.clock_examples import (
    DUE,
    HOLIDAYS,
    PAUSES,
    RUNGS,
    RUNGS_AFTER_A_PAUSE,
    STARTED_AGAIN,
    STOPPED,
    ZONES,
)
from tuntas.ops.markdown import codes, page, table
from tuntas.rules.clock import Unit
from tuntas.rules.ladder import REMINDERS, USUAL, Rung
from tuntas.rules.life import OURS, PAUSED_BY_ASKING, Promise
from tuntas.rules.words import PROMISES

COUNTING = """\
Hours and days go by the wall clock, nights and holidays too; a day is 24 hours. Working days count from the working day
after the start's own date at the agency, and end when its office closes on the last of them. What has begun keeps its
instant: a profile or calendar that is loaded later counts for new clocks, and a hand-over starts none again. While
the reporter is asked, a clock stands still and keeps what is left: open-office time for working days, else wall-clock
time."""
ENDS = {
    # What the system does by itself: steps.miss.
    Promise.TRANSFER: "counts as declined",
    Promise.NEEDS_INFO_WINDOW: "the report is archived, and may be appealed",
    Promise.REPORTER_WINDOW: "the report is closed, counted apart from fixed",
}
LIMITS = """\
How long a promise takes is asked once, when its clock begins. What a report is about counts before who holds it: the
time of its category, else of its classification, else the usual one. Within each, the agency's own limit counts, then
that of the nearest agency above it, then that of its tier, then everybody's. A limit with a day counts for clocks that
begin on that day or later; the rows before it are kept."""
LADDER = """\
A rung changes no state and moves no instant. It tells people, and may raise the report's level.
A part of a promise is a part of the time that was promised, in its own unit, pauses aside. A clock that stands still
climbs nothing. Of rungs passed while nobody looked, the highest is told to the people of all. A clock keeps the ladder
it began with. The job looks every ten seconds."""


def clock_page() -> str:
    return page(
        "Promised time",
        "The tests compute every example here. The office in them is open from 7:30 to 16:00, Monday to Friday, WIB, "
        f"and closed on {_holidays()}.",
        "## How it is counted",
        COUNTING,
        LIMITS,
        table(("starts", "length", "due", "why"), ((s, _length(n, unit), due, why) for s, n, unit, due, why in DUE)),
        "One working day from 2025-11-03 22:30 WIB, where the agency keeps another time:",
        table(("zone", "due there"), ((short, due) for short, _, due in ZONES)),
        "## While the reporter is asked",
        table(
            ("stopped", "due", "open time left", "goes on", "then due", "why"),
            ((a, b, _open(hours), c, d, why) for a, b, hours, c, d, why in PAUSES),
        ),
        "## Which clocks",
        table(("promise", "means", "stands still while asked", "when it runs out"), map(_kind, Promise)),
        "Before a window ends at whose end the system acts, the reporter is reminded, if there is an address:",
        table(("at", "tells", "level"), map(_rung, REMINDERS)),
        "## The ladder",
        LADDER,
        "Where a profile has no `ladder.toml`:",
        table(("at", "tells", "level"), map(_rung, USUAL)),
        table(
            ("starts", "length", "rung", "comes", "why"),
            ((s, _length(n, unit), f"`{at}`", then, why) for s, n, unit, at, then, why in RUNGS),
        ),
        f"Three working days from 2025-11-03 07:30, stopped at {STOPPED} and going on at {STARTED_AGAIN}:",
        table(("rung", "comes", "why"), ((f"`{at}`", then, why) for at, then, why in RUNGS_AFTER_A_PAUSE)),
    )


def _holidays() -> str:
    return "; ".join(f"{day} ({why})" for day, why in HOLIDAYS.items())


def _length(amount: int, unit: Unit) -> str:
    said = unit.replace("_", " ")
    return f"{amount} {said.removesuffix('s') if amount == 1 else said}"


def _open(hours: float) -> str:
    return f"{hours * 60:g} min" if 0 < hours < 1 else f"{hours:g} h"


def _kind(promise: Promise) -> Sequence[str]:
    over = ENDS.get(promise, "missed, and owed still" if promise in OURS else "it ends")
    return f"`{promise}`", PROMISES[promise].en, "yes" if promise in PAUSED_BY_ASKING else "no", over


def _rung(rung: Rung) -> Sequence[str]:
    return f"`{rung.at}`", codes(rung.tells), str(rung.level) if rung.level else "as it was"
