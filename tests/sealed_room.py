"""Readers of the sealed room with keys, and a signed list of them. What a browser makes at enrolment is made here."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from tuntas.kit import age
from tuntas.kit.crypto import new_signing_key, public_of, sign
from tuntas.kit.env import env
from tuntas.people.models import Post
from tuntas.people.queries import actor_of
from tuntas.rules.who import Actor, Role
from tuntas.sealed.models import Directory, ReaderKey
from tuntas.sealed.queries import envelopes_of, wrapped_for

PASSPHRASE = "lima belas kucing hijau di atap"
SIGNER = new_signing_key()
AT = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """A reader as only they know themselves."""

    key_id: int
    identity: str


@lru_cache(maxsize=8)
def _identity(number: int) -> str:
    return age.new_identity()


@lru_cache(maxsize=8)
def _locked(identity: str) -> bytes:
    return age.lock(identity, PASSPHRASE)


def make_readers(*, can_unlock: bool = False) -> dict[int, Reader]:
    """Give every appointed reader a key, and sign the list; return who reads with which identity, by person.

    can_unlock   their private halves are really closed under PASSPHRASE (takes a second each), for browser tests
    """
    made = {}
    people = list(Post.objects.filter(role=Role.SEALED_READER).order_by("person_id").distinct("person_id"))
    for number, post in enumerate(people):
        identity = _identity(number)
        key, _ = ReaderKey.objects.get_or_create(
            person_id=post.person_id,
            retired_at=None,
            defaults={
                "recipient": age.recipient_of(identity),
                "locked": _locked(identity) if can_unlock else b"age-encryption.org/v1\n-> scrypt not in this test",
                "created_at": AT,
            },
        )
        if can_unlock:
            ReaderKey.objects.filter(pk=key.pk).update(locked=_locked(identity))
        made[post.person_id] = Reader(key.pk, identity)
    if not Directory.objects.exists():
        sign_directory(1)
    return made


def sign_directory(version: int) -> Directory:
    """Put a list of all keys in use in force."""
    keys = ReaderKey.objects.filter(retired_at=None).select_related("person").order_by("pk")
    document = json.dumps(
        {
            "v": 1,
            "version": version,
            "origin": urlsplit(env().base_url).netloc,
            "published_at": AT.isoformat(),
            "readers": [
                {
                    "id": str(k.pk),
                    "name": k.owner,
                    "role": _role(k),
                    "recipient": k.recipient,
                    "from": "2026-03-01",
                }
                for k in keys
            ],
        }
    )
    return Directory.objects.create(
        version=version,
        document=document,
        signature=base64.b64encode(sign(SIGNER, document.encode())).decode(),
        signer=base64.b64encode(public_of(SIGNER)).decode(),
        published_at=AT,
    )


def make_recovery(name: str = "Pemulihan Inspektorat") -> Reader:
    """Give the room a recovery key and put a list with it in force; return what two of its holders would open."""
    identity = age.new_identity()
    key = ReaderKey.objects.create(name=name, recipient=age.recipient_of(identity), locked=b"", created_at=AT)
    sign_directory(1 + Directory.objects.count())
    return Reader(key.pk, identity)


def third_reader(officer: Actor) -> Actor:
    """Appoint somebody as well, so that two others can decide about one."""
    post = Post.objects.get(person_id=officer.person_id or 0)
    Post.objects.create(person=post.person, role=Role.SEALED_READER, agency=post.agency)
    return actor_of(post.person)


def _role(key: ReaderKey) -> str:
    if key.person_id is None:
        return "recovery"
    is_inspector = Post.objects.filter(person_id=key.person_id, role=Role.INSPECTORATE).exists()
    return "inspectorate" if is_inspector else "agency_admin"


def read_by(reader: Reader, report_id: int) -> list[tuple[str, dict[str, object]]]:
    """Return what a reader reads of a report: kind and words of each envelope that lies in the database."""
    wrapped = wrapped_for(report_id, reader.key_id)
    assert wrapped is not None, "the report's key was never wrapped for this reader"
    identity = age.opened(wrapped, reader.identity).decode()
    return [(e.kind, age.words_in(bytes(e.data), identity)) for e in envelopes_of(report_id) if e.data is not None]
