from zoneinfo import available_timezones

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Language, Say
from tuntas.people.models import Person

UNKNOWN = Say("Pilih salah satu dari daftar.", "Choose one of the list.")


def choose(person_id: int, *, language: str, zone: str) -> None:
    """Let somebody choose in which language and by which clock they work. Raises Invalid.

    zone  an IANA time zone such as Asia/Makassar; empty: the government's own
    """
    if language not in set(Language):
        raise Invalid.field("/language", UNKNOWN)
    if zone and zone not in available_timezones():
        raise Invalid.field("/zone", UNKNOWN)
    Person.objects.filter(pk=person_id).update(language=language, zone=zone)
