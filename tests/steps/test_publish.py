"""Deciding what everybody reads of a report, and which photos they see with what covered."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import PIL.Image
import pytest

from tests.cast import Cast
from tests.make import STORY, Made, bring, make_report, make_restricted
from tests.steps.seen import HOUR, WHOLE_DESK, fresh, last, photo, published, refused, told, who_may
from tuntas import steps
from tuntas.kit import files
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Language
from tuntas.reports.models import File, Report
from tuntas.reports.told import staff_view
from tuntas.rules.life import Act, State
from tuntas.rules.who import STRANGER
from tuntas.steps.publish import PhotoToShow
from tuntas.steps.story import retell
from tuntas.steps.submit import Story

PLATE = [25.0, 40.0, 20.0, 10.0]


def with_photo(now: datetime, **more: Any) -> tuple[Made, UUID]:
    sent = photo(now)
    receipt = steps.submit(Story(body=STORY, file_ids=[sent], **more), by=STRANGER, now=now)
    return Made(receipt.report, receipt.code), sent


def show(report: Report, cast: Cast, now: datetime, file_id: UUID, *covers: list[float]) -> None:
    steps.publish(report, by=cast.desk, photos=[PhotoToShow(file_id, covers)], now=now)


def shown(report: Report) -> list[str]:
    publication = published(report)
    assert publication is not None
    photos: list[str] = publication.thread["photos"]
    return photos


def has_copy(file_id: UUID) -> bool:
    try:
        small = files.get(f"{file_id}.public.small.jpg")
        return bool(files.get(f"{file_id}.public.jpg") and small)
    except FileNotFoundError:
        return False


def test_everybody_reads_other_words_than_the_reporters(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    steps.publish(report, by=cast.desk, title="Lubang di pasar", public_text="Lubang besar, 0812-3456-7890.", now=now)
    report, event, publication = fresh(report), last(report), published(report)
    assert publication is not None
    assert (publication.title, publication.text) == ("Lubang di pasar", "Lubang besar, ▇▇▇.")
    assert (report.body, report.public_text) == (STORY, "Lubang besar, 0812-3456-7890.")
    assert (event.act, event.text, event.data["title"]) == ("publish", "", "Lubang di pasar")
    assert event.data["public_text"] == "Lubang besar, 0812-3456-7890."
    assert report.state == event.frm == event.to == "dispatched"


def test_before_dispatch_nobody_sees_what_is_prepared(cast: Cast, now: datetime) -> None:
    made, sent = with_photo(now)
    show(made.report, cast, now, sent, PLATE)
    steps.publish(made.report, by=cast.desk, title="Lubang", public_text="Lubang besar.", now=now)
    publication = published(made.report)
    assert publication is not None
    assert (publication.title, publication.text, publication.thread["photos"]) == (None, None, [])
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    publication = published(made.report)
    assert publication is not None
    assert (publication.title, publication.text, shown(made.report)) == ("Lubang", "Lubang besar.", [str(sent)])


def test_only_the_words_that_are_given_change(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    text = report.public_text
    steps.publish(report, by=cast.desk, title="Lubang", now=now)
    assert (fresh(report).public_title, fresh(report).public_text) == ("Lubang", text)
    steps.publish(report, by=cast.desk, public_text="Lain.", now=now)
    assert (fresh(report).public_title, fresh(report).public_text) == ("Lubang", "Lain.")


def test_neither_the_reporter_nor_anybody_else_is_told_of_it(cast: Cast, now: datetime) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, State.DISPATCHED, cast)
    before = report.thread
    steps.publish(report, by=cast.desk, title="Lubang", now=now + 5 * HOUR)
    assert fresh(report).thread == before
    assert told(report, now + 5 * HOUR) == set()
    assert "publish" not in str(published(report).thread)  # type: ignore[union-attr]
    history = staff_view(fresh(report), cast.desk, language=Language.ID, now=now)["notes"]
    assert [line["act"] for line in history] == ["publish"]


def test_what_is_under_a_cover_is_gone_from_the_copy_and_stays_in_the_photo(cast: Cast, now: datetime) -> None:
    made, sent = with_photo(now)
    image = PIL.Image.new("RGB", (400, 300), (0, 0, 0))
    image.paste((255, 255, 255), (160, 144, 176, 160))
    out = BytesIO()
    image.save(out, "JPEG", quality=95)
    files.put(f"{sent}.jpg", out.getvalue())
    show(made.report, cast, now, sent, [36.0, 40.0, 16.0, 18.0])

    def brightest(name: str) -> int:
        with PIL.Image.open(BytesIO(files.get(name))) as opened:
            return max(opened.convert("L").tobytes())

    assert (brightest(f"{sent}.jpg") > 240, brightest(f"{sent}.public.jpg") < 200) == (True, True)
    assert brightest(f"{sent}.public.small.jpg") < 200
    assert File.objects.get(pk=sent).covers == [[36.0, 40.0, 16.0, 18.0]]
    assert last(made.report).data["covers"] == {str(sent): [[36.0, 40.0, 16.0, 18.0]]}


def test_a_photo_let_out_again_is_covered_as_the_last_one_said(cast: Cast, now: datetime) -> None:
    made, sent = with_photo(now)
    show(made.report, cast, now, sent)
    plain = files.get(f"{sent}.public.jpg")
    assert File.objects.get(pk=sent).covers == []
    image = PIL.Image.new("RGB", (40, 30), (255, 255, 255))
    image.paste((0, 0, 0), (0, 0, 20, 30))
    out = BytesIO()
    image.save(out, "JPEG")
    files.put(f"{sent}.jpg", out.getvalue())
    show(made.report, cast, now, sent, [0, 0, 100, 100])
    assert files.get(f"{sent}.public.jpg") != plain
    assert File.objects.get(pk=sent).covers == [[0.0, 0.0, 100.0, 100.0]]


def test_a_photo_is_taken_back(cast: Cast, now: datetime) -> None:
    made, sent = with_photo(now)
    show(made.report, cast, now, sent)
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    assert (shown(made.report), has_copy(sent)) == ([str(sent)], True)
    steps.publish(made.report, by=cast.desk, hide=[sent], now=now + HOUR)
    assert (shown(made.report), has_copy(sent), File.objects.get(pk=sent).covers) == ([], False, None)
    assert files.get(f"{sent}.jpg")
    steps.publish(made.report, by=cast.desk, hide=[sent], now=now + HOUR)  # twice is fine


@pytest.mark.parametrize("act", [Act.COMPLETE, Act.SUPPLEMENT, Act.REPLY])
def test_photos_that_came_later_can_be_let_out(cast: Cast, now: datetime, act: Act) -> None:
    made, later = make_report(now), photo(now + 9 * HOUR)
    states = {Act.COMPLETE: State.NEEDS_INFO, Act.SUPPLEMENT: State.DISPATCHED, Act.REPLY: State.ANSWERED}
    report = bring(made, states[act], cast)
    getattr(steps, act.value)(report, by=made.reporter, text="Ini fotonya.", file_ids=[later], now=now + 9 * HOUR)
    show(report, cast, now + 9 * HOUR, later)
    assert shown(report) == ([] if act is Act.COMPLETE else [str(later)])  # that one is not yet dispatched
    view = staff_view(fresh(report), cast.desk, language=Language.ID, now=now)
    (seen,) = view["photos"]
    assert (seen["file_id"], seen["is_reporters"], seen["covers"]) == (str(later), True, [])


def test_a_story_told_again_shows_the_same_photos(cast: Cast, now: datetime) -> None:
    made, sent = with_photo(now)
    report = bring(made, State.DISPATCHED, cast)
    show(report, cast, now, sent)
    report = fresh(report)
    retell(report)
    assert shown(report) == [str(sent)]


def test_proof_with_something_covered_is_another_copy(cast: Cast, now: datetime) -> None:
    report, proof = bring(make_report(now), State.IN_PROGRESS, cast), photo(now + 3 * HOUR)
    steps.propose_answer(report, by=cast.liaison, text="Sudah.", outcome="fixed", file_ids=[proof], now=now + 3 * HOUR)
    show(report, cast, now + 3 * HOUR, proof, PLATE)
    publication = published(report)
    assert publication is not None
    assert publication.thread["covered"] == [], "nobody approved it yet"
    steps.approve(report, by=cast.validator, now=now + 4 * HOUR)
    publication = published(report)
    assert publication is not None
    assert publication.thread["covered"] == publication.thread["answers"][0]["files"] == [str(proof)]
    assert publication.thread["photos"] == []
    with refused(Invalid, fresh(report), "/hide/0"):  # that would uncover it
        steps.publish(report, by=cast.desk, hide=[proof], now=now + 5 * HOUR)
    assert has_copy(proof)


def test_a_photo_that_is_neither_the_reporters_nor_proof_is_refused(cast: Cast, now: datetime) -> None:
    made, own = with_photo(now)
    _, others = with_photo(now)
    inside, unattached = photo(now), photo(now)
    steps.note(made.report, by=cast.desk, text="Lihat.", file_ids=[inside], now=now)
    for wrong in (others, inside, unattached, uuid4()):
        with refused(Invalid, fresh(made.report), "/photos/1/file_id"):
            steps.publish(made.report, by=cast.desk, photos=[PhotoToShow(own), PhotoToShow(wrong)], now=now)
        with refused(Invalid, fresh(made.report), "/hide/0"):
            steps.publish(made.report, by=cast.desk, hide=[wrong], now=now)
        assert not has_copy(wrong)
    with refused(Invalid, fresh(made.report), "/hide/0"):
        steps.publish(made.report, by=cast.desk, photos=[PhotoToShow(own)], hide=[own], now=now)


@pytest.mark.parametrize(
    "cover",
    [[], [1, 2, 3], [0, 0, 0, 5], [0, 0, 5, 0], [-1, 0, 5, 5], [0, 0, 101, 5], [60, 0, 50, 5], [100, 0, 1, 1],
     [float("nan"), 0, 5, 5], [0, 0, float("inf"), 5]],
    ids=str,
)  # fmt: skip
def test_a_cover_that_is_none_is_refused(cast: Cast, now: datetime, cover: list[float]) -> None:
    made, sent = with_photo(now)
    with refused(Invalid, fresh(made.report), "/photos/0/covers"):
        show(made.report, cast, now, sent, PLATE, cover)
    assert not has_copy(sent)


def test_too_many_covers_are_refused(cast: Cast, now: datetime) -> None:
    made, sent = with_photo(now)
    with refused(Invalid, fresh(made.report), "/photos/0/covers"):
        show(made.report, cast, now, sent, *[PLATE] * 51)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": " "}, "/title"),
        ({"title": "a" * 201}, "/title"),
        ({"public_text": ""}, "/public_text"),
        ({"public_text": "\x00"}, "/public_text"),
        ({}, "/public_text"),
    ],
)
def test_empty_words_are_refused(cast: Cast, now: datetime, body: dict[str, str], pointer: str) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast)
    with refused(Invalid, report, pointer):
        steps.publish(report, by=cast.desk, **body, now=now)  # type: ignore[arg-type]


def test_a_secret_reports_photos_are_shown_to_nobody(cast: Cast, now: datetime) -> None:
    made, sent = with_photo(now, is_secret=True)
    bring(made, State.DISPATCHED, cast)
    show(made.report, cast, now, sent)
    assert published(made.report) is None


def test_nothing_of_a_restricted_report_is_ever_published(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    for by in (cast.appointed_inspector, cast.appointed_admin, cast.desk):
        with refused(NotAllowed, made.report):
            steps.publish(made.report, by=by, title="x", now=now)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_PROGRESS, State.CLOSED, State.ARCHIVED])
def test_who_may(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    report = bring(made, state, cast)
    assert who_may(Act.PUBLISH, report, cast, made, now + 9 * HOUR) == WHOLE_DESK
