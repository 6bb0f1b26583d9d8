"""The views of the inbox that people keep under a name."""

from collections.abc import Sequence

from django.db.models import Q

from tuntas.people.models import SavedFilter

MOST_SHOWN = 40


def filters_of(person_id: int) -> Sequence[SavedFilter]:
    """Return somebody's own saved filters and those that colleagues share, by name. One query."""
    seen = SavedFilter.objects.filter(Q(person_id=person_id) | Q(is_shared=True)).select_related("person")
    return list(seen.order_by("name", "id")[:MOST_SHOWN])
