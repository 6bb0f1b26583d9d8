"""What somebody of an agency says about a task: done, begun, later, or not theirs. Read from the form, then done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import QueryDict

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.life import Act, State, may
from tuntas.rules.reasons import LateCause, Outcome, TransferReason
from tuntas.rules.text import trouble_with
from tuntas.rules.who import Actor
from tuntas.web.forms import Mistakes
from tuntas.web.office.evidence import instant_of

if TYPE_CHECKING:
    from tuntas.reports.models import Report

DONE, BEGUN, LATER, NOT_OURS = "selesai", "dikerjakan", "waktu", "bukan"
TAKE, REFUSE = "terima", "tolak"
OUTCOMES = {
    Outcome.FIXED: Say("Sudah beres di lapangan", "Fixed on the spot"),
    Outcome.PARTIALLY_FIXED: Say("Sebagian beres", "Partly fixed"),
    Outcome.ANSWERED: Say("Dijawab, tidak ada yang perlu diperbaiki", "Answered, nothing to repair"),
    Outcome.CANNOT_BE_FIXED: Say("Belum bisa diperbaiki", "Cannot be fixed yet"),
}
REASONS = {
    TransferReason.NOT_AUTHORITY: Say("Di luar tugas kami", "Outside our duties"),
    TransferReason.WRONG_AREA: Say("Di luar wilayah kami", "Outside our area"),
    TransferReason.WRONG_AGENCY: Say("Salah instansi", "The wrong agency"),
    TransferReason.OTHER_TIER: Say("Urusan provinsi atau pusat", "A matter of the province or the nation"),
    TransferReason.NOT_ENOUGH_INFO: Say("Keterangan belum cukup untuk ditangani", "Not enough details to act on"),
    TransferReason.OTHER: Say("Alasan lain", "Another reason"),
}
CHOOSE = Say("Pilih bagaimana hasilnya", "Choose how it went")
CHOOSE_OUTCOME = Say("Pilih hasil pekerjaannya", "Choose the outcome of the work")
CHOOSE_DAY = Say("Isi tanggal selesainya", "Fill in the day it will be done")
CHOOSE_REASON = Say("Pilih alasannya", "Choose the reason")
CHOOSE_CAUSE = Say("Pilih penyebab terlambat", "Choose why it is late")
FIELDS = {
    # What a step finds, by the field of the form it belongs to
    "/text": "teks",
    "/file_ids": "foto",
    "/on": "tanggal",
    "/late_cause": "penyebab",
    "/agency": "instansi",
    "/is_again": "lagi",
}
TAKEN_UP = frozenset({State.DISPATCHED, State.REPORTER_REPLIED, State.SCHEDULED, State.IN_PROGRESS})


@dataclass
class Told:
    """What the form says, as it was typed."""

    how: str = ""
    text: str = ""
    outcome: str = ""
    day: str = ""
    agency: str = ""
    is_again: bool = False  # although it had it before
    reason: str = ""
    cause: str = ""
    is_confirmed: bool = False
    seen: int = 0  # the newest event the page had shown
    captured_at: datetime | None = None
    photos: list[UUID] = field(default_factory=list)

    @property
    def on(self) -> date | None:
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None


def read_form(post: QueryDict, photos: list[UUID]) -> Told:
    """Return what was typed; what no page offers is dropped."""
    seen = post.get("dilihat", "")
    return Told(
        how=post.get("hasil", ""),
        text=post.get("teks", "").replace("\r\n", "\n"),
        outcome=_one_of(OUTCOMES, post.get("akhir", "")),
        day=post.get("tanggal", "")[:10],
        agency=_one_of(installation().agency_by_slug, post.get("instansi", "")),
        is_again="lagi" in post,
        reason=_one_of(REASONS, post.get("alasan", "")),
        cause=_one_of(set(LateCause), post.get("penyebab", "")),
        is_confirmed="yakin" in post,
        seen=int(seen[:18]) if seen.isascii() and seen.isdecimal() else 0,
        captured_at=instant_of(post.get("dicatat", "")),
        photos=photos,
    )


def _one_of(known: object, value: str) -> str:
    return value if value in known else ""  # type: ignore[operator]


def ways_for(actor: Actor, report: "Report", acts: list[Act]) -> list[str]:
    """Return what this person can say of the task now, in the page's order."""
    works = {Act.START, Act.RESUME, Act.PROPOSE_ANSWER} & set(acts)
    dates = report.state in TAKEN_UP and may(actor, Act.SCHEDULE, report)
    offered = [way for way, act in ((TAKE, Act.ACCEPT_TRANSFER), (REFUSE, Act.DECLINE_TRANSFER)) if act in acts]
    rest = ((DONE, bool(works)), (BEGUN, bool(works - {Act.PROPOSE_ANSWER})), (LATER, dates))
    return [*offered, *(way for way, can in rest if can), *([NOT_OURS] if Act.TRANSFER in acts else [])]


