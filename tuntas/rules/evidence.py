"""Whether photos prove an answer: when they were taken, and how far from the place of the report. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, radians

from tuntas.kit.words import Say
from tuntas.rules.cells import METRES

NEAR = 150  # metres: a phone's error and the length of a street

Point = tuple[float, float]  # latitude and longitude in degrees

NEEDS_PROOF = Say(
    "Topik ini perlu bukti: tambahkan foto sebelum menyatakan sudah selesai.",
    "This category needs proof: add a photo before you call it fixed.",
)
NOT_NEEDED = Say("Tidak wajib untuk kabar ini.", "Not needed for this.")
NONE = Say("Belum ada foto baru. Tambahkan kalau ada.", "No new photo yet. Add one if there is any.")
FAR = Say(
    "Ada foto {metres} m dari titik laporan. Tulis alasannya.",
    "A photo is {metres} m from the report's point. Write why.",
)
NO_TIME = Say("Ada foto tanpa waktu. Tulis kapan diambil.", "A photo has no time. Write when it was taken.")
NO_PLACE = Say("Ada foto tanpa titik. Tulis di mana diambil.", "A photo has no place. Write where it was taken.")
GOOD = Say("Foto: {n}, ada waktu dan titik.", "Photos: {n}, with time and place.")
WITH_TIME = Say("Foto: {n}, ada waktu.", "Photos: {n}, with time.")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a photo: when its camera says it was taken, and where."""

    taken_at: datetime | None = None
    point: Point | None = None


def metres_between(one: Point, other: Point) -> int:
    """Return the distance of two points in metres, good for the size of a city."""
    north = one[0] - other[0]
    east = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return round(METRES * hypot(north, east))


def doubts_about(photos: Sequence[Evidence], point: Point | None) -> list[Say]:
    """Return what photos leave open: no time, no place, or a place over 150 m from *point*."""
    doubts = [] if all(photo.taken_at for photo in photos) else [NO_TIME]
    if point is None:
        return doubts
    if not all(photo.point for photo in photos):
        doubts.append(NO_PLACE)
    farthest = max((metres_between(photo.point, point) for photo in photos if photo.point), default=0)
    return [*doubts, FAR.fill(metres=farthest)] if farthest > NEAR else doubts
