"""Lives of invented reports, led by the real steps, for load tests."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.people.models import Person
from tuntas.people.queries import actor_of
from tuntas.reports.models import Notice, Report
from tuntas.rules.life import OPEN, State
from tuntas.rules.who import STRANGER, Actor, Role
from tuntas.steps.clocks import mark_if_missed
from tuntas.steps.story import retell
from tuntas.steps.submit import Story, Told

CHANNEL = "load-test"  # how these reports are known

# Lives as the acts that follow receipt. New ones still have time; late ones have missed all they could; the desk's and
# the reporter's windows end a life by themselves, so nobody is late in those. Restricted reports are not copied.
NEW = (
    "",
    "ask",
    "dispatch",
    "dispatch transfer",
    "dispatch start",
    "dispatch start schedule",
    "dispatch start propose",
    "dispatch start propose approve",
    "dispatch start propose approve reply",
    "dispatch inform",
    "ask complete dispatch",
    "dispatch start propose return_answer",
    "dispatch start propose approve object",
)
LATE = (
    "",
    "inform",
    "dispatch",
    "dispatch inform",
    "dispatch transfer",
    "dispatch transfer accept",
    "dispatch start",
    "dispatch start propose",
    "dispatch start propose return_answer",
    "dispatch start propose approve reply",
    "dispatch start propose approve object",
)
ENDED = (
    "dispatch start propose approve rate",
    "dispatch inform start propose approve rate",
    "dispatch start propose approve close",
    "archive",
    "dispatch start propose return_answer propose approve rate",
    "ask complete dispatch start propose approve rate",
    "dispatch transfer accept start propose approve rate",
    "withdraw",
    "dispatch start propose approve object propose approve close",
    "archive appeal dispatch start propose approve reply close",
)
WEEKS_LATE = 26  # how far back the oldest open report lies
OLD_DAYS = (100.0, 130.0)  # before this every clock of a life has run out
NEW_DAYS = (0.2, 6.0)
DAYS_LED = 25.0  # within this many days after receipt all acts of a life are done

PLACE = "Contoh"  # each copy has another word here, so that a search finds a few
WHAT = (
    "Jalan berlubang besar di depan pasar, sudah dua minggu belum ditutup. Kalau hujan tertutup air sehingga motor "
    "sering jatuh.",
    "Lampu penerangan jalan mati sejak minggu lalu, gelap sekali, warga takut lewat pada malam hari.",
    "Sampah menumpuk di pinggir jalan dan tidak diangkut, baunya sampai ke rumah dan sekolah di dekatnya.",
    "Saluran air tersumbat tanah, setiap hujan deras air masuk ke rumah warga setinggi mata kaki.",
    "Antrean di loket lama sekali, dari pagi sampai siang baru dilayani, petugas hanya satu orang.",
    "Air bersih tidak mengalir sejak tiga hari, kami harus membeli air dari truk tangki.",
)
WHERE = "Tempatnya di Gang {place}, dekat pos ronda. Mohon segera diperiksa, sudah dilaporkan ke ketua lingkungan juga."


@dataclass(frozen=True, slots=True)
class Order:
    """How many reports to make, and of what kind."""

    reports: int
    open: float
    seed: int
    years: int


@dataclass(frozen=True, slots=True)
class Prototype:
    """A life led by real steps, and by how many weeks a copy may lie further back."""

    report_id: int
    is_open: bool
    weeks: int


class Scene:
    """One report on its way: who may act on it, and what time it is."""

    def __init__(self, report: Report, agencies: Sequence[str], now: datetime) -> None:
        self.report = report
        self.agency, self.other = agencies
        self.now = now

    @property
    def holder_id(self) -> int:
        return installation().agency_by_slug[self.agency].id

    @property
    def reporter(self) -> Actor:
        return Actor(report_id=self.report.pk)

    @property
    def desk(self) -> Actor:
        return _somebody(Role.AGENCY_ADMIN, self.report.desk_id)

    @property
    def liaison(self) -> Actor:
        return _somebody(Role.LIAISON, self.holder_id)

    @property
    def validator(self) -> Actor:
        return _somebody(Role.RESPONSE_VALIDATOR, self.holder_id)

    def do(self, act: str, now: datetime) -> None:
        self.now = now
        ACTS[act](self)

    def hand_on(self) -> None:
        steps.transfer(
            self.report, by=self.liaison, agency=self.other, reason_code="not_authority", text=ELSEWHERE, now=self.now
        )

    def accept(self) -> None:
        self.agency, self.other = self.other, self.agency
        steps.accept_transfer(self.report, by=self.liaison, now=self.now)


LATE_CAUSE = "volume"  # asked for only where something is late
ELSEWHERE = "Ini urusan dinas lain, kami teruskan."
ASKED, TOLD = "Di sebelah mana tepatnya?", "Di depan pos ronda, sebelah kiri dari arah pasar."
READ, BEGUN = "Laporan sudah kami baca.", "Petugas kami berangkat besok pagi."
DONE, MORE = "Sudah kami kerjakan dan periksa di tempat.", "Masih ada satu yang tertinggal."
UNCLEAR, OVER = "Isinya tidak cukup jelas untuk ditangani.", "Sudah selesai menurut pemeriksaan."
ACTS: dict[str, Callable[[Scene], object]] = {
    "ask": lambda s: steps.ask(s.report, by=s.desk, text=ASKED, now=s.now),
    "complete": lambda s: steps.complete(s.report, by=s.reporter, text=TOLD, now=s.now),
    "inform": lambda s: steps.inform(s.report, by=s.desk, text=READ, late_cause=LATE_CAUSE, now=s.now),
    "archive": lambda s: steps.archive(
        s.report, by=s.desk, reason_code="unclear", text=UNCLEAR, late_cause=LATE_CAUSE, now=s.now
    ),
    "appeal": lambda s: steps.appeal(s.report, by=s.reporter, text=TOLD, now=s.now),
    "withdraw": lambda s: steps.withdraw(s.report, by=s.reporter, text=OVER, now=s.now),
    "dispatch": lambda s: steps.dispatch(s.report, by=s.desk, agency=s.agency, now=s.now),
    "transfer": lambda s: s.hand_on(),
    "accept": lambda s: s.accept(),
    "start": lambda s: steps.start(s.report, by=s.liaison, text=BEGUN, late_cause=LATE_CAUSE, now=s.now),
    "schedule": lambda s: steps.schedule(
        s.report, by=s.liaison, on=(s.now + timedelta(days=14)).date(), text=BEGUN, now=s.now
    ),
    "propose": lambda s: steps.propose_answer(
        s.report, by=s.liaison, text=DONE, outcome="answered", late_cause=LATE_CAUSE, now=s.now
    ),
    "return_answer": lambda s: steps.return_answer(s.report, by=s.validator, text=MORE, now=s.now),
    "approve": lambda s: steps.approve(s.report, by=s.validator, now=s.now),
    "reply": lambda s: steps.reply(s.report, by=s.reporter, text=MORE, now=s.now),
    "rate": lambda s: steps.rate(s.report, by=s.reporter, rating=2 + s.report.pk % 3, now=s.now),
    "object": lambda s: steps.rate(s.report, by=s.reporter, rating=1, text=MORE, now=s.now),
    "close": lambda s: steps.close(s.report, by=s.desk, outcome="answered", text=OVER, now=s.now),
}


@cache
def _somebody(role: Role, agency_id: int) -> Actor:
    """Return an actor whose post in *role* reaches the agency. Raises LookupError where the profile has none."""
    for person in Person.objects.filter(posts__role=role).prefetch_related("posts").order_by("pk"):
        if agency_id in (actor := actor_of(person)).reach[role]:
            return actor
    raise LookupError(f"nobody is {role} for agency {agency_id}")


def _workplaces() -> list[str]:
    """Return the slugs of agencies for which somebody can work and somebody can check."""
    liaisons = [actor_of(p) for p in Person.objects.filter(posts__role=Role.LIAISON).prefetch_related("posts")]
    ids = sorted({id_ for actor in liaisons for id_ in actor.reach[Role.LIAISON]})
    return [installation().agencies[id_].slug for id_ in ids]


def lead_lives(many: int, order: Order, dice: random.Random, now: datetime) -> list[Prototype]:
    """Lead *many* lives whole or not at all, and forget the letters about them: nobody shall get any."""
    _somebody.cache_clear()
    opened = round(many * order.open)
    with transaction.atomic():
        reports = [_lead(*_plan(i, opened, dice), dice, now) for i in range(many)]
        Notice.objects.filter(report__in=reports).delete()
        return [_prototype(report, order, now) for report in reports]


def _plan(i: int, opened: int, dice: random.Random) -> tuple[str, tuple[float, float]]:
    """Return the acts of the *i*-th life and how many days ago its report came: half the open ones are late."""
    if i >= opened:
        return ENDED[(i - opened) % len(ENDED)], OLD_DAYS
    if i % 2:
        return LATE[i // 2 % len(LATE)], OLD_DAYS
    return NEW[i // 2 % len(NEW)], NEW_DAYS


def _lead(acts: str, days: tuple[float, float], dice: random.Random, now: datetime) -> int:
    """Take in a report and lead its life; return its id."""
    received_at = now - timedelta(days=dice.uniform(*days))
    end = min(received_at + timedelta(days=DAYS_LED), now)
    words = acts.split()
    agencies = dice.sample(_workplaces(), 2)
    report = steps.submit(_story(dice, acts), by=STRANGER, now=received_at).report
    scene = Scene(report, agencies, received_at)
    for i, act in enumerate(words, 1):
        scene.do(act, received_at + (end - received_at) * i / (len(words) + 1))
    return report.pk


def _story(dice: random.Random, acts: str) -> Story:
    here = installation()
    lat, lng = _point(dice)
    told = Told(f"Pelapor {dice.randrange(10**4)}", "", f"pelapor{dice.randrange(10**6)}@contoh.example")
    is_named = dice.random() < 0.5
    return Story(
        body=f"{dice.choice(WHAT)} {WHERE.format(place=PLACE)}",
        title=f"Laporan dari Gang {PLACE}" if dice.random() < 0.5 else "",
        category=dice.choice([c.code for c in here.categories.values() if not c.is_restricted]),
        event_date=None,
        location_text=f"Gang {PLACE}",
        lat=lat,
        lng=lng,
        is_anonymous=not is_named,
        reporter=told if is_named or dice.random() < 0.5 else None,
        channel=CHANNEL,
    )


def _point(dice: random.Random) -> tuple[float, float]:
    """Return a point inside one of the areas."""
    outline = dice.choice(installation().outlines)[1]
    west, south, east, north = outline.bounds
    while True:
        lat, lng = dice.uniform(south, north), dice.uniform(west, east)
        if installation().area_at(lat, lng) is not None:
            return lat, lng


def _prototype(report_id: int, order: Order, now: datetime) -> Prototype:
    """Mark what the life has missed by now; a life in which a clock still runs is copied in its own week only."""
    report = Report.objects.get(pk=report_id)
    clocks = list(report.deadlines.running().exclude(due_at=None))
    for clock in clocks:
        mark_if_missed(clock, now)
        if clock.rung_at is not None and (clock.missed_at is not None or clock.rung_at < now):
            clock.rung_at = None  # the worker shall not write about a hundred thousand invented reports
        clock.save(update_fields=["missed_at", "rung_at"])
    retell(report)
    report.save(update_fields=["thread"])
    is_open = State(report.state) in OPEN
    back = WEEKS_LATE if is_open else order.years * 52 - (now - report.received_at).days // 7
    is_running = report.state == State.NEEDS_INFO or any(clock.missed_at is None for clock in clocks)
    return Prototype(report_id, is_open, 0 if is_running else max(0, back))
