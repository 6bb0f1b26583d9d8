"""What is covered before everyone may read a text, and what stays. All numbers here are invented."""

import re
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tuntas.rules import redaction
from tuntas.rules.redaction import MARK, Found, Kind, find, proposed_text, redact

NIK, PHONE, EMAIL, PLATE, ACCOUNT = Kind.PERSON_NUMBER, Kind.PHONE, Kind.EMAIL, Kind.PLATE, Kind.ACCOUNT

# the text, with what must go between « and »
COVERED = [
    (NIK, "NIK saya «3273011201900001» ya"),
    (NIK, "KK «3273 0112 0190 0001», anaknya dua"),
    (NIK, "«32.73.01.120190.0001»"),
    (NIK, "«3273-0112-0190-0001»."),
    (NIK, "«327301\n120190\n0001»"),
    (NIK, "«3273\u200b0112\u200d0190\ufeff0001»"),
    (NIK, "«3273\u00a00112\u202f0190\u20090001»"),
    (NIK, "«3273 0112 / 0190 0001»"),
    (NIK, "«3,2,7,3,0,1,1,2,0,1,9,0,0,0,0,1»"),
    (NIK, "«3 2 7 3 0 1 1 2 0 1 9 0 0 0 0 1»"),
    (NIK, "«3\u03322\u03327\u03323\u033201120190000\u03321»"),
    (NIK, "«٣٢٧٣٠١١٢٠١٩٠٠٠٠١»"),
    (NIK, "«３２７３ ０１１２ ０１９０ ０００１»"),
    (NIK, "«𝟑𝟐𝟕𝟑𝟎𝟏𝟏𝟐𝟎𝟏𝟗𝟎𝟎𝟎𝟎𝟏»"),
    (NIK, "«32７3 ٠١12 0190 000①»"),
    (NIK, "lima belas angka «327301120190001»"),
    (NIK, "tujuh belas «32730112019000011» dan delapan belas «327301120190000112»"),
    (NIK, "sembilan saja «327301120»"),
    (NIK, "NIK: «32 71 0101»"),
    (NIK, "no KTP-nya «327301» saja"),
    (NIK, "Rp «3273011201900001»"),
    (NIK, "id pelanggan «512345678901»"),
    (NIK, "«32-7301-1201900001»"),
    (PHONE, "hub «081234567890»"),
    (PHONE, "«0812 3456 7890», «0812-3456-7891»"),
    (PHONE, "«0812.3456.7890».\nTerima kasih"),
    (PHONE, "telepon «+62 812-3456-7890»!"),
    (PHONE, "«62 812 3456 7890»"),
    (PHONE, "«(0266) 123456» pagi saja"),
    (PHONE, "(«0812345678»)"),
    (PHONE, "«021-1234567»"),
    (PHONE, "«o812 3456 789O»"),
    (PHONE, "«O8l2 3456 78I0»"),
    (PHONE, "https://wa.me/«6281234567890»?text=halo"),
    (PHONE, "WA «5312345»"),
    (PHONE, "Rp «081234567890»"),
    (PHONE, "HP«081234567890»"),
    (PHONE, "Rp «628123456789»"),
    (PHONE, "«0812−3456−7890»"),
    (EMAIL, "kirim ke «nama.saya@contoh.id»."),
    (EMAIL, "«nama+1@mail.contoh.go.id», atau"),
    (EMAIL, "«nama (at) gmail.com»"),
    (EMAIL, "«nama[at]gmail dot com»"),
    (EMAIL, "«nama at gmail dot com»"),
    (EMAIL, "«nama {at} kantor [dot] go [dot] id» ya"),
    (EMAIL, "«nama @ gmail.com»"),
    (EMAIL, "«nama@gmail» saja"),
    (EMAIL, "«nama＠contoh．id»"),
    (EMAIL, "«na\u200bma@con\u200btoh.id»"),
    (EMAIL, "«ñandú@españa.com»"),
    (EMAIL, "«имя@пример.рф»"),
    (EMAIL, "<«nama@contoh.id»>"),
    (EMAIL, "«081234567890@contoh.id»"),
    (PLATE, "mobil «B 1234 XYZ» parkir"),
    (PLATE, "«B1234XYZ»"),
    (PLATE, "«AB-1234-CD»"),
    (PLATE, "«L.1234.AB»"),
    (PLATE, "«D  12  AB»"),
    (PLATE, "«Ｂ １２３４ ＸＹＺ»"),
    (PLATE, "«L 1 RI»"),
    (PLATE, "«AE 4321 K»"),
    (PLATE, "motor «b 1234 xyz» ngebut"),
    (PLATE, "«l1234x»"),
    (PLATE, "«ag 321 bc»"),
    (PLATE, "nopol «b 12 a»"),
    (PLATE, "nopol «B 1234 XYZ» 5 kali"),
    (PLATE, "blok F depan «B 12 XYZ»"),
    (PLATE, "plat nomor «L 1234» tadi"),
    (PLATE, "no. pol: «W 987» yg putih"),
    (ACCOUNT, "rek BCA «1234 5678» a.n. Budi"),
    (ACCOUNT, "transfer ke rekening «1234567890»"),
    (ACCOUNT, "BRI «0123-01-012345-50-1»"),
    (ACCOUNT, "no rek. Mandiri saya «123-00-1234567-8»"),
    (ACCOUNT, "«12345678» a/n Budi"),
    (ACCOUNT, "«12345678» atas nama Budi"),
]


