"""The ladder of a profile: ``ladder.toml``, who hears of a clock at which part of its time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tuntas.agencies.located import ProfileMistake, Row
from tuntas.agencies.profile_rows import RungRow
from tuntas.rules.ladder import (
    HIGHEST,
    REMINDERS,
    USUAL,
    Hears,
    Ladder,
    in_order,
    rung_at,
    wrong_with,
    wrong_with_reminders,
)
from tuntas.rules.life import OURS, Promise

CLIMBING = tuple(promise for promise in Promise if promise in OURS)  # a window only ends: nobody is late in it
REMINDED = (Promise.NEEDS_INFO_WINDOW, Promise.REPORTER_WINDOW)  # at whose end the system acts on the report


def read_rung(row: Row) -> RungRow | None:
    """Read one ``[[rung]]``."""
    named = [row.pick(word, "promises", Promise, CLIMBING + REMINDED) for word in row.texts("promises", needed=False)]
    tells = [hears for word in row.texts("tells") if (hears := row.pick(word, "tells", Hears))]
    at, level = row.text("at"), row.get("level", int, needed=False) or 0
    if not 0 <= level <= HIGHEST:
        row.note(f"“level” should lie between 0 and {HIGHEST}, not {level}", "level")
        return None
    try:
        rung = rung_at(at, tells, level)
    except ValueError:
        if at:
            row.note(f"at “{at}” should look like “75%”, “+3 working_days” or “-3 days”", "at")
        return None
    return RungRow(tuple(promise for promise in named if promise), rung, row.where)


def ladders_of(rows: Sequence[RungRow]) -> Mapping[Promise, Ladder]:
    """Return the ladder of every promise of ours: its own rungs, else those of all, else the usual ones.

    And the reminders of the windows at whose end the system acts: their own, else the usual ones.
    """
    own, of_all = _own(rows), in_order(row.rung for row in rows if not row.promises)
    ladders = {promise: own.get(promise) or of_all or USUAL for promise in CLIMBING}
    return ladders | {window: own.get(window) or REMINDERS for window in REMINDED}


def mistakes_in_ladders(rows: Sequence[RungRow]) -> Iterator[ProfileMistake]:
    """Name what makes no ladder, each at its first row."""
    of_all = [row for row in rows if not row.promises]
    by_name = {"of all": of_all} if of_all else {}
    for promise in CLIMBING + REMINDED:
        if mine := [row for row in rows if promise in row.promises]:
            by_name[f"of “{promise}”"] = mine
    for name, its_rows in by_name.items():
        is_window = any(promise in REMINDED for promise in its_rows[0].promises)
        wrongs = wrong_with_reminders if is_window else wrong_with
        for wrong in wrongs(in_order(row.rung for row in its_rows)):
            yield its_rows[0].where.mistake(f"the ladder {name} {wrong}", "at")


def _own(rows: Iterable[RungRow]) -> Mapping[Promise, Ladder]:
    found: dict[Promise, list[RungRow]] = {}
    for row in rows:
        for promise in row.promises:
            found.setdefault(promise, []).append(row)
    return {promise: in_order(row.rung for row in its_rows) for promise, its_rows in found.items()}
