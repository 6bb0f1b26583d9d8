from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tuntas.reports.models import Event, Report
from tuntas.rules.who import Actor
from tuntas.steps.propose_answer import propose_answer
from tuntas.steps.take_up import take_up


def finish_task(
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
    """Answer from the street, wherever the work stands: where nobody had begun it, it is begun without a word."""
    with transaction.atomic():
        take_up(report, by=by, late_cause=late_cause, now=now)
        return propose_answer(
            report,
            by=by,
            text=text,
            outcome=outcome,
            file_ids=file_ids,
            late_cause=late_cause,
            is_confirmed=is_confirmed,
            captured_at=captured_at,
            now=now,
        )
