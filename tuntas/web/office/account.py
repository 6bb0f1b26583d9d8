"""Signing in and out, and what somebody chooses for themselves: language, clock, where they are signed in."""

from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.sessions import LONGEST, sessions_of
from tuntas.web.forms import Mistakes
from tuntas.web.language import NAMES
from tuntas.web.office.devices import device_of
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import COOKIE, FIELD, Signed, for_staff, is_from_elsewhere, sign_in_page, signed_of
from tuntas.web.page import page, set_cookie
from tuntas.web.posts import OTHER_SITE, see_other
from tuntas.web.typed import Typed

ZONES = (
    ("Asia/Jakarta", Say("WIB (Jakarta)", "Western Indonesia (Jakarta)")),
    ("Asia/Makassar", Say("WITA (Makassar)", "Central Indonesia (Makassar)")),
    ("Asia/Jayapura", Say("WIT (Jayapura)", "Eastern Indonesia (Jayapura)")),
)
FIELDS = {"/email": "email", "/password": "password", "/language": "bahasa-akun", "/zone": "zona"}
OF_SIGN_IN = frozenset({"email", "password", "lanjut", "isian"})  # what else is in the form was typed on another page
EMPTY_EMAIL = Say("Tulis alamat e-mail Anda", "Write your e-mail address")
EMPTY_PASSWORD = Say("Tulis kata sandi Anda", "Write your password")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password; go on to where somebody was going, with what they had typed there."""
    if request.method != "POST":
        signed = signed_of(request)
        if signed is not None:
            return see_other(signed.home)
        return sign_in_page(request, given={"back": _inside(request.GET.get("lanjut", ""))})
    if is_from_elsewhere(request):
        return page(request, "pages/refused.html", {"sentence": OTHER_SITE}, status=403, is_private=True)
    email, password, mistakes = request.POST.get("email", ""), request.POST.get("password", ""), Mistakes()
    if not email.strip():
        mistakes.add("email", EMPTY_EMAIL)
    if not password:
        mistakes.add("password", EMPTY_PASSWORD)
    try:
        key = "" if mistakes else _session(request, email, password)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, "password")
    except TooOften as no:
        mistakes.add("password", no.say)
    if mistakes:
        given = {"mistakes": mistakes, "wrong": mistakes.by_field, "email": email[:254], **_kept(request)}
        return sign_in_page(request, status=422, given=given)
    response = _go_on(request)
    set_cookie(response, COOKIE, key, seconds=int(LONGEST.total_seconds()))
    return response


def _session(request: HttpRequest, email: str, password: str) -> str:
    device, address = request.headers.get("User-Agent", ""), request.META.get("REMOTE_ADDR", "")
    return steps.sign_in(email, password, device=device, address=address, real_now=real_time())


def _kept(request: HttpRequest) -> dict[str, object]:
    """Return where somebody was going, and what they had typed there."""
    back = _inside(request.POST.get("lanjut", ""))
    fields = [
        Typed(name, value, "hidden")
        for name, values in request.POST.lists()
        if name not in OF_SIGN_IN
        for value in values
    ]
    return {"back": back, "kept": {"fields": fields, "files": [], "address": back} if "isian" in request.POST else None}


def _go_on(request: HttpRequest) -> HttpResponse:
    kept = _kept(request)
    if kept["kept"]:
        return page(request, "office/signed_in_again.html", kept["kept"], is_private=True)  # type: ignore[arg-type]
    return see_other(str(kept["back"]) or "/masuk")


def _inside(address: str) -> str:
    """Return an address of this site, or nothing: nobody is led elsewhere by a link they were sent."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_ours and len(address) < 2000 else ""


@for_staff(methods=("POST",))
def leave(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Sign out here. The phone is told to forget what it kept."""
    steps.sign_out(signed.person.session_id, person_id=signed.person.person_id)
    response = see_other("/masuk")
    set_cookie(response, COOKIE, "", seconds=0)
    # Only a phone that kept tasks has something to forget; on a shared one a colleague's answers may still wait.
    response["Clear-Site-Data"] = '"cache", "storage"' if signed.is_any(FIELD) else '"cache"'
    return response


@for_staff()
def account(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show and change what somebody chose; end a session on another device."""
    mistakes = Mistakes()
    if request.method == "POST":
        try:
            _change(request, signed)
            return see_other(f"{signed.root}/akun")
        except Invalid as no:
            mistakes.add_step(no, FIELDS, "zona")
    real_now = real_time()
    given = {
        "nav": "akun",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "sessions": [
            (session, device_of(session.device), session.pk == signed.person.session_id)
            for session in sessions_of(signed.person.person_id, real_now=real_now)
        ],
        "real_now": real_now,
        "languages": NAMES.items(),
        "zones": ZONES,
        "other_zones": sorted(available_timezones()) if signed.person.zone not in dict(ZONES) else (),
    }
    return office_page(request, signed, "office/account.html", given, status=422 if mistakes else 200)


def _change(request: HttpRequest, signed: Signed) -> None:
    if (ended := request.POST.get("akhiri", "")).isdecimal():
        steps.sign_out(int(ended[:18]), person_id=signed.person.person_id)
        return
    steps.choose(
        signed.person.person_id,
        language=request.POST.get("bahasa-akun", ""),
        zone=request.POST.get("zona", ""),
    )


@for_staff(methods=("POST",))
def stay(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Keep the session open: the button of the warning two minutes before its end."""
    back = request.headers.get("Referer", "")
    return see_other(back if back.startswith(f"{request.scheme}://{request.get_host()}/") else signed.home)
