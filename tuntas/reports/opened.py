"""What a reporter's code opens of a sealed report, where the server itself closed it. Kept nowhere, for one answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from tuntas.kit import files as stored
from tuntas.kit.age import file_in, identity_of_code, opened, words_in
from tuntas.kit.crypto import Unreadable, derive, keyed_hash
from tuntas.kit.env import env
from tuntas.kit.ids import LONG, read_code
from tuntas.reports.happenings import happening_of
from tuntas.reports.models import Event, Report
from tuntas.rules.thread import Json, write_thread
from tuntas.sealed.models import EnvelopeKind, SealedBy
from tuntas.sealed.queries import envelopes_of, seal_of, wrapped_for


@dataclass(frozen=True, slots=True)
class Opened:
    """The story of a sealed report, and the words of each event, as the reporter may read them."""

    story: dict[str, Any]
    words: dict[int, str]
    files: dict[int, tuple[str, ...]]
    identity: str = ""

    @property
    def title(self) -> str:
        return str(self.story.get("title", ""))

    @property
    def body(self) -> str:
        return str(self.story.get("body", ""))

    def thread(self, received_at: datetime, events: Sequence[Event]) -> Json:
        """Return the reporter's thread with the words in it; the clocks are those of the stored one."""
        told = [
            replace(happening_of(event), text=self.words.get(event.pk, ""), files=self.files.get(event.pk, ()))
            for event in events
        ]
        return write_thread(received_at, told, ())


@lru_cache(maxsize=1)
def _key() -> bytes:
    return derive(env().secret_key, "reporters of reports sealed later")


def reporters_identity(code: str) -> str:
    """Return the identity that a reporter's code stands for, given as 10 or 24 symbols.

    A long code is enough by itself. A short one belongs to a report that was sealed later; it is too short to
    withstand guessing by somebody who has a copy of the database, so our own secret goes into it.
    """
    return identity_of_code(code if len(code) == LONG else keyed_hash(_key(), code))


def opened_by_code(report: Report, typed: str) -> Opened | None:
    """Return what a typed code opens; None where it opens nothing here: an ordinary report, or one sealed elsewhere."""
    code, seal = read_code(typed), seal_of(report.pk) if report.is_restricted else None
    if seal is None or code is None or seal.by == SealedBy.BROWSER:
        return None
    wrapped = wrapped_for(report.pk, None)
    if wrapped is None:
        return None
    try:
        identity = opened(wrapped, reporters_identity(code)).decode()
    except Unreadable:
        return None
    return _read(report.pk, identity)


def photo_by_code(report: Report, typed: str, envelope_id: UUID) -> bytes | None:
    """Return a photo that the reporter's thread tells of, opened for this one answer; None where there is none."""
    found = opened_by_code(report, typed)
    if found is None:
        return None
    thread = found.thread(report.received_at, list(report.events.order_by("id")))
    if str(envelope_id) not in orjson.dumps(thread).decode():
        return None
    try:
        said, data = file_in(stored.get(f"{envelope_id}.age"), found.identity)
    except (Unreadable, FileNotFoundError):
        return None
    return data if said.get("type") == "image/jpeg" else None


def _read(report_id: int, identity: str) -> Opened:
    found, files = Opened({}, {}, {}, identity), dict[int, list[str]]()
    for envelope in envelopes_of(report_id):
        if envelope.kind == EnvelopeKind.FILE:
            files.setdefault(envelope.event_id or 0, []).append(str(envelope.pk))
            continue
        try:
            said = words_in(bytes(envelope.data or b""), identity)
        except Unreadable:  # closed with a key that came later
            continue
        if envelope.kind == EnvelopeKind.STORY:
            found.story.update(said)
        else:
            found.words[envelope.event_id or 0] = str(said.get("text", ""))
    return replace(found, files={event: tuple(names) for event, names in files.items()})
