from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.people.models import Shift
from tuntas.rules.who import Actor
from tuntas.steps.plan_shift import may_plan


def drop_shift(shift_id: int, *, by: Actor) -> None:
    """Take a shift out of the plan; safe to repeat. Raises NotFound where it is another desk's."""
    shift = Shift.objects.filter(pk=shift_id).first()
    if shift is None:
        return
    if not may_plan(by, shift.desk_id):
        raise NotFound(NOT_FOUND)
    shift.delete()
