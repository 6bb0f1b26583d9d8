"""Whether photos prove an answer: when they were taken, how far from the report, and whether for it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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
EARLY = Say(
    "Ada foto yang diambil sebelum laporan masuk. Tulis alasannya.",
    "A photo was taken before the report came in. Write why.",
)
GOOD = Say("Foto: {n}, ada waktu dan titik.", "Photos: {n}, with time and place.")
WITH_TIME = Say("Foto: {n}, ada waktu.", "Photos: {n}, with time.")


class Reuse(StrEnum):
    """Where a photo was before, the plainest case first."""

    REPORTERS = "reporters"  # the reporter sent it: it cannot show what was done since
    EARLIER = "earlier"  # in an answer to this report, before it was opened again
    ELSEWHERE = "elsewhere"


REUSED: dict[Reuse, Say] = {
    Reuse.REPORTERS: Say(
        "Ada foto yang sama dengan foto pelapor. Itu bukan bukti sesudah dikerjakan.",
        "A photo is the same as the reporter's. It does not prove what was done since.",
    ),
    Reuse.EARLIER: Say(
        "Ada foto dari jawaban sebelum laporan dibuka lagi. Ambil foto baru.",
        "A photo is from the answer before the report was opened again. Take a new one.",
    ),
    Reuse.ELSEWHERE: Say(
        "Ada foto yang pernah dipakai di laporan lain. Ambil foto baru, atau tulis alasannya.",
        "A photo was used in another report before. Take a new one, or write why.",
    ),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a photo: when its camera says it was taken, and where; and where it was used before."""

    taken_at: datetime | None = None
    point: Point | None = None
    reuses: tuple[Reuse, ...] = ()


def metres_between(one: Point, other: Point) -> int:
    """Return the distance of two points in metres, good for the size of a city."""
    north = one[0] - other[0]
    east = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return round(METRES * hypot(north, east))


def doubts_about(photos: Sequence[Evidence], point: Point | None, received_at: datetime | None = None) -> list[Say]:
    """Return what photos leave open: used before, no time or one before the report, no place or one over 150 m away.

    point, received_at   where the report lies, and when it came in
    """
    used = {reuse for photo in photos for reuse in photo.reuses}
    doubts = [say for reuse, say in REUSED.items() if reuse in used]
    doubts += [] if all(photo.taken_at for photo in photos) else [NO_TIME]
    if received_at and any(photo.taken_at and photo.taken_at < received_at for photo in photos):
        doubts.append(EARLY)
    if point is None:
        return doubts
    if not all(photo.point for photo in photos):
        doubts.append(NO_PLACE)
    farthest = max((metres_between(photo.point, point) for photo in photos if photo.point), default=0)
    return [*doubts, FAR.fill(metres=farthest)] if farthest > NEAR else doubts
