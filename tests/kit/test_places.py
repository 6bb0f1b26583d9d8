"""Where a photo was taken is read from its notes once, or not at all."""

from fractions import Fraction
from io import BytesIO

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from tuntas.kit.images import clean_image
from tuntas.kit.places import place_in

SOUTH: dict[int, object] = {1: "S", 2: (6.0, 55.0, 16.7), 3: "E", 4: (106.0, 55.0, 41.4)}


def noted(gps: dict[int, object]) -> PIL.Image.Exif:
    exif = PIL.Image.Exif()
    exif[0x010F] = "maker"
    exif.get_ifd(0x8825).update(gps)
    return exif


def photo(kind: str, exif: PIL.Image.Exif | None) -> bytes:
    out = BytesIO()
    PIL.Image.new("RGB", (64, 48), (90, 120, 60)).save(out, kind, **({} if exif is None else {"exif": exif}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_place_of_a_photo_is_read(kind: str) -> None:
    assert clean_image(photo(kind, noted(SOUTH))).place == pytest.approx((-6.921306, 106.928167), abs=1e-6)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_place_is_in_no_byte_that_goes_on(kind: str) -> None:
    cleaned = clean_image(photo(kind, noted(SOUTH)))
    for part in (cleaned.bytes, cleaned.small):
        with PIL.Image.open(BytesIO(part)) as image:
            assert clean_image(part).place is None
            assert not image.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_without_notes_has_no_place(kind: str) -> None:
    assert clean_image(photo(kind, None)).place is None


@pytest.mark.parametrize(
    ("letters", "place"),
    [
        (("N", "E"), (6.5, 106.25)),
        (("N", "W"), (6.5, -106.25)),
        (("S", "E"), (-6.5, 106.25)),
        (("S", "W"), (-6.5, -106.25)),
        (("s\0", b"e"), (-6.5, 106.25)),
    ],
)
def test_north_and_east_are_positive(letters: tuple[object, object], place: tuple[float, float]) -> None:
    assert place_in(noted({1: letters[0], 2: (6.0, 30.0, 0.0), 3: letters[1], 4: (106.0, 15.0, 0.0)})) == place


def test_degrees_may_come_as_one_number() -> None:
    single = noted({**SOUTH, 2: (Fraction(13, 2),), 4: (106.25,)})
    assert place_in(single) == clean_image(photo("JPEG", single)).place == (-6.5, 106.25)


NOUGHT = IFDRational(0, 0)
NO_PLACE: dict[str, dict[int, object]] = {
    "nothing": {},
    "latitude alone": {1: "S", 2: (6.0, 55.0, 16.7)},
    "no letters": {2: (6.0, 55.0, 16.7), 4: (106.0, 55.0, 41.4)},
    "other letters": {**SOUTH, 1: "X"},
    "letters changed about": {**SOUTH, 1: "E", 3: "S"},
    "empty letters": {**SOUTH, 1: "", 3: "\0"},
    "letters that are no letters": {**SOUTH, 1: b"\xff"},
    "0° 0°": {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
    "0/0": {**SOUTH, 2: (NOUGHT, NOUGHT, NOUGHT), 4: (NOUGHT, NOUGHT, NOUGHT)},
    "0/0 seconds": {**SOUTH, 2: (6.0, 55.0, NOUGHT)},
    "endless": {**SOUTH, 2: (float("inf"), 0.0, 0.0)},
    "beyond the pole": {**SOUTH, 2: (90.0, 0.0, 1.0)},
    "round the world": {**SOUTH, 4: (180.0, 0.0, 1.0)},
    "negative": {**SOUTH, 2: (-6.0, 55.0, 16.7)},
    "four parts": {**SOUTH, 2: (6.0, 55.0, 16.0, 7.0)},
    "no parts": {**SOUTH, 2: ()},
    "words": {**SOUTH, 2: "6.9"},
    "words in a row": {**SOUTH, 2: ("six", "fifty", "five")},
}


@pytest.mark.parametrize("gps", NO_PLACE.values(), ids=NO_PLACE.keys())
def test_what_is_no_place_is_none(gps: dict[int, object]) -> None:
    assert place_in(noted(gps)) is None


@given(st.binary(max_size=200))
def test_any_notes_give_a_place_or_none(notes: bytes) -> None:
    exif = noted(SOUTH)
    data = exif.tobytes()
    broken = PIL.Image.Exif()
    try:
        broken.load(data[: len(data) - len(notes)] + notes)
    except Exception:
        return
    place = place_in(broken)
    assert place is None or (abs(place[0]) <= 90 and abs(place[1]) <= 180)
