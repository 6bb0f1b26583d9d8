"""What is deleted while a backup is made still goes into it, and is gone afterwards."""

from collections.abc import Iterator

import pytest

from tuntas.kit import files
from tuntas.kit.env import env


@pytest.fixture(autouse=True)
def _cleared() -> Iterator[None]:
    yield
    for name in ("held-a", "held-b"):
        files.drop(name)
        files.drop_quarantined(name)


def names() -> list[str]:
    return sorted(name for name, _ in files.every_file() if "held-" in name)


def test_a_deleted_file_is_held_until_the_end() -> None:
    files.put("held-a", b"a")
    files.write_to_quarantine("held-b", 0, b"b")
    with files.holding_deleted():
        files.drop("held-a")
        files.drop_quarantined("held-b")
        files.drop("held-a")
        with pytest.raises(FileNotFoundError):
            files.get("held-a")
        assert names() == ["he/held-a", "quarantine/he/held-b"]
        with pytest.raises(BlockingIOError), files.holding_deleted():
            pass
        files.forget_held()
        assert len(names()) == 2, "somebody still holds them"
    assert names() == []
    assert not (env().files / ".held").exists()


def test_what_a_killed_backup_held_is_forgotten() -> None:
    files.put("held-a", b"a")
    held = env().files / ".held"
    held.mkdir()
    (held / "lock").touch()
    files.drop("held-a")
    assert names() == ["he/held-a"]
    files.forget_held()
    assert names() == []
    assert not held.exists()
    files.forget_held()


def test_half_written_files_are_left_out() -> None:
    path = env().files / "he" / "held-a.1234.part"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    assert names() == []
    path.unlink()
