"""Files over the API: whole or piece by piece, on lines that break; nothing is served before it is clean."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.doors.test_files_api import picture, shown_to, staff
from tests.kit.made_files import MARK, RECORDINGS, pdf
from tests.make import make_report
from tests.office import at_work
from tuntas import steps
from tuntas.kit import files
from tuntas.kit.time import current_time
from tuntas.reports.models import File, Report, Upload
from tuntas.rules.who import Actor, Role
from tuntas.steps.add_piece import MOST_IN_A_PIECE
from tuntas.steps.limit import BYTES_A_DAY

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
UPLOADS = f"{API}/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def begin(client: Client, length: object, name: str = "surat.pdf", **more: str) -> Any:
    metadata = f"filetype YQ==,filename {b64encode(name.encode()).decode()}"
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata}
    return client.post(UPLOADS, headers=headers, **more)  # type: ignore[arg-type]


def add(client: Client, where: str, offset: object, data: bytes, kind: str = PIECE) -> Any:
    headers = {**TUS, "Upload-Offset": str(offset)}
    return client.generic("PATCH", where, data, content_type=kind, headers=headers, CONTENT_TYPE=kind)


def begun(client: Client, length: int) -> str:
    answer = begin(client, length)
    assert answer.status_code == 201, answer.content
    return str(answer["Location"])


def send(client: Client, data: bytes, *, name: str = "berkas") -> Any:
    return client.post(f"{API}/files", {"file": SimpleUploadedFile(name, data)})


def ready(client: Client, data: bytes, name: str = "berkas") -> str:
    answer = send(client, data, name=name)
    assert (answer.status_code, answer.json()["state"]) == (201, "quarantined")
    file_id = str(answer.json()["file_id"])
    steps.clean_file(UUID(file_id), now=current_time())
    return file_id


# Piece by piece


def test_what_is_spoken_is_said(client: Client) -> None:
    answer = client.options(UPLOADS)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination"
    assert int(answer["Tus-Max-Size"]) == 100 * 1024 * 1024


def test_a_file_comes_in_pieces_and_goes_the_way_of_one_that_came_whole(client: Client) -> None:
    data = pdf(is_armed=True)
    where, half = begun(client, len(data)), len(data) // 2
    first = add(client, where, 0, data[:half])
    assert (first.status_code, first["Upload-Offset"], first["Tus-Resumable"]) == (204, str(half), "1.0.0")
    assert "Upload-File" not in first
    told = client.head(where, headers=TUS)
    assert (told.status_code, told["Upload-Offset"], told["Upload-Length"]) == (200, str(half), str(len(data)))
    assert told["Cache-Control"] == "no-store"
    assert client.get(where).json()["file_id"] is None
    last = add(client, where, half, data[half:])
    assert last.status_code == 204
    file_id = last["Upload-File"]
    assert client.get(where).json() | {"upload_id": ""} == {
        "upload_id": "",
        "offset": len(data),
        "length": len(data),
        "file_id": file_id,
        "state": "quarantined",
    }
    assert File.objects.get().name == "surat.pdf"
    assert client.get(f"{API}/files/{file_id}").json()["state"] == "quarantined"
    steps.clean_file(UUID(file_id), now=current_time())
    assert client.head(where, headers=TUS)["Upload-File"] == file_id
    back = client.get(f"{API}/files/{file_id}")
    assert b"".join(back).startswith(b"%PDF")
    assert not files.quarantined(file_id).exists()
    assert not files.quarantined(where.rsplit("/", 1)[1]).exists()


def test_a_photo_in_pieces_is_ready_at_its_end(client: Client) -> None:
    data = picture(marked=True)
    answer = add(client, begun(client, len(data)), 0, data)
    assert answer["Upload-State"] == "ready"
    assert client.get(f"{API}/files/{answer['Upload-File']}")["Content-Type"] == "image/jpeg"


def test_a_piece_that_does_not_follow_changes_nothing(client: Client) -> None:
    data = pdf(pages=20)
    where = begun(client, len(data))
    add(client, where, 0, data[:600])
    for offset in (0, 599, 601, len(data), 10**14):
        again = add(client, where, offset, b"x")
        assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
        assert again["Tus-Resumable"] == "1.0.0"
    assert client.head(where, headers=TUS)["Upload-Offset"] == "600"
    assert add(client, where, 600, data[600:])["Upload-File"]
    assert add(client, where, 0, data).status_code == 409


def test_the_last_piece_sent_again_empty_is_the_same_file(client: Client) -> None:
    data = pdf()
    where = begun(client, len(data))
    first = add(client, where, 0, data)["Upload-File"]
    assert add(client, where, len(data), b"")["Upload-File"] == first
    assert File.objects.count() == 1


def test_what_was_written_past_the_kept_offset_is_cut_off(client: Client) -> None:
    data = pdf(pages=20)
    where = begun(client, len(data))
    add(client, where, 0, data[:600])
    upload = Upload.objects.get()
    files.write_to_quarantine(str(upload.pk), 600, b"half a piece of a process that died")
    file_id = add(client, where, 600, data[600:])["Upload-File"]
    assert files.quarantined(file_id).read_bytes() == data


@pytest.mark.parametrize("length", ["", "x", "-1", "1.5", "٣", "9" * 40, "0"])
def test_a_length_that_is_none_is_422(client: Client, length: str) -> None:
    answer = begin(client, length)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert not Upload.objects.exists()


def test_more_than_the_limits_is_413(client: Client) -> None:
    assert begin(client, 100 * 1024 * 1024 + 1).status_code == 413
    small = begun(client, 1000)
    assert add(client, small, 0, pdf()[:500] + b"x" * 501).status_code == 413
    assert add(client, small, 0, b"x" * (MOST_IN_A_PIECE + 1)).status_code == 413
    large = begun(client, 30 * 1024 * 1024)
    assert add(client, large, 0, pdf()).status_code == 413
    assert client.head(large, headers=TUS)["Upload-Offset"] == "0"


def test_a_kind_that_is_not_taken_is_refused_with_the_first_piece(client: Client) -> None:
    answer = add(client, begun(client, 5000), 0, b"MZ" + b"\0" * 1000)
    assert answer.status_code == 422
    assert "PDF" in answer.json()["errors"][0]["detail"]


def test_what_is_refused_at_its_end_is_gone(client: Client) -> None:
    data = pdf()[:-40]
    where = begun(client, len(data))
    assert add(client, where, 0, data).status_code == 422
    assert client.head(where, headers=TUS).status_code == 404
    assert not File.objects.exists()
    assert not Upload.objects.exists()
    assert not files.quarantined(where.rsplit("/", 1)[1]).exists()


def test_other_versions_and_types_are_refused(client: Client) -> None:
    where = begun(client, 100)
    assert client.head(where).status_code == 412
    assert client.post(UPLOADS, headers={"Tus-Resumable": "0.2.2"})["Tus-Version"] == "1.0.0"
    assert add(client, where, 0, b"x", kind="application/json").status_code == 415
    assert add(client, where, "x", b"x").status_code == 422


def test_an_upload_is_forgotten_when_told_so_and_after_a_day(client: Client, clock: Path) -> None:
    where, other = begun(client, 100), begun(client, 100)
    add(client, where, 0, b"%PDF-")
    assert client.delete(where, headers=TUS).status_code == 204
    assert client.delete(where, headers=TUS).status_code == 404
    assert add(client, where, 5, b"x").status_code == 404
    clock.write_text("+24h1m")
    assert add(client, other, 0, b"x").status_code == 404
    assert client.get(other).status_code == 404


@pytest.mark.parametrize("key", [uuid4(), "x", "..%2f..", "%00"])
def test_an_unknown_upload_is_404(client: Client, key: object) -> None:
    where = f"{UPLOADS}/{key}"
    answers = [client.get(where), client.delete(where, headers=TUS), add(client, where, 0, b"x")]
    assert [answer.status_code for answer in answers] == [404] * 3


def test_a_network_sends_so_much_a_day(client: Client) -> None:
    half = BYTES_A_DAY // 2
    there = "198.51.100.9"
    assert [begin(client, half, REMOTE_ADDR=there).status_code for _ in range(3)] == [201, 201, 429]
    slowed = begin(client, half, REMOTE_ADDR=there)
    assert int(slowed["Retry-After"]) > 0
    assert begin(client, half, REMOTE_ADDR="198.51.101.9").status_code == 201


# Whole


@pytest.mark.parametrize("ending", RECORDINGS)
def test_a_recording_is_taken_by_what_it_is_and_handed_over_to_be_kept(client: Client, ending: str) -> None:
    back = client.get(f"{API}/files/{ready(client, RECORDINGS[ending], 'halo <b>.html')}")
    assert back.status_code == 200
    assert back["Content-Disposition"].startswith("attachment; filename=")
    assert f".{ending}" in back["Content-Disposition"]
    assert ".html" not in back["Content-Disposition"]
    assert back["Content-Type"].split("/")[0] in ("audio", "video")
    assert back["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert back["X-Content-Type-Options"] == "nosniff"
    assert back["Cache-Control"] == "no-store"
    assert not back.cookies
    assert MARK not in b"".join(back)


def test_a_part_of_a_recording_can_be_asked_for(client: Client) -> None:
    file_id = ready(client, RECORDINGS["mp4"])
    whole = b"".join(client.get(f"{API}/files/{file_id}"))

    def part(wanted: str) -> Any:
        return client.get(f"{API}/files/{file_id}", headers={"Range": wanted})

    for wanted, cut in (("bytes=0-3", slice(0, 4)), ("bytes=10-", slice(10, None)), ("bytes=-7", slice(-7, None))):
        answer = part(wanted)
        assert (answer.status_code, answer.content) == (206, whole[cut])
        assert answer["Content-Range"].endswith(f"/{len(whole)}")
        assert answer["Content-Disposition"].startswith("attachment")
    assert part(f"bytes={len(whole)}-").status_code == 416
    for odd in ("bytes=3-1,5-9", "bytes=-", "x", "bytes=a-b"):
        answer = part(odd)
        assert (answer.status_code, b"".join(answer)) == (200, whole)


def test_a_rejected_file_tells_why_and_is_not_served(client: Client) -> None:
    file_id = ready(client, pdf(password="x"))
    answer = client.get(f"{API}/files/{file_id}", headers={"Accept-Language": "en"})
    assert answer.json()["state"] == "rejected"
    assert "password" in answer.json()["trouble"]


def test_a_document_of_a_report_is_for_those_who_work_on_it_and_never_for_everybody(client: Client, cast: Cast) -> None:
    file_id = ready(client, pdf(), "KTP 3273010101900001.pdf")
    story = json.dumps({"body": "Lubang besar.", "file_ids": [file_id]})
    receipt = client.post(f"{API}/reports", story, content_type="application/json").json()
    report = Report.objects.get(number=receipt["number"])
    steps.dispatch(report, by=cast.desk, agency="dinas-pupr", now=current_time())
    mine = {"Authorization": f"Code {receipt['code']}"}
    assert shown_to(client, file_id, mine, *staff(cast), {}) == [True, True, True, False, False, False]
    assert file_id not in client.get(f"{API}/reports/{report.number}").content.decode()
    told = client.get(f"{API}/track", headers=mine).json()["attachments"]
    assert [(file["file_id"], file["kind"], file["state"]) for file in told] == [(file_id, "document", "ready")]
    worker = client.get(f"{API}/reports/{report.number}", headers=cast.bearer(Role.LIAISON, "dinas-pupr")).json()
    assert worker["attachments"][0]["file_id"] == file_id
    assert "3273010101900001" not in json.dumps(worker["attachments"])


def test_staff_keep_a_document_from_the_pages_of_its_report_and_of_no_other(client: Client, cast: Cast) -> None:
    story_file, later = ready(client, pdf(), "surat <b>.pdf"), ready(client, RECORDINGS["mp4"], "jalan.mp4")
    story = json.dumps({"body": "Lubang besar.", "file_ids": [story_file]})
    receipt = client.post(f"{API}/reports", story, content_type="application/json").json()
    report = Report.objects.get(number=receipt["number"])
    steps.dispatch(report, by=cast.desk, agency="dinas-pupr", now=current_time())
    steps.supplement(
        report, by=Actor(report_id=report.pk), text="Ini videonya.", file_ids=[UUID(later)], now=current_time()
    )
    other = make_report(current_time()).report
    steps.dispatch(other, by=cast.desk, agency="dinas-pupr", now=current_time())
    desk, liaison = at_work(cast, Role.AGENCY_ADMIN), at_work(cast, Role.LIAISON, "dinas-pupr")
    for who, page in ((desk, f"/meja/kasus/{report.number}"), (liaison, f"/instansi/tugas/{report.number}")):
        shown = who.get(page).content.decode()
        for file_id in (story_file, later):
            assert f'href="{page}/berkas/{file_id}" download' in shown
            back = who.get(f"{page}/berkas/{file_id}")
            assert (back.status_code, back["Content-Security-Policy"]) == (200, "sandbox; default-src 'none'")
            assert back["Content-Disposition"].startswith("attachment")
            b"".join(back)
        elsewhere = page.replace(report.number or "", other.number or "")
        assert who.get(elsewhere).status_code == 200
        assert who.get(f"{elsewhere}/berkas/{story_file}").status_code == 404
        assert client.get(f"{page}/berkas/{story_file}").status_code == 303, "nobody without signing in"
    assert at_work(cast, Role.LIAISON, "dlh").get(f"/instansi/tugas/{report.number}/berkas/{later}").status_code == 404
