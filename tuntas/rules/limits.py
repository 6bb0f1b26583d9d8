"""How long each promise takes: by what a report is about, by who holds it, and by the day its clock begins. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tuntas.rules.clock import Length
from tuntas.rules.life import Promise

ALWAYS = date.min


@dataclass(frozen=True, slots=True)
class Matter:
    """What a limit is for; an empty part counts for all.

    category_id      a topic of its own
    classification   a kind of report, such as ``complaint_supervisory``
    agency_id        an agency, and all below it that have no limit of their own
    tier             a tier of the tree, such as ``village``
    """

    promise: Promise
    category_id: int | None = None
    classification: str = ""
    agency_id: int | None = None
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of a government's limits, in force from a day on and until the next one for the same matter."""

    matter: Matter
    length: Length
    since: date = ALWAYS


class Limits:
    """All limits of a government. A clock asks once, when it begins; what was told then stands."""

    def __init__(self, rows: Iterable[Limit]) -> None:
        self._rows: dict[Matter, list[Limit]] = {}
        for row in sorted(rows, key=lambda row: row.since, reverse=True):
            self._rows.setdefault(row.matter, []).append(row)

    def length_of(
        self,
        promise: Promise,
        *,
        category_id: int | None = None,
        classification: str = "",
        line: Sequence[int] = (),
        tier: str = "",
        on: date,
    ) -> Length | None:
        """Return how long a promise takes that begins on a day, or None where nothing is promised.

        What a report is about counts before who holds it: its category's own time, else its classification's, else
        the usual one. Within each, the agency's own limit counts, then that of the nearest agency above it, then that
        of its tier, then everybody's.

        line   the holding agency, and each one above it up to the root
        """
        for matter in _from_nearest(promise, category_id, classification, line, tier):
            for limit in self._rows.get(matter, ()):
                if limit.since <= on:
                    return limit.length
        return None

    def exceptions(self, on: date) -> list[Limit]:
        """Return the limits of single agencies and tiers that are in force on a day."""
        found = (next((row for row in rows if row.since <= on), None) for rows in self._rows.values())
        return [row for row in found if row is not None and (row.matter.agency_id is not None or row.matter.tier)]


def _from_nearest(
    promise: Promise, category_id: int | None, classification: str, line: Sequence[int], tier: str
) -> Iterator[Matter]:
    abouts: list[tuple[int | None, str]] = [(None, "")]
    if classification:
        abouts.insert(0, (None, classification))
    if category_id is not None:
        abouts.insert(0, (category_id, ""))
    for category, kind in abouts:
        for agency_id in line:
            yield Matter(promise, category, kind, agency_id)
        if tier:
            yield Matter(promise, category, kind, None, tier)
        yield Matter(promise, category, kind)
