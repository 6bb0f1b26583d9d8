"""The recovery key on paper: two of three holders open it, one alone never does, and any age program is enough."""

import stat
from argparse import Namespace
from itertools import permutations
from pathlib import Path

import pyrage
import pytest

from tuntas.kit import age
from tuntas.ops import make_recovery, open_recovery
from tuntas.ops.trouble import Trouble

Printed = pytest.CaptureFixture[str]


def make(folder: Path, *holders: Path) -> None:
    assert make_recovery.run(Namespace(folder=folder, name="Pemulihan Inspektorat", holders=list(holders))) == 0


def opened(printed: Printed, file: Path, *keys: Path) -> str:
    printed.readouterr()
    assert open_recovery.run(Namespace(file=file, key=list(keys))) == 0
    return printed.readouterr().out.splitlines()[-1]


def key(folder: Path, n: int) -> Path:
    return folder / f"pemegang-{n}.txt"


def public_of(folder: Path) -> str:
    name, public = (folder / "pemulihan.pub").read_text().splitlines()
    assert name == "# Pemulihan Inspektorat"
    return public


def test_any_two_of_three_open_it(tmp_path: Path, capsys: Printed) -> None:
    make(tmp_path)
    for n, m in permutations((1, 2, 3), 2):
        file = tmp_path / f"pemulihan-{min(n, m)}-{max(n, m)}.age"
        identity = opened(capsys, file, key(tmp_path, n), key(tmp_path, m))
        assert age.recipient_of(identity) == public_of(tmp_path)


def test_one_alone_or_the_wrong_two_do_not(tmp_path: Path, capsys: Printed) -> None:
    make(tmp_path)
    for keys in ([1], [1, 1], [1, 3], [2, 3], [1, 2, 3]):
        given = Namespace(file=tmp_path / "pemulihan-1-2.age", key=[key(tmp_path, n) for n in keys])
        with pytest.raises(Trouble):
            open_recovery.run(given)
        assert "AGE-SECRET-KEY" not in capsys.readouterr().out


def test_another_age_program_opens_it_from_the_outside_in(tmp_path: Path) -> None:
    make(tmp_path)
    data = (tmp_path / "pemulihan-2-3.age").read_bytes()
    for n in (2, 3):
        identity = pyrage.x25519.Identity.from_str(key(tmp_path, n).read_text().splitlines()[-1])
        data = pyrage.decrypt(data, [identity])
    assert str(pyrage.x25519.Identity.from_str(data.decode()).to_public()) == public_of(tmp_path)


def test_the_private_half_is_never_on_the_disk(tmp_path: Path, capsys: Printed) -> None:
    make(tmp_path)
    assert "AGE-SECRET-KEY" not in capsys.readouterr().out
    identity = opened(capsys, tmp_path / "pemulihan-1-2.age", key(tmp_path, 1), key(tmp_path, 2))
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "pemegang-1.txt",
        "pemegang-2.txt",
        "pemegang-3.txt",
        "pemulihan-1-2.age",
        "pemulihan-1-3.age",
        "pemulihan-2-3.age",
        "pemulihan.pub",
    ]
    assert [file.name for file in files if identity.encode() in file.read_bytes()] == []
    assert {stat.S_IMODE(key(tmp_path, n).stat().st_mode) for n in (1, 2, 3)} == {0o600}


def test_holders_may_bring_keys_of_their_own(tmp_path: Path, capsys: Printed) -> None:
    made = [age.new_identity() for _ in range(3)]
    for n, identity in enumerate(made, 1):
        (tmp_path / f"{n}.txt").write_text(f"# created: today\n{identity}\n")
        (tmp_path / f"{n}.pub").write_text(f"{age.recipient_of(identity)}\n")
    folder = tmp_path / "baru"
    make(folder, *(tmp_path / f"{n}.pub" for n in (1, 2, 3)))
    assert not list(folder.glob("pemegang-*"))
    found = opened(capsys, folder / "pemulihan-1-3.age", tmp_path / "3.txt", tmp_path / "1.txt")
    assert age.recipient_of(found) == public_of(folder)


def test_nonsense_is_refused_and_nothing_is_overwritten(tmp_path: Path) -> None:
    good = [tmp_path / f"{n}.pub" for n in (1, 2, 3)]
    for path in good:
        path.write_text(age.recipient_of(age.new_identity()))
    (tmp_path / "bad.pub").write_text("age1x")
    for holders in ([*good[:2]], [*good[:2], good[1]], [*good[:2], tmp_path / "bad.pub"], [*good[:2], tmp_path / "no"]):
        with pytest.raises(Trouble):
            make_recovery.run(Namespace(folder=tmp_path / "x", name="x", holders=holders))
    assert not list((tmp_path / "x").iterdir())
    make(tmp_path / "x", *good)
    with pytest.raises(Trouble, match="already"):
        make(tmp_path / "x", *good)
    for file, keys in ((tmp_path / "no", [good[0], good[1]]), (tmp_path / "x" / "pemulihan-1-2.age", good[:2])):
        with pytest.raises(Trouble):
            open_recovery.run(Namespace(file=file, key=keys))
