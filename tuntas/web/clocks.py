"""How the promises of one report stand, as bars and sentences: the instant first, then what is left, then the bar."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.clock import Length, Unit, working_days_between
from tuntas.rules.life import Act, Promise
from tuntas.rules.reason_words import LATE_CAUSES
from tuntas.rules.reasons import LateCause
from tuntas.rules.thread import Json
from tuntas.web.dates import say_day, say_instant, say_span
from tuntas.web.promise_words import USUAL, say_length

NEAR = timedelta(hours=6)
ICONS = {"aman": "jam", "dekat": "jam", "lewat": "awas", "jeda": "jeda", "terpenuhi": "centang"}
LEFT = Say("Sisa {left}", "{left} left")
KEPT = Say("Ditepati", "Kept")
PAUSED = Say("Berhenti", "Stopped")
LATE = Say("Terlambat {late}", "{late} late")
LATE_SOMEHOW = Say("Terlambat", "Late")

LEFT_LONG = Say("Dijawab paling lambat {at}, sisa {left}", "Answered by {at}, {left} left")
KEPT_LONG = Say("Ditepati: dijawab dalam {took}", "Kept: answered in {took}")
PAUSED_LONG = Say("Jam berhenti: menunggu jawaban Anda sejak {at}", "Clock stopped: waiting for your answer since {at}")
PAUSED_FOR_ANOTHER = Say(
    "Jam berhenti: menunggu jawaban pelapor sejak {at}", "Clock stopped: waiting for the reporter's answer since {at}"
)
LATE_LONG = Say("{late}. Maaf.", "{late}. We are sorry.")
LATE_WHY = Say("{late}. Maaf. Penyebabnya: {why}.", "{late}. We are sorry. The cause: {why}.")
LIMIT = Say("batas {length}", "limit {length}")
ALOUD = Say("{used} dari batas {length}", "{used} of a limit of {length}")

BY = Say("Batasnya {day}.", "Due {day}.")
EARLY = Say("Selesai lebih awal.", "Finished early.")
OUT_OF = Say("{n} dari {all} hari kerja", "{n} of {all} working days")
STILL_LATE = Say("Kami terlambat. Maaf.", "We are late. We are sorry.")
WAS_LATE = Say("Selesai terlambat. Maaf.", "Finished late. We are sorry.")
STOPPED = Say("Jam berhenti sampai Anda menjawab.", "The clock stands still until you answer.")
STOPPED_FOR_ANOTHER = Say("Jam berhenti sampai pelapor menjawab.", "The clock stands still until the reporter answers.")
DAYS_LATE = Say("Terlambat {n} hari kerja", "{n} working days late")
WORKED = Say("Pengerjaan", "The work")
EXAMINED = Say("Pemeriksaan", "The examination")
HEADS = {Promise.RESOLVE: WORKED, Promise.INFORMATION: Say("Permohonan informasi", "The information request")}


class Timed(Protocol):
    """What the clocks look at: a report, or what everybody may know of it."""

    @property
    def received_at(self) -> datetime: ...
    @property
    def category_id(self) -> int | None: ...
    @property
    def classification(self) -> str: ...
    @property
    def is_restricted(self) -> bool: ...
    @property
    def holder_id(self) -> int | None: ...
    @property
    def desk_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Bar:
    """The promise to answer. ``jam``: aman, dekat, lewat, jeda or terpenuhi; ``fill`` in hundredths."""

    length: Say
    jam: str
    mark: Say
    sentence: Say
    fill: str
    used: Say
    limit: Say
    aloud: Say
    kept_at: datetime | None = None

    @property
    def icon(self) -> str:
        return ICONS[self.jam]


@dataclass(frozen=True, slots=True)
class Work:
    """The work clock: a mark and some sentences."""

    head: Say
    jam: str
    mark: Say
    sentences: tuple[Say, ...]

    @property
    def icon(self) -> str:
        return ICONS[self.jam]


def answer_bar(report: Timed, view: Json, *, now: datetime, to_reporter: bool = True) -> Bar | None:
    """Return how the promise to answer stands, or None where nobody owes it; told to the reporter or to everybody."""
    entry = newest(view, Promise.ANSWER)
    if entry is None:
        return None
    length = promised_in(entry, report) or USUAL
    asked = next((line["at"] for line in reversed(view["timeline"]) if line["act"] == Act.ASK), now)
    until = entry.get("kept_at") or (asked if entry["due_at"] is None else now)
    total, used = _measure(entry, length, report.received_at, until)
    jam = _jam_of(entry, now)
    late = max(used - total, timedelta(0))
    mark, sentence = _say_bar(jam, entry, used=used, left=total - used, late=late, asked=asked, now=now)
    if jam == "jeda" and not to_reporter:
        sentence = PAUSED_FOR_ANOTHER.fill_each(at=say_instant(asked, installation().zone, now=now))
    return Bar(
        length=say_length(length),
        jam=jam,
        mark=mark,
        sentence=sentence,
        fill=f"{100 * (total / used if late else used / total):.1f}",
        used=_hours(used),
        limit=LIMIT.fill_each(length=_hours(total)),
        aloud=ALOUD.fill_each(used=_hours(used), length=_hours(total)),
        kept_at=entry.get("kept_at"),
    )


def newest(view: Json, promise: Promise) -> Json | None:
    """Return how a promise stands that may have run several times, the last of them."""
    return next((entry for entry in reversed(view["promises"]) if entry["promise"] == promise), None)


def promised_in(entry: Json, report: Timed) -> Length | None:
    """Return how much time was promised when the clock began; old clocks do not say it, and took the usual time."""
    if length := entry.get("length"):
        return Length(length[0], Unit(length[1]))
    return installation().length_of(
        Promise(entry["promise"]),
        report.received_at,
        category_id=report.category_id,
        classification=report.classification,
        agency_id=report.holder_id,
    )


def _jam_of(entry: Json, now: datetime) -> str:
    match entry["state"]:
        case "kept":
            return "terpenuhi"
        case "paused":
            return "jeda"
        case "missed":
            return "lewat"
    return "dekat" if entry["due_at"] - now <= NEAR else "aman"


def _measure(entry: Json, length: Length, start: datetime, until: datetime) -> tuple[timedelta, timedelta]:
    """Return how long the promise is and how much of it was used: by the wall clock, less what was paused."""
    due = entry["due_at"]
    if length.unit is Unit.WORKING_DAYS:
        total = (due or until) - start
    else:
        total = timedelta(hours=length.amount) * (1 if length.unit is Unit.HOURS else 24)
    used = until - start if due is None else total - (due - until)
    return max(total, timedelta(minutes=1)), max(used, timedelta(0))


def _say_bar(
    jam: str, entry: Json, *, used: timedelta, left: timedelta, late: timedelta, asked: datetime, now: datetime
) -> tuple[Say, Say]:
    zone = installation().zone
    match jam:
        case "terpenuhi":
            return KEPT, KEPT_LONG.fill_each(took=_hours(used))
        case "jeda":
            return PAUSED, PAUSED_LONG.fill_each(at=say_instant(asked, zone, now=now))
        case "lewat":
            mark = LATE.fill_each(late=say_span(late.total_seconds())) if late else LATE_SOMEHOW
            mark = Say(mark.id, mark.en[0].upper() + mark.en[1:])
            if (cause := entry.get("cause")) in set(LateCause):
                return mark, LATE_WHY.fill_each(late=mark, why=LATE_CAUSES[LateCause(cause)])
            return mark, LATE_LONG.fill_each(late=mark)
    at = say_instant(entry["due_at"], zone, now=now)
    rest = _hours(left if left < NEAR else left - left % timedelta(hours=1))
    return LEFT.fill_each(left=rest), LEFT_LONG.fill_each(at=at, left=rest)


def _hours(span: timedelta) -> Say:
    """Return ``47 jam``, or ``5 jam 48 menit`` under a day: a promise in hours is counted in hours."""
    hours, minutes = span // timedelta(hours=1), span % timedelta(hours=1) // timedelta(minutes=1)
    if hours < 24:
        return say_span(span.total_seconds())
    more = f" {minutes} menit" if minutes else "", f" {minutes} minute{'' if minutes == 1 else 's'}" if minutes else ""
    return Say(f"{hours} jam{more[0]}", f"{hours} hours{more[1]}")


def work_clock(report: Timed, view: Json, *, now: datetime, to_reporter: bool = True) -> Work | None:
    """Return how the time to finish the work stands, or None where nobody owes it yet."""
    entry = next((each for each in reversed(view["promises"]) if each["promise"] in HEADS), None)
    if entry is None:
        return None
    jam, due, until = _jam_of(entry, now), entry["due_at"], entry.get("kept_at") or now
    head = EXAMINED if report.is_restricted else HEADS[entry["promise"]]
    if due is None:
        return Work(
            head, jam, PAUSED if jam == "jeda" else LATE_SOMEHOW, (STOPPED if to_reporter else STOPPED_FOR_ANOTHER,)
        )
    zone = installation().zone
    by = BY.fill_each(day=say_day(due.astimezone(zone).date(), today=now.astimezone(zone).date()))
    return Work(head, jam, _work_mark(report, entry, until), (by, *_work_says(jam, due, entry.get("kept_at"))))


def _work_says(jam: str, due: datetime, kept_at: datetime | None) -> tuple[Say, ...]:
    if jam == "lewat":
        return (STILL_LATE if kept_at is None else WAS_LATE,)
    zone = installation().zone
    is_early = kept_at is not None and kept_at.astimezone(zone).date() < due.astimezone(zone).date()
    return (EARLY,) if is_early else ()


def _work_mark(report: Timed, entry: Json, until: datetime) -> Say:
    calendar = installation().calendar_of(report.holder_id or report.desk_id)
    due, length = entry["due_at"], promised_in(entry, report)
    if entry["state"] == "missed":
        days = working_days_between(due, until, calendar)
        late = DAYS_LATE.fill(n=days) if days > 1 else LATE.fill_each(late=say_span((until - due).total_seconds()))
        return Say(late.id, late.en[0].upper() + late.en[1:])
    if length is None or length.unit is not Unit.WORKING_DAYS:
        return LEFT.fill_each(left=say_span((due - until).total_seconds()))
    used = max(0, length.amount - working_days_between(until, due, calendar))
    return OUT_OF.fill(n=used, all=length.amount)
