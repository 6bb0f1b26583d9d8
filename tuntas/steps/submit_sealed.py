"""Take in a report that was closed in its reporter's browser: nothing of it can be read here, then or later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tuntas.agencies.installation import installation
from tuntas.kit import age
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Say
from tuntas.reports.codes import lookup_hash
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER
from tuntas.sealed.models import Envelope, EnvelopeKind, Seal, SealedBy, WrappedKey
from tuntas.steps.enclose import checked_envelope, chosen_readers, enclose_files
from tuntas.steps.submit import Receipt, write_report

REPORTER = "reporter"
NO_KEY = Say("Ini bukan kunci publik age.", "This is no age public key.")
WRONG_KEYS = Say(
    "Kunci laporan harus dibungkus untuk setiap pembaca yang tidak dikecualikan, dan untuk pelapor.",
    "The report's key must be wrapped for each reader who is not left out, and for the reporter.",
)
TAKEN = Say("Kode ini sudah dipakai laporan lain.", "This code is used by another report.")


@dataclass(frozen=True, slots=True)
class SealedStory:
    """What came closed, and for whom."""

    lookup: str  # 64 hex digits
    recipient: str  # the report's public key
    reporter: str  # the public key that the reporter's code opens
    story: bytes
    wrapped_keys: Mapping[str, bytes]  # by the id of a reader's key, and "reporter"
    file_ids: Sequence[UUID] = ()
    excluded: Sequence[int] = ()


def submit_sealed(given: SealedStory, *, now: datetime) -> Receipt:
    """Take in a closed report; the same one sent again is the same report, without a code: nobody here knows it.

    Raises Invalid; WrongState where another report has the lookup.
    """
    if (found := _sent_before(given)) is not None:
        return Receipt(found, "", list(found.deadlines.all()))
    to = chosen_readers(given.excluded, "/exclude")
    _check(given, [str(reader.id) for reader in to])
    report = Report(
        state=State.SUBMITTED,
        is_restricted=True,
        channel="web",
        desk_id=installation().desk_id,
        code_hash=lookup_hash(given.lookup),
        received_at=now,
        updated_at=now,
    )
    try:
        with transaction.atomic():
            clocks, event = write_report(report, now=now, by=STRANGER)
            _close(report, given, [reader.id for reader in to], now)
            Envelope.objects.create(
                report_id=report.pk,
                event_id=event.pk,
                kind=EnvelopeKind.STORY,
                size=len(given.story),
                data=given.story,
                at=now,
            )
            enclose_files(given.file_ids, event, now=now)
    except IntegrityError as error:  # the same sent twice at once: the first is there by now
        if (found := _sent_before(given)) is None:
            raise WrongState(TAKEN) from error
        return Receipt(found, "", list(found.deadlines.all()))
    return Receipt(report, "", clocks)


def _sent_before(given: SealedStory) -> Report | None:
    """Return the report that this very sending made before. Raises WrongState where another has its lookup."""
    found = Report.objects.filter(code_hash=lookup_hash(given.lookup)).first()
    if found is None:
        return None
    envelope = Envelope.objects.filter(report_id=found.pk, kind=EnvelopeKind.STORY).first()
    if envelope is None or bytes(envelope.data or b"") != given.story:
        raise WrongState(TAKEN)
    return found


def _check(given: SealedStory, readers: Sequence[str]) -> None:
    for pointer, key in (("/recipient", given.recipient), ("/reporter", given.reporter)):
        if not age.is_recipient(key):
            raise Invalid.field(pointer, NO_KEY)
    if set(given.wrapped_keys) != {*readers, REPORTER}:
        raise Invalid.field("/wrapped_keys", WRONG_KEYS)
    for data in given.wrapped_keys.values():
        checked_envelope(data, "/wrapped_keys")
    checked_envelope(given.story, "/envelopes")


def _close(report: Report, given: SealedStory, readers: Sequence[int], now: datetime) -> None:
    Seal.objects.create(
        report_id=report.pk,
        recipient=given.recipient,
        reporter=given.reporter,
        by=SealedBy.BROWSER,
        excluded=list(given.excluded),
        sealed_at=now,
    )
    wraps = [WrappedKey(report_id=report.pk, reader_id=one, data=given.wrapped_keys[str(one)]) for one in readers]
    WrappedKey.objects.bulk_create([*wraps, WrappedKey(report_id=report.pk, data=given.wrapped_keys[REPORTER])])
