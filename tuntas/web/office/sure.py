"""Asking somebody who is signed in whether it is still them, before what is dangerous."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, NotFound
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.factors import has_factor, has_passkey
from tuntas.web.forms import Mistakes
from tuntas.web.office.carried import Carried, carried_by, go_on, inside
from tuntas.web.office.entering import asked_answer
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff, is_sure
from tuntas.web.posts import see_other
from tuntas.web.typed import typed_again

ADDRESS = "/akun/pastikan"
FIELDS = {"/code": "otp", "/passkey": "otp", "/password": "password"}
EMPTY = Say("Isi kode atau kata sandi Anda", "Write your code or password")


def ask_to_be_sure(request: HttpRequest, signed: Signed) -> HttpResponse | None:
    """Return the page that asks whether it is still them, with what they typed in it; None where they showed it."""
    if is_sure(signed, real_now=real_time()):
        return None
    if request.method != "POST":
        return see_other(f"{ADDRESS}?{urlencode({'lanjut': request.get_full_path()})}")
    carried = Carried(request.get_full_path(), tuple(typed_again(request)["fields"]))
    return _page(request, signed, Mistakes(), carried, status=401)


@for_staff(is_for_half=True)
def sure(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Take the proof, and go on to where it was asked for."""
    if request.method != "POST":
        return _page(request, signed, Mistakes(), Carried(inside(request.GET.get("lanjut", ""))))
    carried, mistakes = carried_by(request), Mistakes()
    try:
        _prove(request, signed)
        return go_on(request, carried, otherwise="/akun", is_sure=True)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, "otp")
    except (NotFound, TooOften) as no:
        mistakes.add("otp", no.say)
    return _page(request, signed, mistakes, carried, status=422)


def _prove(request: HttpRequest, signed: Signed) -> None:
    given, real_now = request.POST, real_time()
    person_id, session_id = signed.person.person_id, signed.person.session_id
    if passkey := given.get("kunci-sandi"):
        token = given.get("tantangan", "")
        steps.check_passkey(person_id, token, passkey, session_id=session_id, real_now=real_now)
    elif code := given.get("otp", "").strip():
        address = request.META.get("REMOTE_ADDR", "")
        steps.check_second(person_id, code, session_id=session_id, address=address, real_now=real_now)
    elif word := given.get("password"):
        steps.check_own_password(person_id, word, session_id=session_id, real_now=real_now)
    else:
        raise Invalid.field("/code" if has_factor(person_id) else "/password", EMPTY)


def _page(
    request: HttpRequest, signed: Signed, mistakes: Mistakes, carried: Carried, *, status: int = 200
) -> HttpResponse:
    person_id = signed.person.person_id
    given = {
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "has_code": has_factor(person_id),
        "has_passkey": has_passkey(person_id),
        "ask": "/akun/tanya",
        **carried.given,
    }
    return office_page(request, signed, "office/sure.html", given, status=status)


@for_staff(methods=("POST",), is_for_half=True)
def ask_passkey(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Answer a script that wants to show one of somebody's passkeys."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        asked = steps.ask_passkey(signed.person.person_id, address=address, real_now=real_time())
    except TooOften as no:
        return HttpResponse(status=429, headers={"Retry-After": str(no.seconds)})
    return asked_answer(asked.token, asked.options)
