from datetime import datetime

from django.db import transaction

from tuntas.kit.errors import NOT_FOUND, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.people.factors import needs_second
from tuntas.people.models import Factor, Person, RecoveryCode

LAST = Say(
    "Ini satu-satunya faktor kedua Anda. Tambahkan yang lain dulu, lalu hapus ini.",
    "This is your only second factor. Add another first, then remove this one.",
)


def remove_factor(factor_id: int, *, person_id: int, real_now: datetime) -> None:
    """Take away one of somebody's second factors; codes on paper go with the last.

    Raises NotFound; WrongState for the last one where nobody works without.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_id)  # two at once must not leave nothing
        own = Factor.objects.filter(person_id=person_id)
        if not own.filter(pk=factor_id).exists():
            raise NotFound(NOT_FOUND)
        is_last = own.count() == 1
        if is_last and needs_second():
            raise WrongState(LAST)
        own.filter(pk=factor_id).delete()
        if is_last:
            RecoveryCode.objects.filter(person_id=person_id).delete()
