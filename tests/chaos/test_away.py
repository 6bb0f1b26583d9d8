"""The database stopped, silent or full, the disk full, the clock moved: a sentence, and all is well by itself after."""

import http.client
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from PIL import Image

from bench.victims import Victims, ask, wait_for

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.xdist_group("away")]

STORY = "Lampu jalan di depan sekolah mati sejak Senin, anak-anak takut lewat."
PAGES = ("/laporan", "/statistik", "/laporan/25-1001", "/api/v1/reports", "/api/v1/track", "/readyz")
LONGEST = 32.0  # seconds until somebody is told: a statement is given up after 20, connecting anew after 8
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
SIZE = "12m"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victims]:
    home = tmp_path_factory.mktemp("away") / "data"
    house = Victims(home, TUNTAS_FILES_URL=f"file://{home.parent / 'files'}")
    try:
        house.furnish()
        house.start("web")
        house.start("worker")
        wait_for(house.answers, 60, "the web server")
        yield house
    finally:
        house.close()


@contextmanager
def silent(house: Victims) -> Iterator[None]:
    """Stop every process of the server where it stands: connections stay open, and nobody answers."""
    pid = house.cluster.pid()
    family = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    for one in family:
        with suppress(ProcessLookupError):  # one that has just ended
            os.kill(one, signal.SIGSTOP)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for one in family:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGCONT)  # type: ignore[arg-type]


def told(house: Victims, path: str, body: str = "", headers: dict[str, str] | None = None) -> tuple[int, str, float]:
    began = time.monotonic()
    status, raw = ask(house.port, "POST" if body else "GET", path, body, headers, seconds=60)
    return status, raw.decode(), time.monotonic() - began


def says_so_everywhere(house: Victims) -> None:
    for path in PAGES:
        status, text, seconds = told(house, path, headers={"Authorization": "Code 234-567-89A6"})
        assert status == 503, path
        assert seconds < LONGEST, path
        assert "Coba lagi" in text or path.startswith(("/readyz", "/api")), text[:300]
    status, text, seconds = told(house, "/lapor/kirim", f"cerita={STORY}", FORM)
    assert status == 503
    assert seconds < LONGEST
    assert STORY in text
    status, text, seconds = told(house, "/api/v1/reports", json.dumps({"body": STORY}), JSON)
    assert (status, json.loads(text)["status"]) == (503, 503)
    assert seconds < LONGEST
    assert ask(house.port, "GET", "/healthz")[0] == 200


def takes_reports_again(house: Victims) -> None:
    wait_for(house.answers, 60, "the pages")
    before = house.rows("SELECT count(*) FROM reports_report")

    def taken() -> bool:
        return told(house, "/api/v1/reports", json.dumps({"body": STORY}), JSON)[0] == 201

    wait_for(taken, 30, "a report")
    assert house.rows("SELECT count(*) FROM reports_report") == [(before[0][0] + 1,)]


def test_a_database_that_is_stopped_is_told_of_and_found_again(house: Victims) -> None:
    house.cluster.stop()
    says_so_everywhere(house)
    house.cluster.start()
    takes_reports_again(house)
    worker_works(house)


def test_a_database_that_is_silent_is_told_of_and_found_again(house: Victims) -> None:
    takes_reports_again(house)  # with connections that are open
    with silent(house):
        says_so_everywhere(house)
    takes_reports_again(house)
    worker_works(house)


def test_a_database_that_takes_no_more_connections_is_told_of(house: Victims) -> None:
    house.cluster.stop()
    house.cluster.start()
    taken: list[psycopg.Connection[object]] = []
    try:
        while len(taken) < 300:
            taken.append(psycopg.connect(house.url))
    except psycopg.OperationalError:
        pass
    assert taken
    status, text, seconds = told(house, "/laporan")
    for connection in taken:
        connection.close()
    assert status in (200, 503), text[:300]  # who was there first is served
    assert seconds < LONGEST
    takes_reports_again(house)


