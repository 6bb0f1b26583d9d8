"""Which ordinary reports wait for an appointed reader."""

import pytest

from tuntas.rules.suspicion import is_suspected


@pytest.mark.parametrize(
    "story",
    [
        "Ada PUNGLI di loket 3.",
        "Petugas minta uang rokok.",
        "Kami dimintai uang.",
        "Dana desa dikorupsi.",
        "Suapnya besar.",
    ],
)
def test_plain_words_of_extortion_are_heard(story: str) -> None:
    assert is_suspected(story)
    assert is_suspected("Laporan", story)


@pytest.mark.parametrize(
    "story", ["Jalan berlubang.", "Lampu mati, kami dilempar-lempar.", "Kesupapan tidak ada.", "Uang parkir naik.", ""]
)
def test_ordinary_trouble_is_not(story: str) -> None:
    assert not is_suspected(story)
