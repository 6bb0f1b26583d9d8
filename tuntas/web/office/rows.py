"""One report as a row of the inbox: two lines, one flag at most, and the clock (ux 6.1). Asks the database nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.words import Say
from tuntas.rules.hops import COORDINATOR_AT
from tuntas.rules.life import State
from tuntas.rules.reasons import Classification
from tuntas.rules.topics import guess_topics
from tuntas.rules.urgency import sounds_dangerous, speaks_of_elderly
from tuntas.rules.words import STATES
from tuntas.steps.dispatch import first_words
from tuntas.web.clocks import ICONS, NEAR
from tuntas.web.dates import DAYS_EN, DAYS_ID, say_day
from tuntas.web.office.channels import channel_named
from tuntas.web.office.held import reasons_in_short

if TYPE_CHECKING:
    from tuntas.reports.models import Report

CLOSED_WORDS = Say("Isi ditutup: diduga laporan pungli", "Closed words: perhaps a report of illegal fees")
NO_PLACE = Say("belum ada tempat", "no place yet")
LEFT, LATE = Say("sisa {left}", "{left} left"), Say("lewat {late}", "{late} late")
WAITS = {
    State.NEEDS_INFO: Say("menunggu pelapor", "waiting for the reporter"),
    State.ANSWERED: Say("menunggu penilaian", "waiting for a rating"),
}
FLAGS = {
    "bahaya": Say("bahaya", "danger"),
    "dikembalikan": Say("dikembalikan", "given back"),
    "kurang": Say("kurang data", "too little said"),
    "usulan": Say("usulan", "proposal"),
    "lansia": Say("lansia", "elderly"),
    "pungli": Say("pungli? cek segel", "fees? check seal"),
}
ENDED = frozenset({State.CLOSED, State.ARCHIVED})
MANY_HOURS = timedelta(hours=72)
Words = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Clock:
    """How the nearest promise stands, in few letters."""

    jam: str
    mark: Say

    @property
    def icon(self) -> str:
        return ICONS[self.jam]


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows."""

    name: str
    title: str | Say
    is_shut: bool
    to: str
    is_unsure: bool
    place: str | Say
    channel: Say
    photos: int
    flag: str
    clock: Clock
    at: Say
    why: Say | None = None  # it is held; said in place of a flag, but for danger
    story: str = ""  # its first words, where the title says others

    @property
    def flag_says(self) -> Say:
        return FLAGS[self.flag]


def rows_of(reports: "Iterable[Report]", photos: Mapping[int, int], *, zone: ZoneInfo, now: datetime) -> list[Row]:
    """Return reports as rows; ``report.opening`` holds the first words of each story."""
    here = installation()
    words = words_of(here)
    return [_row_of(report, photos, here, words, zone=zone, now=now) for report in reports]


def _row_of(
    report: "Report", photos: Mapping[int, int], here: Installation, words: Words, *, zone: ZoneInfo, now: datetime
) -> Row:
    is_shut = report.is_restricted or report.is_suspected
    to, is_unsure = ("", False) if is_shut else _agency_of(report, here, words)
    why, flag = (None, "pungli") if is_shut else (reasons_in_short(report), flag_of(report))
    return Row(
        name=report.name,
        title=CLOSED_WORDS if is_shut else title_of(report),
        is_shut=is_shut,
        to=to,
        is_unsure=is_unsure,
        place=here.area_names[report.area_id][1] if report.area_id else NO_PLACE,
        channel=channel_named(report.channel),
        photos=0 if is_shut else photos.get(report.pk, 0),
        flag="" if why and flag != "bahaya" else flag,
        clock=clock_of(report, now=now),
        at=short_instant(report.received_at, zone, now=now),
        why=why,
        story="" if is_shut or not (report.public_title or report.title) else opening_of(report),
    )


def opening_of(report: "Report") -> str:
    """Return the first words of a story as the list read them."""
    return str(getattr(report, "opening", ""))


def title_of(report: "Report") -> str:
    """Return what the desk calls a report: its short title, else the reporter's, else the story's first words."""
    return report.public_title or report.title or first_words(opening_of(report))


def _agency_of(report: "Report", here: Installation, words: Words) -> tuple[str, bool]:
    """Return who has the report; else who probably should, and whether that is only a guess."""
    if report.holder_id is not None:
        return here.agencies[report.holder_id].short, False
    category = here.categories.get(report.category_id or 0)
    if category is not None and category.owner_id != here.desk_id:
        return here.agencies[category.owner_id].short, bool(report.hop_count)  # one who came back has it no more surely
    guesses = guess_topics(f"{report.title} {opening_of(report)}", words)
    owners = (here.category_by_code[guess.code].owner_id for guess in guesses)
    owner = next((id_ for id_ in owners if id_ != here.desk_id), None)
    return (here.agencies[owner].short, True) if owner else ("", False)


def words_of(here: Installation) -> Words:
    """Return the words of every topic that an ordinary report can have."""
    return {each.code: each.words for each in here.categories.values() if each.is_active and not each.is_restricted}


def flag_of(report: "Report") -> str:
    """Return the one thing that must be seen first, or nothing."""
    text = f"{report.title} {opening_of(report)}"
    if sounds_dangerous(text):
        return "bahaya"
    if _came_back(report):
        return "dikembalikan"
    if report.area_id is None and report.lat is None:
        return "kurang"
    if report.classification == Classification.ASPIRATION:
        return "usulan"
    return "lansia" if speaks_of_elderly(text) else ""


def _came_back(report: "Report") -> bool:
    """Return whether the desk has to say where it goes, or might have to soon."""
    if report.state == State.SUBMITTED:
        return bool(report.hop_count)
    return report.state == State.TRANSFER_PENDING or (
        report.state in (State.DISPATCHED, State.IN_PROGRESS) and report.refusal_count >= COORDINATOR_AT
    )


def clock_of(report: "Report", *, now: datetime) -> Clock:
    """Return how the nearest promise of ours stands; what nobody owes now says what it waits for."""
    state = State(report.state)
    if state in ENDED:
        return Clock("terpenuhi", STATES[state])
    if report.due_at is None or state is State.NEEDS_INFO:
        return Clock("jeda", WAITS.get(state, STATES[state]))
    left = report.due_at - now
    if left < timedelta():
        return Clock("lewat", LATE.fill_each(late=_short(-left)))
    return Clock("dekat" if left <= NEAR else "aman", LEFT.fill_each(left=_short(left)))


def _short(span: timedelta) -> Say:
    """Return ``2 j 40 m``, ``19 j`` over six hours, ``5 hari`` over three days."""
    minutes = span // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    if span > MANY_HOURS:
        return Say(f"{span.days} hari", f"{span.days} days")
    if span > NEAR or (hours and not rest):
        return Say(f"{hours} j", f"{hours} h")
    return Say(f"{hours} j {rest:02} m", f"{hours} h {rest:02} m") if hours else Say(f"{rest} m", f"{rest} m")


def short_instant(at: datetime, zone: ZoneInfo, *, now: datetime) -> Say:
    """Return ``09.14`` for today, ``Sel 12.48`` within a week, else the day."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (today - local.date()).days
    if days == 0:
        return Say(f"{local:%H.%M}", f"{local:%H:%M}")
    if 0 < days < 7:
        weekday = local.weekday()
        return Say(f"{DAYS_ID[weekday][:3]} {local:%H.%M}", f"{DAYS_EN[weekday][:3]} {local:%H:%M}")
    day = say_day(local.date(), today=today)
    return Say(day.id.split(" ", 1)[1], day.en.split(" ", 1)[1])