@pytest.mark.parametrize(("kind", "marked"), COVERED, ids=[text for _, text in COVERED])
def test_it_is_covered(kind: Kind, marked: str) -> None:
    text = re.sub("[«»]", "", marked)
    assert redact(text) == re.sub("«.*?»", MARK, marked, flags=re.DOTALL)
    assert {found.kind for found in find(text)} == {kind}


KEPT = [
    "RT 01 RW 05",
    "RT 01/RW 05, RT007 RW 010",
    "Jl. Ahmad Yani No 389",
    "KM 4",
    "SDN 2",
    "SD N 2 SBY",
    "Rp 500.000",
    "Rp500.000 - Rp1.500.000",
    "Rp 1.000.000 - 1.500.000",
    "Rp 1.250.000.000",
    "Rp. 1.250.000.000,00",
    "Rp1250000000,-",
    "IDR 1,250,000,000",
    "1.250.000.000 rupiah",
    "1250000000 rupiah",
    "150.000.000 saja",
    "jam 08.00 - 21.00",
    "12-10-2021",
    "12-10-2021 - 13-10-2021",
    "12-10-2021 08.00 - 21.00",
    "2021-10-12 08:00:00",
    "tahun 2019 2020 2021",
    "tahun ajaran 2020/2021 - 2021/2022",
    "WA 08.00 - 21.00",
    "KTP 12-10-2021",
    "rekening Rp 12.500.000",
    "2×24 jam",
    "limbah B3 di sungai",
    "LIMBAH B3 ADA DI SINI",
    "PP 17 TAHUN 2020",
    "Perda No. 5 Tahun 2016",
    "L 5 orang",
    "ada 3 KK dan 12 jiwa",
    "KK 5 orang",
    "-6.930112, 106.93",
    "-6.930112,106.931234",
    "-6.9301123456, 106.9312345678",
    "laporan 3273-25-18342",
    "SK 188.45/123/436.1.2/2021",
    "telp 112 atau 110",
    "kode pos 60252",
    "tiket 14705/MC/I/2022",
    "BLOK B 12 NO 5",
    "blok F-16 A",
    "F - 16 A",
    "X 1234 YZ",
    "pegawai P3K dan pengurus P3SRS",
    "lapor k 112 tp tetap",
    "h 12 pos",
    "d 2021 x",
    "nomor 12345678",
    "k 2022 dan",
    "th 2021 yg lalu",
    "lapor ke 112 di jawab",
    "lebar 5 m, panjang 100 m",
    "luas 100 m²",
    "@sapawarga mohon",
    "min@sapawarga mohon",
    "3 bungkus@5000",
    "rapat at 5 dot",
    "lo gue 12",
    "0800 1",
    "",
    "Jalan berlubang 👩‍👩‍👧 sudah 3 bulan.",
]


@pytest.mark.parametrize("text", KEPT)
def test_it_is_kept(text: str) -> None:
    assert redact(text) == text


def test_places_are_in_order_and_name_their_kind() -> None:
    text = "B 1234 XYZ, nama@contoh.id, 081234567890, rek 12345678"
    assert find(text) == [
        Found(PLATE, 0, 10),
        Found(EMAIL, 12, 26),
        Found(PHONE, 28, 40),
        Found(ACCOUNT, 46, 54),
    ]


TOKENS = """
    0 1 9 12 08 2021 1.000 0812345678 3273011201900001 o l I O a b B L AB XYZ jam dan rp Rp rupiah juta nik hp rek BCA
    a.n. nopol plat blok . , - / : ( ) @ (at) [at] at dot com gmail gmail.com id ▇ ▇▇▇ 12.10 -6.930112 106.931234 B1A
    3273-25-18342 188.45/ 436.7.4 12345678 KK
"""
PIECES = st.sampled_from([*TOKENS.split(), " ", "  ", "\n", "\u200b", "\u00a0", "+"])
texts = st.text() | st.lists(PIECES, max_size=30).map("".join) | st.lists(PIECES, max_size=20).map(" ".join)


