"""Whether an answer repeats an earlier one, and where they differ."""

from random import Random

import pytest

from tuntas.rules.alike import LEAST_ALIKE, LEAST_SHARED, likeness, marked, sketch_of

ANSWER = (
    "Tim kami mengukur lubang di Jalan Melati hari Senin pukul 08.00. Lubang itu sedalam 20 sentimeter. Kami "
    "menambalnya dengan aspal dingin pada Selasa pagi, dan memasang rambu sampai aspalnya kering."
)
OTHER = (
    "Lampu di gang 4 padam karena kabelnya putus. Petugas menggantinya kemarin sore dan mengukur tegangannya. Lampu "
    "itu menyala sejak malam tadi, dan kami memeriksanya lagi pekan depan."
)
TEMPLATE = "Terima kasih sudah melapor. Kami menangani laporan Anda dan memberi kabar pada … ."


def shared(one: str, other: str, **more: int) -> int:
    return len(set(sketch_of(one, [], **more)) & set(sketch_of(other, [], **more)))


@pytest.mark.parametrize("changed", [1, 3, 6])
def test_a_copy_with_some_other_words_is_found(changed: int) -> None:
    for seed in range(50):
        random, words = Random(seed), ANSWER.split()
        for place in random.sample(range(len(words)), changed):
            words[place] = random.choice(OTHER.split())
        copy = " ".join(words)
        assert shared(ANSWER, copy) >= LEAST_SHARED
        assert likeness(ANSWER, copy) >= LEAST_ALIKE


def test_another_answer_is_another() -> None:
    assert shared(ANSWER, OTHER) == 0
    assert likeness(ANSWER, OTHER) < LEAST_ALIKE


def test_numbers_signs_and_case_do_not_make_another() -> None:
    assert shared(ANSWER, ANSWER.upper().replace("20", "35").replace(",", "")) == len(sketch_of(ANSWER, []))


def test_words_of_a_template_count_for_nobody() -> None:
    assert sketch_of(TEMPLATE, [TEMPLATE]) == []
    assert sketch_of(f"{TEMPLATE} {ANSWER}", [TEMPLATE]) != []
    mine, theirs = f"{TEMPLATE} {ANSWER}", f"{TEMPLATE} {OTHER}"
    assert set(sketch_of(mine, [])) & set(sketch_of(theirs, [])) != set()
    assert set(sketch_of(mine, [TEMPLATE])) & set(sketch_of(theirs, [TEMPLATE])) == set()


def test_a_short_answer_is_like_nothing() -> None:
    assert sketch_of("Sudah kami tambal pagi ini.", []) == []


def test_each_agency_is_compared_with_itself() -> None:
    assert set(sketch_of(ANSWER, [], whose=3)) & set(sketch_of(ANSWER, [], whose=4)) == set()
    assert all(0 <= number < 1 << 31 for number in sketch_of(ANSWER, [], whose=3))


def test_what_differs_is_marked_and_nothing_is_lost() -> None:
    mine = "Lubang di Jalan Melati\nkami tambal pukul 08.00."
    theirs = "Lubang di Jalan Kenanga\nkami tambal pukul 10.00."
    pieces = marked(mine, theirs)
    assert "".join(text for text, _ in pieces) == mine
    assert [text.strip() for text, differs in pieces if differs] == ["Melati", "08.00."]
