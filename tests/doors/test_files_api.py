"""Photos over the API: taken in, drawn anew, attached once, and shown to nobody who may not see their report."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.kit.heic import SIZE, heic, turn
from tests.make import Made, bring, make_report, make_restricted
from tuntas import steps
from tuntas.kit import files
from tuntas.kit.time import current_time
from tuntas.reports.models import File
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
PLACE = b"GPS-6.92131-106.92817"
MEGABYTE = 1024 * 1024


def picture(form: str = "JPEG", *, size: tuple[int, int] = (64, 48), marked: bool = False) -> bytes:
    out = BytesIO()
    image = PIL.Image.new("RGB", size, (90, 120, 60))
    more: dict[str, Any] = {}
    if marked:
        exif = PIL.Image.Exif()
        exif[0x010E] = PLACE.decode()  # ImageDescription
        exif[0x8825] = {1: "S", 2: (6.0, 55.0, 16.7), 3: "E", 4: (106.0, 55.0, 41.4)}  # GPS
        more = {"exif": exif}
    image.save(out, form, **more)
    return out.getvalue()


def upload(client: Client, data: bytes, headers: dict[str, str] | None = None, field: str = "file") -> Any:
    return client.post(f"{API}/files", {field: SimpleUploadedFile("foto.jpg", data)}, headers=headers or {})


def uploaded(client: Client) -> str:
    answer = upload(client, picture())
    assert answer.status_code == 201, answer.content
    return str(answer.json()["file_id"])


def get(client: Client, file_id: object, headers: dict[str, str] | None = None) -> Any:
    return client.get(f"{API}/files/{file_id}", headers=headers or {})


def shown_to(client: Client, file_id: str, *people: dict[str, str]) -> list[bool]:
    answers = [get(client, file_id, headers) for headers in people]
    for answer in answers:
        if answer.streaming:
            assert b"".join(answer.streaming_content)
    assert {answer.status_code for answer in answers} <= {200, 404}
    return [answer.status_code == 200 for answer in answers]


# Uploading


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_taken_in_and_given_back_as_a_jpeg_of_its_own(client: Client, form: str) -> None:
    answer = upload(client, picture(form))
    assert (answer.status_code, set(answer.json()), answer.json()["state"]) == (201, {"file_id", "state"}, "ready")
    back = get(client, answer.json()["file_id"])
    assert (back.status_code, back["Content-Type"]) == (200, "image/jpeg")
    with PIL.Image.open(BytesIO(back.content)) as image:
        assert (image.format, image.size) == ("JPEG", (64, 48))


def test_what_a_photo_says_besides_its_pixels_is_gone(client: Client) -> None:
    data = picture(marked=True)
    assert PLACE in data
    back = get(client, upload(client, data).json()["file_id"]).content
    assert PLACE not in back
    assert b"Exif" not in back
    with PIL.Image.open(BytesIO(back)) as image:
        assert dict(image.getexif()) == {}


def notes() -> bytes:
    exif = PIL.Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x8825] = {1: "S", 2: (6.0, 55.0, 16.7), 3: "E", 4: (106.0, 55.0, 41.4)}
    return exif.tobytes().removeprefix(b"Exif\0\0")


def test_a_heic_photo_comes_back_as_a_jpeg_that_says_nothing_but_its_pixels(client: Client) -> None:
    data = heic(turn(1), tiff=notes(), xmp=PLACE)
    assert data.count(PLACE) == 2
    answer = upload(client, data)
    assert (answer.status_code, answer.json()["state"]) == (201, "ready")
    back = get(client, answer.json()["file_id"])
    assert (back.status_code, back["Content-Type"]) == (200, "image/jpeg")
    assert PLACE not in back.content
    assert b"Exif" not in back.content
    with PIL.Image.open(BytesIO(back.content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", SIZE[::-1], {})


def test_a_heic_photo_that_cannot_be_read_is_refused_in_words(client: Client) -> None:
    answer = upload(client, heic()[:-20])
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "HEIC" in answer.json()["errors"][0]["detail"]
    assert not File.objects.exists()


@pytest.mark.parametrize("data", [picture(marked=True), heic(tiff=notes())], ids=["JPEG", "HEIC"])
def test_where_a_photo_was_taken_is_told_to_the_door_and_kept_nowhere(client: Client, data: bytes) -> None:
    file, place = steps.upload_with_place(data, now=current_time())
    assert place == pytest.approx((-6.921306, 106.928167), abs=1e-6)
    kept = {field.name: getattr(file, field.attname) for field in File._meta.concrete_fields}
    assert not [name for name, value in kept.items() if "6.92" in str(value) or "106.92" in str(value)]
    for name in (f"{file.pk}.jpg", f"{file.pk}.small.jpg"):
        assert steps.upload_with_place(files.get(name), now=current_time())[1] is None
    assert set(upload(client, data).json()) == {"file_id", "state"}


def test_a_photo_is_served_so_that_nothing_in_it_can_run(client: Client) -> None:
    back = get(client, uploaded(client))
    assert back["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in back["Content-Security-Policy"]
    assert "default-src 'none'" in back["Content-Security-Policy"]
    assert back["Cache-Control"] == "no-store"
    assert not back.cookies


SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize(
    "data",
    [b"", b"x", SCRIPT, b"GIF89a" + b"\x00" * 40, b"%PDF-1.7", b"\xff\xd8\xff", picture()[:200], b"<?php echo 1;"],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_photo_is_refused_in_words(client: Client, data: bytes) -> None:
    answer = upload(client, data)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["pointer"] == "/file"
    assert not File.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused(client: Client) -> None:
    out = BytesIO()
    PIL.Image.new("1", (9000, 9000)).save(out, "PNG")
    assert upload(client, out.getvalue()).status_code in (413, 422)
    assert not File.objects.exists()


@pytest.mark.parametrize("size", [10 * MEGABYTE + 1, 11 * MEGABYTE, 13 * MEGABYTE, 30 * MEGABYTE])
def test_more_than_ten_megabytes_are_too_large(client: Client, size: int) -> None:
    answer = upload(client, picture() + b"\x00" * (size - len(picture())))
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"", "multipart/form-data; boundary="),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"garbage", "multipart/form-data; boundary=x"),
        (b'{"file": "x"}', "application/json"),
        (b"file=x", "application/x-www-form-urlencoded"),
        (picture(), "image/jpeg"),
        (b"", ""),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"x", "multipart/form-data; boundary=" + "é" * 9),
        (b"x", "multipart/form-data; boundary=" + "b" * 300),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_holds_no_file_is_refused_in_words(client: Client, raw: bytes, kind: str) -> None:
    answer = client.post(f"{API}/files", raw, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["detail"]
    assert not File.objects.exists()


def test_a_file_under_another_name_is_no_file(client: Client) -> None:
    assert upload(client, picture(), field="foto").status_code == 422


def test_hundreds_of_fields_do_no_harm(client: Client) -> None:
    fields = {f"f{n}": SimpleUploadedFile("x.jpg", b"x") for n in range(150)}
    answer = client.post(f"{API}/files", fields)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_bad_credentials_upload_nothing(client: Client) -> None:
    assert upload(client, picture(), {"Authorization": "Bearer nobody"}).status_code == 401
    assert not File.objects.exists()


def test_an_upload_sent_twice_with_a_key_is_one_file(client: Client) -> None:
    key, data = {"Idempotency-Key": "foto-1"}, picture()
    first, again = upload(client, data, key), upload(client, data, key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert File.objects.count() == 1


# Until attached, the id is the right to it


def test_an_unattached_photo_is_there_for_a_day_and_then_for_nobody(client: Client, clock: Path) -> None:
    file_id = uploaded(client)
    clock.write_text("+23h59m")
    assert get(client, file_id).status_code == 200
    clock.write_text("+24h1m")
    assert get(client, file_id).status_code == 404
    late = client.post(
        f"{API}/reports", json.dumps({"body": "x", "file_ids": [file_id]}), content_type="application/json"
    )
    assert (late.status_code, late.json()["errors"][0]["pointer"]) == (422, "/file_ids")


@pytest.mark.parametrize("file_id", [UUID(int=7), "x", "0", "..%2f..%2fsecret_key", "%00", "A" * 5000])
def test_an_unknown_id_is_404(client: Client, file_id: object) -> None:
    answer = get(client, file_id)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_an_id_in_capitals_is_the_same_id(client: Client) -> None:
    assert get(client, uploaded(client).upper()).status_code == 200


# Once attached, the report decides


def staff(cast: Cast) -> list[dict[str, str]]:
    """The desk, the holder's liaison, another agency's liaison, the system's administrator."""
    return [
        cast.bearer(Role.AGENCY_ADMIN),
        cast.bearer(Role.LIAISON, "dinas-pupr"),
        cast.bearer(Role.LIAISON, "dlh"),
        cast.bearer(Role.SYSADMIN),
    ]


