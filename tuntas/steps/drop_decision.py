from tuntas.meetings.models import Decision
from tuntas.rules.who import Actor
from tuntas.steps.decide import running


def drop_decision(decision: Decision, *, by: Actor) -> None:
    """Take back what was written down wrongly, while the meeting still runs. Raises NotAllowed, WrongState."""
    with running(decision.item.meeting_id, by=by):
        Decision.objects.filter(pk=decision.pk).delete()
