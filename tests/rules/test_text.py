"""What may stand in a text that people write."""

import pytest

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.rules.text import EMPTY, LONGEST, UNREADABLE, checked, has_words, trouble_with


@pytest.mark.parametrize(
    "text",
    [
        "Jalan berlubang.",
        "ꦢꦭꦤ꧀ꦫꦸꦱꦏ꧀",
        "الطريق محفور",
        "🕳️🚗💥",
        "\u202eمقلوب\u202c",
        "a",
        "baris satu\nbaris dua\r\n\tbaris tiga",
        "x" * LONGEST,
        "\U0001f9d1\u200d\U0001f527",  # one sign made of three
    ],
)
def test_any_script_and_any_sign_is_taken(text: str) -> None:
    assert trouble_with(text) is None
    assert checked(text) == text.strip()


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b\u200b", "\u00a0\u3000", "\u2060\ufeff", "\x07\x1b"])
def test_what_nobody_can_see_is_empty(text: str) -> None:
    assert not has_words(text)
    assert trouble_with(text) == EMPTY
    assert trouble_with(text, may_be_empty=True) is None


@pytest.mark.parametrize("text", ["nol\x00di tengah", "\x00", "setengah \ud83d huruf", "\udfff"])
@pytest.mark.parametrize("may_be_empty", [True, False])
def test_what_cannot_be_stored_is_refused(text: str, may_be_empty: bool) -> None:
    assert trouble_with(text, may_be_empty=may_be_empty) == UNREADABLE


@pytest.mark.parametrize("may_be_empty", [True, False])
def test_a_text_has_a_longest_length(may_be_empty: bool) -> None:
    say = trouble_with("x" * (LONGEST + 1), may_be_empty=may_be_empty)
    assert say == Say("Terlalu panjang: paling banyak 10.000 huruf.", "Too long: 10.000 characters at most.")
    assert trouble_with("😀" * 5, most=5) is None, "a sign is one, however many bytes it takes"
    assert trouble_with("xxxxxx", most=5) is not None


def test_white_space_around_goes_and_inside_stays() -> None:
    assert checked("  satu \n\n dua\t") == "satu \n\n dua"


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(Invalid) as refused:
        checked(" ", "/public_text")
    assert [(mistake.pointer, mistake.say) for mistake in refused.value.mistakes] == [("/public_text", EMPTY)]
