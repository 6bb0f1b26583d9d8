"""What somebody chooses for themselves: language, clock, where they are signed in."""

from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.sessions import sessions_of
from tuntas.web.forms import Mistakes
from tuntas.web.language import NAMES
from tuntas.web.office.devices import device_of
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import see_other

ZONES = (
    ("Asia/Jakarta", Say("WIB (Jakarta)", "Western Indonesia (Jakarta)")),
    ("Asia/Makassar", Say("WITA (Makassar)", "Central Indonesia (Makassar)")),
    ("Asia/Jayapura", Say("WIT (Jayapura)", "Eastern Indonesia (Jayapura)")),
)
FIELDS = {"/language": "bahasa-akun", "/zone": "zona"}


@for_staff()
def account(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show and change what somebody chose; end a session on another device."""
    mistakes = Mistakes()
    if request.method == "POST":
        if "akhiri" in request.POST and (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
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


@for_staff(methods=("POST",), is_for_half=True)
def stay(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Keep the session open: the button of the warning two minutes before its end."""
    back = request.headers.get("Referer", "")
    return see_other(back if back.startswith(f"{request.scheme}://{request.get_host()}/") else signed.home)
