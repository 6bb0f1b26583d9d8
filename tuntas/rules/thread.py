"""One report is one thread: the story as the reporter, and as everybody, is told it. Pure.

A thread is written once, when something happens, and read often. Its times are seconds since receipt, so that
reading needs one row and no join, and so that it can be rebuilt from the events and compared (tests/property).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from tuntas.rules.life import Act
from tuntas.rules.redaction import redact

Json = dict[str, Any]

INTERNAL = frozenset({Act.NOTE, Act.PROPOSE_ANSWER, Act.SIGN, Act.RETURN_ANSWER, Act.ESCALATE, Act.PUBLISH})
# The reporter sees a change of privacy and what they added themselves; everybody does not.
PRIVATE = INTERNAL | {Act.SET_PRIVACY, Act.SUPPLEMENT}
WORDLESS = {Act.SUBMIT, Act.FOLLOW, Act.SET_PRIVACY, Act.TRANSFER, Act.DECLINE_TRANSFER, Act.RECALL}
SAID = frozenset(Act) - INTERNAL - WORDLESS
SAID_TO_ALL = frozenset({Act.START, Act.SCHEDULE, Act.RESUME, Act.ARCHIVE, Act.APPROVE, Act.CLOSE})
SHOWN_WITH = ("on", "to_agency", "reason_code", "outcome", "rating")  # facts of an act that are told beside it


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the thread needs it; ``agency`` is a slug, "" where none spoke."""

    act: Act
    at: datetime
    face: str
    voice: Literal["reporter", "desk", "agency", "system"]
    agency: str
    text: str = ""
    data: Json = field(default_factory=dict)
    files: tuple[str, ...] = ()
    redrawn: tuple[str, ...] = ()  # those of the files of which everybody sees another copy, or sees one at all


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline as the thread needs it."""

    promise: str
    due_at: datetime | None
    kept_at: datetime | None
    missed_at: datetime | None
    cause: str = ""


def write_thread(received_at: datetime, happenings: Sequence[Happening], clocks: Iterable[Clock]) -> Json:
    """Return the reporter's thread: everything but what is internal, in the words as they were said."""
    told = [(h, h.files) for h in _with_proof(happenings) if h.act not in INTERNAL]
    return {
        "timeline": [_line(h, received_at, with_text=h.act in SAID) for h, _ in told],
        "messages": [_message(h, files, received_at) for h, files in told if h.act in SAID and (h.text or files)],
        "photos": [file for h, files in told if h.act is Act.SUBMIT for file in files],
        "answers": [_answer(h, files, received_at) for h, files in told if h.act is Act.APPROVE],
        "promises": [_promise(clock, received_at) for clock in clocks],
    }


def write_public_thread(received_at: datetime, happenings: Sequence[Happening], clocks: Iterable[Clock]) -> Json:
    """Return everybody's thread: no messages, only words meant for all, numbers of persons masked.

    A reporter's photo stands in it once it was let out by hand and dispatch let the words out; proof once approved.
    """
    told = [h for h in _with_proof(happenings) if h.act not in PRIVATE]
    photos = [file for h in happenings if is_reporters(h.act, h.voice) for file in h.redrawn]
    answers = [_answer(h, h.files, received_at) for h in told if h.act is Act.APPROVE]
    lines = [_line(h, received_at, with_text=h.act in SAID_TO_ALL) for h in told]
    return {
        "timeline": [_masked(line) for line in lines],
        "answers": [_masked(answer) for answer in answers],
        "photos": photos if is_let_out(lines) else [],
        "covered": [file for h in told if h.act is Act.APPROVE for file in h.redrawn],
        "promises": [_promise(clock, received_at) for clock in clocks],
    }


def is_let_out(timeline: Iterable[Json]) -> bool:
    """Return whether somebody of the desk has sent the report on, and so let its title and text out.

    To call it back undoes that; a report that was sent before, and came back, stays out.
    """
    acts = [line["act"] for line in timeline]
    return acts.count(Act.DISPATCH) > acts.count(Act.RECALL)


