"""What an open seal gives to the browser: ciphertext alone, and only while the opening lasts. Looks are recorded."""

import zipfile
from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.http import Http404, HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit import files
from tuntas.kit.errors import NotAllowed
from tuntas.reports.told import events_of
from tuntas.rules.sealed_purposes import SealedLook
from tuntas.sealed.appointed import envelope_in, key_ids_of, lacks_key, lacks_reporters_key, may_open, wrapped_to
from tuntas.sealed.queries import envelopes_of, key_of, live_opening, seal_of
from tuntas.sealed.recovery import recovering_until, wrapped_for_recovery
from tuntas.steps.look_at_sealed import NOT_OPEN
from tuntas.web.office.sealed_door import Vault, of_vault

if TYPE_CHECKING:
    from tuntas.sealed.models import Envelope, Opening, Seal

WHATS = {"bagian": SealedLook.PART, "unduh": SealedLook.FILE}
AGE = "application/octet-stream"


@of_vault(methods=("GET", "HEAD"), is_quiet=True)
def contents(request: HttpRequest, vault: Vault) -> HttpResponse:
    """Return the reader's own locked key, the report's key as wrapped for it, and the envelopes. Raises NotAllowed."""
    opening, seal = _opening(vault), _seal(vault)
    mine = key_of(vault.signed.person.person_id)
    acts = {event.pk: event for event in events_of(vault.report)}
    view = {
        "ends_in": (opening.ends_at - vault.signed.now).total_seconds(),
        "recipient": seal.recipient,
        "locked": None if mine is None else _text(mine.locked),
        "wrapped": [_text(data) for data in wrapped_to(vault.report.pk, key_ids_of(vault.signed.person.person_id))],
        "recovery": _recovery(vault),
        "envelopes": [_told(each, acts) for each in envelopes_of(vault.report.pk)],
        "readers": [{"id": str(r.id), "name": r.name, "recipient": r.recipient} for r in may_open(seal)],
        "lacking": [str(r.id) for r in lacks_key(seal, may_open(seal))],
        "reporter": seal.reporter,
        "reporter_lacks": lacks_reporters_key(seal),
    }
    return HttpResponse(orjson.dumps(view), content_type="application/json")


@of_vault(methods=("GET", "HEAD"), is_quiet=True)
def file(request: HttpRequest, vault: Vault, envelope_id: UUID) -> HttpResponse:
    """Return one closed file of this very report. Raises NotAllowed, Http404."""
    _opening(vault)
    envelope = envelope_in(vault.report.pk, envelope_id)
    if envelope is None:
        raise Http404
    return HttpResponse(_bytes(envelope), content_type=AGE)


@of_vault(methods=("POST",))
def look(request: HttpRequest, vault: Vault) -> HttpResponse:
    """Record that a closed part was uncovered, or a file saved. Raises NotAllowed, Invalid."""
    what = WHATS.get(request.POST.get("apa", ""))
    if what is None:
        raise Http404
    why = request.POST.get("alasan", "")
    steps.look_at_sealed(vault.report, by=vault.signed.actor, what=what, why=why, now=vault.signed.now)
    return HttpResponse(status=204)


@of_vault(methods=("POST",))
def export(request: HttpRequest, vault: Vault) -> HttpResponse:
    """Return the age files of a report, for the day this software is gone: ``age`` opens them. Raises NotAllowed."""
    steps.look_at_sealed(vault.report, by=vault.signed.actor, what=SealedLook.EXPORT, now=vault.signed.now)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
        mine = key_of(vault.signed.person.person_id)
        if mine is not None:
            out.writestr("kunci-saya.age", bytes(mine.locked))
        for n, data in enumerate(wrapped_to(vault.report.pk, key_ids_of(vault.signed.person.person_id)), 1):
            out.writestr(f"kunci-laporan-{n}.age", data)
        for n, envelope in enumerate(envelopes_of(vault.report.pk), 1):
            out.writestr(f"{n:03}-{envelope.kind}.age", _bytes(envelope))
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{vault.report.ref}.zip"'
    return response


def _opening(vault: Vault) -> "Opening":
    found = live_opening(vault.report.pk, vault.signed.person.person_id, now=vault.signed.now)
    if found is None:
        raise NotAllowed(NOT_OPEN)
    return found


def _seal(vault: Vault) -> "Seal":
    found = seal_of(vault.report.pk)
    if found is None:
        raise Http404
    return found


def _recovery(vault: Vault) -> list[str]:
    """Return the report's key as wrapped for recovery, to who said a short while ago why they use that."""
    if recovering_until(vault.signed.person.person_id, now=vault.signed.now) is None:
        return []
    return [_text(data) for data in wrapped_for_recovery(vault.report.pk)]


def _told(envelope: "Envelope", acts: dict[int, Any]) -> dict[str, Any]:
    event = acts.get(envelope.event_id or 0)
    return {
        "id": str(envelope.pk),
        "kind": envelope.kind,
        "act": event.act if event else None,
        "from": event.voice if event else None,
        "by": event.by.name if event and event.by else None,
        "at": envelope.at.isoformat(timespec="seconds"),
        "event": envelope.event_id,
        "size": envelope.size,
        "data": None if envelope.data is None else _text(envelope.data),
    }


def _bytes(envelope: "Envelope") -> bytes:
    if envelope.data is not None:
        return bytes(envelope.data)
    try:
        return files.get(f"{envelope.pk}.age")
    except FileNotFoundError:
        raise Http404 from None


def _text(data: bytes | memoryview) -> str:
    return b64encode(bytes(data)).decode()
