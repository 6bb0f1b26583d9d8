"""Let clocks climb their ladders: remind who has to keep a promise, tell who must know that it was not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from tuntas.agencies.installation import installation
from tuntas.kit.words import Language
from tuntas.reports.models import Deadline, Notice, Report
from tuntas.rules.ladder import WHOLE, Hears, Rung, reached
from tuntas.rules.ladder_words import RAISED, RAISED_BEFORE, RAISED_BEYOND, say_part
from tuntas.rules.life import Promise
from tuntas.rules.who import SYSTEM
from tuntas.rules.words import PROMISES
from tuntas.steps.clocks import calendar_of, seen_running
from tuntas.steps.escalate import escalate
from tuntas.steps.hearing import Hearing
from tuntas.steps.tell import notice_for, send_many, tell_reporter

REMINDS = {Promise.NEEDS_INFO_WINDOW: "window_to_complete", Promise.REPORTER_WINDOW: "window_to_rate"}
AT_ONCE = 100  # clocks a transaction
# Written out: after a night three hundred thousand clocks may have come to a rung.
CLIMBED = """
UPDATE reports_deadline d SET rung = c.rung, rung_at = c.rung_at, heard = c.heard, climbed_at = %s
FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[], %s::text[]) c (id, rung, rung_at, heard) WHERE d.id = c.id
"""


@dataclass(frozen=True, slots=True)
class Climbed:
    """What a clock has come to: the rungs it passed, the last of them the highest."""

    clock: Deadline
    rungs: Sequence[Rung]

    @property
    def top(self) -> Rung:
        return self.rungs[-1]

    @property
    def level(self) -> int:
        return max(rung.level for rung in self.rungs)


def climb_next(*, now: datetime, most: int = 5000) -> int:
    """Let up to *most* clocks climb, tell who the rungs name, once each. Return how many; safe side by side.

    A hundred a transaction, so that nobody waits long for a report. One that somebody is working on at this very
    moment is left for the next call.
    """
    hearing, done = Hearing(now), 0
    while done < most and (climbed := _climb_some(now, min(AT_ONCE, most - done), hearing)):
        done += climbed
    return done


def _climb_some(now: datetime, most: int, hearing: Hearing) -> int:
    with transaction.atomic():
        due = Deadline.objects.to_climb(now).order_by("rung_at").select_related("report")
        locked = due.select_for_update(of=("self", "report"), skip_locked=True)
        clocks = list(locked.defer("report__body", "report__thread")[:most])
        climbed = [_climb(clock, now) for clock in clocks]
        send_many(_notices(climbed, hearing, now))
        _keep(climbed, now)
        for one in climbed:
            _raise(one, now)
    return len(clocks)


def _climb(clock: Deadline, now: datetime) -> Climbed:
    """Set an unsaved clock behind every rung it passed; of several passed at once the highest is spoken of."""
    running = seen_running(clock, calendar_of(clock.report))
    if running is None or clock.ladder_id is None:
        raise LookupError(f"clock {clock.pk} stands at a rung but does not run")  # the table refuses it
    ladder, before = installation().ladder(clock.ladder_id), clock.rung
    clock.rung, clock.rung_at = reached(ladder, before + 1, running, now)
    return Climbed(clock, ladder[before : clock.rung])


def _keep(climbed: Iterable[Climbed], now: datetime) -> None:
    rows = [(one.clock.pk, one.clock.rung, one.clock.rung_at, one.clock.heard) for one in climbed]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(CLIMBED, [now, *(list(column) for column in zip(*rows, strict=True))])


def _notices(climbed: Iterable[Climbed], hearing: Hearing, now: datetime) -> list[Notice]:
    """Return what is to be told, each person once about a clock, and set on the clocks who they are."""
    notices = []
    for one in climbed:
        report, promise = one.clock.report, Promise(one.clock.promise)
        wanted = dict.fromkeys(hears for rung in one.rungs for hears in rung.tells)
        if Hears.REPORTER in wanted:
            one.clock.heard = _remind_reporter(one, now)
            continue
        told = {hears: found for hears in wanted if (found := hearing.of(report, promise, hears))}
        people = {person.pk: person for found in told.values() for person in found}
        one.clock.heard = " ".join(told)
        about = {"promise": promise.value, "at": one.top.at}
        notices += [notice_for(report, p, _template(one.top), about=about, now=now) for p in people.values()]
    return notices


def _remind_reporter(climbed: Climbed, now: datetime) -> str:
    """Remind of a window that ends, where there is an address; return who heard."""
    clock = climbed.clock
    if clock.due_at is None:
        return ""
    until = clock.due_at.astimezone(installation().zone)
    about = {"until": f"{until:%d-%m-%Y}"}
    return Hears.REPORTER if tell_reporter(clock.report, REMINDS[Promise(clock.promise)], about=about, now=now) else ""


def _template(rung: Rung) -> str:
    if rung.beyond is not None:
        return "rung_beyond"
    return "late" if rung.percent == WHOLE else "rung"


def _raise(climbed: Climbed, now: datetime) -> None:
    """Raise a report to the level of its rung; one that stands there already, or higher, stays."""
    if not climbed.level:
        return
    report = Report.objects.get(pk=climbed.clock.report_id)  # another clock of it may have raised it just now
    if report.escalation_level >= climbed.level:
        return
    top, promise = climbed.top, PROMISES[Promise(climbed.clock.promise)]
    said = RAISED_BEYOND if top.beyond is not None else RAISED if top.percent == WHOLE else RAISED_BEFORE
    text = said.fill_each(promise=promise, part=say_part(top)).in_(Language.ID)
    escalate(report, by=SYSTEM, level=climbed.level, text=text, now=now)