@given(texts)
@example("081234567890B 1234 XY")
@example("a@b.cc@d.ee+f@g.hh")
@example("B 1234 RP 1.250.000.123")
@example("3273011201900001hp12345678")
@example("B1Aa@b.ca.n. at gmail.com")
@example("at[at]0gmail.com1234567812.10")
@example("x08123456789o5 1234567")
@example("nopol l -6.93011212345678")
@example("12345678a.n08123456789")
@example("081234567890123456 xxblok B 12 AC")
def test_covering_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@given(texts)
def test_all_other_text_is_kept(text: str) -> None:
    places = find(text)
    ends = [0, *(found.end for found in places)]
    starts = [*(found.start for found in places), len(text)]
    assert redact(text) == MARK.join(text[end:start] for end, start in zip(ends, starts, strict=True))
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert all(found.start < found.end for found in places)


@given(texts)
def test_what_holds_neither_digit_nor_at_is_kept(text: str) -> None:
    plain = "".join(char for char in text if unicodedata.digit(char, None) is None)
    plain = re.sub("@|＠|at|et", "", unicodedata.normalize("NFKC", plain), flags=re.IGNORECASE)
    plain = "".join(char for char in plain if unicodedata.digit(char, None) is None)
    if not re.search(r"[(\[{<] ?a ?[)\]}>]", plain):
        assert redact(plain) == plain


ZEROS = ["0", "٠", "０", "०", "𝟎"]
SEPARATORS = ["", "", "", " ", ".", "-", "\n", "\u200b", "\u00a0", "–", " - ", "_", "/", "·", "\u2060 ", ") ("]
WORDS = st.text(st.characters(exclude_categories=["Nd", "No", "Nl"], exclude_characters="oOlI"), max_size=20)
NUMBERS = st.one_of(
    st.from_regex(r"\A3[2-6][0-7][0-9]{13}\Z"),
    st.from_regex(r"\A08[1-9][0-9]{7,10}\Z"),
    st.from_regex(r"\A628[1-9][0-9]{7,10}\Z"),
)


@given(WORDS, NUMBERS, st.data(), WORDS)
def test_a_planted_number_always_vanishes(before: str, number: str, data: st.DataObject, after: str) -> None:
    gaps = data.draw(st.lists(st.sampled_from(SEPARATORS), min_size=len(number), max_size=len(number)))
    scripts = data.draw(st.lists(st.sampled_from(ZEROS), min_size=len(number), max_size=len(number)))
    digits = [chr(ord(zero) + int(digit)) for zero, digit in zip(scripts, number, strict=True)]
    planted = "".join(map("".join, zip(digits, gaps, strict=True))).rstrip("".join(SEPARATORS))
    shown = redact(f"{before} x {planted} x {after}")
    assert MARK in shown
    assert not any(char.isdigit() for char in shown)


@given(WORDS, st.from_regex(r"\A[a-z][a-z0-9._]{0,20}[a-z]@[a-z]{2,10}\.(com|co\.id|go\.id)\Z"), WORDS)
def test_a_planted_address_always_vanishes(before: str, address: str, after: str) -> None:
    shown = redact(f"{before} {address} {after}")
    assert address not in shown
    assert address.split("@")[0] + "@" not in shown


HOSTILE = [
    "0",
    "0 ",
    " ",
    "-",
    "a",
    "o",
    "@",
    "a@",
    "a@a.com ",
    "a (at) ",
    "a at b dot ",
    "0\u200b",
    "\u200b",
    "nik ",
    "nik 1 ",
    "B 1 A ",
    "12.10 ",
    "rp 1.000 ",
    "1.000.",
    "0,",
    "12-10-2021/",
    "nopol ",
    "plat l 1 ",
    "((((",
    "0         ",
    "012345678a",
    "a.n. 123456 ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_takes_few_looks(unit: str) -> None:
    """Count calls instead of time: runs, tokens and words looked at may not outgrow the text."""
    text = (unit * 10_000)[:10_000]
    looks = 0

    def counting(*arguments: object) -> object:
        nonlocal looks
        looks += 1
        return number(*arguments)  # type: ignore[arg-type]

    number = redaction._number
    with patch.object(redaction, "_number", counting):
        shown = redact(text)
    assert looks <= len(text)
    assert redact(shown) == shown


def test_a_proposed_text_says_what_it_masks_of_the_story() -> None:
    story = "Hubungi saya di 0812-3456-7890 atau sari@mail.example."
    text, places = proposed_text(story)
    assert text == redact(story) == f"Hubungi saya di {MARK} atau {MARK}."
    assert [story[place.start : place.end] for place in places] == ["0812-3456-7890", "sari@mail.example"]
    assert proposed_text("Lubang besar.") == ("Lubang besar.", [])


def test_a_long_run_is_not_read_as_dates() -> None:
    assert redact("2021 " * 1000) == MARK + " "
    assert redact("2021 " * 20) == "2021 " * 20
