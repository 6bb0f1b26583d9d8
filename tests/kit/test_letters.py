"""Letters as PDF: every word is on the paper, nothing runs over its edge, and the same letter is the same file."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from tests.kit.read_pdf import pages_of, words_of
from tuntas.kit.letters import UNKNOWN, Facts, Letter, known, written

LETTER = Letter(
    title="Surat rujukan 26-1/R1",
    sender=("Pemerintah Kota Cempaka", "Meja aduan"),
    dated="Kota Cempaka, Jumat, 6 Maret 2026",
    about=Facts((("Nomor", "26-1/R1"), ("Hal", "Rujukan laporan warga"))),
    to=("Kepada Yth.", "Pimpinan PLN UP3 Bogor"),
    parts=("Dengan hormat,", "Tiang di depan pasar miring.", Facts((("Tempat", "Jalan Melati"),))),
    signed=("Hormat kami,", "Meja aduan", "(..........)"),
    link="https://aduan.contoh.example/laporan/26-1",
    link_says="Keadaan laporan",
)


def test_every_word_is_on_the_paper() -> None:
    words = words_of(written(LETTER))
    for word in ("Pemerintah Kota Cempaka", "26-1/R1", "Rujukan laporan warga", "Pimpinan PLN UP3 Bogor"):
        assert word in words
    assert "Tiang di depan pasar miring. Tempat Jalan Melati" in words
    assert words.endswith("Hormat kami, Meja aduan (..........)")


def test_the_same_letter_is_the_same_file_and_says_no_time() -> None:
    assert written(LETTER) == written(LETTER)
    assert written(replace(LETTER, dated="Kota Cempaka, Sabtu, 7 Maret 2026")) != written(LETTER)
    with pikepdf.open(BytesIO(written(LETTER))) as made:
        assert str(made.docinfo["/Title"]) == LETTER.title
        assert str(made.docinfo["/CreationDate"]).startswith("D:2000")
        assert str(made.Root.Lang) == "id-ID"


def test_a_long_letter_goes_on_over_the_page_and_loses_nothing() -> None:
    lines = [f"Baris {n}." for n in range(120)]
    pages = pages_of(written(replace(LETTER, parts=("\n".join(lines), Facts((("Rincian", " ".join(lines)),))))))
    assert len(pages) > 2
    assert [line for line in lines if line not in "\n".join(pages)] == []
    assert "Hormat kami," in pages[-1]


def test_a_word_without_blanks_is_broken_at_the_edge() -> None:
    word = "x" * 400
    pages = pages_of(written(replace(LETTER, parts=(word,))))
    assert max(len(line) for line in "\n".join(pages).split("\n")) < 200
    assert "".join(pages[0].split("\n")).count("x") >= 400


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jalan Melati – “kiri”", "Jalan Melati – “kiri”"),
        ("harga \u00a05", "harga  5"),
        ("大きな穴", UNKNOWN * 4),
        ("ꦲꦏ", UNKNOWN * 2),
        ("a\x00b", f"a{UNKNOWN}b"),
        ("satu\ndua", "satu\ndua"),
    ],
)
def test_what_the_font_lacks_is_shown_not_left_out(text: str, shown: str) -> None:
    assert known(text) == shown


def test_a_table_has_its_heads_and_rows() -> None:
    rows = (("Janji", "Batas", "Keadaan"), ("dijawab", "6 Maret", "ditepati"))
    words = words_of(written(replace(LETTER, parts=(Facts(rows, widths=(0.4, 0.3, 0.3), is_headed=True),), link="")))
    assert "Janji Batas Keadaan dijawab 6 Maret ditepati" in words
