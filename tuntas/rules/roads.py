"""Who keeps a road follows from its status (DOMAIN.md 1.6): a hole in it goes there, not to who is nearest. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from tuntas.kit.words import Say


class RoadStatus(StrEnum):
    """Who declared a road its own, the highest first."""

    NATIONAL = "nasional"
    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    CITY = "kota"
    VILLAGE = "desa"

    @property
    def say(self) -> Say:
        return {
            RoadStatus.NATIONAL: Say("jalan nasional", "a national road"),
            RoadStatus.PROVINCE: Say("jalan provinsi", "a road of the province"),
            RoadStatus.REGENCY: Say("jalan kabupaten", "a road of the regency"),
            RoadStatus.CITY: Say("jalan kota", "a road of the city"),
            RoadStatus.VILLAGE: Say("jalan desa", "a road of the village"),
        }[self]


@dataclass(frozen=True, slots=True)
class RoadHere:
    """The road a report lies on."""

    keeper: int
    name: str
    status: RoadStatus


def status_in(text: str) -> RoadStatus | None:
    """Return the status that a text of an office names, such as “Status Jalan Kabupaten”; None where it names none."""
    words = text.lower().split()
    return next((status for status in RoadStatus if status.value in words), None)
