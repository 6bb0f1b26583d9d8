"""Photos taken in: a reporter's says nothing of when and where, evidence keeps both apart from when it came."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import PIL.Image
import pytest
from PIL.ExifTags import IFD, Base

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, fresh
from tuntas import steps
from tuntas.kit.words import Language
from tuntas.reports.models import File
from tuntas.reports.told import staff_view
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER
from tuntas.steps.submit import Story

pytestmark = pytest.mark.usefixtures("city")
PLACE = (-6.921306, 106.928167)
HERE = {"lat": -6.93, "lng": 106.93}


def noted(taken: str = "2026:03:06 09:15:07", zone: str = "", *, place: bool = True) -> bytes:
    exif = PIL.Image.Exif()
    exif[Base.Orientation] = 1
    if taken:
        exif.get_ifd(IFD.Exif).update({Base.DateTimeOriginal: taken, Base.OffsetTimeOriginal: zone})
    if place:
        exif.get_ifd(IFD.GPSInfo).update({1: "S", 2: (6.0, 55.0, 16.7), 3: "E", 4: (106.0, 55.0, 41.4)})
    out = BytesIO()
    PIL.Image.new("RGB", (40, 30), (90, 120, 60)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def kept(now: datetime, data: bytes, **said: Any) -> tuple[datetime | None, Any]:
    file = File.objects.get(pk=steps.upload_evidence(data, now=now, **said).pk)
    assert file.received_at == now
    return file.taken_at, None if file.lat is None else (file.lat, file.lng)


BARE = noted("", place=False)
TAKEN = datetime(2026, 3, 6, 2, 15, 7, tzinfo=UTC)  # 09.15.07 in Jakarta


def test_what_the_camera_says_is_kept_before_what_the_phone_says(now: datetime) -> None:
    said = {"taken_at": now - HOUR, **HERE}
    assert kept(now, noted(), **said) == (TAKEN, pytest.approx(PLACE, abs=1e-6))
    assert kept(now, noted(zone="+08:00"), **said)[0] == TAKEN - HOUR
    assert kept(now, BARE, **said) == (now - HOUR, (HERE["lat"], HERE["lng"]))
    assert kept(now, BARE) == (None, None)


@pytest.mark.parametrize("ahead", [timedelta(minutes=11), timedelta(days=9), timedelta(days=365 * 5000)])
def test_a_time_to_come_is_left_out(now: datetime, ahead: timedelta) -> None:
    assert kept(now, BARE, taken_at=now + ahead)[0] is None
    at = (now + ahead + 7 * HOUR).strftime("%Y:%m:%d %H:%M:%S")
    assert kept(now, noted(at), taken_at=now - HOUR)[0] == now - HOUR


def test_a_clock_a_little_ahead_is_believed_and_never_shown_ahead(now: datetime) -> None:
    assert kept(now, BARE, taken_at=now + timedelta(minutes=5))[0] == now


@pytest.mark.parametrize(
    "taken_at",
    [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)],
    ids=str,
)
def test_a_time_no_clock_shows_is_left_out(now: datetime, taken_at: datetime) -> None:
    assert kept(now, BARE, taken_at=taken_at)[0] is None


@pytest.mark.parametrize(
    ("lat", "lng"),
    [(None, 106.0), (-6.0, None), (91, 0), (0, 181), (0, 0), (float("nan"), 1), (1, float("inf"))],
)
def test_a_place_that_is_none_is_left_out(now: datetime, lat: float | None, lng: float | None) -> None:
    assert kept(now, BARE, lat=lat, lng=lng)[1] is None


def test_a_reporters_photo_keeps_neither(now: datetime) -> None:
    for file in (steps.upload(noted(), now=now), steps.upload_with_place(noted(), now=now)[0]):
        stored = File.objects.get(pk=file.pk)
        assert (stored.taken_at, stored.lat, stored.lng, stored.covers) == (None, None, None, None)


def test_staff_see_when_it_was_taken_and_how_far_from_the_report(cast: Cast, now: datetime) -> None:
    sent = steps.upload(noted(), now=now)
    story = Story(body="Lubang besar.", lat=PLACE[0], lng=PLACE[1], file_ids=[sent.pk])
    made = steps.submit(story, by=STRANGER, now=now)
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=now + HOUR)
    steps.start(made.report, by=cast.liaison, text="Besok kami ukur.", now=now + 2 * HOUR)
    near = steps.upload_evidence(BARE, taken_at=now, lat=PLACE[0] + 0.001, lng=PLACE[1], now=now + 3 * HOUR)
    far = steps.upload_evidence(BARE, lat=PLACE[0], lng=PLACE[1] + 0.01, now=now + 3 * HOUR)
    steps.propose_answer(
        made.report, by=cast.liaison, text="Sudah.", outcome="answered", file_ids=[near.pk, far.pk], now=now + 3 * HOUR
    )
    view = staff_view(fresh(made.report), cast.validator, language=Language.ID, now=now + 3 * HOUR)
    photos = {photo["file_id"]: photo for photo in view["photos"]}
    facts = {id_: (p["is_reporters"], p["taken_at"], p["metres"], p["received_at"]) for id_, p in photos.items()}
    assert facts == {
        str(sent.pk): (True, None, None, now),
        str(near.pk): (False, now, pytest.approx(111, abs=1), now + 3 * HOUR),
        str(far.pk): (False, None, pytest.approx(1105, abs=5), now + 3 * HOUR),
    }


def test_without_a_point_of_the_report_no_distance_is_told(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    proof = steps.upload_evidence(noted(), now=now + 3 * HOUR)
    steps.propose_answer(
        report, by=cast.liaison, text="Sudah.", outcome="answered", file_ids=[proof.pk], now=now + 3 * HOUR
    )
    (photo,) = staff_view(fresh(report), cast.liaison, language=Language.ID, now=now)["photos"]
    assert (photo["taken_at"], photo["metres"]) == (TAKEN, None)
