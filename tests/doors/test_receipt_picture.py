"""The receipt as a picture: light, readable by a phone's eye, and silent about the report."""

from io import BytesIO
from typing import Any

import PIL.Image
import pytest

from tuntas.kit.qr import qr_rows
from tuntas.kit.words import Language
from tuntas.web.citizen import receipt_picture as module
from tuntas.web.citizen.receipt_picture import receipt_picture

SHORT: dict[str, Any] = {
    "city": "Pemerintah Kota Cempaka",
    "code": "7RK-4Q2-M9XZ",
    "number": "25-18342",
    "url": "https://lapor.kota.example/l/7RK-4Q2-M9XZ",
    "received": "Kamis 20 Nov, 09.14",
    "deadline": "Sabtu 22 Nov, 09.14",
    "language": Language.ID,
}
LONG = SHORT | {
    "city": "Pemerintah Kabupaten Kepulauan Siau Tagulandang Biaro",
    "code": "WWWW-MMMM-QQQQ-2345-6789-ABCD",
    "number": None,
    "url": "https://lapor.kota.example/l/tersegel#WWWW-MMMM-QQQQ-2345-6789-ABCD",
    "received": "Thursday 20 November 2025, 09:14 WIB",
    "deadline": "Saturday 22 November 2025, 09:14 WIB",
    "language": Language.EN,
}
BOTH = pytest.mark.parametrize("told", [SHORT, LONG], ids=["report", "restricted report"])


def opened(data: bytes) -> PIL.Image.Image:
    with PIL.Image.open(BytesIO(data), formats=["PNG"]) as image:
        image.load()
        assert image.mode == "P"
        return image.convert("RGB")


@BOTH
def test_it_is_a_light_png_for_a_phones_gallery(told: dict[str, Any]) -> None:
    data = receipt_picture(**told)
    assert opened(data).size == (1080, 1350)
    assert len(data) <= 30 * 1024
    assert data == receipt_picture(**told)


@BOTH
def test_it_holds_pixels_and_no_notes(told: dict[str, Any]) -> None:
    data = receipt_picture(**told)
    with PIL.Image.open(BytesIO(data)) as image:
        assert image.info == {}
    assert [data[at : at + 4] for at in chunks(data)] == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]


def chunks(data: bytes) -> list[int]:
    found, at = [], 8
    while at < len(data):
        found.append(at + 4)
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return found


@BOTH
def test_a_phone_can_read_its_qr_code(told: dict[str, Any]) -> None:
    """Each module is looked at in its middle and beside its edges, white ones around it included."""
    image, rows = opened(receipt_picture(**told)), qr_rows(told["url"])
    quiet = next(at for at, row in enumerate(rows) if any(row))
    size = module.QR_SIDE // (len(rows) - 2 * quiet)
    assert size >= 7
    left, top = module.EDGE + module.INSIDE - quiet * size, module.QR_TOP - quiet * size
    for spot in ((1, 1), (size // 2, size // 2), (size - 2, size - 2)):
        seen = [
            [is_dark(image, left + x * size + spot[0], top + y * size + spot[1]) for x in range(len(rows))]
            for y in range(len(rows))
        ]
        assert seen == rows


def is_dark(image: PIL.Image.Image, x: int, y: int) -> bool:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    assert max(pixel) < 60 or min(pixel) > 230, "a module is black or white"
    return max(pixel) < 60


@BOTH
@pytest.mark.parametrize("what", ["code", "number", "url", "received", "deadline", "city", "language"])
def test_all_it_was_told_is_in_the_picture(told: dict[str, Any], what: str) -> None:
    other = {"language": Language.EN if told["language"] is Language.ID else Language.ID, "code": "222-222-2222"}
    assert receipt_picture(**told) != receipt_picture(**{**told, what: other.get(what, "https://b.example/2")})


@BOTH
def test_nothing_runs_over_the_edge_of_the_paper(told: dict[str, Any]) -> None:
    image = opened(receipt_picture(**told))
    for box in ((0, 0, 1080, 20), (0, 1320, 1080, 1350), (0, 0, 40, 1350), (1040, 0, 1080, 1350)):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), (255, 255, 255))]


@pytest.mark.parametrize("code", ["WWW-WWW-WWWW", "MMM-MMM-MMMM", "222-222-2222", LONG["code"]])
def test_every_symbol_of_a_code_stands_inside_the_ticket(code: str) -> None:
    image = opened(receipt_picture(**SHORT | {"code": code}))
    left, top, right, _ = module.TICKET
    ground = image.getpixel((left + 60, top + 20))
    for box in (
        (left + 10, top + 100, left + 40, module.TEAR - 10),
        (right - 40, top + 100, right - 10, module.TEAR - 10),
    ):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), ground)]


@pytest.mark.parametrize("language", list(Language))
def test_the_face_has_every_letter_of_our_sentences(language: Language) -> None:
    for say in (module.TITLE, module.CODE, module.NUMBER, module.RECEIVED, module.DEADLINE, module.KEEP, module.SAFE):
        assert module.drawable(say.in_(language)) == say.in_(language)
    missing = shape("\u4e00")
    assert [letter for letter in "ABCDEFGHJKMNPQRSTVWXYZ23456789·’‘“”…°" if shape(letter) == missing] == []


def shape(letter: str) -> bytes:
    return bytes(module.face(60).getmask(letter))


def test_letters_the_face_does_not_have_lose_their_accents() -> None:
    assert module.drawable("Kota Sãbú – 2×24 jam") == "Kota Sabu - 2x24 jam"
    plain = receipt_picture(**SHORT | {"city": "Kota Sabu"})
    assert receipt_picture(**SHORT | {"city": "Kota Sábü"}) == plain
