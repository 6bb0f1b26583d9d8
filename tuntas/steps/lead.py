"""One matter, many people: what is done to a report is done to each that was merged into it, in the same words."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from tuntas.reports.models import Deadline, Event, Merged, Referral, Report, ReportQuerySet
from tuntas.rules.actors import Actor
from tuntas.rules.hops import HOPS
from tuntas.rules.led import WALKED_ALONG
from tuntas.rules.life import Act, Promise, State, Told, can
from tuntas.rules.reasons import LateCause
from tuntas.rules.thread import is_answer
from tuntas.steps.before import COLUMNS as REMEMBERED
from tuntas.steps.before import clocks_as_they_stand
from tuntas.steps.clocks import keep
from tuntas.steps.story import retell

HAND = (
    # How the matter stands: the same for all to whom it belongs. What is a reporter's own is not among it.
    *("category_id", "classification", "holder_id", "offered_to_id", "proposed_by_id", "awaits_signature"),
    *("transferred_from", "refusal_count", "awaits_arbiter", "is_arbitrated"),
    *("closed_by", "close_outcome", "reason_code"),
)
OF_A_DAY = frozenset({Promise.SCHEDULED, Promise.OUTSIDE_NEWS})  # named by the step, not by a length
HEARS = frozenset({Told.REPORTER, Told.FOLLOWERS})  # who works on it hears of the lead


def led_by(lead: Report) -> ReportQuerySet:
    """Return the reports that go along with *lead*, to be locked in this order, after it."""
    return Report.objects.select_for_update(of=("self",)).filter(merged_into=lead, is_led=True).order_by("id")


def lead_on(
    lead: Report,
    event: Event,
    before: str,
    *,
    by: Actor,
    now: datetime,
    late_cause: str,
    tells: Collection[Told],
    without: Collection[Promise],
    walk: Callable[..., Event],
) -> None:
    """Do what was done to *lead* to each report that goes along with it; the caller has walked and locked it.

    before   the state the lead was in
    walk     ``steps.walk.walk``, which calls this

    What its own reporter does, or the system for their silence, is not the others' wish: they stay where they are, and
    from then on each goes alone.
    """
    act = Act(event.act)
    if _is_its_own(act, by, lead):
        for one in led_by(lead):
            go_alone(one)
    elif act in WALKED_ALONG and not (act is Act.CLOSE and by.is_system):  # each has a window of its own
        clocks = list(lead.deadlines.order_by("id"))
        for one in led_by(lead):
            if not _keeps_step(one, act, before):
                continue
            take_hand(lead, one)
            _count(one, act, event)
            _turn_as(clocks, one, now)
            walk(
                one,
                act,
                by=by,
                now=now,
                text=event.text,
                data=event.data | {"lead": lead.number},
                to=State(lead.state),
                late_cause=late_cause or LateCause.OTHER,
                without=without,
                agency_id=event.agency_id,
                tells=HEARS & set(tells),
                can_return=bool(lead.recallable),
            )


def _is_its_own(act: Act, by: Actor, lead: Report) -> bool:
    if by.is_system:
        return act is Act.ARCHIVE  # its reporter did not answer a question that the others were never asked
    return by.report_id == lead.pk and act in (Act.REPLY, Act.RATE, Act.REOPEN, Act.APPEAL, Act.WITHDRAW)


def _keeps_step(one: Report, act: Act, before: str) -> bool:
    """Return whether a report stands where its lead stood; a question to the lead's reporter holds up no other."""
    return before in (one.state, State.NEEDS_INFO) or can(act, State(one.state))


def take_hand(lead: Report, one: Report) -> None:
    """Set on a report, unsaved, what tells in whose hand its matter is."""
    for column in HAND:
        setattr(one, column, getattr(lead, column))


def _count(one: Report, act: Act, event: Event) -> None:
    """Set what an act changes on a report besides, as its step did on the lead."""
    one.acts_for_id = event.instead_of_id
    one.hop_count += act in HOPS
    if act is Act.REOPEN:
        one.reopen_count += 1
        one.is_reopened = True
    if is_answer(act, event.data):
        one.is_reopened = False


def _turn_as(clocks: Iterable[Deadline], one: Report, now: datetime) -> None:
    """Do to a report's clocks what the step did to those of its lead, before it walked."""
    owed = {clock.promise: clock for clock in one.deadlines.running()}
    for clock in clocks:
        own = owed.get(clock.promise)
        if clock.ended_at == now and own is not None:
            own.ended_at, own.rung_at = now, None
            own.save(update_fields=["ended_at", "rung_at"])
        elif clock.started_at == now and clock.promise in OF_A_DAY and (own is None or own.started_at < now):
            if own is not None:
                keep(own, now)
                own.save()
            copy_clock(clock, one, now)


def copy_clock(clock: Deadline, one: Report, now: datetime) -> None:
    """Promise another report's reporter the same day."""
    Deadline.objects.create(
        report=one, promise=clock.promise, unit=clock.unit, amount=clock.amount, started_at=now, due_at=clock.due_at
    )


def go_alone(one: Report) -> None:
    """Take a locked report out of its lead's hand: it stays where it stands, in the same hand, on its own clocks."""
    one.is_led = False
    retell(one)
    one.save(update_fields=["is_led", "thread"])


def keep_as_it_stands(report: Report, now: datetime) -> None:
    """Remember how a report stands, before it is merged."""
    columns = [*REMEMBERED, "closed_by", "close_outcome", "is_reopened"]
    clocks = clocks_as_they_stand(report.deadlines.order_by("id"))
    values = {column: getattr(report, column) for column in columns}
    Merged.objects.update_or_create(report=report, defaults={"values": values, "clocks": clocks, "at": now})


def refer_as(referral: Referral, report: Report, event: Event) -> None:
    """Note that a report is outside where its lead is."""
    Referral.objects.create(
        report=report,
        event=event,
        body_name=referral.body_name,
        contact=referral.contact,
        external_number=referral.external_number,
        next_news_on=referral.next_news_on,
    )
