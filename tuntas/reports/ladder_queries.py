"""How far the clocks of a report have climbed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tuntas.agencies.installation import installation
from tuntas.reports.models import Report
from tuntas.rules.ladder import Hears, Rung
from tuntas.rules.life import Promise


@dataclass(frozen=True, slots=True)
class Climbed:
    """How far a clock has come: its highest rung, when that was told, and to whom."""

    promise: Promise
    rung: Rung
    at: datetime
    heard: tuple[Hears, ...]


def climbed_of(report: Report) -> Iterator[Climbed]:
    """Yield each running clock that stands on a rung, the one told of first before the others.

    One query.
    """
    here = installation()
    for clock in report.deadlines.running().filter(rung__gt=0, ladder__isnull=False).order_by("climbed_at", "id"):
        if clock.ladder_id is not None and clock.climbed_at is not None:
            rung, heard = here.ladder(clock.ladder_id)[clock.rung - 1], tuple(map(Hears, clock.heard.split()))
            yield Climbed(Promise(clock.promise), rung, clock.climbed_at, heard)
