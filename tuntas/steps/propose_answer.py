from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, File, Report
from tuntas.rules.life import Act, State
from tuntas.rules.reasons import Outcome
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

NEEDS_PROOF = Say(
    "Topik ini perlu bukti: tambahkan foto sebelum menyatakan sudah selesai.",
    "This category needs proof: add a photo before you call it fixed.",
)


def propose_answer(
    report: Report,
    *,
    by: Actor,
    text: str,
    outcome: str,
    file_ids: Sequence[UUID] = (),
    late_cause: str = "",
    now: datetime,
) -> Event:
    """Give the agency's answer; it goes to the validator, not yet to the reporter."""
    text = checked(text)
    with begin(report, Act.PROPOSE_ANSWER, by=by) as report:
        if outcome == Outcome.FIXED and not file_ids and lacks_proof(report):
            raise Invalid.field("/file_ids", NEEDS_PROOF)
        report.proposed_by_id = by.person_id
        return walk(
            report,
            Act.PROPOSE_ANSWER,
            by=by,
            text=text,
            data={"outcome": outcome},
            file_ids=file_ids,
            late_cause=late_cause,
            now=now,
        )


def lacks_proof(report: Report) -> bool:
    """Return whether the report may not be called fixed, for want of a photo that its category asks for."""
    return _needs_proof(report) and not _has_proof(report)


def _needs_proof(report: Report) -> bool:
    return report.category_id is not None and installation().categories[report.category_id].proof


def _has_proof(report: Report) -> bool:
    """Return whether an answer since the last reopening already carried a photo."""
    since = (
        report.events.filter(act__in=(Act.REOPEN, Act.RATE), to=State.IN_PROGRESS)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
        or 0
    )
    return File.objects.filter(report=report, event__act=Act.PROPOSE_ANSWER, event_id__gt=since).exists()
