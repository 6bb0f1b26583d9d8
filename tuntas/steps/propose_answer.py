from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.people.queries import nearest_with
from tuntas.reports.models import Event, Report
from tuntas.reports.print_queries import print_of_answer
from tuntas.rules.captured import captured
from tuntas.rules.evidence import NEEDS_PROOF
from tuntas.rules.life import Act, Told
from tuntas.rules.reasons import Outcome
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, Role
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.proof import brings_photo, lacks_proof
from tuntas.steps.walk import walk


def propose_answer(
    report: Report,
    *,
    by: Actor,
    text: str,
    outcome: str,
    file_ids: Sequence[UUID] = (),
    late_cause: str = "",
    is_confirmed: bool = True,
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Give the agency's answer; it goes to the validator, not yet to the reporter."""
    text = checked(text)
    with begin(report, Act.PROPOSE_ANSWER, by=by) as report:
        if outcome == Outcome.FIXED and lacks_proof(report) and not brings_photo(file_ids):
            raise Invalid.field("/file_ids", NEEDS_PROOF)
        lights = lit(
            report,
            Act.PROPOSE_ANSWER,
            text,
            by=by,
            file_ids=file_ids,
            outcome=outcome,
            is_confirmed=is_confirmed,
            now=now,
        )
        report.proposed_by_id = by.person_id
        report.awaits_signature = needs_signature(report, by)
        event = walk(
            report,
            Act.PROPOSE_ANSWER,
            by=by,
            text=text,
            data={"outcome": outcome, **lights, **captured(captured_at, now)},
            file_ids=file_ids,
            late_cause=late_cause,
            tells=(Told.HOLDER,) if report.awaits_signature else None,
            now=now,
        )
        if not event.is_sealed and (answer_print := print_of_answer(event)) is not None:
            answer_print.save(force_insert=True)
        return event


def needs_signature(report: Report, by: Actor) -> bool:
    """Return whether an answer by *by* waits for a liaison first; where the agency has none, it waits for nobody."""
    if report.is_restricted or report.holder_id is None or by.has(Role.LIAISON, report.holder_id):
        return False
    asks = by.has(Role.UNIT_HANDLER, report.holder_id) and installation().asks_signature(report.holder_id)
    return asks and bool(nearest_with(Role.LIAISON, report.holder_id))
