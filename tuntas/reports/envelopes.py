"""What of a sealed report's envelopes its reporter gets: all that was said to them and by them, nothing internal."""

from base64 import b64encode
from collections.abc import Iterable

from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.thread import INTERNAL, Json
from tuntas.sealed.models import Envelope, EnvelopeKind
from tuntas.sealed.queries import envelopes_of, seal_of, wrapped_for


def seal_for_reporter(report: Report) -> Json | None:
    """Return the wrapped key and the envelopes that a reporter opens; None for an ordinary report. Four queries."""
    seal = seal_of(report.pk) if report.is_restricted else None
    if seal is None:
        return None
    wrapped = wrapped_for(report.pk, None)
    return {
        "by": seal.by,
        "recipient": seal.recipient,
        "wrapped_key": None if wrapped is None else b64encode(wrapped).decode(),
        "envelopes": _told(report.events.order_by("id"), envelopes_of(report.pk)),
    }


def _told(events: Iterable[Event], envelopes: Iterable[Envelope]) -> list[Json]:
    """Return the envelopes in the order of what happened; a proposed answer's with the approval that let it out."""
    of: dict[int, list[Envelope]] = {}
    for envelope in envelopes:
        of.setdefault(envelope.event_id or 0, []).append(envelope)
    told: list[Json] = []
    proposed: list[Envelope] = []
    for event in events:
        own = of.get(event.pk, [])
        if event.act == Act.PROPOSE_ANSWER:
            proposed = own
        elif event.act == Act.SIGN:  # the signature may bring other words
            words = [each for each in own if each.kind != EnvelopeKind.FILE]
            proposed = [*words, *(each for each in proposed if each.kind == EnvelopeKind.FILE or not words)]
        elif event.act == Act.APPROVE:
            told += [_one(envelope, event) for envelope in (*own, *proposed)]
            proposed = []
        elif event.act not in INTERNAL:
            told += [_one(envelope, event) for envelope in own]
    return told


def is_told(report: Report, envelope: Envelope) -> bool:
    """Return whether an envelope is one of those that the reporter gets. Three queries."""
    told = _told(report.events.order_by("id"), envelopes_of(report.pk))
    return any(each["id"] == str(envelope.pk) for each in told)


def _one(envelope: Envelope, event: Event) -> Json:
    return {
        "id": str(envelope.pk),
        "kind": envelope.kind,
        "act": event.act,
        "at": event.at,
        "from": event.voice,
        "size": envelope.size,
        "data": None if envelope.data is None else b64encode(bytes(envelope.data)).decode(),
    }
