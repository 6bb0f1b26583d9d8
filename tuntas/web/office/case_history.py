"""The history of a report as staff read it: every event, what is internal marked, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.reports.happenings import attached, is_seen
from tuntas.reports.told import named
from tuntas.rules.captured import captured_of
from tuntas.rules.life import Act
from tuntas.rules.recall import undone
from tuntas.rules.redaction import redact
from tuntas.rules.thread import PRIVATE, is_internal
from tuntas.web.attachments import Json, told_attachments
from tuntas.web.office.case_words import head_of_event
from tuntas.web.thread_words import DESK_WITHIN

if TYPE_CHECKING:
    from tuntas.reports.models import Event

REPORTER = Say("Pelapor", "The reporter")
SYSTEM = Say("Sistem", "The system")
AS_DEPUTY = Say("{name}, sebagai pengganti {absent}", "{name}, in place of {absent}")
ICONS = {Act.NOTE: "pesan", Act.TRANSFER: "panah", Act.RECALL: "ulang", Act.ESCALATE: "atas", Act.ASK: "pesan"}
OUTWARD = frozenset({Act.TRANSFER, Act.DECLINE_TRANSFER, Act.ARBITRATE, Act.FORWARD_EXTERNAL})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history. ``kind`` is "" or luar; ``is_internal`` lies on dashed paper."""

    event: int
    head: Say
    at: datetime
    who: Say
    where: Say | None
    text: str
    photos: tuple[tuple[str, Say | None], ...]  # its id, and when and where it was taken
    attachments: tuple[Json, ...]  # what is no photo, or none yet
    is_internal: bool
    is_undone: bool
    kind: str
    icon: str
    captured_at: datetime | None


def history(
    events: Sequence["Event"],
    captions: Mapping[str, Say],
    *,
    is_public: bool,
    notes: bool,
    own_words: bool,
    now: datetime,
) -> list[Line]:
    """Return the lines somebody may read, the newest first.

    captions    of the staff's photos, by their ids
    is_public   only what everybody is told
    notes       what is said inside the house as well
    own_words   the reporter's words as they were written, numbers of persons included
    """
    gone = undone(events)
    return [
        _line(event, captions, is_undone=event.pk in gone, own_words=own_words, now=now)
        for event in reversed(events)
        if _is_told(event, is_public=is_public, notes=notes) and not (is_public and event.pk in gone)
    ]


def _is_told(event: "Event", *, is_public: bool, notes: bool) -> bool:
    if is_public:
        return event.act not in PRIVATE
    return notes or not is_internal(event.act, event.data)


def _line(event: "Event", captions: Mapping[str, Say], *, is_undone: bool, own_words: bool, now: datetime) -> Line:
    act, is_reporters = Act(event.act), event.voice == "reporter"
    who = REPORTER if is_reporters and event.by is None else _who(event)
    told = () if act is Act.SUBMIT else event.files.all()  # those stand beside the story
    files = sorted(told, key=lambda file: (file.received_at, file.pk))
    return Line(
        event=event.pk,
        head=head_of_event(event, now=now),
        at=event.at,
        who=who,
        where=_where(event),
        text=event.text if own_words or not is_reporters else redact(event.text),
        photos=tuple((str(file.pk), captions.get(str(file.pk))) for file in files if is_seen(file)),
        attachments=told_attachments(
            named(attached(file), own_words or not is_reporters) for file in files if not is_seen(file)
        ),
        is_internal=is_internal(act, event.data),
        is_undone=is_undone,
        kind="luar" if act in OUTWARD else "",
        icon=ICONS.get(act, "centang"),
        captured_at=captured_of(event.data, event.at),
    )


def _who(event: "Event") -> Say:
    """Return who of the staff did it, and for whom where they stood in for somebody."""
    if event.by is None:
        return SYSTEM
    if event.instead_of is None:
        return Say(event.by.name, event.by.name)
    return AS_DEPUTY.fill(name=event.by.name, absent=event.instead_of.name)


def _where(event: "Event") -> Say | None:
    """Return for whom somebody of the staff acted."""
    if event.by is None or event.agency_id is None:
        return None
    here = installation()
    name = here.agencies[event.agency_id].name
    return DESK_WITHIN if event.agency_id == here.desk_id else Say(name, name)
