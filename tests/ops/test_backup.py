"""What a backup holds comes back, from a city that went on meanwhile; anything else changes nothing."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ops.home import Home
from tuntas.kit import age

IDENTITY, OTHER = age.new_identity(), age.new_identity()
TABLES = ("reports_report", "reports_event", "reports_file", "people_person", "ledger_leaf", "procrastinate_jobs")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    (folder / "ours").write_text(f"# created: 2026\n{IDENTITY}\n")
    (folder / "other").write_text(OTHER)
    (folder / "public").write_text(f"# for the backups\n{age.recipient_of(IDENTITY)}\n")
    (folder / "passphrase").write_text("sandi yang panjang\n")
    (folder / "wrong").write_text("sandi yang lain\n")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A small city with reports and files."""
    home = Home(tmp_path_factory.mktemp("city")).start()
    try:
        home.do("migrate")
        home.do("load-profile")
        with home.serving("--workers", "1"):
            for number in range(12):
                body = {"body": f"Lampu padam di gang {number}.", "reporter": {"email": f"r{number}@contoh.example"}}
                assert home.ask("POST", "/api/v1/reports", body)[0] == 201
        home.step("steps.sequence(now=current_time())")
        for name, data in {
            "ab/abc.jpg": b"photo",
            "cd/cde.mp4": os.urandom(9_000_000),
            "quarantine/ef/efg": b"new",
        }.items():
            path = home.folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (home.folder / "files" / "ab" / "abd.jpg.1234.part").write_bytes(b"half-written")
        yield home
    finally:
        home.cluster.remove()


@pytest.fixture(scope="module")
def backup(home: Home, keys: Path) -> Path:
    """One whole backup of that city."""
    folder = home.folder / "backups"
    folder.mkdir()
    home.do("backup", str(folder), "--to", str(keys / "public"))
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "empty").start()
    try:
        yield home
    finally:
        home.cluster.remove()


def counted(home: Home) -> dict[str, int]:
    return {name: home.rows(f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}


def stored(home: Home) -> dict[str, bytes]:
    root = home.folder / "files"
    found = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if not name.endswith(".part")}


def held(home: Home) -> tuple[dict[str, int], dict[str, bytes]]:
    return counted(home), stored(home)


def refused(home: Home, *words: str) -> str:
    before = held(home)
    done = home.run(*words)
    assert done.returncode == 1
    assert held(home) == before
    told = [line for line in done.stderr.splitlines() if "B/s" not in line]
    assert len(told) == 1, done.stderr
    return told[0]


@pytest.mark.slow
def test_everything_comes_back_into_an_empty_place_and_can_be_backed_up_again(
    home: Home, keys: Path, empty: Home, tmp_path: Path
) -> None:
    path = tmp_path / "now.age"  # of its own: other tests let the city go on
    home.do("backup", str(path), "--to", str(keys / "public"))
    said = empty.do("restore", str(path), "--identity", str(keys / "ours"))
    assert "tuntas migrate" in said
    assert held(empty) == held(home)
    assert len(stored(empty)) == 3
    assert (empty.folder / "secret_key").read_text() == (home.folder / "secret_key").read_text()
    assert not list((empty.folder / "files").glob(".*"))
    empty.do("migrate")
    assert counted(empty)["ledger_leaf"] >= 12
    assert "The log is whole." in empty.do("verify-log")
    again = tmp_path / "again.age"
    empty.do("backup", str(again), "--passphrase-file", str(keys / "passphrase"))
    assert again.stat().st_mode & 0o077 == 0
    home_over = empty.do("restore", str(again), "--passphrase-file", str(keys / "passphrase"), "--over")
    assert "Restored" in home_over
    assert held(empty) == held(home)