def take_in(client: Client, **more: object) -> Made:
    story = {"body": "Lubang besar.", "file_ids": [uploaded(client)], **more}
    receipt = client.post(f"{API}/reports", json.dumps(story), content_type="application/json").json()
    file = File.objects.exclude(report=None).latest("received_at")
    assert file.report is not None
    return Made(file.report, receipt["code"])


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_reporters_photo_is_for_the_reporter_and_those_who_work_on_it(
    client: Client, cast: Cast, is_secret: bool
) -> None:
    made = take_in(client, is_secret=is_secret)
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=current_time())
    file_id = str(made.report.files.get().pk)
    assert shown_to(client, file_id, made.header, *staff(cast)) == [True, True, True, False, False]
    assert shown_to(client, file_id, {}, make_report(current_time()).header) == [False, False]
    assert get(client, file_id, {"Authorization": "Bearer nobody"}).status_code == 404
    assert file_id in json.dumps(client.get(f"{API}/track", headers=made.header).json())


def test_a_photo_of_a_sealed_report_is_opened_here_by_its_code_alone(client: Client, cast: Cast) -> None:
    file_id = uploaded(client)
    story = {"body": "Diminta uang.", "category": "bribery_corruption", "file_ids": [file_id]}
    code = client.post(f"{API}/reports", json.dumps(story), content_type="application/json").json()["code"]
    mine = {"Authorization": f"Code {code}"}
    (own,) = [photo["file_id"] for photo in client.get(f"{API}/track", headers=mine).json()["photos"]]
    readers = cast.bearer(Role.INSPECTORATE), cast.bearer(Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    others = [{}, make_restricted(current_time()).header, *staff(cast), *readers]
    assert shown_to(client, own, mine, *others) == [True] + [False] * 8
    assert shown_to(client, file_id, mine, *others) == [False] * 9, "the photo that lay here readable is gone"


def test_proof_is_public_only_once_a_second_person_let_it_out(client: Client, cast: Cast) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun)
    number = bring(made, State.IN_PROGRESS, cast, begun).number
    proof = uploaded(client)
    answer = client.post(
        f"{API}/reports/{number}/acts/propose_answer",
        json.dumps({"text": "Sudah.", "outcome": "fixed", "file_ids": [proof]}),
        content_type="application/json",
        headers=cast.bearer(Role.LIAISON, "dinas-pupr"),
    )
    assert answer.status_code == 200, answer.content
    people = [{}, made.header, *staff(cast)]
    assert shown_to(client, proof, *people) == [False, False, True, True, False, False]
    steps.approve(made.report, by=cast.validator, now=current_time())
    assert shown_to(client, proof, *people) == [True] * 6
    view = client.get(f"{API}/reports/{number}").json()
    assert view["photos"] == [{"file_id": proof}]
    steps.set_privacy(made.report, by=made.reporter, is_secret=True, now=current_time())
    assert shown_to(client, proof, *people) == [False, True, True, True, False, False]


def test_a_photo_is_attached_once(client: Client, cast: Cast) -> None:
    made = take_in(client)
    file_id = str(made.report.files.get().pk)
    answer = client.post(
        f"{API}/track/acts/withdraw",
        json.dumps({"text": "x", "file_ids": [file_id]}),
        content_type="application/json",
        headers=made.header,
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/file_ids")
