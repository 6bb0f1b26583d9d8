from datetime import datetime

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Before, Event, File, Report
from tuntas.reports.referral_queries import take_up_referral
from tuntas.reports.side_task_queries import take_up_parts
from tuntas.rules.life import Act, State, Told
from tuntas.rules.recall import can_be_called_back, can_be_undone
from tuntas.rules.who import Actor
from tuntas.steps.before import give_back_clocks, give_back_columns
from tuntas.steps.begin import begin
from tuntas.steps.lead import led_by
from tuntas.steps.tell import staff_of, take_back, tell_people
from tuntas.steps.typed import keep_as_unsent
from tuntas.steps.walk import walk

TOO_LATE = Say(
    "Ini tidak bisa ditarik lagi: sudah ada kelanjutannya atau waktunya sudah lewat.",
    "This can no longer be taken back: something followed, or the time for it is over.",
)
NOT_YOURS = Say(
    "Hanya yang baru saja mengirimnya yang bisa mengurungkannya. Tunggu sebentar.",
    "Only the person who has just sent it can undo it. Wait a moment.",
)


def recall(report: Report, *, by: Actor, now: datetime) -> Event:
    """Take back the last act of the desk: within ten seconds as if it had never been, later a dispatch in the open.

    Columns and clocks stand as they stood: no clock starts anew, and no instant moves.
    """
    with begin(report, Act.RECALL, by=by) as report:
        before = Before.objects.select_related("event").filter(report=report).first() if report.recallable else None
        if before is None or before.event.act != report.recallable:
            raise WrongState(TOO_LATE)
        is_quiet = _refuse_too_late(report, before.event, by, now)
        lost_by = [] if is_quiet else staff_of(report, Told.HOLDER, now=now)
        if is_quiet:
            keep_as_unsent(report, before, now=now)
            # The photos can be sent again with the words.
            File.objects.filter(event=before.event).update(report=None, event=None)
        event = _take_back(report, before, is_quiet=is_quiet, by=by, now=now)
        tell_people(report, [person for person in lost_by if person.pk != by.person_id], "work", now=now)
        if report.merged_count:
            _take_back_along(report, before.event, is_quiet=is_quiet, by=by, now=now)
        return event


def _take_back(report: Report, before: Before, *, is_quiet: bool, by: Actor, now: datetime) -> Event:
    """Let a locked report stand as it stood before an act."""
    to = give_back_columns(report, before)
    give_back_clocks(report, before, now=now)
    if State.FORWARDED_EXTERNAL in (to, report.asked_from):
        take_up_referral(report.pk, before.event.at)
    if before.event.act == Act.ARCHIVE:
        take_up_parts(report, before.event.at)
    if is_quiet:
        take_back(before.event)
    data = {"event": before.event_id, "act": before.event.act, "quiet": is_quiet}
    tells = (Told.REPORTER,) if report.is_led else None
    event = walk(report, Act.RECALL, by=by, data=data, to=to, tells=tells, now=now)
    before.delete()
    return event


def _take_back_along(lead: Report, event: Event, *, is_quiet: bool, by: Actor, now: datetime) -> None:
    """Take the same act back on each report that went along."""
    for one in led_by(lead):
        kept = Before.objects.select_related("event").filter(report=one)
        own = kept.filter(event__at=event.at, event__act=event.act).first()
        if own is not None:
            _take_back(one, own, is_quiet=is_quiet, by=by, now=now)


def _refuse_too_late(report: Report, event: Event, by: Actor, now: datetime) -> bool:
    """Return whether it is undone without a word. Raises WrongState where it cannot be taken back."""
    since, is_writer = now - event.at, event.by_id == by.person_id
    if can_be_undone(event.act, since=since, is_writer=is_writer):
        return True
    if can_be_called_back(event.act, report.state, since=since):
        return False
    raise WrongState(NOT_YOURS if can_be_undone(event.act, since=since, is_writer=True) else TOO_LATE)
