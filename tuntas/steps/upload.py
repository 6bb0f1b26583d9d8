from datetime import datetime
from hashlib import sha256

from tuntas.kit import files
from tuntas.kit.images import clean_image
from tuntas.reports.models import File, FileState


def upload(data: bytes, *, now: datetime) -> File:
    """Take in one photo: checked, and drawn anew from its pixels. What came is not kept. Raises Invalid, TooLarge."""
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
    return file