def check_form(told: Told, ways: list[str], *, needs_cause: bool) -> Mistakes:
    """Return what is missing, in the page's order; what only a step can see comes later."""
    mistakes = Mistakes()
    if told.how not in ways:
        mistakes.add("hasil", CHOOSE)
        return mistakes
    if told.how == DONE and not told.outcome:
        mistakes.add("akhir", CHOOSE_OUTCOME)
    if told.how == LATER and told.on is None:
        mistakes.add("tanggal", CHOOSE_DAY)
    if told.how in (NOT_OURS, REFUSE) and not told.reason:
        mistakes.add("alasan", CHOOSE_REASON)
    if told.how != TAKE and (trouble := trouble_with(told.text)) is not None:
        mistakes.add("teks", trouble)
    if needs_cause and told.how in (DONE, BEGUN, LATER) and not told.cause:
        mistakes.add("penyebab", CHOOSE_CAUSE)
    return mistakes


def act_of(how: str, report: "Report") -> Act:
    """Return the act whose words these are: by it they are judged."""
    begins = Act.RESUME if report.state == State.SCHEDULED else Act.START
    acts = {DONE: Act.PROPOSE_ANSWER, BEGUN: begins, LATER: Act.SCHEDULE, NOT_OURS: Act.TRANSFER}
    return acts.get(how, Act.ACCEPT_TRANSFER if how == TAKE else Act.DECLINE_TRANSFER)


def do_it(report: "Report", told: Told, *, by: Actor, now: datetime) -> None:
    """Do what the form says. Raises what the steps raise."""
    ways: dict[str, Callable[[], object]] = {
        DONE: lambda: _finish(report, told, by, now),
        BEGUN: lambda: _begin(report, told, by, now),
        LATER: lambda: _put_off(report, told, by, now),
        NOT_OURS: lambda: _hand_over(report, told, by, now),
        TAKE: lambda: steps.accept_transfer(report, by=by, now=now),
        REFUSE: lambda: steps.decline_transfer(report, by=by, reason_code=told.reason, text=told.text, now=now),
    }
    ways[told.how]()


def _finish(report: "Report", told: Told, by: Actor, now: datetime) -> None:
    steps.finish_task(
        report,
        by=by,
        text=told.text,
        outcome=told.outcome,
        file_ids=told.photos,
        late_cause=told.cause,
        is_confirmed=told.is_confirmed,
        captured_at=told.captured_at,
        now=now,
    )
    steps.forget_unsent(report, by=by, form=Act.PROPOSE_ANSWER, sent=told.text)


def _begin(report: "Report", told: Told, by: Actor, now: datetime) -> None:
    if report.state == State.SCHEDULED:
        steps.resume(
            report, by=by, text=told.text, is_confirmed=told.is_confirmed, captured_at=told.captured_at, now=now
        )
        return
    steps.start(
        report,
        by=by,
        text=told.text,
        late_cause=told.cause,
        is_confirmed=told.is_confirmed,
        captured_at=told.captured_at,
        now=now,
    )


def _put_off(report: "Report", told: Told, by: Actor, now: datetime) -> None:
    steps.put_off_task(
        report,
        by=by,
        on=told.on or now.date(),  # a form without a day was refused before
        text=told.text,
        late_cause=told.cause,
        is_confirmed=told.is_confirmed,
        captured_at=told.captured_at,
        now=now,
    )


def _hand_over(report: "Report", told: Told, by: Actor, now: datetime) -> None:
    steps.transfer(
        report,
        by=by,
        agency=told.agency or None,
        reason_code=told.reason,
        text=told.text,
        is_again=told.is_again,
        captured_at=told.captured_at,
        now=now,
    )
