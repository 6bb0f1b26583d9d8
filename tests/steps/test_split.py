"""Making a report of its own of each matter that a report tells of."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.merged import make_cluster
from tests.steps.seen import DAY, HOUR, clock, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, NotFound, WrongState
from tuntas.kit.words import Language
from tuntas.reports.codes import code_hash
from tuntas.reports.models import Contact, Report
from tuntas.reports.queries import report_with_code
from tuntas.reports.told import track_view
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.split import Part
from tuntas.steps.submit import Story

PARTS = [Part("Lampu mati", "Lampu jalan mati sejak Senin."), Part("Sampah", "Sampah menumpuk.", "waste_environment")]


def parts_of(report: Report) -> list[Report]:
    return list(Report.objects.filter(split_from=report).order_by("id"))


def test_the_desk_splits(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    assert who_may(Act.SPLIT, made.report, cast, made, now + HOUR) == {"desk", "appointed_admin", "assistant"}
    with refused(NotAllowed, made.report):
        steps.split(made.report, by=cast.actor(Role.NATIONAL_ADMIN), parts=PARTS, now=now + HOUR)


def test_each_part_is_a_report_of_the_same_reporter(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="ani@mail.example", is_anonymous=False)
    before = fresh(made.report)
    at = now + HOUR
    steps.split(made.report, by=cast.desk, parts=PARTS, now=at)
    lamp, waste = parts_of(made.report)
    assert (lamp.title, lamp.body, waste.title) == ("Lampu mati", "Lampu jalan mati sejak Senin.", "Sampah")
    assert (waste.category and waste.category.code, lamp.category_id) == ("waste_environment", before.category_id)
    assert {lamp.number, waste.number, made.report.number} == {*last(made.report).data["parts"], made.report.number}
    for part in (lamp, waste):
        assert (part.state, part.holder_id, part.desk_id) == (State.SUBMITTED, None, before.desk_id)
        assert (part.received_at, part.is_anonymous, part.channel) == (now, False, before.channel)
        assert Contact.objects.get(report=part).email == "ani@mail.example"
        assert clock(part, Promise.ANSWER).due_at == clock(made.report, Promise.ANSWER).due_at
        assert clock(part, Promise.VERIFY).started_at == at
        owed = part.deadlines.filter(due_at__isnull=False).order_by("due_at")
        assert part.due_at == owed[0].due_at
        assert published(part) is not None
        assert part.thread["timeline"][0]["split_from"] == made.report.number
    after = fresh(made.report)
    assert (after.state, after.due_at, after.title) == (before.state, before.due_at, before.title)
    assert ("news", "ani@mail.example") in told(made.report, at)


@pytest.mark.parametrize("state", [State.NEEDS_INFO, State.DISPATCHED, State.IN_PROGRESS, State.REPORTER_REPLIED])
def test_the_promise_to_answer_stands_as_it_stood(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    bring(made, state, cast)
    steps.split(made.report, by=cast.desk, parts=PARTS[:1], now=now + 9 * HOUR)
    (part,) = parts_of(made.report)
    own, first = clock(part, Promise.ANSWER), clock(made.report, Promise.ANSWER)
    assert (own.started_at, own.kept_at, own.missed_at) == (first.started_at, first.kept_at, first.missed_at)
    assert own.due_at is not None, "a question to the first report stops no part"
    assert (own.due_at == first.due_at) == (state != State.NEEDS_INFO)
    assert Promise.VERIFY in running(part)


def test_a_missed_promise_is_missed_for_the_part(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    while steps.miss_next(now=now + 3 * DAY):
        pass
    steps.split(made.report, by=cast.desk, parts=PARTS[:1], now=now + 4 * DAY)
    (part,) = parts_of(made.report)
    assert clock(part, Promise.ANSWER).missed_at == clock(made.report, Promise.ANSWER).missed_at is not None


def test_photos_stay_with_the_first(cast: Cast, now: datetime) -> None:
    receipt = steps.submit(Story(body="Dua hal.", file_ids=[photo(now)]), by=STRANGER, now=now)
    steps.split(receipt.report, by=cast.desk, parts=PARTS[:1], now=now + HOUR)
    assert not parts_of(receipt.report)[0].files.exists()
    assert receipt.report.files.count() == 1


def test_what_cannot_be_split(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    for parts, pointer in (
        ([], "/parts"),
        (PARTS * 3, "/parts"),
        ([PARTS[0], Part("", "Isi.")], "/parts/1/title"),
        ([Part("Judul", " ")], "/parts/0/body"),
        ([Part("Judul", "Isi.", "tidak-ada")], "/parts/0/category"),
        ([Part("Judul", "Isi.", "bribery_corruption")], "/parts/0/category"),
    ):
        with refused(Invalid, made.report, pointer):
            steps.split(made.report, by=cast.desk, parts=parts, now=now + HOUR)
    bring(made, State.ANSWERED, cast)
    with refused(WrongState, made.report):
        steps.split(made.report, by=cast.desk, parts=PARTS, now=now + 9 * HOUR)
    _, (member,) = make_cluster(cast, now, 1)
    with refused(WrongState, member.report):
        steps.split(member.report, by=cast.desk, parts=PARTS, now=now + 9 * HOUR)
    assert not Report.objects.filter(split_from__isnull=False).exists()


def test_the_reporter_gets_a_code_for_each(cast: Cast, now: datetime) -> None:
    made, other = make_report(now), make_report(now)
    steps.split(made.report, by=cast.desk, parts=PARTS, now=now + HOUR)
    view = track_view(fresh(made.report), language=Language.ID, now=now + HOUR)
    lamp, waste = parts_of(made.report)
    assert view["parts"] == [lamp.number, waste.number]
    code = steps.code_for_part(made.report, lamp.name, by=made.reporter)
    opened = report_with_code(code)
    assert opened is not None
    assert opened.pk == lamp.pk
    again = steps.code_for_part(made.report, lamp.name, by=made.reporter)
    assert (report_with_code(code), fresh(lamp).code_hash) == (None, code_hash(again))
    for report, by in ((made.report, other.reporter), (other.report, other.reporter), (made.report, cast.desk)):
        with pytest.raises(NotFound):
            steps.code_for_part(report, waste.name, by=by)
