"""A backup's file of any size is packed and read in little memory, and a change anywhere is seen."""

import io
import json
import os
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyrage
import pytest

from tuntas.kit import age, age_streams
from tuntas.kit.backup_file import ABOUT, FORMAT, Damaged, checked, packing
from tuntas.kit.crypto import Unreadable

IDENTITY = age.new_identity()
CLOSE = partial(age.close_stream, recipients=[age.recipient_of(IDENTITY)])
OPEN = partial(age.open_stream, identities=IDENTITY)
LARGE = 400_000_000
LEAST_ROOM = 150_000_000  # bytes more than the program itself takes


def packed(files: dict[str, bytes], **told: object) -> bytes:
    out = io.BytesIO()
    with packing(out, CLOSE) as pack:
        pack.add(ABOUT, json.dumps({"format": FORMAT}).encode())
        for name, data in files.items():
            pack.add(name, data)
        pack.end(dict(told))
    return out.getvalue()


def test_what_was_packed_is_told_and_its_keys_are_given() -> None:
    data = packed({"keys/a": b"one", "database/000000": b"rows", "files/x/y": b"photo"}, made_at="now")
    told, keys = checked(io.BytesIO(data), OPEN)
    assert (told["made_at"], keys) == ("now", {"a": b"one"})
    assert told["many"] == {"about.json": 1, "keys": 1, "database": 1, "files": 1}


@pytest.mark.parametrize("at", [10, 300, 1000, -1000, -1])
def test_a_change_anywhere_is_seen(at: int) -> None:
    data = bytearray(packed({"files/x": os.urandom(200_000)}))
    data[at] ^= 1
    with pytest.raises((Unreadable, Damaged)):
        checked(io.BytesIO(bytes(data)), OPEN)
    with pytest.raises((Unreadable, Damaged)):
        checked(io.BytesIO(bytes(data[:at])), OPEN)


def test_a_manifest_of_something_else_is_seen() -> None:
    out = io.BytesIO()
    with packing(out, CLOSE) as pack:
        pack.add(ABOUT, json.dumps({"format": FORMAT}).encode())
        pack.add("files/x", b"photo")
        pack.add("manifest.json", json.dumps({"sum": "0" * 64, "many": {}, "bytes": {}}).encode())
    with pytest.raises(Damaged):
        checked(io.BytesIO(out.getvalue()), OPEN)


def test_a_name_that_leads_elsewhere_is_refused() -> None:
    with pytest.raises(Damaged):
        checked(io.BytesIO(packed({"files/../../etc/passwd": b"x"})), OPEN)


def test_a_disk_that_is_full_is_told() -> None:
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        fill(full)


def fill(target: BinaryIO) -> None:
    with packing(target, CLOSE) as pack:
        for number in range(100):
            pack.add(f"files/{number}", os.urandom(100_000))


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 200_000])
def test_a_passphrase_closes_as_any_age_program_does(size: int) -> None:
    plain, locked, opened = os.urandom(size), io.BytesIO(), io.BytesIO()
    age_streams.lock_stream(io.BytesIO(plain), locked, "sandi")
    assert pyrage.passphrase.decrypt(locked.getvalue(), "sandi") == plain
    assert age_streams.is_locked(locked.getvalue())
    age_streams.unlock_stream(io.BytesIO(pyrage.passphrase.encrypt(plain, "sandi")), opened, "sandi")
    assert opened.getvalue() == plain


@pytest.mark.parametrize("cut", [0, 30, 100, 60_000, 65_900])
def test_what_is_locked_and_cut_off_or_of_another_passphrase_is_unreadable(cut: int) -> None:
    locked = io.BytesIO()
    age_streams.lock_stream(io.BytesIO(bytes(100_000)), locked, "sandi")
    with pytest.raises(Unreadable):
        age_streams.unlock_stream(io.BytesIO(locked.getvalue()[:cut]), io.BytesIO(), "sandi")
    with pytest.raises(Unreadable):
        age_streams.unlock_stream(io.BytesIO(locked.getvalue()), io.BytesIO(), "lain")


SMALL_MEMORY = """
import resource, sys
from functools import partial
from pathlib import Path
from typing import BinaryIO
from tuntas.kit import age
from tuntas.kit.backup_file import ABOUT, checked, packing
folder, identity, room = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + room, taken + room))
with (folder / "backup").open("wb") as out:
    with packing(out, partial(age.close_stream, recipients=[age.recipient_of(identity)])) as pack:
        pack.add(ABOUT, b'{"format": 1}')
        pack.add_file("files/large", folder / "large")
        pack.end({})
with (folder / "backup").open("rb") as source:
    print(checked(source, partial(age.open_stream, identities=identity))[0]["bytes"]["files"])
"""


def test_a_file_larger_than_the_memory_is_packed_and_read(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as large:
        large.truncate(LARGE)
    words = [sys.executable, "-c", SMALL_MEMORY, str(tmp_path), IDENTITY, str(LEAST_ROOM)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == LARGE > LEAST_ROOM + resource.getpagesize()
