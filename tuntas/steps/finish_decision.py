from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.meetings.models import MOST_WORDS, Decision
from tuntas.rules.meetings import may_finish
from tuntas.rules.text import checked
from tuntas.rules.who import Actor

NOT_YOURS = Say("Keputusan ini untuk instansi lain.", "This decision is for another agency.")
NOT_ENDED = Say("Rakornya belum berakhir.", "The meeting has not ended yet.")
ALREADY = Say("Keputusan ini sudah selesai.", "This decision is done already.")


def finish_decision(decision: Decision, *, by: Actor, text: str, now: datetime) -> Decision:
    """Say that what was decided is done, and how; the next meeting sees it. Raises NotAllowed, WrongState, Invalid."""
    with transaction.atomic():
        decision = Decision.objects.select_for_update(of=("self",)).select_related("item__meeting").get(pk=decision.pk)
        meeting = decision.item.meeting
        if not may_finish(by, meeting.desk_id, decision.agency_id):
            raise NotAllowed(NOT_YOURS)
        if not meeting.is_ended:
            raise WrongState(NOT_ENDED)
        if decision.done_at is not None:
            raise WrongState(ALREADY)
        decision.done_words = checked(text, most=MOST_WORDS)
        decision.done_at, decision.done_by_id = now, by.person_id
        decision.save()
    return decision
