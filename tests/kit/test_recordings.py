"""Videos and recordings are checked for how they are built; what tells of place and person is blanked in them."""

from pathlib import Path

import pytest

from tests.kit.made_files import MARK, RECORDINGS, aac, box, element, film, mp3, ogg, pdf, wav, webm
from tuntas.kit.recordings import Damaged, clean_recording
from tuntas.kit.sniff import Found, Kind, content_type, sniff


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recording"


def cleaned(path: Path, data: bytes, ending: str) -> bytes:
    path.write_bytes(data)
    clean_recording(path, ending)
    return path.read_bytes()


@pytest.mark.parametrize("ending", RECORDINGS)
def test_a_recording_is_known_by_its_bytes(ending: str) -> None:
    found = sniff(RECORDINGS[ending][:4096])
    assert found is not None
    assert found.ending == ending
    assert found.kind is (Kind.VIDEO if ending in ("mp4", "mov", "webm") else Kind.AUDIO)


@pytest.mark.parametrize("ending", RECORDINGS)
def test_what_tells_of_place_and_person_is_gone_and_nothing_else_moves(path: Path, ending: str) -> None:
    data = RECORDINGS[ending]
    assert MARK in data or ending in ("aac", "ogg")
    clean = cleaned(path, data, ending)
    assert MARK not in clean
    assert b"\xe1\x23\x45\x67" not in clean  # when it was made
    assert len(clean) == len(data) - (128 if ending == "mp3" else 0)
    assert sniff(clean[:4096]) == sniff(data[:4096])
    assert cleaned(path, clean, ending) == clean


@pytest.mark.parametrize("ending", RECORDINGS)
def test_a_recording_that_is_cut_short_in_its_head_is_refused(path: Path, ending: str) -> None:
    for many in (0, 1, 9, 30):
        with pytest.raises(Damaged):
            cleaned(path, RECORDINGS[ending][:many], ending)


def test_a_recording_as_a_browser_makes_it_is_taken(path: Path) -> None:
    assert MARK not in cleaned(path, webm(is_open=True), "webm")


def test_what_is_played_stays_where_it_is(path: Path) -> None:
    clean = cleaned(path, film(), "mp4")
    assert clean.index(b"picture and sound") == film().index(b"picture and sound")
    assert clean.count(b"trak") == 1


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (box(b"ftyp", b"isom") + box(b"mdat", b"x"), "mp4"),
        (film() + b"<script>alert(1)</script>", "mp4"),
        (film(handler=b"meta"), "mp4"),
        (film()[:-1], "mp4"),
        (webm() + b"x", "webm"),
        (webm().replace(b"webm", b"mkv\0"), "webm"),
        (webm()[:40] + element("1654AE6B", b"") * 3, "webm"),
        (mp3(1), "mp3"),
        (mp3() + b"<script>" * 20_000, "mp3"),
        (aac(2), "aac"),
        (ogg(voice=b"\x80theora\0"), "ogg"),
        (ogg() + b"x" * 100_000, "ogg"),
        (wav()[:20], "wav"),
        (wav() + b"x" * 100_000, "wav"),
    ],
)
def test_what_is_not_built_as_it_must_be_is_refused(path: Path, data: bytes, ending: str) -> None:
    with pytest.raises(Damaged):
        cleaned(path, data, ending)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a/*" + b"\0" * 60,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>1</script>",
        b"PK\3\4" + b"\0" * 60,
        b"MZ" + b"\0" * 60,
        b"\n%PDF-1.7",
        b"RIFF\0\0\0\0AVI LIST",
        box(b"ftyp", b"3gp4"),
        element("1A45DFA3", element("4282", b"matroska")),
        b"\xff\xfe" + b"\0" * 60,
    ],
)
def test_other_kinds_are_not_known(data: bytes) -> None:
    assert sniff(data) is None


def test_documents_and_photos_are_known_by_their_bytes() -> None:
    assert sniff(pdf()[:4096]) == Found(Kind.DOCUMENT, "pdf")
    assert sniff(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 20) == Found(Kind.PHOTO, "png")
    assert sniff(webm(b"A_OPUS")) == Found(Kind.AUDIO, "webm")


def test_every_kind_is_served_as_what_it_is() -> None:
    assert content_type("audio", "webm") == "audio/webm"
    assert content_type("video", "webm") == "video/webm"
    assert content_type("document", "pdf") == "application/pdf"
    assert content_type("photo", "html") == "application/octet-stream"