def worker_works(house: Victims) -> None:
    """Ask for the periodic job that comes every ten seconds to have been done anew."""
    (last,) = house.rows("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
    newest = "SELECT 1 FROM procrastinate_periodic_defers WHERE defer_timestamp > %s LIMIT 1"
    wait_for(lambda: bool(house.rows(newest, int(time.time()) - 5)), 60, f"the worker, after job {last[0]}")


def test_a_web_process_killed_in_the_middle_of_an_answer_comes_again(house: Victims) -> None:
    served = house.running["web"].pid
    workers = Path(f"/proc/{served}/task/{served}/children").read_text().split()
    assert workers
    for worker in workers:
        os.kill(int(worker), signal.SIGKILL)
    takes_reports_again(house)


def test_the_clock_may_be_moved_while_it_runs(house: Victims) -> None:
    clock = house.home / "clock"
    numbers = []
    for shift in ("+5h", "-7h", "+2d", ""):
        clock.write_text(shift)
        status, text, _ = told(house, "/api/v1/reports", json.dumps({"body": f"{STORY} {shift}"}), JSON)
        assert status == 201, text
        receipt = json.loads(text)
        numbers.append(receipt["number"])
        code = {"Authorization": f"Code {receipt['code']}"}
        for path, headers in (("/laporan", {}), (f"/laporan/{receipt['number']}", {}), ("/api/v1/track", code)):
            status, raw = ask(house.port, "GET", path, headers=headers)
            assert status == 200, (shift, path)
            assert b"\xe2\x88\x92" not in raw.split(b"<main", 1)[-1], (shift, path)  # a minus sign before a time
    clock.write_text("-7h")  # now all but one lie in the future
    for number in numbers:
        assert ask(house.port, "GET", f"/laporan/{number}")[0] == 200
    assert ask(house.port, "GET", "/laporan")[0] == 200
    clock.unlink()
    worker_works(house)
    assert "ValueError" not in house.log.read_text(errors="replace")


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True)
    if done.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
        folder.rmdir()


def upload(house: Victims) -> tuple[int, str, str]:
    edge = "-" * 20 + "edge"  # three letters stand in one noisy photo of twenty
    body = f"--{edge}\r\n".encode() + b'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
    photo = BytesIO()
    Image.effect_noise((1600, 1600), 100).convert("RGB").save(photo, "JPEG", quality=95)
    body += b"Content-Type: image/jpeg\r\n\r\n" + photo.getvalue() + f"\r\n--{edge}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
    connection.request("POST", "/api/v1/files", body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), answer.headers.get("Retry-After", "")
    connection.close()
    return found


def test_a_full_disk_for_files_is_told_of_and_leaves_nothing(house: Victims) -> None:
    with mounted(house.home.parent / "files") as files:
        hog = files / "hog"
        with hog.open("wb") as out:
            out.write(bytes(12_500_000))
        before = house.rows("SELECT count(*) FROM reports_file")
        status, text, again = upload(house)
        assert (status, json.loads(text)["status"]) == (503, 503), text
        assert again == "60"
        assert "penuh" in text or "full" in text
        assert house.rows("SELECT count(*) FROM reports_file") == before
        left = [path for path in files.rglob("*") if path.is_file() and path != hog]
        assert [path for path in left if path.stat().st_size] == []
        takes_reports_again(house)  # words need no room there
        hog.unlink()
        assert upload(house)[0] == 201


def test_a_full_disk_for_the_database_is_told_of_and_written_to_again(house: Victims) -> None:
    # Below /tmp itself: the database's account may enter no folder of pytest's.
    with (
        mounted(Path(tempfile.mkdtemp(prefix="tuntas-full-", dir="/tmp"))) as folder,
        psycopg.connect(house.url, autocommit=True) as connection,
    ):
        data = connection.execute("SHOW data_directory").fetchone()[0]  # type: ignore[index]
        os.chown(folder, Path(data).stat().st_uid, -1)
        connection.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")
        connection.execute("ALTER TABLE reports_report SET TABLESPACE small")
        try:
            connection.execute("CREATE TABLE hog (bytes text) TABLESPACE small")
            connection.execute("ALTER TABLE hog ALTER bytes SET STORAGE EXTERNAL")
            with suppress(psycopg.errors.DiskFull):
                while True:
                    connection.execute("INSERT INTO hog VALUES (repeat('x', 200000))")
            until_full(house)
            (found,) = house.rows("SELECT count(*) FROM reports_report")
            events = house.rows("SELECT count(*) FROM reports_event WHERE act = 'submit'")
            assert events == [found]
            connection.execute("DROP TABLE hog")
            takes_reports_again(house)
        finally:
            connection.execute("DROP TABLE IF EXISTS hog")
            connection.execute("ALTER TABLE reports_report SET TABLESPACE pg_default")
            connection.execute("DROP TABLESPACE small")


def until_full(house: Victims) -> None:
    """Send reports until one finds no room: it is told so, and none is refused otherwise."""
    for _ in range(2000):
        status, text, _ = told(house, "/api/v1/reports", json.dumps({"body": STORY * 100}), JSON)
        if status == 503:
            assert "penuh" in text
            return
        assert status in (201, 429), text
    pytest.fail("it never was full")
