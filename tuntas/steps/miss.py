"""Mark promises that have run out, once each; end the windows that are over, and the offers nobody answered."""

from datetime import datetime

from django.db import transaction

from tuntas.kit.words import Language, Say
from tuntas.reports.models import Deadline, Report
from tuntas.rules.life import ENDS_BY_ITSELF, Promise, State, Told
from tuntas.rules.reasons import NO_ANSWER, ArchiveReason, Outcome
from tuntas.rules.who import SYSTEM
from tuntas.steps.archive import archive
from tuntas.steps.clocks import mark_if_missed
from tuntas.steps.close import close
from tuntas.steps.decline_transfer import decline_transfer
from tuntas.steps.outside_news import count_missed
from tuntas.steps.story import retell
from tuntas.steps.tell import staff_of, tell_people

NOT_COMPLETED = Say(
    "Keterangan yang kami minta belum datang sampai batas waktunya, jadi laporan ini kami akhiri. "
    "Anda bisa mengajukan keberatan.",
    "The details we asked for did not come in time, so we end this report. You can appeal.",
)
NO_REPLY = Say(
    "Belum ada penilaian sampai batas waktunya, jadi laporan ini ditutup. Anda masih bisa membukanya lagi.",
    "There was no rating in time, so this report is closed. You can still open it again.",
)


def miss_next(*, now: datetime, most: int = 100) -> int:
    """Mark up to *most* promises that have run out. Return how many; safe side by side. ``climb_next`` tells of them.

    A report that somebody is working on at this very moment is left for the next call.
    """
    due = Deadline.objects.to_miss(now).order_by("due_at").values_list("report_id", flat=True)[:most]
    done = 0
    for report_id in dict.fromkeys(due):
        done += _miss(report_id, now)
    return done


def _miss(report_id: int, now: datetime) -> int:
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=report_id).first()
        if report is None:
            return 0
        marked = [c for c in Deadline.objects.to_miss(now).filter(report=report) if mark_if_missed(c, now)]
        for clock in marked:
            clock.save(update_fields=["missed_at"])
        if any(clock.promise == Promise.OUTSIDE_NEWS for clock in marked):
            count_missed(report)
        retell(report)
        report.save(update_fields=["thread"])
        if any(_tells(clock) for clock in marked):
            kinds = (Told.HOLDER, Told.DESK, Told.ARBITER)
            people = {p.pk: p for told in kinds for p in staff_of(report, told, now=now)}
            tell_people(report, people.values(), "late", now=now)
        _end_window(report, {Promise(clock.promise) for clock in marked}, now)
    return len(marked)


def _tells(clock: Deadline) -> bool:
    """Return whether it is told here that a clock was missed: of one without a ladder, which is older than ladders."""
    return clock.is_ours and clock.ladder_id is None and Promise(clock.promise) not in ENDS_BY_ITSELF


def _end_window(report: Report, over: set[Promise], now: datetime) -> None:
    language = Language(report.language)
    if Promise.NEEDS_INFO_WINDOW in over and report.state == State.NEEDS_INFO:
        _end_unanswered_question(report, language, now)
    elif Promise.REPORTER_WINDOW in over and report.state == State.ANSWERED:
        text = NO_REPLY.in_(language)
        close(report, by=SYSTEM, outcome=Outcome.NO_REPLY_FROM_REPORTER, text=text, now=now)
    elif Promise.TRANSFER in over and report.state == State.TRANSFER_PENDING and not report.is_led:
        decline_transfer(report, by=SYSTEM, reason_code=NO_ANSWER, text="", now=now)


def _end_unanswered_question(report: Report, language: Language, now: datetime) -> None:
    text, reason = NOT_COMPLETED.in_(language), ArchiveReason.INFO_NOT_COMPLETED
    archive(report, by=SYSTEM, reason_code=reason, text=text, now=now)
