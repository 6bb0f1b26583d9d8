"""The readers' side of the room: whose keys there are, what waits for one, and the list that is to be signed next."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuntas.people.models import Look, Post
from tuntas.rules.role_words import RECOVERY
from tuntas.rules.who import Role
from tuntas.sealed.models import Directory, Envelope, ReaderKey, Seal, WrappedKey
from tuntas.sealed.queries import Reader, directory, readers
from tuntas.sealed.recovery import recovery_key


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the access trail: who, what for, and when."""

    name: str
    what: str
    why: str
    at: datetime


def key_ids_of(person_id: int | None) -> list[int]:
    """Return the ids of every key somebody has or had: who left them out meant the person, not the key."""
    if person_id is None:
        return []
    return list(ReaderKey.objects.filter(person_id=person_id).order_by("-id").values_list("id", flat=True))


def closed_to(key_ids: Iterable[int]) -> set[int]:
    """Return the reports whose reporters left one of these keys out."""
    found: set[int] = set()
    for key_id in key_ids:
        found |= set(Seal.objects.filter(excluded__contains=[key_id]).values_list("report_id", flat=True))
    return found


def wrapped_to(report_id: int, key_ids: Collection[int]) -> list[bytes]:
    """Return a report's key as it was wrapped for any of these keys, the newest first."""
    found = WrappedKey.objects.filter(report_id=report_id, reader_id__in=key_ids).order_by("-reader_id")
    return [bytes(each.data) for each in found]


def envelope_in(report_id: int, envelope_id: UUID) -> Envelope | None:
    """Return an envelope of this very report."""
    return Envelope.objects.filter(pk=envelope_id, report_id=report_id).first()


def seen_by(report_id: int) -> Sequence[Seen]:
    """Return who looked at a sealed report, the newest first. One query."""
    looks = Look.objects.select_related("person").filter(report_id=report_id).order_by("-at", "-id")
    return [Seen(look.person.name, look.what, look.why, look.at) for look in looks]


def may_open(seal: Seal | None) -> list[Reader]:
    """Return whom the list in force names, without those whom the reporter left out."""
    excluded = set() if seal is None else set(seal.excluded)
    return [reader for reader in readers() if reader.is_recovery or reader.id not in excluded]


def lacks_key(seal: Seal, readers_now: Iterable[Reader]) -> list[Reader]:
    """Return the readers of the list in force who cannot open this report yet: those who came later."""
    has = set(WrappedKey.objects.filter(report_id=seal.report_id).values_list("reader_id", flat=True))
    return [reader for reader in readers_now if reader.id not in has]


def lacks_reporters_key(seal: Seal) -> bool:
    """Return whether the reporter named a key of theirs, but cannot open the report with it yet."""
    return bool(seal.reporter) and not WrappedKey.objects.filter(report_id=seal.report_id, reader=None).exists()


def keys_in_use() -> list[ReaderKey]:
    """Return the keys of those who are appointed now, by their owners' names."""
    found = ReaderKey.objects.select_related("person", "leaving_asked_by")
    found = found.filter(retired_at=None, person__is_active=True)
    return list(found.filter(person__posts__role=Role.SEALED_READER).distinct().order_by("person__name", "id"))


def keys_to_list() -> list[ReaderKey]:
    """Return what the next list names: the readers' keys, and last the recovery key."""
    recovery = recovery_key()
    return [*keys_in_use(), *([recovery] if recovery else [])]


def versions() -> list[Directory]:
    """Return every signed list, the newest first."""
    return list(Directory.objects.order_by("-version"))


def roles_of(keys: Collection[ReaderKey]) -> dict[int, str]:
    """Return what the list says each key is: of the Inspectorate, of the desk's admins, or for recovery. One query."""
    people = [key.person_id for key in keys if key.person_id is not None]
    posts = Post.objects.filter(role=Role.INSPECTORATE, person__in=people)
    inspectors = set(posts.values_list("person_id", flat=True))
    return {
        key.pk: RECOVERY
        if key.person_id is None
        else str(Role.INSPECTORATE if key.person_id in inspectors else Role.AGENCY_ADMIN)
        for key in keys
    }


def next_list(origin: str, *, now: datetime) -> str:
    """Return the list as it is to be signed: one line, so that no way of carrying it changes a byte."""
    last, keys = directory(), keys_to_list()
    roles = roles_of(keys)
    document = {
        "v": 1,
        "version": 1 if last is None else last.version + 1,
        "origin": origin,
        "published_at": now.isoformat(timespec="seconds"),
        "readers": [
            {
                "id": str(key.pk),
                "name": key.owner,
                "role": roles[key.pk],
                "recipient": key.recipient,
                "from": key.created_at.date().isoformat(),
            }
            for key in keys
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
