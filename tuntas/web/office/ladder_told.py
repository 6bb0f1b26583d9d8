"""What a case page says of the ladders: which part of a promise is over, and who was told."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tuntas.kit.words import Say
from tuntas.reports.ladder_queries import Climbed, climbed_of
from tuntas.rules.ladder import WHOLE
from tuntas.rules.ladder_words import say_hearers, say_part
from tuntas.rules.words import PROMISES
from tuntas.web.dates import say_instant

if TYPE_CHECKING:
    from tuntas.reports.models import Report

PART = Say("{part} waktu sudah lewat ({promise}).", "{part} of the time is over ({promise}).")
MISSED = Say("Batas waktu lewat ({promise}).", "The promise was missed ({promise}).")
BEYOND = Say("Terlambat {part} ({promise}).", "{part} late ({promise}).")
TOLD = Say("{what} Diberi tahu {at}: {who}.", "{what} Told {at}: {who}.")


def ladder_lines(report: "Report", *, zone: ZoneInfo, now: datetime) -> list[Say]:
    """Return a sentence for each clock that stands on a rung, the one told of first before the others."""
    return [ladder_line(climbed, zone=zone, now=now) for climbed in climbed_of(report)]


def ladder_line(climbed: Climbed, *, zone: ZoneInfo, now: datetime) -> Say:
    """Return what is said of one clock."""
    rung = climbed.rung
    what = BEYOND if rung.beyond is not None else MISSED if rung.percent == WHOLE else PART
    what = what.fill_each(part=say_part(rung), promise=PROMISES[climbed.promise])
    if not climbed.heard:
        return what
    return TOLD.fill_each(what=what, at=say_instant(climbed.at, zone, now=now), who=say_hearers(climbed.heard))
