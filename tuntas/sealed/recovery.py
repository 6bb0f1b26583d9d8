"""The recovery key: what two of three holders open together when a reader's own key is lost, and who used it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from tuntas.people.models import Look
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.sealed.models import ReaderKey, WrappedKey

LASTS = timedelta(hours=1)  # what somebody said they use it for counts this long


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what was done to the room: who, what, to whom or why, and when."""

    name: str
    what: RoomLook
    why: str
    at: datetime


def recovery_key() -> ReaderKey | None:
    """Return the recovery key in use."""
    return ReaderKey.objects.select_related("leaving_asked_by").filter(person=None, retired_at=None).first()


def wrapped_for_recovery(report_id: int) -> list[bytes]:
    """Return a report's key as it was wrapped for the recovery key, or for one before it; the newest first."""
    found = WrappedKey.objects.filter(report_id=report_id, reader__isnull=False, reader__person=None)
    return [bytes(each.data) for each in found.order_by("-reader_id")]


def recovering_until(person_id: int, *, now: datetime) -> datetime | None:
    """Return until when somebody may use the recovery key, or None: they have to say why first."""
    used = _looks().filter(person_id=person_id, what=RoomLook.RECOVERY_USED, at__gt=now - LASTS, at__lte=now)
    last = used.order_by("-at").first()
    return None if last is None else last.at + LASTS


def room_trail(most: int = 100) -> Sequence[Done]:
    """Return what was done to the room itself, the newest first. One query."""
    looks = _looks().select_related("person").filter(what__in=list(RoomLook))
    found = looks.order_by("-at", "-id")[:most]
    return [Done(look.person.name, RoomLook(look.what), look.why, look.at) for look in found]


def _looks() -> "QuerySet[Look]":
    return Look.objects.filter(report_id=None)  # of no report: few, and found by an index
