"""When a camera says that it took a photo."""

from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import PIL.Image
import pytest
from PIL.ExifTags import IFD, Base

from tests.kit.heic import heic
from tuntas.kit.images import clean_image
from tuntas.kit.moments import moment_in


def noted(taken: object = None, zone: object = None) -> PIL.Image.Exif:
    exif = PIL.Image.Exif()
    exif[Base.Orientation] = 1  # without any note of the first kind a PNG is written without them all
    notes = {Base.DateTimeOriginal: taken, Base.OffsetTimeOriginal: zone}
    exif.get_ifd(IFD.Exif).update({name: value for name, value in notes.items() if value is not None})
    return exif


def photo(exif: PIL.Image.Exif, kind: str = "JPEG") -> bytes:
    out = BytesIO()
    PIL.Image.new("RGB", (40, 30), (90, 120, 60)).save(out, kind, exif=exif)
    return out.getvalue()


BARE = datetime(2026, 3, 6, 9, 15, 7)  # noqa: DTZ001


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_time_is_read_from_every_kind_of_photo(kind: str) -> None:
    assert clean_image(photo(noted("2026:03:06 09:15:07"), kind)).taken_at == BARE
    assert clean_image(photo(noted("2026:03:06 09:15:07", "+07:00"), kind)).taken_at == BARE.replace(
        tzinfo=timezone(timedelta(hours=7))
    )


def test_the_time_is_read_from_a_heic_photo() -> None:
    tiff = noted("2026:03:06 09:15:07", "Z").tobytes().removeprefix(b"Exif\0\0")
    assert clean_image(heic(tiff=tiff)).taken_at == BARE.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "taken",
    [None, "", "0000:00:00 00:00:00", "    :  :     :  :  ", "2026-03-06", "2026:13:06 09:15:07", b"\xff", 7, "x"],
)
def test_a_time_that_is_none_is_left_out(taken: object) -> None:
    exif = PIL.Image.Exif()
    exif.get_ifd(IFD.Exif).update({} if taken is None else {Base.DateTimeOriginal: taken})
    assert moment_in(exif) is None


@pytest.mark.parametrize("zone", ["", "   :  ", "WIB", "+7", "+99:99"])
def test_a_zone_that_is_none_leaves_the_time(zone: str) -> None:
    assert moment_in(noted("2026:03:06 09:15:07", zone)) == BARE


def test_what_is_kept_says_no_time() -> None:
    cleaned = clean_image(photo(noted("2026:03:06 09:15:07")))
    assert clean_image(cleaned.bytes).taken_at is None
    assert clean_image(cleaned.small).taken_at is None
