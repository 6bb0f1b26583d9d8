from collections.abc import Sequence

from django.db import transaction

from tuntas.kit.errors import WrongState
from tuntas.kit.ids import new_code, show_code
from tuntas.kit.words import Say
from tuntas.people.factors import RECOVERY_CODES, has_factor, recovery_hash
from tuntas.people.models import Person, RecoveryCode

NOTHING = Say("Tambahkan aplikasi kode atau kunci sandi dulu.", "Add an authenticator app or a passkey first.")


def new_recovery_codes(person_id: int) -> Sequence[str]:
    """Give somebody ten codes for paper, each good once, in place of those they had; shown this once.

    Raises WrongState for somebody without a second factor, which the codes would stand in for.
    """
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_id)
        if not has_factor(person_id):
            raise WrongState(NOTHING)
        RecoveryCode.objects.filter(person_id=person_id).delete()
        made = [RecoveryCode(person_id=person_id, hash=recovery_hash(person_id, code)) for code in codes]
        RecoveryCode.objects.bulk_create(made)
    return [show_code(code) for code in codes]
