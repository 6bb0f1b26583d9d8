"""A city with a report in every state a reporter can find it in."""

from datetime import datetime, timedelta
from typing import Any

from tests.cast import Cast
from tests.make import STORY, Made, bring, make_restricted, refuse_three_times
from tests.steps.seen import photo
from tuntas import steps
from tuntas.reports.models import Deadline
from tuntas.rules.life import Promise, State
from tuntas.rules.who import STRANGER
from tuntas.steps.submit import Story, Told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLACE = (-6.926, 106.928)
PLAIN = (
    *(State.SUBMITTED, State.NEEDS_INFO, State.ARCHIVED, State.DISPATCHED, State.TRANSFER_PENDING, State.IN_PROGRESS),
    *(State.SCHEDULED, State.AWAITING_VALIDATION, State.ANSWERED, State.REPORTER_REPLIED, State.CLOSED),
)


class City:
    """Makes reports that were received some hours before *now*, each with a place and a photo."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast = cast
        self.now = now

    def every_state(self) -> dict[str, Made]:
        """Return one report of each kind, by a short name."""
        special = {
            "reopened": self.reopened(),
            "done": self.done(),
            "closed-by-system": self.closed_by_system(),
            "withdrawn": self.withdrawn(),
            "late": self.told(60),
            "late-why": self.late_with_cause(),
            "seen": self.seen(),
            "secret": self.told(is_secret=True),
            "restricted": make_restricted(self.now - 20 * HOUR),
            "examined": self.examined(),
            "at-arbiter": self.at_arbiter(),
        }
        return {str(state).replace("_", "-"): self.brought(state) for state in PLAIN} | special

    def told(self, hours: float = 20, **story: Any) -> Made:
        """Let somebody send a report with a photo."""
        now, (lat, lng) = self.now - hours * HOUR, PLACE
        given: dict[str, Any] = {"body": STORY, "category": "road_bridge", "lat": lat, "lng": lng} | story
        receipt = steps.submit(Story(file_ids=[photo(now)], channel="web", **given), by=STRANGER, now=now)
        return Made(receipt.report, receipt.code)

    def brought(self, state: State, hours: float = 20) -> Made:
        made = self.told(hours)
        bring(made, state, self.cast, self.now - hours * HOUR)
        return made

    def reopened(self) -> Made:
        made = self.brought(State.ANSWERED)
        steps.rate(made.report, by=made.reporter, rating=1, text="Masih berlubang.", now=self.now - HOUR)
        return made

    def done(self) -> Made:
        """Return one that was fixed, with proof, as its reporter says too."""
        made, then = self.brought(State.IN_PROGRESS), self.now - 10 * HOUR
        steps.propose_answer(
            made.report, by=self.cast.liaison, text="Beres.", outcome="fixed", file_ids=[photo(then)], now=then
        )
        steps.approve(made.report, by=self.cast.validator, now=then + HOUR)
        steps.rate(made.report, by=made.reporter, rating=4, text="Terima kasih.", now=then + 2 * HOUR)
        return made

    def closed_by_system(self) -> Made:
        made = self.brought(State.ANSWERED, hours=30 * 24)
        due = Deadline.objects.get(report=made.report, promise=Promise.REPORTER_WINDOW).due_at
        assert due
        steps.miss_next(now=due + HOUR)
        return made

    def withdrawn(self) -> Made:
        made = self.told()
        steps.withdraw(made.report, by=made.reporter, text="Sudah diperbaiki warga.", now=self.now - HOUR)
        return made

    def at_arbiter(self) -> Made:
        """Return one that nobody took three times."""
        made = self.brought(State.DISPATCHED)
        refuse_three_times(made.report, self.cast, self.now - 15 * HOUR)
        return made

    def late_with_cause(self) -> Made:
        made = self.told(60)
        steps.inform(
            made.report, by=self.cast.desk, text="Kami cek.", late_cause="field_access", now=self.now - 10 * HOUR
        )
        return made

    def seen(self) -> Made:
        """Return one whose reporter gave a name, which the desk has looked at."""
        made = self.told(is_anonymous=False, reporter=Told(name="Sari", email="sari@contoh.id"))
        steps.fetch(made.report, by=self.cast.desk, now=self.now - HOUR)
        return made

    def examined(self) -> Made:
        made, by = make_restricted(self.now - 20 * HOUR), self.cast.appointed_inspector
        steps.fetch(made.report, by=by, now=self.now - 19 * HOUR)
        steps.dispatch(made.report, by=by, agency="inspektorat", now=self.now - 18 * HOUR)
        steps.start(made.report, by=by, text="Kami periksa.", now=self.now - 17 * HOUR)
        return made
