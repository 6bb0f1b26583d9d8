"""Close what belongs to a sealed report before it is written: words and files into envelopes, keys for the readers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from tuntas.kit import age, files
from tuntas.kit.errors import Invalid
from tuntas.kit.sniff import content_type
from tuntas.kit.words import Say
from tuntas.reports.models import Event, File, FileState
from tuntas.rules.text import Sealed
from tuntas.sealed.models import Envelope, EnvelopeKind, Seal, SealedBy, WrappedKey
from tuntas.sealed.queries import Reader, readers
from tuntas.steps.unattached import KEPT_UNATTACHED, NO_FILE

NOBODY = Say(
    "Ruang tersegel belum siap: belum ada pembaca yang ditunjuk. Datanglah langsung ke Inspektorat.",
    "The sealed room is not ready: no reader is appointed yet. Go to the Inspectorate in person.",
)
NOT_CLOSED = Say("Ini bukan amplop yang tertutup.", "This is no closed envelope.")


def chosen_readers(excluded: Collection[int] = (), pointer: str = "/category") -> list[Reader]:
    """Return whom a report is closed to: everybody of the signed list but whom the reporter left out.

    The recovery key stays: it is nobody's, and two of its three holders are needed to open anything with it.
    Raises Invalid where nobody is left: a report that nobody can open must not be taken in.
    """
    found = [reader for reader in readers() if reader.is_recovery or reader.id not in excluded]
    if all(reader.is_recovery for reader in found):
        raise Invalid.field(pointer, NOBODY)
    return found


def close_report(
    report_id: int, to: Sequence[Reader], *, by: SealedBy, reporter: str, excluded: Collection[int] = (), now: datetime
) -> Seal:
    """Make a report's key pair here, and wrap its private half for each reader and for the reporter.

    reporter   the public key that the reporter's code opens; empty where the code is not known now

    The private half is forgotten when this returns.
    """
    identity = age.new_identity()
    wraps = [WrappedKey(report_id=report_id, reader_id=r.id, data=_wrapped(identity, r.recipient)) for r in to]
    if reporter:
        wraps.append(WrappedKey(report_id=report_id, data=_wrapped(identity, reporter)))
    WrappedKey.objects.bulk_create(wraps)
    return Seal.objects.create(
        report_id=report_id,
        recipient=age.recipient_of(identity),
        reporter=reporter,
        by=by,
        excluded=list(excluded),
        sealed_at=now,
    )


def _wrapped(identity: str, recipient: str) -> bytes:
    return age.close(identity.encode(), [recipient])


def enclose_story(seal: Seal, event: Event, said: Mapping[str, Any], *, now: datetime) -> None:
    """Close what somebody reports, all of it: also who they are and where it was."""
    told = {name: value for name, value in said.items() if value}
    _keep(event, EnvelopeKind.STORY, age.enveloped(told, [seal.recipient]), now)


def enclose_words(report_id: int, event: Event, text: str, *, now: datetime) -> None:
    """Keep the words of an act: closed here, unless they came closed."""
    if not text:
        return
    data = text.data if isinstance(text, Sealed) else age.enveloped({"text": text}, [_recipient(report_id)])
    _keep(event, EnvelopeKind.WORDS, checked_envelope(data, "/envelope"), now)


def enclose_files(file_ids: Sequence[UUID], event: Event, *, now: datetime) -> None:
    """Attach files to an act of a sealed report: those that came closed, and, closed here, those that did not.

    Raises Invalid for one that cannot be attached.
    """
    if not file_ids:
        return
    since, wanted = now - KEPT_UNATTACHED, set(file_ids)
    closed = Envelope.objects.filter(pk__in=wanted, report_id=None, at__gt=since)
    plain = list(
        File.objects.select_for_update()
        .filter(pk__in=wanted, report=None, received_at__gt=since)
        .exclude(state=FileState.REJECTED)
    )
    if closed.update(report_id=event.report_id, event_id=event.pk, at=event.at) + len(plain) != len(wanted):
        raise Invalid.field("/file_ids", NO_FILE)
    for file in plain:
        enclose_file(event, file, now=now)


def enclose_file(event: Event, file: File, *, now: datetime) -> None:
    """Close a file that lay here readable, and remove what was readable once the step has ended well.

    One that still waits to be checked is evidence as it came, and is closed as it came.
    """
    clean = f"{file.pk}.{file.ending}"
    data = files.get(clean) if file.state == FileState.READY else files.quarantined(str(file.pk)).read_bytes()
    name = file.name or f"{file.kind}.{file.ending}"
    enclose_bytes(event, data, name, content_type(file.kind, file.ending), now=now)
    for name in (clean, f"{file.pk}.small.jpg", f"{file.pk}.public.jpg"):
        transaction.on_commit(partial(files.drop, name))
    transaction.on_commit(partial(files.drop_quarantined, str(file.pk)))
    file.delete()


def enclose_bytes(event: Event, data: bytes, name: str, type_: str, *, now: datetime) -> None:
    """Close a file that was never written readable."""
    closed = age.enveloped_file(name, type_, data, [_recipient(event.report_id)])
    envelope = _keep(event, EnvelopeKind.FILE, closed, now, on_disk=True)
    files.put(f"{envelope.pk}.age", closed)


def checked_envelope(data: bytes, pointer: str) -> bytes:
    """Return bytes that can be an age file. Raises Invalid."""
    if not data.startswith(age.FRONT):
        raise Invalid.field(pointer, NOT_CLOSED)
    return data


def _recipient(report_id: int) -> str:
    return Seal.objects.values_list("recipient", flat=True).get(pk=report_id)


def _keep(event: Event, kind: EnvelopeKind, data: bytes, now: datetime, *, on_disk: bool = False) -> Envelope:
    return Envelope.objects.create(
        pk=uuid4(),
        report_id=event.report_id,
        event_id=event.pk,
        kind=kind,
        size=len(data),
        data=None if on_disk else data,
        at=now,
    )
