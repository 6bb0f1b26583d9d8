"""A lost code comes back by e-mail, to the address that the reporter left; who asks learns nothing here."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.env import env
from tuntas.kit.ids import read_number
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.rules.text import EMAIL
from tuntas.steps.limit import LOST_CODES_AN_HOUR
from tuntas.web.citizen.report_send import BAD_EMAIL
from tuntas.web.forms import Mistakes
from tuntas.web.page import page
from tuntas.web.posts import refuse_cross_site, seconds_to_rest, see_other

NO_NUMBER = Say("Tulis nomor laporan, misalnya 25-18342", "Write the report's number, such as 25-18342")
SLOWER = Say(
    "Terlalu banyak percobaan dari jaringan ini. Tunggu {seconds} detik, lalu coba lagi",
    "Too many tries from this network. Wait {seconds} seconds, then try again",
)


@require_http_methods(["GET", "HEAD", "POST"])
def lost_code(request: HttpRequest) -> HttpResponse:
    """Show the form, or send a new code where number and address belong together, and say the same either way."""
    if request.method != "POST":
        return _page(request, Mistakes(), is_sent="terkirim" in request.GET)
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    number, email, mistakes = request.POST.get("nomor", "").strip(), request.POST.get("email", "").strip(), Mistakes()
    if read_number(number.replace(" ", ""), installation().number_prefix) is None:
        mistakes.add("nomor", NO_NUMBER)
    if not EMAIL.fullmatch(email) or len(email) > 254:
        mistakes.add("email", BAD_EMAIL)
    if not mistakes and (wait := seconds_to_rest(request, "lost codes", LOST_CODES_AN_HOUR)):
        mistakes.add("nomor", SLOWER.fill(seconds=wait))
    if mistakes:
        return _page(request, mistakes, number=number, email=email)
    steps.renew_code(number.replace(" ", ""), email, now=current_time())
    return see_other("/lacak/kode-hilang?terkirim")


def _page(
    request: HttpRequest, mistakes: Mistakes, *, number: str = "", email: str = "", is_sent: bool = False
) -> HttpResponse:
    given = {
        "nav": "lacak",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "number": number[:60],
        "email": email[:254],
        "is_sent": is_sent,
        "can_send": bool(env().email_url),
    }
    return page(request, "pages/lost_code.html", given, status=422 if mistakes else 200, is_private=True)
