from datetime import datetime

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Before, Event, File, Report
from tuntas.rules.life import Act, Told
from tuntas.rules.recall import can_be_called_back, can_be_undone
from tuntas.rules.who import Actor
from tuntas.steps.before import give_back_clocks, give_back_columns
from tuntas.steps.begin import begin
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
        lost_by = [] if is_quiet else staff_of(report, Told.HOLDER)
        if is_quiet:
            keep_as_unsent(report, before, now=now)
        to = give_back_columns(report, before)
        give_back_clocks(report, before, now=now)
        if is_quiet:
            take_back(before.event)
            # The photos can be sent again with the words.
            File.objects.filter(event=before.event).update(report=None, event=None)
        data = {"event": before.event_id, "act": before.event.act, "quiet": is_quiet}
        event = walk(report, Act.RECALL, by=by, data=data, to=to, now=now)
        tell_people(report, [person for person in lost_by if person.pk != by.person_id], "work", now=now)
        before.delete()
        return event


def _refuse_too_late(report: Report, event: Event, by: Actor, now: datetime) -> bool:
    """Return whether it is undone without a word. Raises WrongState where it cannot be taken back."""
    since, is_writer = now - event.at, event.by_id == by.person_id
    if can_be_undone(event.act, since=since, is_writer=is_writer):
        return True
    if can_be_called_back(event.act, report.state, since=since):
        return False
    raise WrongState(NOT_YOURS if can_be_undone(event.act, since=since, is_writer=True) else TOO_LATE)
