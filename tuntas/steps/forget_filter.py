from tuntas.people.models import SavedFilter


def forget_filter(person_id: int, filter_id: int) -> None:
    """Delete a saved filter of somebody's own; one that is gone, or another's, is left as it is."""
    SavedFilter.objects.filter(person_id=person_id, pk=filter_id).delete()
