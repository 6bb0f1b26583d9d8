"""Files wait in quarantine until they are scanned and cleaned; what is not clean is never seen."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import PIL.Image
import pytest

from tests.cast import Cast
from tests.kit.clamd_server import VIRUS, Clamd, program, running
from tests.kit.made_files import MARK, RECORDINGS, pdf
from tests.make import bring, make_report
from tests.steps.waiting_jobs import waiting_jobs
from tuntas import steps
from tuntas.kit import files
from tuntas.kit.env import env
from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.queue import Job
from tuntas.kit.sniff import MOST_BYTES, Kind
from tuntas.kit.time import real_time
from tuntas.publications.models import Publication
from tuntas.reports.models import File, FileState, Upload
from tuntas.rules.file_words import Trouble
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER
from tuntas.steps.submit import Story
from tuntas.steps.tidy_uploads import tidy_uploads

pytestmark = pytest.mark.usefixtures("city")
needs_clamd = pytest.mark.skipif(program() is None, reason="clamd is not installed: bin/bootstrap test installs it")


def taken(data: bytes, now: datetime, name: str = "surat.pdf") -> File:
    return steps.upload_file(BytesIO(data), name=name, now=now)[0]


def again(file: File) -> File:
    return File.objects.get(pk=file.pk)


def photo(more: bytes = b"") -> bytes:
    out = BytesIO()
    PIL.Image.new("RGB", (40, 30)).save(out, "JPEG")
    return out.getvalue() + more


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with running() as started:
        yield started


@pytest.fixture
def scanner(clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setenv("TUNTAS_CLAMD", clamd.tcp)
    env.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    env.cache_clear()


@pytest.fixture
def lost_scanner(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TUNTAS_CLAMD", "unix:///nowhere/clamd.sock")
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


def test_a_document_waits_is_cleaned_once_and_the_original_is_gone(now: datetime) -> None:
    file = taken(pdf(is_armed=True), now)
    assert (file.kind, file.ending, file.name, file.state) == ("document", "pdf", "surat.pdf", FileState.QUARANTINED)
    assert files.quarantined(str(file.pk)).exists()
    assert waiting_jobs(Job.CLEAN_FILE) == [{"file_id": str(file.pk)}]
    steps.clean_file(file.pk, now=now)
    steps.clean_file(file.pk, now=now)
    assert (again(file).state, again(file).trouble) == (FileState.READY, "")
    clean = files.get(f"{file.pk}.pdf")
    assert again(file).size == len(clean)
    assert MARK not in clean
    assert not files.quarantined(str(file.pk)).exists()


@pytest.mark.parametrize("ending", RECORDINGS)
def test_a_recording_is_cleaned_where_it_lies(now: datetime, ending: str) -> None:
    file = taken(RECORDINGS[ending], now, "rekaman.exe")
    assert file.ending == ending
    steps.clean_file(file.pk, now=now)
    assert again(file).state == FileState.READY
    assert MARK not in files.get(f"{file.pk}.{ending}")


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (pdf(password="x"), Trouble.LOCKED),
        (pdf(pages=201), Trouble.TOO_MANY_PAGES),
        (b"%PDF-1.7\n" + b"x" * 900 + b"%%EOF", Trouble.DAMAGED),
        (RECORDINGS["mp4"] + b"<script>", Trouble.DAMAGED),
    ],
)
def test_what_cannot_be_cleaned_is_rejected_and_nothing_of_it_stays(
    now: datetime, data: bytes, trouble: Trouble
) -> None:
    file = taken(data, now)
    steps.clean_file(file.pk, now=now)
    assert (again(file).state, again(file).trouble) == (FileState.REJECTED, trouble)
    assert not files.quarantined(str(file.pk)).exists()
    with pytest.raises(FileNotFoundError):
        files.get(f"{file.pk}.{file.ending}")


def test_a_document_cut_short_and_one_too_large_are_refused_at_once(now: datetime) -> None:
    before = set(files.all_quarantined())
    with pytest.raises(Invalid):
        taken(pdf()[:-50], now)
    with pytest.raises(TooLarge):
        taken(pdf() + b"\0" * MOST_BYTES[Kind.DOCUMENT], now)
    assert not File.objects.exists()
    assert set(files.all_quarantined()) == before


@needs_clamd
@pytest.mark.usefixtures("scanner")
def test_what_the_scanner_knows_is_refused_or_rejected(now: datetime) -> None:
    with pytest.raises(Invalid) as no:
        steps.upload(photo(VIRUS), now=now)
    assert no.value.mistakes[0].pointer == "/file"
    assert taken(photo(), now).state == FileState.READY
    bad, good = taken(pdf()[:-6] + VIRUS + b"\n%%EOF\n", now), taken(pdf(), now)
    for file in (bad, good):
        steps.clean_file(file.pk, now=now)
    assert (again(bad).state, again(bad).trouble) == (FileState.REJECTED, Trouble.INFECTED)
    assert again(good).state == FileState.READY


@pytest.mark.usefixtures("lost_scanner")
def test_without_its_scanner_nothing_becomes_ready_and_the_job_asks_again(now: datetime) -> None:
    seen, paper = taken(photo(), now), taken(pdf(), now)
    for file in (seen, paper):
        assert file.state == FileState.QUARANTINED
        steps.clean_file(file.pk, now=now)
        assert (again(file).state, again(file).trouble) == (FileState.QUARANTINED, Trouble.WAITS)
        assert files.quarantined(str(file.pk)).exists()
    asked = len(waiting_jobs(Job.CLEAN_FILE))
    assert asked == 4
    steps.clean_file(paper.pk, now=now + timedelta(hours=2))
    assert len(waiting_jobs(Job.CLEAN_FILE)) == asked
    tidy_uploads(now=now + timedelta(hours=2), real_now=real_time())
    assert len(waiting_jobs(Job.CLEAN_FILE)) == asked + 2


def test_a_photo_that_waited_is_drawn_and_ready_once_the_scanner_is_back(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUNTAS_CLAMD", "unix:///nowhere/clamd.sock")
    env.cache_clear()
    file = steps.upload(photo(MARK), now=now)
    monkeypatch.delenv("TUNTAS_CLAMD")
    env.cache_clear()
    assert file.state == FileState.QUARANTINED
    steps.clean_file(file.pk, now=now)
    assert (again(file).state, again(file).width) == (FileState.READY, 40)
    assert MARK not in files.get(f"{file.pk}.jpg")


def test_a_file_in_a_report_is_told_as_what_it_is_and_never_to_everybody(now: datetime, cast: Cast) -> None:
    paper, sound = taken(pdf(is_armed=True), now), taken(RECORDINGS["mp3"] + b"", now, "suara.mp3")
    receipt = steps.submit(Story(body="Lubang.", file_ids=[paper.pk, sound.pk]), by=STRANGER, now=now)
    report = receipt.report
    report.refresh_from_db()
    told = {file["file_id"]: file for file in report.thread["attachments"]}
    assert {file["state"] for file in told.values()} == {"quarantined"}
    assert told[str(paper.pk)] == {
        "file_id": str(paper.pk),
        "kind": "document",
        "name": "surat.pdf",
        "state": "quarantined",
        "trouble": "",
    }
    for file in (paper, sound):
        steps.clean_file(file.pk, now=now)
    report.refresh_from_db()
    assert {file["state"] for file in report.thread["attachments"]} == {"ready"}
    assert report.thread["photos"] == []
    steps.dispatch(report, by=cast.desk, agency="dinas-pupr", now=now)
    published = Publication.objects.get(number=report.number)
    assert not [pk for pk in told if pk in str(published.thread)]


def test_what_was_rejected_cannot_be_attached(now: datetime) -> None:
    file = taken(pdf(password="x"), now)
    steps.clean_file(file.pk, now=now)
    with pytest.raises(Invalid):
        steps.submit(Story(body="Lubang.", file_ids=[file.pk]), by=STRANGER, now=now)


def test_a_document_is_no_proof_that_something_was_mended(now: datetime, cast: Cast) -> None:
    report = bring(make_report(now, category="road_bridge"), State.IN_PROGRESS, cast)
    file = taken(pdf(), now + timedelta(hours=3))
    given = {"by": cast.handler, "text": "Sudah.", "outcome": "fixed", "file_ids": [file.pk]}
    with pytest.raises(Invalid) as no:
        steps.propose_answer(report, **given, now=now + timedelta(hours=3))  # type: ignore[arg-type]
    assert no.value.mistakes[0].pointer == "/file_ids"


def test_a_file_with_nothing_in_quarantine_is_rejected_not_served(now: datetime) -> None:
    file = taken(pdf(), now)
    files.drop_quarantined(str(file.pk))
    steps.clean_file(file.pk, now=now)
    assert again(file).state == FileState.REJECTED
    steps.clean_file(UUID(int=5), now=now)


def test_what_nobody_finished_or_holds_is_forgotten(now: datetime) -> None:
    old, fresh = (steps.begin_upload(9, name="x", now=at) for at in (now - timedelta(hours=25), now))
    for upload in (old, fresh):
        files.write_to_quarantine(str(upload.pk), 0, b"x")
    lost = str(uuid4())
    files.write_to_quarantine(lost, 0, b"x")
    tidy_uploads(now=now, real_now=real_time())
    assert [upload.pk for upload in Upload.objects.all()] == [fresh.pk]
    assert {path.name for path in files.all_quarantined()} >= {lost, str(fresh.pk)}
    tidy_uploads(now=now, real_now=real_time() + timedelta(hours=49))
    assert lost not in {path.name for path in files.all_quarantined()}
    assert str(fresh.pk) in {path.name for path in files.all_quarantined()}
    files.drop_quarantined(str(fresh.pk))
