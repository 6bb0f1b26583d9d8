"""What speaks for a report being sent by a machine, and how much."""

import pytest

from tuntas.rules.doubts import (
    ASKS_EFFORT,
    FASTEST,
    IS_HELD,
    POINTS,
    REPEATED_FROM,
    SAY,
    Doubt,
    Facts,
    doubts_about,
    is_full_of_links,
    is_gibberish,
    is_throw_away,
    known_words,
    points_of,
)

STORY = "Jalan di depan pasar berlubang besar, sudah dua minggu. Kalau hujan tertutup air."
LINK = "https://contoh.example/x"


def test_an_ordinary_story_raises_no_doubt() -> None:
    assert doubts_about(Facts(STORY, email="sari@warga.example", seconds=90, times_before=2)) == []


def test_everything_at_once_is_named_in_order() -> None:
    text = f"asdfghjkl qwrtpsdfg {LINK} {LINK}"
    everything = Facts(text, "a@mailinator.com", seconds=1, times_before=REPEATED_FROM, is_busy_network=True)
    assert doubts_about(everything) == [doubt for doubt in Doubt if doubt is not Doubt.NO_EFFORT]


def test_every_doubt_has_points_and_a_sentence() -> None:
    assert set(POINTS) == set(SAY) == set(Doubt)
    assert points_of([]) == 0
    assert points_of([Doubt.LINKS, Doubt.LINKS]) == POINTS[Doubt.LINKS]


def test_what_one_doubt_leads_to() -> None:
    assert points_of([Doubt.FAST]) < ASKS_EFFORT
    assert points_of([Doubt.MAIL]) < ASKS_EFFORT
    assert ASKS_EFFORT <= points_of([Doubt.NETWORK]) < IS_HELD, "a neighbour's flood alone holds nobody's report"
    assert points_of([Doubt.NETWORK, Doubt.FAST]) < IS_HELD
    assert points_of([Doubt.NETWORK, Doubt.NO_EFFORT]) >= IS_HELD


@pytest.mark.parametrize(
    "text",
    [
        f"{LINK} {LINK}",
        f"Beli di {LINK} www.murah.example",
        " dan ".join([f"{STORY} {LINK}"] * 3),
        f"HTTP://A.B {LINK}",
    ],
)
def test_texts_of_links(text: str) -> None:
    assert is_full_of_links(text)


@pytest.mark.parametrize(
    "text", ["", STORY, f"{STORY} {LINK}", LINK, f"{STORY} {STORY} {LINK} {LINK}", "email: sari@warga.example"]
)
def test_texts_with_a_link_or_two_that_help(text: str) -> None:
    assert not is_full_of_links(text)


@pytest.mark.parametrize(
    "text", ["asdfghjkl", "sdfghjk wqrtp lkjhgfds mati", "bcdfghjk xxzzqqw", "aaaaaaaaaaaaaaaaaaaaaa", "hahaha" * 4]
)
def test_letters_that_no_one_says(text: str) -> None:
    assert is_gibberish(text)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "yg dgn sdh blm tlg jln rusak bgt pak",
        "PDAM mati!!! BPJS DPRD PLN KTP",
        "Toloooooooooooooooong lampu mati",
        "Loncengnya di Jl. Brngkt rusak",
        "ngga ada air, byk nyamuk",
        "بسم الله الرحمن الرحيم",
        "道路有一个大洞",
        "ꦢꦭꦤ꧀ꦫꦸꦱꦏ꧀",
        "🙏" * 20,
        "0812 3456 7890",
        "rusak",
        "brrrr",
        "",
        f"Lihat di sini {LINK}sdfghjklqwrtp",
        f"Murah sekali: {LINK} dan {LINK}",
    ],
)
def test_words_as_people_write_them(text: str) -> None:
    assert not is_gibberish(text)


def test_half_a_text_of_sense_is_enough() -> None:
    assert is_gibberish("sdfghjkl mati")
    assert not is_gibberish("sdfghjkl lampu jalan mati")


@pytest.mark.parametrize(("seconds", "is_fast"), [(None, False), (FASTEST - 0.1, True), (FASTEST, False), (0, True)])
def test_filled_in_within_seconds(seconds: float | None, is_fast: bool) -> None:
    assert (Doubt.FAST in doubts_about(Facts(STORY, seconds=seconds))) == is_fast


def test_the_fourth_time_is_a_repetition() -> None:
    assert doubts_about(Facts(STORY, times_before=REPEATED_FROM - 1)) == []
    assert doubts_about(Facts(STORY, times_before=REPEATED_FROM)) == [Doubt.REPEATED]


def test_words_are_known_again_whatever_stands_between_them() -> None:
    assert known_words(STORY) == known_words(f"  {STORY.upper().replace(' ', ' - ')}!!")
    assert known_words("Lampu jalan mati di RT 01") != known_words("Lampu jalan mati di RT 02")


@pytest.mark.parametrize("text", ["", "Lampu mati.", "Lampu jalan mati lagi", "!?"])
def test_what_many_people_write_in_few_words_is_not_compared(text: str) -> None:
    assert known_words(text) == ""


@pytest.mark.parametrize("email", ["a@mailinator.com", "A@X.YOPMAIL.COM", "a@tempmail.com."])
def test_addresses_for_minutes(email: str) -> None:
    assert is_throw_away(email)


@pytest.mark.parametrize("email", ["", "a@warga.example", "mailinator.com@warga.example", "a@notmailinator.com", "x"])
def test_ordinary_addresses(email: str) -> None:
    assert not is_throw_away(email)
