from tuntas.kit.errors import Invalid, Mistake
from tuntas.people.models import Person
from tuntas.rules.keys import Keys, as_kept, trouble_with_keys


def choose_keys(person_id: int, keys: Keys) -> None:
    """Let somebody change the desk's shortcuts, or switch them off. Raises Invalid."""
    if wrong := trouble_with_keys(keys):
        raise Invalid(*(Mistake(f"/{does}", say) for does, say in wrong.items()))
    Person.objects.filter(pk=person_id).update(keys=as_kept(keys))
