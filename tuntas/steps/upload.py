from datetime import datetime
from hashlib import sha256

from tuntas.kit import files
from tuntas.kit.images import clean_image
from tuntas.kit.places import Place
from tuntas.reports.models import File, FileState


def upload(data: bytes, *, now: datetime) -> File:
    """Take in one photo: checked, and drawn anew from its pixels. What came is not kept. Raises Invalid, TooLarge."""
    return upload_with_place(data, now=now)[0]


def upload_with_place(data: bytes, *, now: datetime) -> tuple[File, Place | None]:
    """Take in one photo, and say where it was taken, so that the one who sent it can say whether that is the place.

    The place is kept nowhere: who gets it here shows it once and forgets it. Raises Invalid, TooLarge.
    """
    image = clean_image(data)
    file = File(
        state=FileState.READY,
        sha256=sha256(image.bytes).hexdigest(),
        size=len(image.bytes),
        width=image.width,
        height=image.height,
        received_at=now,
    )
    files.put(f"{file.pk}.jpg", image.bytes)
    files.put(f"{file.pk}.small.jpg", image.small)
    file.save(force_insert=True)
    return file, image.place
