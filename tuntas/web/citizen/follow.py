"""Follow a public report: counted at once; news by e-mail only once the address's owner has said yes."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.kit.errors import Invalid, No, NotFound
from tuntas.kit.problems import TooOften
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.reports.queries import report_for
from tuntas.rules.who import STRANGER
from tuntas.steps.limit import FOLLOWS_AN_HOUR
from tuntas.web.forms import Mistakes
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.posts import new_form_key, once_only, refuse_cross_site, seconds_to_rest

if TYPE_CHECKING:
    from tuntas.reports.models import Report

SLOWER = Say(
    "Terlalu banyak dari jaringan ini. Tunggu {seconds} detik, lalu coba lagi",
    "Too many from this network. Wait {seconds} seconds, then try again",
)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Show the form, or follow and go back to the public page. Raises Http404 for what is not public."""
    try:
        report = report_for(STRANGER, number)
    except NotFound as no:
        raise Http404 from no
    if request.method != "POST":
        return _page(request, report, Mistakes())
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    email, now = request.POST.get("email", "").strip(), current_time()

    def do() -> str:
        if wait := seconds_to_rest(request, "follows", FOLLOWS_AN_HOUR):
            raise TooOften(SLOWER.fill(seconds=wait), wait)
        steps.follow(report, by=STRANGER, email=email, language=language_of_page(request), now=now)
        return f"/laporan/{report.number}?diikuti={'surat' if email else 'ya'}#ikut"

    try:
        return once_only(request, caller=f"follow {report.pk}", do=do, now=now)
    except No as no:
        mistakes = Mistakes()
        mistakes.add("email", no.mistakes[0].say if isinstance(no, Invalid) else no.say)
        return _page(request, report, mistakes, email=email)


def _page(request: HttpRequest, report: "Report", mistakes: Mistakes, *, email: str = "") -> HttpResponse:
    given = {
        "nav": "laporan",
        "number": report.number,
        "title": report.public_title,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "email": email[:254],
        "kunci": new_form_key(),
    }
    return page(request, "pages/follow.html", given, status=422 if mistakes else 200, is_private=True)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the owner of an address whether they want news, or take their word. A letter's link alone does nothing:
    mail programs open links by themselves."""
    if request.method != "POST":
        return page(request, "pages/follow_letter.html", {"token": token, "what": "confirm"}, is_private=True)
    follower = steps.confirm_follow(token, now=current_time())
    number = None if follower is None else follower.report.number
    given = {"token": token, "what": "confirmed" if follower else "unknown", "number": number}
    return page(request, "pages/follow_letter.html", given, status=200 if follower else 404, is_private=True)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether letters shall stop, or stop them."""
    if request.method != "POST":
        return page(request, "pages/follow_letter.html", {"token": token, "what": "stop"}, is_private=True)
    steps.unfollow(token, now=current_time())
    return page(request, "pages/follow_letter.html", {"token": token, "what": "stopped"}, is_private=True)
