"""Where something is, in words."""

import pytest

from tuntas.web.office.place_words import place_words


@pytest.mark.parametrize(
    ("said", "area", "words"),
    [
        ("Depan pasar", "Ciburial", "Depan pasar, Ciburial"),
        ("Jl. Teratai, ciburial.", "Ciburial", "Jl. Teratai, ciburial."),
        ("", "Ciburial", "Ciburial"),
        ("Depan pasar", "", "Depan pasar"),
        ("", "", ""),
    ],
)
def test_a_village_is_named_once(said: str, area: str, words: str) -> None:
    assert place_words(said, area) == words
