"""Whose keys reports are closed to, and what is kept closed."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuntas.rules.role_words import RECOVERY
from tuntas.sealed.models import Directory, Envelope, EnvelopeKind, Opening, ReaderKey, Seal, WrappedKey


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom a signed directory names: the id of their key, who they are, and the key's public half."""

    id: int
    name: str
    role: str
    recipient: str

    @property
    def is_recovery(self) -> bool:
        """Whether it is nobody's, but the key for the day a reader's own is lost. No reporter leaves it out."""
        return self.role == RECOVERY


def directory() -> Directory | None:
    """Return the signed list of readers in force."""
    return Directory.objects.order_by("-version").first()


def readers(found: Directory | None = None) -> list[Reader]:
    """Return whom reports are closed to now; nobody where no list was signed yet."""
    found = found or directory()
    named = [] if found is None else json.loads(found.document)["readers"]
    return [Reader(int(each["id"]), each["name"], each["role"], each["recipient"]) for each in named]


def seal_of(report_id: int) -> Seal | None:
    """Return how a report is closed; None for an ordinary one."""
    return Seal.objects.filter(pk=report_id).first()


def envelopes_of(report_id: int) -> list[Envelope]:
    """Return the envelopes of a report, the oldest first; of one act its words before its files."""
    return list(Envelope.objects.filter(report_id=report_id).order_by("at", "event_id", "-kind", "id"))


def envelope_of(envelope_id: UUID | str) -> Envelope | None:
    """Return one envelope."""
    return Envelope.objects.filter(pk=envelope_id).first()


def wrapped_for(report_id: int, reader_id: int | None) -> bytes | None:
    """Return a report's key as it was wrapped for a reader's key, or for the reporter (None)."""
    found = WrappedKey.objects.filter(report_id=report_id, reader=reader_id).first()
    return None if found is None else bytes(found.data)


def key_of(person_id: int) -> ReaderKey | None:
    """Return the key in use of somebody appointed to read."""
    return ReaderKey.objects.filter(person_id=person_id, retired_at=None).first()


def live_opening(report_id: int, person_id: int, *, now: datetime) -> Opening | None:
    """Return the opening that lets somebody read a report now."""
    found = Opening.objects.filter(report_id=report_id, person_id=person_id, at__lte=now, ends_at__gt=now)
    return found.order_by("-ends_at").first()


def words_of(report_id: int) -> dict[int, Envelope]:
    """Return per event the envelope of its words."""
    return {each.event_id: each for each in envelopes_of(report_id) if each.event_id and each.kind != EnvelopeKind.FILE}
