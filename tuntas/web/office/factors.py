"""Second factors of one's own: see them, add an authenticator app or a passkey, remove one."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotFound, WrongState
from tuntas.kit.problems import TooOften
from tuntas.kit.qr import qr_svg
from tuntas.kit.time import real_time
from tuntas.kit.totp import app_address, secret_text
from tuntas.kit.words import Say
from tuntas.people.factors import factors_of, recovery_codes_left
from tuntas.people.sessions import LONGEST
from tuntas.web.cookies import set_cookie
from tuntas.web.forms import Mistakes
from tuntas.web.office.entering import asked_answer
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import COOKIE, SET_UP, Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import see_other

FIELDS = {"/name": "nama", "/code": "otp", "/passkey": "buat"}
NAME = Say("Tulis nama yang Anda kenali, paling banyak 60 huruf", "Write a name you will know, 60 characters at most")
KINDS = {"totp": Say("Aplikasi kode", "Authenticator app"), "passkey": Say("Kunci sandi", "Passkey")}


@for_staff(is_for_half=True)
def factors(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List somebody's second factors; remove one."""
    mistakes, person_id = Mistakes(), signed.person.person_id
    if request.method == "POST":
        if (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        chosen = request.POST.get("hapus", "")
        try:
            steps.remove_factor(_number(chosen), person_id=person_id, real_now=real_time())
            return see_other(f"{SET_UP}?tersimpan=1")
        except NotFound:  # the form came twice
            return see_other(f"{SET_UP}?tersimpan=1")
        except WrongState as no:
            mistakes.add(f"hapus-{_number(chosen)}", no.say)
    given = {
        "nav": "akun",
        "mistakes": mistakes,
        "rows": [(factor, KINDS[factor.kind]) for factor in factors_of(person_id)],
        "codes_left": recovery_codes_left(person_id),
        "is_half": signed.is_half,
        "is_kept": request.GET.get("tersimpan") == "1",
    }
    return office_page(request, signed, "office/factors.html", given, status=422 if mistakes else 200)


def _number(text: str) -> int:
    return int(text[:18]) if text.isdecimal() else 0


@for_staff(is_for_half=True)
def add_app(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the secret of a new authenticator app; keep it once it shows a right code.

    Only who is sure gets the secret; the form that follows carries its token, which is proof enough.
    """
    person_id, mistakes = signed.person.person_id, Mistakes()
    token, name = request.POST.get("tantangan", ""), request.POST.get("nama", "")
    if request.method == "POST":
        code, session_id = request.POST.get("otp", ""), signed.person.session_id
        try:
            steps.add_app(person_id, token, code, name=name, session_id=session_id, real_now=real_time())
            return _added(signed)
        except Invalid as no:
            _note(mistakes, no)
        except TooOften as no:
            mistakes.add("otp", no.say)
        except NotFound as no:
            token = ""
            mistakes.add("otp", no.say)
    if not token:
        if (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        token = steps.ask_app(person_id, real_now=real_time())
    secret = steps.secret_asked(person_id, token, real_now=real_time())
    issuer = f"Tuntas {installation().name.id}"
    shown = {
        "nav": "akun",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "name": name,
        "token": token,
        "secret": secret_text(secret),
        "qr": qr_svg(app_address(secret, account=signed.person.email, issuer=issuer)),
    }
    return office_page(request, signed, "office/factor_app.html", shown, status=422 if mistakes else 200)


@for_staff(is_for_half=True)
def add_passkey(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Keep a passkey the browser made; what it was asked, with the token, went only to who is sure."""
    mistakes, name = Mistakes(), request.POST.get("nama", "")
    if request.method == "POST":
        token, passkey = request.POST.get("tantangan", ""), request.POST.get("kunci-sandi", "")
        me = signed.person
        try:
            steps.add_passkey(me.person_id, token, passkey, name=name, session_id=me.session_id, real_now=real_time())
            return _added(signed)
        except Invalid as no:
            _note(mistakes, no)
        except NotFound as no:
            mistakes.add("buat", no.say)
    elif (unsure := ask_to_be_sure(request, signed)) is not None:
        return unsure
    shown = {"nav": "akun", "mistakes": mistakes, "wrong": mistakes.by_field, "name": name}
    return office_page(request, signed, "office/factor_passkey.html", shown, status=422 if mistakes else 200)


@for_staff(methods=("POST",), is_for_half=True)
def ask_new_passkey(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Answer a script that wants to make a passkey."""
    if ask_to_be_sure(request, signed) is not None:
        return HttpResponse(status=401)
    asked = steps.ask_new_passkey(signed.person.person_id, real_now=real_time())
    return asked_answer(asked.token, asked.options)


def _note(mistakes: Mistakes, no: Invalid) -> None:
    for mistake in no.mistakes:
        mistakes.add(FIELDS.get(mistake.pointer, "nama"), NAME if mistake.pointer == "/name" else mistake.say)


def _added(signed: Signed) -> HttpResponse:
    """Go back to the list; a session that may do more from now on gets another key."""
    response = see_other(f"{SET_UP}?tersimpan=1")
    if signed.person.second_at is None:
        person = signed.person
        key = steps.renew_session(person.session_id, person_id=person.person_id, real_now=real_time())
        set_cookie(response, COOKIE, key, seconds=int(LONGEST.total_seconds()))
    return response
