from datetime import datetime, timedelta
from hashlib import sha256
from math import isfinite

from tuntas.agencies.installation import installation
from tuntas.kit import files
from tuntas.kit.images import Image, clean_image
from tuntas.kit.places import Place
from tuntas.reports.models import File, FileState

CLOCKS_SINCE = 2000  # an earlier year is that of a camera whose clock nobody set
AHEAD = timedelta(minutes=10)  # a phone's clock may be so far ahead and still be believed


def upload(data: bytes, *, now: datetime) -> File:
    """Take in one photo: checked, and drawn anew from its pixels. What came is not kept. Raises Invalid, TooLarge."""
    return upload_with_place(data, now=now)[0]


def upload_with_place(data: bytes, *, now: datetime) -> tuple[File, Place | None]:
    """Take in one photo, and say where it was taken, so that the one who sent it can say whether that is the place.

    The place is kept nowhere: who gets it here shows it once and forgets it. Raises Invalid, TooLarge.
    """
    image = clean_image(data)
    return _keep(image, File(received_at=now)), image.place


def upload_evidence(
    data: bytes, *, taken_at: datetime | None = None, lat: float | None = None, lng: float | None = None, now: datetime
) -> File:
    """Take in one photo by somebody who works here, and keep when and where it was taken. Raises Invalid, TooLarge.

    taken_at, lat, lng   what the phone said, for a photo that no longer says so itself; nonsense is left out
    """
    image = clean_image(data)
    moments = (_moment(said, now) for said in (image.taken_at, taken_at))
    place = image.place or _place(lat, lng)
    file = File(received_at=now, taken_at=next((moment for moment in moments if moment), None))
    file.lat, file.lng = place or (None, None)
    return _keep(image, file)


def _keep(image: Image, file: File) -> File:
    file.state, file.sha256, file.size = FileState.READY, sha256(image.bytes).hexdigest(), len(image.bytes)
    file.width, file.height = image.width, image.height
    files.put(f"{file.pk}.jpg", image.bytes)
    files.put(f"{file.pk}.small.jpg", image.small)
    file.save(force_insert=True)
    return file


def _moment(said: datetime | None, now: datetime) -> datetime | None:
    """Return an instant that can be; a camera that names no zone shows the government's own time."""
    if said is None or said.year < CLOCKS_SINCE:
        return None
    at = said if said.tzinfo else said.replace(tzinfo=installation().zone)
    return min(at, now) if at <= now + AHEAD else None


def _place(lat: float | None, lng: float | None) -> Place | None:
    if lat is None or lng is None or not (isfinite(lat) and isfinite(lng)):
        return None
    on_earth = -90 <= lat <= 90 and -180 <= lng <= 180
    return (lat, lng) if on_earth and (lat or lng) else None  # nought and nought: a phone that does not know
