"""Recovery codes: ten for paper, each good once, shown once."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import WrongState
from tuntas.kit.time import real_time
from tuntas.people.factors import has_factor, recovery_codes_left
from tuntas.web.forms import Mistakes
from tuntas.web.office.office_page import office_page
from tuntas.web.office.shown_once import hidden, revealed
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import once_only

ADDRESS = "/akun/faktor/kode"


@for_staff(is_for_half=True)
def recovery_codes(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Say how many are left; make new ones, and show them this once."""
    mistakes, person_id = Mistakes(), signed.person.person_id
    if request.method == "POST":
        if (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        try:
            return once_only(request, caller=signed.key, do=lambda: _make(signed), now=signed.now)
        except WrongState as no:
            mistakes.add("buat", no.say)
    given = {
        "nav": "akun",
        "mistakes": mistakes,
        "codes": revealed(request.GET.get("baru", ""), signed, real_now=real_time()).split(),
        "left": recovery_codes_left(person_id),
        "has_factor": has_factor(person_id),
    }
    return office_page(request, signed, "office/recovery_codes.html", given, status=422 if mistakes else 200)


def _make(signed: Signed) -> str:
    codes = steps.new_recovery_codes(signed.person.person_id)
    return f"{ADDRESS}?baru={hidden(' '.join(codes), signed, real_now=real_time())}"
