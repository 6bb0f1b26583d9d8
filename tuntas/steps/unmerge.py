from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, Follower, Merged, Report
from tuntas.rules.actors import Actor
from tuntas.rules.life import ARROW, OPEN, Act, Promise, State
from tuntas.steps.before import read_instant, read_left
from tuntas.steps.begin import begin
from tuntas.steps.clocks import mark_if_missed
from tuntas.steps.follow import count_followers
from tuntas.steps.lead import led_by
from tuntas.steps.merge import one_at_a_time
from tuntas.steps.walk import walk

NOT_MERGED = Say("Laporan ini tidak digabung ke laporan lain.", "This report is not merged into another.")
ITS_OWN = frozenset({"state", "public_title", "public_text", "doubts", "ask_count"})  # not given back


def unmerge(report: Report, *, by: Actor, now: datetime) -> Event:
    """Take a report out of the hand of the one it was merged into: it stands where it stood, with its own clocks.

    What was kept or missed meanwhile stays so. Raises WrongState where it goes alone already.
    """
    with transaction.atomic():
        one_at_a_time()
        lead = lead_of(report)
        with begin(report, Act.UNMERGE, by=by) as report:
            if lead is None or not report.is_led or report.merged_into_id != lead.pk:
                raise WrongState(NOT_MERGED)
            return take_out(report, lead, by=by, now=now)


def lead_of(report: Report) -> Report | None:
    """Return, locked, the report that another was merged into: always before that other."""
    pk = Report.objects.values_list("merged_into", flat=True).get(pk=report.pk)
    return Report.objects.select_for_update(of=("self",)).filter(pk=pk or 0).first()


def take_out(report: Report, lead: Report, *, by: Actor, now: datetime) -> Event:
    """Give a report back what it was before it was merged; the caller has locked its lead and it."""
    stood = Merged.objects.get(report=report)
    kept = _give_back_clocks(report, stood, now)
    to = State(stood.values["state"])
    if to is State.SCHEDULED and Promise.SCHEDULED in kept:  # the day was kept meanwhile
        to = State.IN_PROGRESS
    for column in set(stood.values) - ITS_OWN:
        setattr(report, column, stood.values[column])
    report.is_led, report.merged_into = False, None
    without = set(ARROW[Act.UNMERGE].starts) - kept
    event = walk(report, Act.UNMERGE, by=by, data={"into": lead.number}, to=to, without=without, now=now)
    stood.delete()
    lead.merged_count -= 1
    lead.save(update_fields=["merged_count"])
    if report.supports_id != lead.pk:
        Follower.objects.filter(report=lead, own_report=report).delete()
        count_followers(lead, by=-1)
    return event


def _give_back_clocks(report: Report, stood: Merged, now: datetime) -> set[Promise]:
    """Set the clocks to the instants they had, and return what was owed then and has been kept meanwhile.

    Those that began meanwhile are gone, unless they were kept or missed.
    """
    was, kept = {each["id"]: each for each in stood.clocks}, set[Promise]()
    clocks = list(report.deadlines.order_by("id"))
    for clock in clocks:
        if clock.pk not in was and clock.kept_at is None:
            _drop(clock, now)
    for clock in clocks:
        then = was.get(clock.pk)
        if then is None or then["kept_at"] or then["ended_at"]:
            continue
        if clock.kept_at is not None:
            kept.add(Promise(clock.promise))
        elif clock.ended_at is not None:
            clock.ended_at, clock.rung_at = None, read_instant(then["rung_at"])
            clock.due_at, clock.left = read_instant(then["due_at"]), read_left(then["left"])
            clock.save()
    return kept


def _drop(clock: Deadline, now: datetime) -> None:
    mark_if_missed(clock, now)
    if clock.missed_at is None:
        clock.delete()
    elif clock.ended_at is None:
        clock.ended_at, clock.rung_at = now, None
        clock.save()


@contextmanager
def begin_apart(report: Report, act: Act, *, by: Actor, now: datetime) -> Iterator[Report]:
    """Begin an act on a report that has to stand alone first: out of its lead's hand, with nothing in its own."""
    with transaction.atomic():
        one_at_a_time()
        lead = lead_of(report)
        with begin(report, act, by=by) as locked:
            _part_all(locked, lead, by=by, now=now)
            yield locked


def _part_all(report: Report, lead: Report | None, *, by: Actor, now: datetime) -> None:
    """Take a report out of its lead's hand, and those that go along with it out of its own."""
    if report.is_led and lead is not None and report.state in OPEN:
        take_out(report, lead, by=by, now=now)
    for one in led_by(report):
        if one.state in OPEN:
            take_out(one, report, by=by, now=now)
    Report.objects.filter(merged_into=report).update(merged_into=None, is_led=False)
    report.is_led, report.merged_into, report.merged_count = False, None, 0
