"""What a story is probably about."""

import pytest

from tuntas.rules.topics import guess_topics

WORDS = {
    "road_bridge": ("jalan", "berlubang", "aspal"),
    "drainage_water": ("air", "banjir"),
    "street_light": ("lampu jalan", "gelap"),
}


@pytest.mark.parametrize(
    ("story", "topics"),
    [
        ("Jalan berlubang di depan pasar", ["road_bridge"]),
        ("Jalannya rusak", ["road_bridge"]),
        ("Lampu jalan mati", ["street_light", "road_bridge"]),  # a phrase says more than a word
        ("Banjir di jalan", ["drainage_water", "road_bridge"]),  # what is named first
        ("Bandara airport", []),  # never inside another word
        ("", []),
        ("TAK ADA AIR", ["drainage_water"]),
    ],
)
def test_words_point_to_topics(story: str, topics: list[str]) -> None:
    assert [guess.code for guess in guess_topics(story, WORDS)] == topics


def test_a_guess_names_its_words() -> None:
    assert guess_topics("Jalan berlubang", WORDS)[0].words == ("jalan", "berlubang")
