from datetime import datetime
from uuid import UUID, uuid4

from tuntas.kit import files
from tuntas.sealed.models import Envelope, EnvelopeKind
from tuntas.steps.enclose import checked_envelope


def keep_sealed_file(data: bytes, *, now: datetime) -> UUID:
    """Keep one file that came closed, until it is attached or a day has passed; return its id. Raises Invalid."""
    envelope = Envelope(pk=uuid4(), kind=EnvelopeKind.FILE, size=len(checked_envelope(data, "")), at=now)
    files.put(f"{envelope.pk}.age", data)
    envelope.save(force_insert=True)
    return envelope.pk
