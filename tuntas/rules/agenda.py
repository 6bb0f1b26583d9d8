"""The agenda of a rakor: which points it has, in which order, how long each may take, and whose they are. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class Kind(StrEnum):
    """A kind of point, in the order of an agenda (ux 9.3)."""

    LAST = "last"  # earlier decisions and how they stand
    CLUSTER = "cluster"  # many people about one thing
    CONTESTED = "contested"  # two agencies push the same cases to each other
    OVERDUE = "overdue"  # past their limits, the worst agency first
    SILENT = "silent"  # bodies outside that send no news
    BUDGET = "budget"  # work that has a day, and so a budget year
    BROUGHT = "brought"  # a case somebody put there by hand


MINUTES: Mapping[Kind, int] = {
    Kind.LAST: 10,
    Kind.CLUSTER: 15,
    Kind.CONTESTED: 15,
    Kind.OVERDUE: 20,
    Kind.SILENT: 10,
    Kind.BUDGET: 10,
    Kind.BROUGHT: 10,
}
MANY = 10  # people about one thing
WITHIN = timedelta(days=14)  # their reports came in
FOLLOWED_WITHIN = timedelta(days=90)  # a report of long ago that many follow is late by now, and stands there
PUSHED_AT = 2  # refusals in a row; the coordinator decides by then
HOPPED_AT = 3  # agencies after the first, and it is at the desk again
SILENT_AT = 2  # promised days that passed
MOST_OF_A_KIND, MOST_CASES, MOST_ROWS, MOST_BROUGHT = 3, 3, 20, 20
MOST_READ = 200  # cases looked at for pairs and bodies


@dataclass(frozen=True, slots=True)
class Draft:
    """A point as the data gives it now; frozen when the meeting begins.

    facts   plain JSON: counts, days, and keys of agencies and cases, under "agencies" and "cases", or in "rows"
    """

    kind: Kind
    facts: Json

    @property
    def minutes(self) -> int:
        return MINUTES[self.kind]


def own_part(kind: Kind, facts: Json, agencies: frozenset[int]) -> Json | None:
    """Return what of a point concerns some agencies, or None where nothing does.

    A row about another agency is left out, and so are counts of the whole; silence outside is the desk's alone.
    """
    if kind is Kind.SILENT:
        return None
    if "rows" not in facts:
        return facts if agencies.intersection(facts.get("agencies", ())) else None
    rows = [row for row in facts["rows"] if row["agency"] in agencies]
    if not rows:
        return None
    return {**facts, "rows": rows, "n": sum(row.get("n", 1) for row in rows)}


def cases_in(facts: Json) -> list[int]:
    """Return the keys of the cases a point names."""
    return [*facts.get("cases", ()), *(case for row in facts.get("rows", ()) for case in row.get("cases", ()))]
