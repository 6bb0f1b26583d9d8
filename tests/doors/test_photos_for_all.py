"""Who gets which copy of a photo: everybody the covered one or none, the reporter and the house the clean one."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tuntas import steps
from tuntas.kit import files
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.publish import PhotoToShow
from tuntas.steps.submit import Story

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
MIDDLE = [35, 35, 30, 30]
SECRET = (160, 120, 240, 180)  # pixels under that cover: black and white stripes


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def begun() -> datetime:
    return current_time() - timedelta(hours=9)


def striped() -> bytes:
    image = PIL.Image.new("RGB", (400, 300), (90, 120, 60))
    for x in range(SECRET[0], SECRET[2], 8):
        image.paste((255, 255, 255), (x, SECRET[1], x + 4, SECRET[3]))
        image.paste((0, 0, 0), (x + 4, SECRET[1], x + 8, SECRET[3]))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def copy_in(answer: Any) -> str:
    """Say which copy an answer holds."""
    if answer.status_code == 404:
        return "none"
    assert answer.status_code == 200
    with PIL.Image.open(BytesIO(answer.content)) as image:
        wide = image.width / 400
        part = image.convert("L").crop((int(170 * wide), int(130 * wide), int(230 * wide), int(170 * wide)))
    greys = part.tobytes()
    return "clean" if max(greys) - min(greys) > 90 else "covered"


def sent_in(now: datetime, **more: Any) -> tuple[Made, str]:
    file = steps.upload(striped(), now=now)
    receipt = steps.submit(Story(body="Lubang besar.", file_ids=[file.pk], **more), by=STRANGER, now=now)
    return Made(receipt.report, receipt.code), str(file.pk)


def seen_by(client: Client, made: Made, file_id: str, headers: dict[str, str] | None = None) -> set[str]:
    """Return which copies somebody gets at all doors of the API, whole and small."""
    paths = [f"{API}/files/{file_id}", f"{API}/files/{file_id}?small"]
    return {copy_in(client.get(path, headers=headers or {})) for path in paths}


def seen_on_pages(client: Client, made: Made, file_id: str) -> set[str]:
    paths = [f"/laporan/{made.report.number}/foto/{file_id}", f"/laporan/{made.report.number}/foto/{file_id}?kecil"]
    return {copy_in(client.get(path)) for path in paths}


def publish(client: Client, cast: Cast, made: Made, **body: object) -> Any:
    return client.post(
        f"{API}/reports/{made.report.number}/acts/publish",
        json.dumps(body),
        content_type="application/json",
        headers=cast.bearer(Role.AGENCY_ADMIN),
    )


def everybody_gets(client: Client, made: Made, file_id: str) -> set[str]:
    return seen_by(client, made, file_id) | seen_on_pages(client, made, file_id)


def test_everybody_gets_the_covered_copy_and_the_others_the_clean_one(
    client: Client, cast: Cast, begun: datetime
) -> None:
    made, sent = sent_in(begun)
    bring(made, State.DISPATCHED, cast, begun)
    assert everybody_gets(client, made, sent) == {"none"}
    answer = publish(client, cast, made, photos=[{"file_id": sent, "covers": [MIDDLE]}])
    assert answer.status_code == 200, answer.content
    (photo,) = answer.json()["photos"]
    assert (photo["is_reporters"], photo["covers"]) == (True, [MIDDLE])
    assert everybody_gets(client, made, sent) == {"covered"}
    for headers in (
        make_report(begun).header,
        {"Authorization": "Bearer nobody"},
        cast.bearer(Role.LIAISON, "dlh"),
        cast.bearer(Role.SYSADMIN),
    ):
        assert seen_by(client, made, sent, headers) == {"covered"}
    for headers in (made.header, cast.bearer(Role.AGENCY_ADMIN), cast.bearer(Role.LIAISON, "dinas-pupr")):
        assert seen_by(client, made, sent, headers) == {"clean"}
    assert client.get(f"{API}/reports/{made.report.number}").json()["photos"] == [{"file_id": sent}]


def test_a_photo_that_was_prepared_is_for_nobody_until_the_words_are_out(
    client: Client, cast: Cast, begun: datetime
) -> None:
    made, sent = sent_in(begun)
    assert publish(client, cast, made, photos=[{"file_id": sent, "covers": [MIDDLE]}]).status_code == 200
    assert everybody_gets(client, made, sent) == {"none"}
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=current_time())
    assert everybody_gets(client, made, sent) == {"covered"}


def test_a_photo_taken_back_is_for_nobody_again(client: Client, cast: Cast, begun: datetime) -> None:
    made, sent = sent_in(begun)
    bring(made, State.DISPATCHED, cast, begun)
    publish(client, cast, made, photos=[{"file_id": sent}])
    assert everybody_gets(client, made, sent) == {"clean"}, "nothing was covered: let out as it is"
    assert publish(client, cast, made, hide=[sent]).status_code == 200
    assert everybody_gets(client, made, sent) == {"none"}
    assert seen_by(client, made, sent, made.header) == {"clean"}


def test_without_its_copy_nobody_gets_the_clean_one_instead(client: Client, cast: Cast, begun: datetime) -> None:
    made, sent = sent_in(begun)
    bring(made, State.DISPATCHED, cast, begun)
    publish(client, cast, made, photos=[{"file_id": sent, "covers": [MIDDLE]}])
    files.drop(f"{sent}.public.jpg")
    files.drop(f"{sent}.public.small.jpg")
    assert everybody_gets(client, made, sent) == {"none"}


def test_a_report_that_turns_secret_takes_its_photos_along(client: Client, cast: Cast, begun: datetime) -> None:
    made, sent = sent_in(begun)
    bring(made, State.DISPATCHED, cast, begun)
    publish(client, cast, made, photos=[{"file_id": sent, "covers": [MIDDLE]}])
    steps.set_privacy(made.report, by=made.reporter, is_secret=True, now=current_time())
    assert everybody_gets(client, made, sent) == {"none"}
    assert seen_by(client, made, sent, made.header) == {"clean"}


def test_of_proof_with_something_covered_everybody_gets_the_other_copy(
    client: Client, cast: Cast, begun: datetime
) -> None:
    made = make_report(begun)
    report = bring(made, State.IN_PROGRESS, cast, begun)
    plain, marked = (steps.upload(striped(), now=current_time()).pk for _ in range(2))
    steps.propose_answer(
        report, by=cast.liaison, text="Sudah.", outcome="answered", file_ids=[plain, marked], now=current_time()
    )
    assert publish(client, cast, made, photos=[{"file_id": str(marked), "covers": [MIDDLE]}]).status_code == 200
    assert everybody_gets(client, made, str(marked)) == {"none"}
    steps.approve(report, by=cast.validator, now=current_time())
    assert everybody_gets(client, made, str(marked)) == {"covered"}
    assert everybody_gets(client, made, str(plain)) == {"clean"}
    listed = [photo["file_id"] for photo in client.get(f"{API}/reports/{report.number}").json()["photos"]]
    assert sorted(listed) == sorted([str(plain), str(marked)])


def test_the_public_pages_show_it_where_the_report_was_taken_in(client: Client, cast: Cast, begun: datetime) -> None:
    made, sent = sent_in(begun)
    _, other = sent_in(begun)
    bring(made, State.DISPATCHED, cast, begun)
    small = f"/laporan/{made.report.number}/foto/{sent}?kecil"
    assert small not in client.get("/laporan").content.decode()
    steps.publish(made.report, by=cast.desk, photos=[PhotoToShow(made.report.files.get().pk)], now=current_time())
    for path in ("/laporan", f"/laporan/{made.report.number}"):
        page = client.get(path).content.decode()
        assert small in page
        assert other not in page
    assert "Foto dari pelapor" in page
    assert "max-age=300" in client.get(small)["Cache-Control"]


@pytest.mark.parametrize(
    "photo",
    [
        {},
        {"file_id": "x"},
        {"covers": []},
        {"covers": [[1, 2, 3]]},
        {"covers": [["1", 2, 3, 4]]},
        {"covers": [[0, 0, 0, 1]]},
    ],
    ids=str,
)
def test_what_is_no_photo_or_no_cover_is_refused_with_its_place(
    client: Client, cast: Cast, begun: datetime, photo: dict[str, object]
) -> None:
    made, sent = sent_in(begun)
    answer = publish(client, cast, made, photos=[{"file_id": sent} | photo if photo.get("covers") else photo])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/photos/0")
    assert publish(client, cast, made).status_code == 422


def test_only_the_desk_lets_a_photo_out(client: Client, cast: Cast, begun: datetime) -> None:
    made, sent = sent_in(begun)
    bring(made, State.DISPATCHED, cast, begun)
    body = json.dumps({"photos": [{"file_id": sent}]})
    for headers, status in (
        ({}, 401),
        (made.header, 403),
        (cast.bearer(Role.LIAISON, "dinas-pupr"), 403),
        (cast.bearer(Role.RESPONSE_VALIDATOR), 403),
    ):
        path = f"{API}/reports/{made.report.number}/acts/publish"
        assert client.post(path, body, content_type="application/json", headers=headers).status_code == status
    assert everybody_gets(client, made, sent) == {"none"}


def test_an_upload_by_staff_over_the_api_is_a_plain_one(client: Client, cast: Cast) -> None:
    answer = client.post(
        f"{API}/files",
        {"file": SimpleUploadedFile("x.jpg", striped())},
        headers=cast.bearer(Role.LIAISON, "dinas-pupr"),
    )
    assert answer.status_code == 201
