"""Signing in and out: password, second factor, passkey."""

from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.kit.errors import Invalid, NotFound
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.factors import has_passkey
from tuntas.people.sessions import LONGEST
from tuntas.steps.challenges import LASTS, person_half_in
from tuntas.web.cookies import cookie_of, set_cookie
from tuntas.web.forms import Mistakes
from tuntas.web.office.carried import carried_by, go_on, inside
from tuntas.web.office.signed import COOKIE, FIELD, Signed, for_staff, is_from_elsewhere, sign_in_page, signed_of
from tuntas.web.page import page
from tuntas.web.posts import OTHER_SITE, see_other

HALF = "kedua"  # the cookie of somebody whose password was right
FIELDS = {"/email": "email", "/password": "password", "/code": "otp", "/passkey": "otp"}
EMPTY_EMAIL = Say("Tulis alamat e-mail Anda", "Write your e-mail address")
EMPTY_PASSWORD = Say("Tulis kata sandi Anda", "Write your password")
EMPTY_CODE = Say("Tulis kode dari aplikasi, atau kode cadangan", "Write the app's code, or a recovery code")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password, or take a passkey; go on with what somebody had typed where they were going."""
    if request.method != "POST":
        signed = signed_of(request, is_for_half=True)
        if signed is not None:
            return see_other(signed.home)
        return sign_in_page(request, given={"back": inside(request.GET.get("lanjut", ""))})
    if is_from_elsewhere(request):
        return _other_site(request)
    mistakes = Mistakes()
    entered = _enter(request, mistakes)
    if entered is None:
        given = {"email": request.POST.get("email", "")[:254], **_wrong(mistakes), **carried_by(request).given}
        return sign_in_page(request, status=422, given=given)
    return _let_in(request, entered.key) if entered.key else _ask_second(request, entered.half)


def _enter(request: HttpRequest, mistakes: Mistakes) -> steps.Entered | None:
    """Return how far somebody came with what they showed, or None with what is wrong with it."""
    try:
        if request.POST.get("kunci-sandi"):
            return steps.Entered(key=_by_passkey(request))
        email, password = request.POST.get("email", ""), request.POST.get("password", "")
        if not email.strip():
            mistakes.add("email", EMPTY_EMAIL)
        if not password:
            mistakes.add("password", EMPTY_PASSWORD)
        return None if mistakes else _by_password(request, email, password)
    except Invalid as no:
        mistakes.add_step(no, FIELDS | {"/passkey": "email"}, "password")
    except NotFound as no:
        mistakes.add("email", no.say)
    except TooOften as no:
        mistakes.add("password", no.say)
    return None


def _by_password(request: HttpRequest, email: str, password: str) -> steps.Entered:
    device, address = request.headers.get("User-Agent", ""), request.META.get("REMOTE_ADDR", "")
    return steps.sign_in(email, password, device=device, address=address, real_now=real_time())


def _by_passkey(request: HttpRequest) -> str:
    device, token = request.headers.get("User-Agent", ""), request.POST.get("tantangan", "")
    return steps.sign_in_passkey(token, request.POST["kunci-sandi"], device=device, real_now=real_time())


def _let_in(request: HttpRequest, key: str) -> HttpResponse:
    response = go_on(request, carried_by(request), otherwise="/masuk")
    set_cookie(response, COOKIE, key, seconds=int(LONGEST.total_seconds()))
    if cookie_of(request, HALF):
        set_cookie(response, HALF, "", seconds=0)
    return response


def _ask_second(request: HttpRequest, half: str) -> HttpResponse:
    """Go on to the second page; show it at once where something typed must be carried on."""
    carried = carried_by(request)
    if carried.fields is None:
        response = see_other(f"/masuk/kedua?{urlencode({'lanjut': carried.back})}" if carried.back else "/masuk/kedua")
    else:
        response = _second_page(request, half, given=carried.given)
    set_cookie(response, HALF, half, seconds=int(LASTS.total_seconds()))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of somebody whose password was right."""
    half = cookie_of(request, HALF)
    if request.method != "POST":
        try:
            return _second_page(request, half, given={"back": inside(request.GET.get("lanjut", ""))})
        except NotFound:
            return see_other("/masuk")
    if is_from_elsewhere(request):
        return _other_site(request)
    carried, mistakes = carried_by(request), Mistakes()
    code, passkey = request.POST.get("otp", ""), request.POST.get("kunci-sandi", "")
    try:
        if not code.strip() and not passkey:
            mistakes.add("otp", EMPTY_CODE)
            return _second_page(request, half, status=422, given=_wrong(mistakes) | carried.given)
        token = request.POST.get("tantangan", "")
        key = steps.sign_in_second(half, code=code, passkey=passkey, token=token, real_now=real_time())
        return _let_in(request, key)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, "otp")
    except TooOften as no:
        mistakes.add("otp", no.say)
    except NotFound as no:
        return _from_the_start(request, no)
    try:
        return _second_page(request, half, status=422, given=_wrong(mistakes) | carried.given)
    except NotFound as no:
        return _from_the_start(request, no)


def _from_the_start(request: HttpRequest, no: NotFound) -> HttpResponse:
    """Show the first page again, with what was typed elsewhere still in it."""
    mistakes = Mistakes([("email", no.say)])
    return sign_in_page(request, status=422, given=_wrong(mistakes) | carried_by(request).given)


def _second_page(request: HttpRequest, half: str, *, given: dict[str, object], status: int = 200) -> HttpResponse:
    person_id = person_half_in(half, real_now=real_time())
    given = {"has_passkey": has_passkey(person_id), "ask": "/masuk/tanya", "has_code": True, **given}
    return page(request, "office/second.html", given, status=status, is_private=True)


def _wrong(mistakes: Mistakes) -> dict[str, object]:
    return {"mistakes": mistakes, "wrong": mistakes.by_field}


@require_http_methods(["POST"])
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """Answer a script that wants to show a passkey: what the browser is asked."""
    if is_from_elsewhere(request):
        return HttpResponse(status=403)
    address, real_now = request.META.get("REMOTE_ADDR", ""), real_time()
    try:
        try:
            asked = steps.ask_passkey(half=cookie_of(request, HALF), address=address, real_now=real_now)
        except NotFound:
            asked = steps.ask_passkey(address=address, real_now=real_now)
    except TooOften as no:
        return HttpResponse(status=429, headers={"Retry-After": str(no.seconds)})
    return asked_answer(asked.token, asked.options)


def asked_answer(token: str, options: dict[str, object]) -> HttpResponse:
    """Return what ``passkey.js`` reads."""
    body = orjson.dumps({"tantangan": token, **options})
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})


def _other_site(request: HttpRequest) -> HttpResponse:
    return page(request, "pages/refused.html", {"sentence": OTHER_SITE}, status=403, is_private=True)


@for_staff(methods=("POST",), is_for_half=True)
def leave(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Sign out here. The phone is told to forget what it kept."""
    steps.sign_out(signed.person.session_id, person_id=signed.person.person_id)
    response = see_other("/masuk")
    set_cookie(response, COOKIE, "", seconds=0)
    # Only a phone that kept tasks has something to forget; on a shared one a colleague's answers may still wait.
    response["Clear-Site-Data"] = '"cache", "storage"' if signed.is_any(FIELD) else '"cache"'
    return response
