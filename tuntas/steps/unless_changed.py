from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report, Voice
from tuntas.rules.life import Act
from tuntas.rules.recall import undone
from tuntas.rules.redaction import redact
from tuntas.rules.thread import is_internal
from tuntas.rules.who import Actor, may_read_notes, may_read_original

T = TypeVar("T")
CHANGED = Say(
    "Laporan ini berubah sejak Anda membukanya. Baca dulu yang baru, lalu kirim lagi.",
    "This report changed since you opened it. Read what is new, then send again.",
)


@dataclass(frozen=True, slots=True)
class News:
    """What somebody else did meanwhile; ``name`` is None for the reporter, ``event`` what the page has seen then."""

    event: int
    act: Act
    name: str | None
    at: datetime
    text: str


class Changed(WrongState):
    """Others wrote since the page was made; carries what, so that a page can show it beside the words typed."""

    def __init__(self, news: list[News]) -> None:
        super().__init__(CHANGED)
        self.news = news


def unless_changed(report: Report, seen: int, do: Callable[[], T], *, by: Actor) -> T:
    """Do something to a report unless others wrote since the page was made. Raises Changed, and what *do* raises.

    seen   the newest event the page has shown (``last_event_of``)
    """
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if news := _news(locked, seen, by):
            raise Changed(news)
        return do()


def _news(report: Report, seen: int, by: Actor) -> list[News]:
    """Return what others wrote, the oldest first; what the system noted, or was undone at once, is no news."""
    events = list(report.events.filter(pk__gt=seen).select_related("by").order_by("id"))
    hidden = undone(events)
    own_words, notes = may_read_original(by, report), may_read_notes(by, report)
    return [
        News(event.pk, Act(event.act), event.by.name if event.by else None, event.at, _text(event, own_words=own_words))
        for event in events
        if event.pk not in hidden
        and event.voice != Voice.SYSTEM
        and (event.by_id is None or event.by_id != by.person_id)
        and (notes or not is_internal(event.act, event.data))
    ]


def _text(event: Event, *, own_words: bool) -> str:
    return event.text if own_words or event.voice != Voice.REPORTER else redact(event.text)
