"""In whose hand a report is now, since when, what is asked of the reporter, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reason_words import ARCHIVE_REASONS
from tuntas.rules.reasons import ArchiveReason, ClosedBy
from tuntas.rules.thread import Json
from tuntas.web.clocks import newest
from tuntas.web.dates import say_day, say_instant
from tuntas.web.outside_words import referral_says
from tuntas.web.thread_words import YOU, Names

if TYPE_CHECKING:
    from tuntas.reports.models import Report

# The acts that put a report into another hand; the last of them tells since when.
HANDS_ON = frozenset(
    {
        *(Act.SUBMIT, Act.ASK, Act.COMPLETE, Act.DISPATCH, Act.ACCEPT_TRANSFER, Act.APPROVE, Act.REPLY, Act.RATE),
        *(Act.CLOSE, Act.REOPEN, Act.ARCHIVE, Act.APPEAL, Act.WITHDRAW, Act.ARBITRATE),
        *(Act.FORWARD_EXTERNAL, Act.OUTSIDE_NEWS, Act.HAND_TO_PPID, Act.MERGE, Act.UNMERGE),
    }
)
IN_HAND = Say("Sekarang di tangan", "Now with")
AT_ITS_END = Say("Sekarang", "Now")
SINCE = Say("Sejak {at}.", "Since {at}.")
NOT_YET_READ = Say("Belum dibaca.", "Not read yet.")
LOOKED_AT_FIRST = Say(
    "Petugas melihat laporan ini dulu sebelum tampil untuk umum.",
    "Somebody at the desk looks at this report before it is public.",
)
ANSWERED_BY = Say("{by} menjawab, {at}.", "{by} answered, {at}.")
ASKED_BY = Say("{by} bertanya, {at}.", "{by} asked, {at}.")
RATE_UNTIL = Say("Penilaian dibuka sampai {day}.", "You can rate it until {day}.")
ANSWER_UNTIL = Say("Kami menunggu sampai {day}.", "We wait until {day}.")
OFFERED = Say(
    "Ditawarkan kepada {to}. {holder} tetap memegangnya sampai diterima.",
    "Offered to {to}. {holder} keeps it until it is accepted.",
)
AT_ARBITER = Say(
    "Sekretaris Daerah menentukan siapa yang mengerjakan. {holder} tetap memegangnya sampai saat itu.",
    "The regional secretary decides who does the work. {holder} keeps it until then.",
)
DECIDED_BY = Say("Paling lambat {day}.", "By {day} at the latest.")
DONE = Say("Tuntas, diakui Anda", "Closed, as you said")
DONE_UNRATED = Say("Tuntas tanpa penilaian", "Closed without rating")
NOT_HANDLED = Say("Tidak diproses", "Not handled")
WITHDRAWN = Say("Anda tarik", "Withdrawn by you")

NOW: dict[State, Say] = {
    State.NEEDS_INFO: Say("Menunggu jawaban Anda", "Waiting for your answer"),
    State.DISPATCHED: Say("Menunggu {holder} mulai mengerjakan", "Waiting for {holder} to begin"),
    State.TRANSFER_PENDING: Say("Menunggu {to} menerima", "Waiting for {to} to accept it"),
    State.IN_PROGRESS: Say("Dikerjakan {holder}", "Being worked on by {holder}"),
    State.SCHEDULED: Say("Menunggu hari yang dijanjikan {holder}", "Waiting for the day that {holder} promised"),
    State.UNDER_EXAMINATION: Say("Diperiksa {holder}", "Being examined by {holder}"),
    State.AWAITING_VALIDATION: Say(
        "Jawaban {holder} sedang dicek orang kedua", "A second person checks the answer of {holder}"
    ),
    State.ANSWERED: Say("Menunggu penilaian Anda", "Waiting for your rating"),
    State.REPORTER_REPLIED: Say("{holder} membaca tanggapan Anda", "{holder} reads your reply"),
    State.FORWARDED_EXTERNAL: Say(
        "Dirujuk, tetap kami kawal. Kami yang menanyakan, bukan Anda.",
        "Referred, still followed by us. We do the asking, not you.",
    ),
}
WITH_ARBITER = Say(
    "Sekretaris Daerah menentukan siapa yang mengerjakan", "The regional secretary decides who does the work"
)
TO_BE_CHECKED = Say("Menunggu diperiksa {holder}", "Waiting to be checked by {holder}")
BEING_CHECKED = Say("Sedang diperiksa {holder}", "Being checked by {holder}")
TO_AGENCY = Say("Diteruskan ke instansi yang berwenang", "Sent to the agency in charge")
TO_ANSWER = Say("Dikerjakan, lalu dijawab", "Worked on, then answered")
TO_RATE = Say("Anda menilai", "You rate it")
TO_END = Say("Tuntas", "Closed")


@dataclass(frozen=True, slots=True)
class Card:
    """Who has it, and some sentences."""

    head: Say
    name: Say
    sentences: tuple[Say, ...]


def card_of(report: "Report", view: Json, names: Names, *, now: datetime) -> Card:
    """Return in whose hand the report is and since when."""
    last = next(line for line in reversed(view["timeline"]) if _is_handed_on(line))
    at = say_instant(last["at"], installation().zone, now=now)
    since, holder = SINCE.fill_each(at=at), names.held_by(view["holder"])
    match report.state:
        case State.CLOSED:
            return Card(AT_ITS_END, DONE if report.closed_by == ClosedBy.REPORTER else DONE_UNRATED, (since,))
        case State.ARCHIVED:
            return Card(AT_ITS_END, _unhandled(report), (since, *_reason(report)))
        case State.NEEDS_INFO:
            return Card(IN_HAND, YOU, (ASKED_BY.fill_each(by=names.of(last["by"]), at=at),))
        case State.ANSWERED:
            until = _until(RATE_UNTIL, view, Promise.REPORTER_WINDOW, now)
            return Card(IN_HAND, YOU, (ANSWERED_BY.fill_each(by=names.of(last["by"]), at=at), *until))
        case State.TRANSFER_PENDING if report.awaits_arbiter:
            until = _until(DECIDED_BY, view, Promise.ARBITRATE, now)
            return Card(IN_HAND, holder, (since, AT_ARBITER.fill_each(holder=holder), *until))
        case State.TRANSFER_PENDING:
            return Card(IN_HAND, holder, (since, OFFERED.fill_each(to=offered_to(report, names), holder=holder)))
        case State.FORWARDED_EXTERNAL:
            return Card(IN_HAND, holder, (since, *referral_says(view, now=now)))
    unread = (NOT_YET_READ,) if report.state == State.SUBMITTED and not _is_read(report, view) else ()
    held = (LOOKED_AT_FIRST,) if report.is_held and not report.is_secret else ()
    return Card(IN_HAND, holder, (since, *unread, *held))


def _is_handed_on(line: Json) -> bool:
    """Return whether the report went into another hand there; further news from outside leaves it where it is."""
    stays = line["act"] == Act.OUTSIDE_NEWS and not (line.get("to_us") or line.get("outcome"))
    return line["act"] in HANDS_ON and not stays


def _is_read(report: "Report", view: Json) -> bool:
    """Return whether somebody of the desk has opened the report, or has written to the reporter at all."""
    return report.fetched_at is not None or any(line["by"] not in ("pelapor", "sistem") for line in view["timeline"])


def _until(said: Say, view: Json, window: Promise, now: datetime) -> tuple[Say, ...]:
    entry, zone = newest(view, window), installation().zone
    if entry is None or entry["due_at"] is None:
        return ()
    return (said.fill_each(day=say_day(entry["due_at"].astimezone(zone).date(), today=now.astimezone(zone).date())),)


def _unhandled(report: "Report") -> Say:
    return WITHDRAWN if report.reason_code == ArchiveReason.BY_REPORTER else NOT_HANDLED


def _reason(report: "Report") -> tuple[Say, ...]:
    reason = ArchiveReason(report.reason_code)
    return () if reason is ArchiveReason.BY_REPORTER else (ARCHIVE_REASONS[reason],)


def offered_to(report: "Report", names: Names) -> Say:
    """Return to whom a report is offered, within a sentence."""
    return names.of(installation().slug_of(report.offered_to_id), within=True)


def asked_of(view: Json, names: Names) -> Json | None:
    """Return what the reporter was last asked: the words and who asked."""
    line = next((line for line in reversed(view["timeline"]) if line["act"] == Act.ASK), None)
    return None if line is None else {"text": line.get("text", ""), "by": names.of(line["by"]), "at": line["at"]}


def now_knot(report: "Report", view: Json, names: Names) -> Say | None:
    """Return what is going on now, or None where it has ended."""
    state = State(report.state)
    if state in (State.CLOSED, State.ARCHIVED):
        return None
    at_desk = BEING_CHECKED if _is_read(report, view) else TO_BE_CHECKED
    said = at_desk if state is State.SUBMITTED else WITH_ARBITER if report.awaits_arbiter else NOW[state]
    begins = said.id.startswith("{holder}")
    holder = names.held_by(view["holder"], within=not begins)
    return said.fill_each(holder=holder, to=offered_to(report, names))


def coming(report: "Report", view: Json, names: Names) -> tuple[Say, ...]:
    """Return what is still ahead, as far as anybody knows."""
    match report.state:
        case State.CLOSED | State.ARCHIVED:
            return ()
        case State.ANSWERED:
            return (TO_END,)
        case State.FORWARDED_EXTERNAL:
            return (TO_ANSWER, TO_RATE)
    return (TO_ANSWER, TO_RATE) if view["agency"] else (TO_AGENCY, TO_ANSWER, TO_RATE)
