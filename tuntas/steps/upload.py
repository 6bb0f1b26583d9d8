from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from math import isfinite
from typing import BinaryIO
from uuid import uuid4

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit import files
from tuntas.kit.clamd import NotScanned
from tuntas.kit.documents import is_whole
from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.images import Image, clean_image
from tuntas.kit.places import Place
from tuntas.kit.queue import Job, later
from tuntas.kit.sniff import HEAD, MOST_BYTES, NOT_TAKEN, TOO_BIG, Found, Kind, sniff
from tuntas.reports.models import File, FileState
from tuntas.reports.print_queries import print_of_photo
from tuntas.rules.file_words import TROUBLES, Trouble, safe_name
from tuntas.steps.scanning import IN_A_REQUEST, is_infected

CLOCKS_SINCE = 2000  # an earlier year is that of a camera whose clock nobody set
AHEAD = timedelta(minutes=10)  # a phone's clock may be so far ahead and still be believed
TAIL = 4096


def upload(data: bytes, *, now: datetime) -> File:
    """Take in one photo: checked, and drawn anew from its pixels. What came is not kept. Raises Invalid, TooLarge."""
    return upload_with_place(data, now=now)[0]


def upload_with_place(data: bytes, *, now: datetime) -> tuple[File, Place | None]:
    """Take in one photo, and say where it was taken, so that the one who sent it can say whether that is the place.

    The place is kept nowhere: who gets it here shows it once and forgets it. Raises Invalid, TooLarge.
    """
    image = clean_image(data)
    return _keep(image, File(received_at=now), data), image.place


def upload_file(source: BinaryIO, *, name: str, now: datetime) -> tuple[File, Place | None]:
    """Take in a file of any kind we take, told by its first bytes. A photo is ready at once, or waits for a scanner;
    anything else waits in quarantine for the job that cleans it.

    name   what its sender calls it; decides nothing

    Raises Invalid, TooLarge.
    """
    head = source.read(HEAD)
    found = sniff(head)
    if found is None:
        length = len(head) + _rest(source)
        is_large = length > MOST_BYTES[Kind.PHOTO]  # what nobody knows is measured as what most people send
        raise TooLarge(TOO_BIG[Kind.PHOTO]) if is_large else Invalid.field("/file", NOT_TAKEN)
    source.seek(0)
    if found.kind is Kind.PHOTO:
        return upload_with_place(source.read(MOST_BYTES[Kind.PHOTO] + 1), now=now)
    return _hold(source, found, head, File(pk=uuid4(), name=safe_name(name), received_at=now)), None


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
    return _keep(image, file, data)


def draw(image: Image, file: File) -> None:
    """Write a photo that was drawn anew to the disk, and what it is to its file, unsaved."""
    file.state, file.sha256, file.size = FileState.READY, sha256(image.bytes).hexdigest(), len(image.bytes)
    file.width, file.height, file.hints = image.width, image.height, list(image.hints)
    files.put(f"{file.pk}.jpg", image.bytes)
    files.put(f"{file.pk}.small.jpg", image.small)


def _rest(source: BinaryIO) -> int:
    """Return how many bytes follow, none of them kept."""
    here = source.tell()
    return source.seek(0, 2) - here


def _keep(image: Image, file: File, data: bytes) -> File:
    try:
        if is_infected(BytesIO(data), seconds=IN_A_REQUEST):
            raise Invalid.field("/file", TROUBLES[Trouble.INFECTED])
    except NotScanned:
        files.write_to_quarantine(str(file.pk), 0, data)
        return _queue(file, data_hash=sha256(data).hexdigest(), size=len(data))
    draw(image, file)
    with transaction.atomic():
        file.save(force_insert=True)
        if image.likeness is not None:
            print_of_photo(file, image.likeness).save(force_insert=True)
    return file


def _hold(source: BinaryIO, found: Found, head: bytes, file: File) -> File:
    """Put a file into quarantine, and ask for the job that cleans it. Raises Invalid, TooLarge."""
    file.kind, file.ending, name = found.kind.value, found.ending, str(file.pk)
    try:
        size = files.hold(name, source, most=MOST_BYTES[found.kind])
        if size > MOST_BYTES[found.kind]:
            raise TooLarge(TOO_BIG[found.kind])
        source.seek(max(0, size - TAIL))
        if found.kind is Kind.DOCUMENT and not is_whole(head, source.read(TAIL)):
            raise Invalid.field("/file", TROUBLES[Trouble.DAMAGED])
        return _queue(file, data_hash="", size=size)
    except Exception:
        files.drop_quarantined(name)
        raise


def _queue(file: File, *, data_hash: str, size: int) -> File:
    file.state, file.sha256, file.size = FileState.QUARANTINED, data_hash, size
    with transaction.atomic():
        file.save(force_insert=True)
        later(Job.CLEAN_FILE, file_id=str(file.pk))
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
