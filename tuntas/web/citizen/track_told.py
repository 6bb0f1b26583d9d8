"""What the tracking page shows of a report: whose hand, what now, and the thread knot by knot. No query."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tuntas.agencies.installation import installation
from tuntas.kit.words import Language, Say
from tuntas.reports.told import track_view
from tuntas.rules.faces import Face
from tuntas.rules.led import goes_along
from tuntas.rules.life import Act, Promise
from tuntas.rules.role_words import ROLES, SOMEBODY
from tuntas.rules.sealed_purposes import SEALED_LOOKS
from tuntas.rules.thread import Json, is_answer
from tuntas.steps.dispatch import first_words
from tuntas.web.attachments import told_attachments
from tuntas.web.citizen.ombudsman_offer import why_ombudsman
from tuntas.web.citizen.track_card import asked_of, card_of, coming, now_knot
from tuntas.web.clocks import Bar, answer_bar, newest, work_clock
from tuntas.web.dates import say_day
from tuntas.web.letter_words import LETTERS, head_letter
from tuntas.web.outside_words import OUTSIDE, head_outside
from tuntas.web.shots import Shot, pair_of
from tuntas.web.thread_words import CHANNELS, Names, head_of, note_of

if TYPE_CHECKING:
    from tuntas.reports.models import Report

OUTWARD = frozenset({Act.TRANSFER, Act.DECLINE_TRANSFER, Act.ARBITRATE})
IN_TIME = Say("janji jawab ditepati", "the promise to answer was kept")
YOUR_PHOTO = Say("Foto Anda", "Your photo")
PHOTO_OF = Say("Foto dari {by}", "Photo from {by}")
DESK_OF = Say("Meja aduan {city}", "The complaint desk of {city}")
BOTH = Say("{desk} dan {holder}", "{desk} and {holder}")
SEEN = {
    "restricted": Say("membaca laporan ini", "read this report"),
    "identity": Say("melihat nama Anda", "saw your name"),
    "secret": Say("membaca laporan rahasia ini", "read this confidential report"),
    **{look.value: said for look, said in SEALED_LOOKS.items()},
}


@dataclass(frozen=True, slots=True)
class Knot:
    """One knot of the thread. ``kind``: "" past, luar, lewat, kini or nanti; ``words`` are said by ``signed``."""

    head: Say
    kind: str = ""
    icon: str = "centang"
    at: datetime | None = None
    beside: Say | None = None
    note: Say | None = None
    own: str = ""
    words: str = ""
    signed: Say | None = None
    photos: tuple[str, ...] = ()
    photo_of: Say = YOUR_PHOTO
    shots: tuple[Shot, ...] = ()  # instead of photos: before and after, side by side
    attachments: tuple[Json, ...] = ()  # what is no photo, or none yet


def tell(report: "Report", *, language: Language, now: datetime, code: str = "") -> dict[str, Any]:
    """Return what the templates need of a report, in its reporter's view; the code opens one that was sealed here."""
    view = track_view(report, language=language, now=now, code=code)
    names, bar = Names(report.is_restricted), answer_bar(report, view, now=now)
    return {
        "report": report,
        "view": view,
        "title": view["title"] or first_words(view["body"]),
        "place": report.location_text or _area(report),
        "acts": view["acts"],
        "card": card_of(report, view, names, now=now),
        "bar": bar,
        "work": work_clock(report, view, now=now),
        "asked": asked_of(view, names),
        "answer_until": _due(view, Promise.NEEDS_INFO_WINDOW),
        "rate_until": _due(view, Promise.REPORTER_WINDOW),
        "reopen_until": _due(view, Promise.REOPEN_WINDOW),
        "appeal_until": _due(view, Promise.APPEAL_WINDOW),
        "knots": [*_past(report, view, names, bar, now=now), *_ahead(report, view, names)],
        "goes_along": goes_along(report),
        "why_ombudsman": why_ombudsman(report, view, now=now),
        "holder": names.held_by(view["holder"]),
        "holder_within": names.held_by(view["holder"], within=True),
        "desk_within": names.desk(within=True),
        "readers": _readers(view, names),
        "name_looks": [_look(look) for look in view["looks"] if look["what"] == "identity"],
        "word_looks": [_look(look) for look in view["looks"] if look["what"] != "identity"],
    }


