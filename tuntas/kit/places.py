"""Where a photo was taken, by the notes its camera left in it."""

from collections.abc import Mapping
from math import isfinite
from typing import SupportsFloat

import PIL.Image
from PIL.ExifTags import GPS, IFD

Place = tuple[float, float]

_SIXTIETHS = (1, 60, 3600)
_DIGITS = 6  # a tenth of a metre


def place_in(exif: PIL.Image.Exif) -> Place | None:
    """Return latitude and longitude in degrees, north and east positive; None where absent, broken, 0/0 or no place.

    exif   the notes of a photo; EXIF 2.3, 4.6.6: degrees, minutes and seconds as fractions, N or S, E or W
    """
    try:
        notes = exif.get_ifd(IFD.GPSInfo)
        latitude = _degrees(notes, GPS.GPSLatitude, GPS.GPSLatitudeRef, "NS", 90)
        longitude = _degrees(notes, GPS.GPSLongitude, GPS.GPSLongitudeRef, "EW", 180)
    except Exception:  # a photo with broken notes about itself is still a photo
        return None
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def _degrees(notes: Mapping[int, object], value: GPS, side: GPS, sides: str, most: int) -> float | None:
    parts, letter = notes.get(value), notes.get(side)
    if isinstance(letter, bytes):
        letter = letter.decode("ascii")
    if isinstance(parts, SupportsFloat):  # Pillow hands a row of one as that one
        parts = (parts,)
    if not isinstance(parts, tuple) or len(parts) > len(_SIXTIETHS) or not isinstance(letter, str):
        return None
    letter = letter.strip("\0 ").upper()
    if len(letter) != 1 or letter not in sides:
        return None
    degrees = _sum(parts)
    if degrees is None or degrees > most:
        return None
    return round(degrees if letter == sides[0] else -degrees, _DIGITS)


def _sum(parts: tuple[SupportsFloat, ...]) -> float | None:
    numbers = [float(part) for part in parts]  # Pillow reads a fraction over nought as not a number
    if not numbers or not all(isfinite(number) and number >= 0 for number in numbers):
        return None
    return sum(number / sixty for number, sixty in zip(numbers, _SIXTIETHS, strict=False))