def is_reporters(act: str, voice: str) -> bool:
    """Return whether photos that came with an act are the reporter's, who may also have told it to an operator."""
    return act == Act.SUBMIT or voice == "reporter"


def _with_proof(happenings: Sequence[Happening]) -> list[Happening]:
    """Give each approval the words and proof of the proposal it let out; who signs it may put other words."""
    told, proposed = [], None
    for happening in happenings:
        if happening.act is Act.PROPOSE_ANSWER:
            proposed = happening
        if happening.act is Act.SIGN and proposed is not None and happening.text:
            proposed = replace(proposed, text=happening.text)
        if happening.act is Act.APPROVE and proposed is not None:
            happening = Happening(
                Act.APPROVE,
                happening.at,
                happening.face,
                "agency",
                proposed.agency,
                proposed.text,
                {**happening.data, **proposed.data},
                proposed.files,
                proposed.redrawn,
            )
        told.append(happening)
    return told


def _after(at: datetime | None, received_at: datetime) -> float | None:
    return None if at is None else round((at - received_at).total_seconds(), 6)


def _line(happening: Happening, received_at: datetime, *, with_text: bool) -> Json:
    line: Json = {
        "after": _after(happening.at, received_at),
        "act": happening.act.value,
        "face": happening.face,
        "by": _by(happening),
    }
    line |= {key: happening.data[key] for key in SHOWN_WITH if happening.data.get(key)}
    if with_text and happening.text:
        line["text"] = happening.text
    return line


def _by(happening: Happening) -> str:
    return {"reporter": "pelapor", "system": "sistem"}.get(happening.voice, happening.agency)


def _message(happening: Happening, files: tuple[str, ...], received_at: datetime) -> Json:
    return {
        "after": _after(happening.at, received_at),
        "from": "desk" if happening.voice == "system" else happening.voice,
        "text": happening.text,
        "files": list(files),
    }


def _answer(happening: Happening, files: tuple[str, ...], received_at: datetime) -> Json:
    return {
        "after": _after(happening.at, received_at),
        "agency": happening.agency,
        "text": happening.text,
        "outcome": happening.data.get("outcome"),
        "files": list(files),
    }


def _promise(clock: Clock, received_at: datetime) -> Json:
    entry: Json = {"promise": clock.promise, "due": _after(clock.due_at, received_at)}
    if clock.kept_at is not None:
        entry["kept"] = _after(clock.kept_at, received_at)
    if clock.missed_at is not None:
        entry["missed"] = True
    if clock.cause:
        entry["cause"] = clock.cause
    return entry


def _masked(entry: Json) -> Json:
    return {**entry, "text": redact(entry["text"])} if entry.get("text") else entry


def tell_times(entries: Iterable[Json], received_at: datetime) -> list[Json]:
    """Turn seconds since receipt into instants, ``after`` into ``at``."""
    return [
        {"at": received_at + timedelta(seconds=entry["after"]), **{k: v for k, v in entry.items() if k != "after"}}
        for entry in entries
    ]


def tell_promises(entries: Iterable[Json], received_at: datetime, now: datetime) -> list[Json]:
    """Return how each promise stands at *now*: running, paused, kept or missed (CONTRACT 5)."""
    return [_told_promise(entry, received_at, now) for entry in entries]


def _told_promise(entry: Json, received_at: datetime, now: datetime) -> Json:
    due = None if entry["due"] is None else received_at + timedelta(seconds=entry["due"])
    kept = None if entry.get("kept") is None else received_at + timedelta(seconds=entry["kept"])
    told: Json = {"promise": entry["promise"], "due_at": due, "state": _state_of(due, kept, entry, now)}
    if kept is not None:
        told["kept_at"] = kept
    if entry.get("cause"):
        told["cause"] = entry["cause"]
    return told


def _state_of(due: datetime | None, kept: datetime | None, entry: Json, now: datetime) -> str:
    if entry.get("missed"):
        return "missed"
    if kept is not None:
        return "kept"
    if due is None:
        return "paused"
    return "missed" if now > due else "running"