def _look(look: Json) -> Json:
    """Return a look in words: who, for which agency, did what, when and why."""
    agency = installation().agency_by_slug.get(look.get("agency", ""))
    who, did = ROLES.get(look["role"], SOMEBODY), SEEN.get(look["what"], SEEN["identity"])
    return {**look, "who": who, "agency": agency.name if agency else "", "did": did}


def _readers(view: Json, names: Names) -> Say:
    """Return who reads what the reporter adds, within a sentence."""
    if names.is_restricted or not view["agency"]:
        return names.desk(within=True)
    return BOTH.fill_each(desk=names.desk(within=True), holder=names.held_by(view["holder"], within=True))


def _area(report: "Report") -> str:
    return installation().area_names[report.area_id][1] if report.area_id else ""


def _due(view: Json, window: Promise) -> datetime | None:
    entry = newest(view, window)
    due: datetime | None = entry["due_at"] if entry is not None else None
    return due


def _past(report: "Report", view: Json, names: Names, bar: Bar | None, *, now: datetime) -> list[Knot]:
    """Return what happened; the words of a message and its photos belong to the line of the same instant."""
    said = {(message["at"], message["text"]): message for message in view["messages"]}
    answers = {answer["at"]: answer for answer in view["answers"]}
    photos = tuple(photo["file_id"] for photo in view["photos"])
    knots = []
    for line in view["timeline"]:
        if line["act"] == Act.SUBMIT:
            told = CHANNELS.get(report.channel)
            knots.append(
                Knot(
                    head_of(line, names),
                    at=line["at"],
                    beside=told,
                    own=view["body"],
                    photos=photos,
                    attachments=told_attachments(view.get("attachments", ())),
                )
            )
            continue
        answer = answers.get(line["at"]) if is_answer(line["act"], line) else None
        message = answer or said.get((line["at"], line.get("text", ""))) or {"text": "", "files": []}
        knot, first = _knot(line, message, names, bar, now), [photo["file_id"] for photo in view["photos"]]
        shots = pair_of(first, report.received_at, answer, now=now, zone=installation().zone) if answer else ()
        knots.append(replace(knot, shots=shots) if shots else knot)
    return knots


def _knot(line: Json, message: Json, names: Names, bar: Bar | None, now: datetime) -> Knot:
    is_own, by = line["by"] == "pelapor", names.of(line["by"])
    kind, icon, beside = _kind(line, bar)
    return Knot(
        head=head_of_line(line, names, now),
        kind=kind,
        icon=icon,
        at=line["at"],
        beside=beside,
        note=note_of(line, names),
        own=message["text"] if is_own else "",
        words="" if is_own else message["text"],
        signed=_signed(line["by"], names),
        photos=tuple(message["files"]),
        attachments=told_attachments(message.get("attachments", ())),
        photo_of=YOUR_PHOTO if is_own else PHOTO_OF.fill_each(by=by),
    )


def head_of_line(line: Json, names: Names, now: datetime) -> Say:
    """Return the sentence of one line of the thread."""
    if line["act"] in OUTSIDE:
        return head_outside(line, today=now.astimezone(installation().zone).date())
    if line["act"] in LETTERS:
        return head_letter(line, today=now.astimezone(installation().zone).date())
    return head_of(line, names, _promised(line, now))


def _kind(line: Json, bar: Bar | None) -> tuple[str, str, Say | None]:
    """Return how a knot looks: the one that kept the promise to answer says whether it was in time."""
    if line["act"] in OUTWARD or line["face"] == Face.DIRUJUK:
        return "luar", "panah", None
    if bar is None or bar.kept_at != line["at"]:
        return "", "centang", None
    return (
        ("lewat", "jam", Say(bar.mark.id.lower(), bar.mark.en.lower()))
        if bar.jam == "lewat"
        else ("", "centang", IN_TIME)
    )


def _promised(line: Json, now: datetime) -> Say | None:
    if not line.get("on"):
        return None
    return say_day(date.fromisoformat(line["on"]), today=now.astimezone(installation().zone).date())


def _signed(by: str, names: Names) -> Say:
    here = installation()
    if by in ("sistem", here.slug_of(here.desk_id)) and not names.is_restricted:
        return DESK_OF.fill_each(city=here.name)
    return names.of(by)


def _ahead(report: "Report", view: Json, names: Names) -> list[Knot]:
    present = now_knot(report, view, names)
    knots = [] if present is None else [Knot(present, kind="kini", icon="")]
    return [*knots, *(Knot(head, kind="nanti", icon="") for head in coming(report, view, names))]
