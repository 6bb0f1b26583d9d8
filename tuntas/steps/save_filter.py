from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.people.models import SavedFilter

MOST = 30
MOST_LETTERS = 60
NAME_IT = Say("Tulis nama saringan ini", "Write a name for this filter")
TOO_LONG = Say("Namanya paling banyak {n} huruf", "At most {n} letters for its name")
TOO_MANY = Say("Anda sudah menyimpan {n} saringan. Hapus satu dulu.", "You keep {n} filters. Delete one first.")


def save_filter(person_id: int, *, name: str, query: str, is_shared: bool) -> SavedFilter:
    """Keep a view of the inbox under a name; the same name again replaces it. Raises Invalid."""
    name = " ".join(name.split())
    if not name:
        raise Invalid.field("/name", NAME_IT)
    if len(name) > MOST_LETTERS:
        raise Invalid.field("/name", TOO_LONG.fill(n=MOST_LETTERS))
    others = SavedFilter.objects.filter(person_id=person_id).exclude(name=name)
    if others.count() >= MOST:
        raise Invalid.field("/name", TOO_MANY.fill(n=MOST))
    kept, _ = SavedFilter.objects.update_or_create(
        person_id=person_id, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return kept
