"""The answer that the desk and the holding agency write together: one text, its versions, and both when they differ."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.rules.life import Act, State
from tuntas.rules.who import may_read_notes
from tuntas.steps.keep_unsent import WrittenMeanwhile
from tuntas.web.citizen.story_text import same_lines
from tuntas.web.forms import Mistakes
from tuntas.web.office.open_report import Case

WRITTEN_IN = frozenset({State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED, State.REPORTER_REPLIED})
FORM = Act.PROPOSE_ANSWER.value


@dataclass(frozen=True, slots=True)
class Shared:
    """The text as it stands; ``theirs`` is the other's where two wrote at once."""

    text: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None
    theirs: str = ""
    mistakes: Mistakes | None = None


def shared_of(case: Case, told: dict[str, Any]) -> Shared | None:
    """Return the shared answer of a report that an agency works on; None where there is none to write."""
    if case.report.state not in WRITTEN_IN or not may_read_notes(case.signed.actor, case.report):
        return None
    if "shared_typed" in told:
        typed: Shared = told["shared_typed"]
        return typed
    kept = told["unsent"].get("bersama")
    return (
        Shared()
        if kept is None
        else Shared(kept.fields.get("teks", ""), kept.version, kept.last_by.name, kept.saved_at)
    )


def save_shared(case: Case, text: str, version: str) -> Shared | None:
    """Save the shared answer; return both texts where somebody else saved meanwhile, and None where all went well."""
    text = same_lines(text)
    known = int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0
    try:
        steps.keep_unsent(
            case.report,
            by=case.signed.actor,
            form=FORM,
            fields={"teks": text},
            is_shared=True,
            version=known,
            now=case.signed.now,
        )
    except WrittenMeanwhile as no:
        theirs = no.theirs
        return Shared(text, theirs.version, theirs.last_by.name, theirs.saved_at, theirs.fields.get("teks", ""))
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, {}, "bersama-teks")
        return Shared(text, known, mistakes=mistakes)
    return None
