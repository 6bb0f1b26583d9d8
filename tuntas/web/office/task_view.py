"""What a task's page shows of a report: what the reporter said, what happened since, what can be said now."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.merged_queries import along_with
from tuntas.reports.told import staff_view
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reason_words import LATE_CAUSES
from tuntas.rules.thread import Json
from tuntas.rules.words import ACTS, STATES
from tuntas.web.attachments import told_attachments
from tuntas.web.clocks import newest
from tuntas.web.office.evidence import Proof, proofs_of
from tuntas.web.office.handing import who_decides
from tuntas.web.office.parts_told import part_lines
from tuntas.web.office.signed import Signed
from tuntas.web.office.task_form import OUTCOMES, REASONS, Told, ways_for
from tuntas.web.office.task_rows import due_clock, place_of, title_of
from tuntas.web.shots import before_of, caption_of
from tuntas.web.thread_words import Names

if TYPE_CHECKING:
    from tuntas.reports.models import Report

REPORTER = Say("Pelapor", "The reporter")
RETURNED = Say("{by} mengembalikan jawaban", "{by} returned the answer")
DID = Say("{by}: {act}", "{by}: {act}")
SOMEBODY = Say("Pemeriksa", "The checker")


@dataclass(frozen=True, slots=True)
class News:
    """Something said since the report was made."""

    head: Say
    at: datetime
    text: str


def tell_task(report: "Report", signed: Signed, told: Told) -> dict[str, Any]:
    """Return what the template of a task needs. Five queries, and one for each photo that waits."""
    view = staff_view(report, signed.actor, language=signed.language, now=signed.now)
    ways = ways_for(signed.actor, report, view["acts"])
    return {
        "report": report,
        "view": view,
        "told": told,
        "number": report.name,
        "title": title_of(report, signed),
        "place": place_of(report, signed),
        "clock": due_clock(report.due_at, now=signed.now, zone=signed.zone),
        "state_said": STATES[State(report.state)],
        "photos": [photo for photo in view["photos"] if photo["is_reporters"]],
        "attachments": told_attachments(view["attachments"]),
        "proofs": proofs_in(view, signed),
        "waiting": proofs_of(told.photos, report, now=signed.now, zone=signed.zone),
        "news": _news(view),
        "returned": _returned(view),
        "along": along_with(report),
        "decides": who_decides(report, Names(False).held_by(view["holder"], within=True)),
        "parts": part_lines(report, now=signed.now, zone=signed.zone),
        "may_ask_part": Act.ASK_PART in view["acts"],
        "ways": ways,
        "how": told.how or (ways[0] if len(ways) == 1 else ""),
        "outcomes": OUTCOMES.items(),
        "needs_photo": needs_photo(report),
        "reasons": REASONS.items(),
        "agencies": [
            agency
            for agency in sorted(installation().agencies.values(), key=lambda each: each.name)
            if agency.is_active and agency.id not in (report.holder_id, report.desk_id)
        ],
        "causes": LATE_CAUSES.items() if needs_cause(view) else None,
        "seen": last_event_of(report),
        "mailbox": signed.person.person_id,
    }


def proofs_in(view: Json, signed: Signed) -> list[Proof]:
    """Return the agencies' photos, each with when and how far away it was taken."""
    return [
        Proof(photo["file_id"], caption_of(photo["taken_at"], photo["metres"], now=signed.now, zone=signed.zone))
        for photo in view["photos"]
        if not photo["is_reporters"]
    ]


def reporters_photo_in(view: Json, signed: Signed) -> Proof | None:
    """Return the reporter's first photo, to stand beside those of what was done; None where there is none."""
    first = next((photo for photo in view["photos"] if photo["is_reporters"]), None)
    if first is None:
        return None
    return Proof(*before_of(first["file_id"], first["received_at"], now=signed.now, zone=signed.zone))


def needs_photo(report: "Report") -> bool:
    """Return whether the category asks for proof."""
    return report.category_id is not None and installation().categories[report.category_id].proof


def needs_cause(view: Json) -> bool:
    """Return whether the promise to answer was missed, and nobody said why."""
    entry = newest(view, Promise.ANSWER)
    return entry is not None and entry["state"] == "missed" and "kept_at" not in entry and not entry.get("cause")


def _news(view: Json) -> list[News]:
    """Return what was said after the story, by whom: the thread without its first line."""
    names = Names(False)
    return [
        News(REPORTER if line["by"] == "pelapor" else _head(line, names), line["at"], line["text"])
        for line in view["timeline"]
        if line["act"] != Act.SUBMIT and line.get("text")
    ]


def _head(line: Json, names: Names) -> Say:
    return DID.fill_each(by=names.of(line["by"]), act=ACTS[Act(line["act"])])


def _returned(view: Json) -> News | None:
    """Return what the checker asks for, while the answer has not been given again."""
    if view["state"] != State.IN_PROGRESS:
        return None
    note = next((note for note in reversed(view["notes"]) if note["act"] == Act.RETURN_ANSWER), None)
    since = max((line["at"] for line in view["timeline"] if line["act"] == Act.APPROVE), default=None)
    if note is None or (since is not None and since > note["at"]):
        return None
    return News(RETURNED.fill(by=note["by"] or SOMEBODY.id), note["at"], note["text"])
