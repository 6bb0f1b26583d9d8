"""Some hundreds of invented reports in every state, led through the real steps over the last sixty days."""

import gc
import multiprocessing
import random
import signal
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count as serials
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import NoReturn

from django.db import connections, transaction
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from tqdm import tqdm

from tuntas import steps
from tuntas.agencies.installation import Installation, installation
from tuntas.ops import demo_paths as paths
from tuntas.ops import demo_texts as texts
from tuntas.ops.demo_acts import STAGES
from tuntas.ops.demo_life import Life, Staff
from tuntas.ops.demo_meetings import make_meetings
from tuntas.people.models import Person
from tuntas.people.queries import actor_of
from tuntas.rules.who import Actor, Role
from tuntas.steps.submit import Story, Told

DAYS = 60
KNOWN_EMAIL = "pelapor@warga.example"  # of the one report whose code is known
RECENT = timedelta(hours=36)  # letters about what is older count as sent long ago
TICK, TICKS_A_DAY = timedelta(hours=6), 4
SEED = 20240817  # the same reports in each demo
FORK, PROCESSES = multiprocessing.get_context("fork"), 2
SECONDS_TO_WAIT = 60
OTHERS = tuple(code for code in texts.BODIES if code not in paths.WORKED_ON)


def make_reports(*, now: datetime, is_shown: bool) -> None:
    """Write the whole history up to *now*, in as many processes as help. *is_shown*: a progress bar."""
    lives = list(Maker(installation(), random.Random(SEED), now).lives())  # noqa: S311 (invented texts)
    gate = FORK.Barrier(PROCESSES)
    connections.close_all()  # a process must not use the connection of the one it came from
    others = [FORK.Process(target=_help, args=(lives, part, gate, now)) for part in range(1, PROCESSES)]
    for other in others:
        other.start()
    try:
        _lead_part(lives, 0, gate, now, is_shown=is_shown)
    finally:
        for other in others:
            other.join()
    steps.settle_notices(before=now - RECENT)
    steps.count(now=now)
    make_meetings(_staff(), now=now)


def _lead_part(lives: list[Life], part: int, gate: Barrier, now: datetime, *, is_shown: bool) -> None:
    """Lead every so manieth life in one transaction: no part sees another's reports, and all end well or none."""
    gc.disable()
    try:
        with transaction.atomic():
            lead(lives[part::PROCESSES], now=now, is_shown=is_shown, on_new_day=lambda: _wait(gate))
            _wait(gate)
    except BaseException:
        gate.abort()
        raise
    finally:
        gc.enable()
        connections.close_all()


def _help(lives: list[Life], part: int, gate: Barrier, now: datetime) -> None:
    """Lead a part in a process of its own, which ends with the first one and leaves the talking to it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with suppress(BrokenBarrierError):
        _lead_part(lives, part, gate, now, is_shown=False)


def _wait(gate: Barrier) -> None:
    gate.wait(SECONDS_TO_WAIT)


def lead(lives: list[Life], *, now: datetime, is_shown: bool, on_new_day: Callable[[], None]) -> None:
    """Do everybody's steps in the order of time until *now*, with promises marked as they run out."""
    number = serials()
    waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
    for life in lives:
        waiting.append((life.starts_at, next(number), life.go_on()))
        next(waiting[-1][2])
    heapify(waiting)
    tick, round_ = now - timedelta(days=DAYS + 1), 0
    with tqdm(total=len(lives), desc="Reports", unit="", disable=not is_shown, leave=False) as bar:
        while waiting or tick < now:
            at = min(waiting[0][0], now) if waiting else now
            while tick < at:
                steps.miss_next(now=tick)
                steps.climb_next(now=tick)
                tick, round_ = tick + TICK, round_ + 1
                if round_ % TICKS_A_DAY == 0:
                    on_new_day()
            if waiting:
                _go_on(waiting, number, bar, now)
    while steps.miss_next(now=now):
        pass
    while steps.climb_next(now=now):
        pass


def _go_on(
    waiting: list[tuple[datetime, int, Iterator[datetime]]], number: Iterator[int], bar: "tqdm[NoReturn]", now: datetime
) -> None:
    at, _, life_goes_on = heappop(waiting)
    following = next(life_goes_on, None) if at < now else None
    if following is None:
        bar.update()
    else:
        heappush(waiting, (following, next(number), life_goes_on))


