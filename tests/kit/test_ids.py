"""Codes that people read out, and numbers in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuntas.kit.ids import (
    ALPHABET,
    check_symbol,
    new_code,
    new_long_code,
    read_code,
    read_number,
    show_code,
)

symbols = st.sampled_from(ALPHABET)
codes = st.text(symbols, min_size=9, max_size=9).map(lambda body: body + check_symbol(body))
long_codes = st.text(symbols, min_size=24, max_size=24)
gaps = st.sampled_from(["", "-", " ", "\u00a0", "\u2011", "–", "\u200b", "\t"])


def test_the_alphabet_has_30_symbols_that_nobody_confuses() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert list(ALPHABET) == sorted(ALPHABET)
    assert not set(ALPHABET) & set("01OILU")


@pytest.mark.parametrize(("body", "check"), [("23456789A", "6"), ("7RK4Q2M9X", "Z")])
def test_the_check_symbol_of_the_contract(body: str, check: str) -> None:
    assert check_symbol(body) == check
    assert read_code(body + check) == body + check


@given(codes, st.integers(0, 9), symbols)
def test_any_single_wrong_symbol_is_caught(code: str, at: int, other: str) -> None:
    wrong = code[:at] + other + code[at + 1 :]
    assert read_code(wrong) == (code if wrong == code else None)


@given(codes, st.integers(0, 8))
def test_any_swap_of_neighbours_is_caught_but_2_with_z(code: str, at: int) -> None:
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    unseen = code[at] == code[at + 1] or {code[at], code[at + 1]} == {"2", "Z"}
    assert (read_code(swapped) is not None) == unseen


@given(codes | long_codes, st.lists(gaps, min_size=25, max_size=25), st.booleans())
def test_a_code_may_be_typed_any_way(code: str, between: list[str], is_small: bool) -> None:
    typed = between[24] + "".join(symbol + gap for symbol, gap in zip(code, between, strict=False))
    assert read_code(typed.lower() if is_small else typed) == code


@given(codes | long_codes)
def test_a_shown_code_is_read_again(code: str) -> None:
    assert read_code(show_code(code)) == code


def test_codes_are_shown_in_groups() -> None:
    assert show_code("23456789A6") == "234-567-89A6"
    assert show_code("23456789ABCDEFGHJKMNPQRS") == "2345-6789-ABCD-EFGH-JKMN-PQRS"


@pytest.mark.parametrize("code", ["", "234", "23456789A", "234-567-89A6"])
def test_only_a_whole_code_is_shown(code: str) -> None:
    with pytest.raises(ValueError, match="10 or 24 symbols"):
        show_code(code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "23456789A",
        "23456789A66",
        "23456789A7",
        "23456789O6",
        "23456789A\u0666",
        "\uff12\uff13\uff14567\u200989A6",
        "23456789A6\x00",
        "2345678ß6",
        "234567ſ996",
        "23456789ABCDEFGHJKMNPQR",
        "23456789ABCDEFGHJKMNPQRST",
        "23456789ABCDEFGHJKMNPQR1",
        "2" * 100_000,
    ],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


def test_new_codes_are_codes_and_differ() -> None:
    made = {new_code() for _ in range(200)} | {new_long_code() for _ in range(200)}
    assert len(made) == 400
    assert {len(code) for code in made} == {10, 24}
    assert all(read_code(code) == code for code in made)
    assert set("".join(made)) == set(ALPHABET)


@pytest.mark.parametrize("body", ["0", "a", "ÄB"])
def test_a_foreign_symbol_has_no_check(body: str) -> None:
    with pytest.raises(ValueError, match="substring not found"):
        check_symbol(body)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25-18342", "25-18342"),
        ("25-1", "25-1"),
        ("3273-25-18342", "25-18342"),
        ("25-123456789012345678", "25-123456789012345678"),
        ("B-25-017", "B-25-017"),
        ("b-25-017", "B-25-017"),
        ("B-25-1024", "B-25-1024"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert read_number(text, "3273") == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "25-",
        "25-0",
        "25-018342",
        "25-18342\n",
        "\n25-18342",
        "25-18342 ",
        "25-18342\x00",
        "25-\u0661\u0668",
        "٢٥-18342",
        "２５-18342",
        "25–18342",
        "25-1234567890123456789",
        "3578-25-18342",
        "3273-3273-25-18342",
        "3273-B-25-017",
        "125-18342",
        "25-18342-1",
        "+25-18342",
        "B-25-17",
        "B-25-0017",
        "B-25-017\n",
        "É-25-017",
        "ſ-25-017",
        "B-٢٥-017",
        "BBBB-25-017",
        "B-25-1234567890123456789",
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text, "3273") is None


@given(st.text())
def test_anything_can_be_asked(text: str) -> None:
    assert read_number(text, "3273") is None
    assert read_code(text) is None or len(text) >= 10
