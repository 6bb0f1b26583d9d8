from datetime import datetime

from tuntas.kit.errors import NotAllowed
from tuntas.kit.words import Say
from tuntas.people.models import Look
from tuntas.rules.who import Actor
from tuntas.rules.work_figures import SEE

WORK_EXPORT = "work_figures"
NOT_YOURS = Say("Angka kerja bukan untuk peran Anda.", "Work figures are not for your role.")


def export_work(*, by: Actor, month: str, form: str, now: datetime) -> None:
    """Keep that somebody took the work figures of a month away as a file: who, which, when. Raises NotAllowed.

    month   such as 2026-10
    form    csv or xlsx
    """
    role = next((role for role in SEE if role in by.reach), None)
    if by.person_id is None or role is None:
        raise NotAllowed(NOT_YOURS)
    Look.objects.create(person_id=by.person_id, role=role, what=WORK_EXPORT, why=f"{month} {form}", at=now)
