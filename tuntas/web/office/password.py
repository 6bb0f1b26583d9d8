"""Changing one's own password."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.web.forms import Mistakes
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff, is_sure
from tuntas.web.office.sure import ADDRESS as SURE
from tuntas.web.posts import see_other

FIELDS = {"/old": "sandi-lama", "/new": "sandi-baru"}


@for_staff()
def password(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Ask for the old and the new password. Nothing of it is carried through another page."""
    if not is_sure(signed, real_now=real_time()):
        return see_other(f"{SURE}?{urlencode({'lanjut': '/akun/sandi'})}")
    mistakes = Mistakes()
    if request.method == "POST":
        old, new = request.POST.get("sandi-lama", ""), request.POST.get("sandi-baru", "")
        person = signed.person
        try:
            steps.change_password(person.person_id, old, new, session_id=person.session_id, real_now=real_time())
            return see_other("/akun/sandi?tersimpan=1")
        except Invalid as no:
            mistakes.add_step(no, FIELDS, "sandi-lama")
        except TooOften as no:
            mistakes.add("sandi-lama", no.say)
    given = {
        "nav": "akun",
        "mistakes": mistakes,
        "wrong_old": mistakes.by_field.get("sandi-lama"),
        "wrong_new": mistakes.by_field.get("sandi-baru"),
        "is_kept": request.GET.get("tersimpan") == "1",
    }
    return office_page(request, signed, "office/password.html", given, status=422 if mistakes else 200)
