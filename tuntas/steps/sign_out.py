from tuntas.people.models import Session


def sign_out(session_id: int, *, person_id: int) -> None:
    """End one of somebody's sessions: this device's, or that of a phone they lost."""
    Session.objects.filter(pk=session_id, person_id=person_id).delete()
