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
INTERNAL |= {Act.CLEAR, Act.RELEASE, Act.ASK_IDENTITY}
# The reporter sees a change of privacy and what they added themselves; everybody does not.
PRIVATE = INTERNAL | {Act.SET_PRIVACY, Act.SUPPLEMENT, Act.DECIDE_IDENTITY}
PRIVATE |= {Act.RECEIVE_LETTER, Act.ANSWER_AUDIENCE}  # who wrote, and who wants to be heard
WORDLESS = {Act.SUBMIT, Act.FOLLOW, Act.SET_PRIVACY, Act.TRANSFER, Act.DECLINE_TRANSFER, Act.RECALL, Act.SEAL}
WORDLESS |= {Act.DECIDE_IDENTITY, Act.ARBITRATE, Act.MERGE, Act.UNMERGE, Act.SPLIT}
WORDLESS |= {Act.DECLINE_PART, Act.WITHDRAW_PART, Act.RECEIVE_LETTER}
SAID = frozenset(Act) - INTERNAL - WORDLESS
SAID_TO_ALL = frozenset({Act.START, Act.SCHEDULE, Act.RESUME, Act.ARCHIVE, Act.APPROVE, Act.CLOSE})
ANSWERS = frozenset({Act.APPROVE, Act.OUTSIDE_NEWS})  # with an outcome; a body outside may answer through the desk
NOT_FOR_ALL = frozenset({"external_id"})  # of those, what the reporter alone is told
SHOWN_WITH = (
    "on",
    "to_agency",
    "again",
    "refusals",
    "reason_code",
    "outcome",
    "rating",
    "to_role",
    "why",
    "body",
    "next_news_on",
    "to_us",
    "external_id",
    "kind",
    "sender",
    "granted",
    "place",
    "into",
    "parts",
    "split_from",
)  # facts of an act that are told beside it


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
    files: tuple[str, ...] = ()  # photos that can be seen
    attachments: tuple[Json, ...] = ()  # everything else, and photos that are still being checked
    redrawn: tuple[str, ...] = ()  # those of the files of which everybody sees another copy, or sees one at all
    shots: tuple["Shot", ...] = ()  # when and how far from the report photos of the staff were taken


@dataclass(frozen=True, slots=True)
class Shot:
    """When and how far from the report a photo was taken, as far as it says."""

    file: str
    taken_at: datetime | None
    metres: int | None


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline as the thread needs it."""

    promise: str
    due_at: datetime | None
    kept_at: datetime | None
    missed_at: datetime | None
    cause: str = ""
    length: tuple[int, str] | None = None  # how much was promised, and its unit; none where a day was promised


def write_thread(received_at: datetime, happenings: Sequence[Happening], clocks: Iterable[Clock]) -> Json:
    """Return the reporter's thread: everything but what is internal, in the words as they were said."""
    told = [(h, h.files) for h in _with_proof(happenings) if not is_internal(h.act, h.data)]
    return {
        "timeline": [_line(h, received_at, with_text=h.act in SAID) for h, _ in told],
        "messages": [_message(h, files, received_at) for h, files in told if h.act in SAID and _says_something(h)],
        "photos": [file for h, files in told if h.act is Act.SUBMIT for file in files],
        "attachments": [file for h, _ in told if h.act is Act.SUBMIT for file in h.attachments],
        "answers": [_answer(h, files, received_at) for h, files in told if is_answer(h.act, h.data)],
        "promises": [_promise(clock, received_at) for clock in clocks],
    }


def write_public_thread(received_at: datetime, happenings: Sequence[Happening], clocks: Iterable[Clock]) -> Json:
    """Return everybody's thread: no messages, only words meant for all, numbers of persons masked.

    A reporter's photo stands in it once it was let out by hand and dispatch let the words out; proof once approved.
    """
    told = [h for h in _with_proof(happenings) if h.act not in PRIVATE]
    photos = [file for h in happenings if is_reporters(h.act, h.voice) for file in h.redrawn]
    answers = [_answer(h, h.files, received_at) for h in told if is_answer(h.act, h.data)]
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


def is_internal(act: str, data: Json) -> bool:
    """Return whether an event stays in the house.

    That a name was opened is told, that it was refused is not; so is that a report went up because of a reopening.
    """
    if act == Act.ESCALATE:
        return "reopened" not in data
    return act in INTERNAL or (act == Act.DECIDE_IDENTITY and not data.get("is_granted"))


def is_answer(act: str, data: Json) -> bool:
    """Return whether an event told the reporter how their matter ended, for them to rate."""
    return act == Act.APPROVE or (act == Act.OUTSIDE_NEWS and bool(data.get("outcome")))


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
                redrawn=proposed.redrawn,
                shots=proposed.shots,
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


def _says_something(happening: Happening) -> bool:
    return bool(happening.text or happening.files or happening.attachments)


def _message(happening: Happening, files: tuple[str, ...], received_at: datetime) -> Json:
    message: Json = {
        "after": _after(happening.at, received_at),
        "from": "desk" if happening.voice == "system" else happening.voice,
        "text": happening.text,
        "files": list(files),
    }
    return message | ({"attachments": list(happening.attachments)} if happening.attachments else {})


def _answer(happening: Happening, files: tuple[str, ...], received_at: datetime) -> Json:
    shots = [
        {"file_id": shot.file, "taken": _after(shot.taken_at, received_at), "metres": shot.metres}
        for shot in happening.shots
        if shot.file in files
    ]
    return ({"shots": shots} if shots else {}) | {
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
    if clock.length:
        entry["length"] = list(clock.length)
    return entry


def _masked(entry: Json) -> Json:
    entry = {key: value for key, value in entry.items() if key not in NOT_FOR_ALL}
    return entry | {key: redact(entry[key]) for key in ("text", "body") if entry.get(key)}


def tell_times(entries: Iterable[Json], received_at: datetime) -> list[Json]:
    """Turn seconds since receipt into instants, ``after`` into ``at``."""
    return [
        {"at": received_at + timedelta(seconds=entry["after"]), **{k: v for k, v in entry.items() if k != "after"}}
        for entry in entries
    ]


def tell_answers(entries: Iterable[Json], received_at: datetime) -> list[Json]:
    """Turn seconds since receipt into instants, those at which the photos of an answer were taken too."""
    answers = tell_times(entries, received_at)
    for answer in answers:
        if "shots" in answer:
            answer["shots"] = [_told_shot(shot, received_at) for shot in answer["shots"]]
    return answers


def _told_shot(shot: Json, received_at: datetime) -> Json:
    taken = None if shot["taken"] is None else received_at + timedelta(seconds=shot["taken"])
    return {"file_id": shot["file_id"], "taken_at": taken, "metres": shot["metres"]}


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
    if entry.get("length"):
        told["length"] = entry["length"]
    return told


def _state_of(due: datetime | None, kept: datetime | None, entry: Json, now: datetime) -> str:
    if entry.get("missed"):
        return "missed"
    if kept is not None:
        return "kept"
    if due is None:
        return "paused"
    return "missed" if now > due else "running"
