"""Danger and haste in a story: whole words only, and no letter of the story is lost by marking it."""

import pytest

from tuntas.rules.urgency import marked, sounds_dangerous, speaks_of_elderly


@pytest.mark.parametrize("story", ["Kemarin anak sekolah jatuh.", "Pohon tumbang di jalan", "KABEL PUTUS", "bahayanya"])
def test_danger_is_seen(story: str) -> None:
    assert sounds_dangerous(story)


@pytest.mark.parametrize("story", ["Lampu jalan mati", "Bahayangkara", "kesetrumanku", ""])
def test_other_words_are_no_danger(story: str) -> None:
    assert not sounds_dangerous(story)


def test_elderly_are_seen() -> None:
    assert speaks_of_elderly("Bansos untuk nenek saya belum cair")
    assert not speaks_of_elderly("Bansos belum cair")


def test_marking_changes_no_letter_of_the_story() -> None:
    story = "Tebing longsor.\nDua rumah ambruk, satu orang terluka"
    pieces = marked(story)
    assert "".join(piece for piece, _ in pieces) == story
    assert [piece for piece, is_danger in pieces if is_danger] == ["longsor", "ambruk", "terluka"]