class Maker:
    """Throws the dice: who writes what, where, when, and how it goes."""

    def __init__(self, here: Installation, dice: random.Random, now: datetime) -> None:
        self.here, self.dice, self.now = here, dice, now
        self.staff = _staff()

    def lives(self) -> Iterator[Life]:
        yield self._life(
            9, paths.ANSWERED, "road_bridge", told=Told("Sari Wulandari", "0812-0000-0001", KNOWN_EMAIL), pace=0.9
        )
        for ago, path in paths.SHOWN:
            yield self._life(ago, path, self.dice.choice(paths.WORKED_ON), pace=0.8)
        for ago, path in paths.RESTRICTED:
            yield self._life(ago, path, self.dice.choice(tuple(texts.RESTRICTED_BODIES)), pace=0.8)
        for path, often in paths.USUAL:
            for _ in range(often):
                pace = self.dice.choice((0.7, 1, 1, 1, 1, 1, 1, 1.2, 4))
                yield self._life(self.dice.uniform(2, DAYS), path, self.dice.choice(paths.WORKED_ON), pace=pace)
        for _ in range(paths.NOW):
            yield self._life(self.dice.uniform(0, 2.5), self.dice.choice(paths.ELSEWHERE_NOW), self.dice.choice(OTHERS))
        for _ in range(paths.OVER):
            yield self._life(
                self.dice.uniform(1, DAYS), self.dice.choice(paths.ELSEWHERE_OVER), self.dice.choice(OTHERS)
            )
        for ago, path in paths.OUTSIDE:
            yield self._life(ago, path, "street_light", told=None, pace=0.8)

    def _life(self, ago: float, path: str, category: str, *, told: Told | None = None, pace: float = 1.0) -> Life:
        starts_at = self.now - timedelta(days=ago, minutes=self.dice.uniform(0, 50))
        story = self._story(category, told or self._told())
        own_dice = random.Random(self.dice.random())  # noqa: S311 (so that it goes the same way in any order)
        return Life(
            story, category, [STAGES[word] for word in path.split()], starts_at, self.here, self.staff, own_dice, pace
        )

    def _story(self, category: str, told: Told | None) -> Story:
        area, lat, lng = self._place()
        is_known = told is not None and told.email == KNOWN_EMAIL
        return Story(
            body=self._body(category),
            category=category if self.dice.random() < 0.9 or is_known or category in texts.RESTRICTED_BODIES else None,
            classification="aspiration" if category == "proposal" else "complaint_ordinary",
            location_text=f"{self.dice.choice(texts.STREETS)}, {self.here.area_names[area][1]}",
            lat=lat,
            lng=lng,
            is_anonymous=not is_known and self.dice.random() < 0.6,
            is_secret=not is_known and self.dice.random() < 0.08,
            reporter=told,
            channel=self.dice.choice(("web", "web", "web", "whatsapp", "counter", "phone", "api")),
        )

    def _body(self, category: str) -> str:
        pattern = self.dice.choice({**texts.BODIES, **texts.RESTRICTED_BODIES}[category])
        filled = pattern.format(
            street=f"{self.dice.choice(texts.STREETS)} No. {self.dice.randint(1, 140)}",
            landmark=self.dice.choice(texts.LANDMARKS),
            since=self.dice.choice(texts.SINCE),
        )
        sentences = [sentence[:1].upper() + sentence[1:] for sentence in filled.split(". ")]
        return " ".join((". ".join(sentences), self.dice.choice(texts.CLOSINGS))).strip()

    def _told(self) -> Told | None:
        kind, name = self.dice.random(), self.dice.choice(texts.NAMES)
        if kind < 0.35:
            return None
        slug = name.lower().replace(" ", ".")
        email = f"{slug}.{self.dice.randint(1, 99)}@warga.example" if kind < 0.8 else ""
        return Told(name, f"0812-0000-{self.dice.randint(1000, 9999)}", email)

    def _place(self) -> tuple[int, float, float]:
        area, outline = self.dice.choice(self.here.outlines)
        point = self._point_in(outline)
        return area, round(point.y, 6), round(point.x, 6)

    def _point_in(self, outline: BaseGeometry) -> Point:
        west, south, east, north = outline.bounds
        while True:
            point = Point(self.dice.uniform(west, east), self.dice.uniform(south, north))
            if outline.contains(point):
                return point


def _staff() -> Staff:
    """Return the profile's people by role, each list in the profile's order."""
    staff: dict[Role, list[Actor]] = defaultdict(list)
    for person in Person.objects.prefetch_related("posts").order_by("id"):
        actor = actor_of(person)
        for role in actor.reach:
            staff[role].append(actor)
    return staff
