"""One invented report of the demo, led by the real steps; who may do what is theirs to decide."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tuntas import steps
from tuntas.agencies.installation import Installation
from tuntas.ops.demo_photos import draw_photo
from tuntas.reports.models import Event, Report
from tuntas.rules.reasons import LateCause
from tuntas.rules.who import STRANGER, Actor, Role
from tuntas.steps.submit import Story

NIGHT, MORNING = 21, 7  # o'clock; nobody of the demo works between them
Staff = Mapping[Role, Sequence[Actor]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a life, and how many hours after the one before, at least and at most."""

    do: Callable[["Life", datetime], Event]
    fewest: float
    most: float


@dataclass
class Life:
    """One report, from what somebody writes to where it stands today."""

    story: Story
    topic: str  # the category it belongs to, also where the reporter named none
    path: Sequence[Stage]
    starts_at: datetime
    here: Installation
    staff: Staff
    dice: random.Random
    pace: float = 1.0  # above 1: slower than promised
    code: str = ""
    report: Report = field(default_factory=Report)

    def go_on(self) -> Iterator[datetime]:
        """Yield the instant of the next step, then do it; whoever drives may stop at any time."""
        at = self.starts_at
        yield at
        receipt = steps.submit(self.story, by=STRANGER, now=at)
        self.report, self.code = receipt.report, receipt.code
        for stage in self.path:
            at = self._by_day(at + timedelta(hours=self.dice.uniform(stage.fewest, stage.most) * self.pace))
            yield at
            self.report = stage.do(self, at).report

    def _by_day(self, at: datetime) -> datetime:
        hour = at.astimezone(self.here.zone).hour
        wait = MORNING - hour if hour < MORNING else MORNING + 24 - hour if hour >= NIGHT else 0
        return at + timedelta(hours=wait, minutes=self.dice.uniform(0, 45) if wait else 0)

    @property
    def reporter(self) -> Actor:
        return Actor(report_id=self.report.pk)

    def desk(self) -> Actor:
        """Return who sorts: of a restricted report an appointed reader, else anybody of the desk."""
        if self.report.is_restricted:
            return self.staff[Role.SEALED_READER][0]
        return self.dice.choice((*self.staff[Role.AGENCY_ADMIN], *self.staff[Role.ASSISTANT_ADMIN]))

    def worker(self, role: Role = Role.LIAISON) -> Actor:
        """Return who works on it: the holder's own people, of a restricted report the Inspectorate."""
        if self.report.is_restricted:
            return self.staff[Role.INSPECTORATE][0]
        return next(actor for actor in self.staff[role] if actor.has(role, self.report.holder_id))

    def checker(self) -> Actor:
        """Return a second person for the answer."""
        return self.staff[Role.INSPECTORATE][1] if self.report.is_restricted else self.staff[Role.RESPONSE_VALIDATOR][0]

    def one_of(self, words: Sequence[str]) -> str:
        return self.dice.choice(words)

    def cause(self) -> str:
        return self.dice.choice(tuple(LateCause))

    def photo(self, at: datetime, *, is_mended: bool) -> list[UUID]:
        return [steps.upload(draw_photo(self.dice, is_mended=is_mended), now=at).pk]
