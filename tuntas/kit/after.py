"""What follows a row in a list that pages by key, said so that an index is entered in the right place."""

from typing import Any

from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan


def after(column: str, value: Any, id_: int, *, is_down: bool = False) -> TupleGreaterThan | TupleLessThan:
    """Return the condition for the rows behind the one with this value and id, in the order of *column* and id.

    A condition with "or" would let the planner read all that follows and sort it.
    """
    follows = TupleLessThan if is_down else TupleGreaterThan
    return follows(Tuple(F(column), F("id")), (value, id_))
