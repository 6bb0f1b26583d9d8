"""Reports in every state, made by real steps: what could not happen cannot be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cast import Cast
from tuntas import steps
from tuntas.reports.models import Report
from tuntas.rules.doubts import Doubt
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Actor
from tuntas.steps.submit import Story, Told

T0 = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
STORY = "Jalan di depan pasar berlubang besar, sudah dua minggu. Kalau hujan tertutup air."


@dataclass
class Made:
    """A report and its reporter's code."""

    report: Report
    code: str

    @property
    def reporter(self) -> Actor:
        return Actor(report_id=self.report.pk)

    @property
    def header(self) -> dict[str, str]:
        return {"Authorization": f"Code {self.code}"}


def make_report(
    now: datetime = T0,
    *,
    body: str = STORY,
    category: str | None = None,
    is_anonymous: bool = True,
    is_secret: bool = False,
    email: str = "",
    by: Actor = STRANGER,
    doubts: Sequence[Doubt] = (),
) -> Made:
    told = Told(name="Sari", email=email) if email else None
    story = Story(
        body=body,
        category=category,
        is_anonymous=is_anonymous,
        is_secret=is_secret,
        reporter=told,
        doubts=doubts,
    )
    receipt = steps.submit(story, by=by, now=now)
    return Made(receipt.report, receipt.code)


def make_held(now: datetime = T0, *, doubts: Sequence[Doubt] = (Doubt.LINKS, Doubt.REPEATED), **more: Any) -> Made:
    """Submit a report that was found doubtful, whatever its words are."""
    return make_report(now, doubts=doubts, **more)


def make_restricted(now: datetime = T0) -> Made:
    return make_report(now, body="Petugas loket meminta uang rokok.", category="bribery_corruption")


def bring(made: Made, to: State, cast: Cast, now: datetime = T0, agency: str = "dinas-pupr") -> Report:
    """Walk a fresh plain report to the state *to*, an hour a step, and return it fresh."""
    hour = timedelta(hours=1)
    report, liaison = made.report, cast.liaison
    match to:
        case State.SUBMITTED:
            pass
        case State.NEEDS_INFO:
            steps.ask(report, by=cast.desk, text="Di sebelah mana?", now=now + hour)
        case State.ARCHIVED:
            steps.archive(report, by=cast.desk, reason_code="unclear", text="Tempatnya tidak jelas.", now=now + hour)
        case State.DISPATCHED:
            steps.dispatch(report, by=cast.desk, agency=agency, now=now + hour)
        case State.TRANSFER_PENDING:
            bring(made, State.DISPATCHED, cast, now, agency)
            steps.transfer(
                report, by=liaison, agency="dlh", reason_code="not_authority", text="Urusan DLH.", now=now + 2 * hour
            )
        case State.IN_PROGRESS:
            bring(made, State.DISPATCHED, cast, now, agency)
            steps.start(report, by=liaison, text="Besok kami ukur.", now=now + 2 * hour)
        case State.SCHEDULED:
            bring(made, State.IN_PROGRESS, cast, now, agency)
            steps.schedule(
                report, by=liaison, on=(now + timedelta(days=26)).date(), text="Menunggu aspal.", now=now + 3 * hour
            )
        case State.AWAITING_VALIDATION:
            bring(made, State.IN_PROGRESS, cast, now, agency)
            steps.propose_answer(report, by=liaison, text="Sudah ditambal.", outcome="answered", now=now + 3 * hour)
        case State.ANSWERED:
            bring(made, State.AWAITING_VALIDATION, cast, now, agency)
            steps.approve(report, by=cast.validator, now=now + 4 * hour)
        case State.REPORTER_REPLIED:
            bring(made, State.ANSWERED, cast, now, agency)
            steps.reply(report, by=made.reporter, text="Masih ada satu lubang.", now=now + 5 * hour)
        case State.CLOSED:
            bring(made, State.ANSWERED, cast, now, agency)
            steps.rate(report, by=made.reporter, rating=3, now=now + 5 * hour)
        case State.FORWARDED_EXTERNAL:
            steps.forward_external(
                report,
                by=cast.desk,
                body="PLN UP3 Bogor",
                contact="Bagian pengaduan, (0251) 000 123",
                text="PLN memeriksa tiangnya.",
                next_news_on=(now + timedelta(days=7)).date(),
                now=now + hour,
            )
        case _:
            raise ValueError(f"no plain way to {to}")
    return Report.objects.get(pk=report.pk)


def refuse_three_times(report: Report, cast: Cast, now: datetime) -> Report:
    """Offer a report of dinas-pupr to dlh until the arbiter has to decide, ten minutes a step; return it fresh."""
    because: dict[str, Any] = {"reason_code": "not_authority", "text": "Bukan urusan kami."}
    for n, by in enumerate((cast.liaison, cast.liaison, cast.desk)):
        at = now + timedelta(hours=2, minutes=20 * n)
        steps.transfer(report, by=by, agency="dlh", now=at, **because)
        steps.decline_transfer(report, by=cast.other_liaison, now=at + timedelta(minutes=10), **because)
    return Report.objects.get(pk=report.pk)