@pytest.mark.slow
def test_a_city_that_goes_on_is_copied_as_of_one_moment(home: Home, keys: Path, empty: Home, tmp_path: Path) -> None:
    taken: list[dict[str, Any]] = []
    stop = threading.Event()

    def take_in(who: int) -> None:
        number = 0
        while not stop.is_set():
            status, said = home.ask("POST", "/api/v1/reports", {"body": f"Lubang {who}-{number} di jalan."})
            if status == 201:
                taken.append(json.loads(said))
            number += 1

    path = tmp_path / "live.age"
    with home.serving("--workers", "1"):
        threads = [threading.Thread(target=take_in, args=(who,)) for who in range(2)]
        for thread in threads:
            thread.start()
        while len(taken) < 10:
            stop.wait(0.02)
        before = list(taken)
        home.do("backup", str(path), "--to", age.recipient_of(IDENTITY))
        while_made = len(taken) - len(before)
        stop.set()
        for thread in threads:
            thread.join()
    assert while_made > 0, "reports came in meanwhile"
    empty.do("restore", str(path), "--identity", str(keys / "ours"))
    numbers = {number for (number,) in empty.rows("SELECT number FROM reports_report")}
    assert {one["number"] for one in before} <= numbers
    ours = dict(home.rows("SELECT id, md5(r::text) FROM reports_event r"))
    theirs = dict(empty.rows("SELECT id, md5(r::text) FROM reports_event r"))
    assert theirs.items() <= ours.items()
    assert empty.rows("SELECT count(*) FROM reports_report r WHERE NOT EXISTS "
                      "(SELECT FROM reports_event e WHERE e.report_id = r.id)") == [(0,)]  # fmt: skip
    with empty.serving("--workers", "1"):
        status, said = empty.ask("GET", "/api/v1/track", Authorization=f"Code {before[0]['code']}")
    assert (status, json.loads(said)["number"]) == (200, before[0]["number"])


def test_a_place_that_is_not_empty_is_left_alone(home: Home, backup: Path, keys: Path) -> None:
    assert "--over" in refused(home, "restore", str(backup), "--identity", str(keys / "ours"))


@pytest.mark.parametrize("damage", ["short", "changed", "other key", "no backup", "wrong way", "no key"])
def test_what_cannot_be_read_whole_changes_nothing(
    home: Home, backup: Path, keys: Path, tmp_path: Path, damage: str
) -> None:
    data, key = bytearray(backup.read_bytes()), keys / "ours"
    match damage:
        case "short":
            del data[-1000:]
        case "changed":
            data[len(data) // 2] ^= 1
        case "other key":
            key = keys / "other"
        case "no backup":
            data = bytearray(b"Kota Cempaka" * 1000)
        case "no key":
            key = keys / "public"
    path = tmp_path / "given.age"
    path.write_bytes(data)
    way = "--passphrase-file" if damage == "wrong way" else "--identity"
    told = refused(home, "restore", str(path), way, str(key), "--over")
    assert str(key if damage == "no key" else path) in told


def test_a_wrong_passphrase_changes_nothing(home: Home, keys: Path, tmp_path: Path) -> None:
    path = tmp_path / "locked.age"
    home.do("backup", str(path), "--passphrase-file", str(keys / "passphrase"), "--no-files")
    told = refused(home, "restore", str(path), "--passphrase-file", str(keys / "wrong"), "--over")
    assert "the key is another one" in told
    checked = home.do("restore", str(path), "--passphrase-file", str(keys / "passphrase"), "--check")
    assert "is whole" in checked


def test_rows_that_the_database_refuses_change_nothing(home: Home, backup: Path, keys: Path) -> None:
    before = held(home)
    words = ("restore", str(backup), "--identity", str(keys / "ours"), "--over")
    done = home.run(*words, PGOPTIONS="-c default_transaction_read_only=on")
    assert done.returncode == 1
    assert "The database refused what is in the backup" in done.stderr
    assert held(home) == before


def test_codes_must_be_readable_afterwards(home: Home, backup: Path, keys: Path) -> None:
    before = counted(home)
    done = home.run("restore", str(backup), "--identity", str(keys / "ours"), "--over", TUNTAS_SECRET_KEY="y" * 40)
    assert (done.returncode, counted(home)) == (1, before)
    assert "TUNTAS_SECRET_KEY is not the one of the backup" in done.stderr


def test_a_key_that_is_none_and_a_place_that_is_none_are_told(home: Home, keys: Path, tmp_path: Path) -> None:
    assert "neither a public key" in refused(home, "backup", str(tmp_path / "x"), "--to", "age1nonsense")
    assert "cannot be written" in refused(home, "backup", str(tmp_path / "no" / "x"), "--to", str(keys / "public"))
    assert list(tmp_path.iterdir()) == []


def test_old_backups_are_deleted_where_asked(home: Home, keys: Path, tmp_path: Path) -> None:
    for day in ("01", "02", "03"):
        (tmp_path / f"tuntas-202511{day}T000000Z.age").write_bytes(b"old")
    home.do("backup", str(tmp_path), "--to", str(keys / "public"), "--no-files", "--keep", "2")
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept[0] == "tuntas-20251103T000000Z.age"
    assert len(kept) == 2
