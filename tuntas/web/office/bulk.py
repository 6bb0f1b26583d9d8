"""One act for many reports: first what goes where and what is left out, and why; then it is done, once (ux 6.1)."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.reports.inbox_queries import last_events_of, reports_named
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act
from tuntas.rules.who import DESK_ROLES
from tuntas.steps.unless_changed import Changed, unless_changed
from tuntas.web.citizen.story_text import same_lines
from tuntas.web.forms import Mistakes
from tuntas.web.office.filters import view_of_query
from tuntas.web.office.office_page import office_page
from tuntas.web.office.rows import opening_of, title_of
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.since import instant_of
from tuntas.web.office.suggested import Offered, offered_for, targets
from tuntas.web.office.triage import back_to, seen_of
from tuntas.web.posts import once_only, see_other

if TYPE_CHECKING:
    from tuntas.reports.models import Report

MOST = 50
FORWARD, ASK = "teruskan", "minta-data"
ACTS = {FORWARD: Act.DISPATCH, ASK: Act.ASK}
NAMES = {FORWARD: Say("Teruskan", "Send on"), ASK: Say("Minta data", "Ask for details")}
WHY = {
    # why a report was left out; the slugs stand in the address of the result
    "tidak-ada": Say("tidak ada, atau bukan untuk Anda", "not there, or not for you"),
    "ditutup": Say("isinya ditutup: buka satu per satu", "its words are closed: open it by itself"),
    "berubah": Say("berubah sejak daftar dibuka", "changed since the list was made"),
    "keadaan": Say("tidak bisa dilakukan dalam keadaannya sekarang", "cannot be done as it stands now"),
    "instansi": Say("belum ada instansi yang dipilih", "no agency was chosen"),
    "isi": Say("isinya perlu dilihat dulu", "its words must be looked at first"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One picked report that can be done."""

    name: str
    title: str
    seen: int
    offered: Offered | None
    chosen: str

    @property
    def is_sure(self) -> bool:
        return self.offered is not None and self.offered.sure > 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One picked report that cannot, and why."""

    name: str
    why: Say


@for_staff(DESK_ROLES, methods=("POST",))
def bulk(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show what would be done to the picked reports; asked again, do it."""
    act = request.POST.get("tindakan", "")
    names = list(dict.fromkeys(name[:40] for name in request.POST.getlist("pilih")))[:MOST]
    view = view_of_query(request.POST.get("kembali", ""), signed.zone)
    if act not in ACTS or not names:
        return see_other(back_to(signed, view))
    if request.POST.get("langkah") != "lakukan":
        return _preview(request, signed, act, names)
    text = same_lines(request.POST.get("teks", ""))

    def do() -> str:
        done, left = _do(request, signed, act, names, text)
        told = {"sudah": ",".join(done), "lewat": ",".join(f"{name}:{why}" for name, why in left.items())}
        return back_to(signed, view, **told).replace("/meja?", f"/meja/massal/hasil?tindakan={act}&", 1)

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, {"/text": "teks"}, "teks")
        return _preview(request, signed, act, names, mistakes)


@for_staff(DESK_ROLES, methods=("GET", "HEAD"))
def result(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Tell what was done and what was left out."""
    pairs = (part.partition(":") for part in request.GET.get("lewat", "")[:3000].split(",") if part)
    asked = request.GET.get("sudah", "")[:3000].split(",")
    left = [(name[:40], WHY[why]) for name, _, why in pairs if why in WHY]
    known = {report.name for report in reports_named(signed.actor, [*asked, *(name for name, _ in left)])}
    given = {
        "nav": "meja",
        "act": NAMES.get(request.GET.get("tindakan", ""), NAMES[FORWARD]),
        "done": [name for name in asked if name in known],
        "left": [LeftOut(name, why) for name, why in left if name in known],
        "keep": view_of_query(request.GET.urlencode(), signed.zone).query(),
    }
    return office_page(request, signed, "office/inbox_done.html", given)


def _preview(
    request: HttpRequest, signed: Signed, act: str, names: list[str], mistakes: Mistakes | None = None
) -> HttpResponse:
    post, found = request.POST, {report.name: report for report in reports_named(signed.actor, names)}
    events, since = last_events_of(found.values()), instant_of(post.get("sejak", ""))
    items: list[Item] = []
    left: list[LeftOut] = []
    for name in names:
        report = found.get(name)
        is_new = report is not None and since is not None and report.updated_at > since
        why = "tidak-ada" if report is None else "berubah" if is_new else _why_not(report, signed, ACTS[act])
        if why or report is None:
            left.append(LeftOut(name, WHY[why]))
            continue
        offered = (
            next(iter(offered_for(report, f"{report.title} {opening_of(report)}")), None) if act == FORWARD else None
        )
        seen = seen_of(post.get(f"dilihat-{name}", "")) or events[report.pk]
        chosen = post.get(f"ke-{name}", offered.slug if offered else "")
        items.append(Item(name, title_of(report), seen, offered, chosen))
    mistakes = mistakes or Mistakes()
    given: dict[str, Any] = {
        "nav": "meja",
        "act": act,
        "act_name": NAMES[act],
        "items": items,
        "left": left,
        "agencies": targets(installation()),
        "typed": {"teks": post.get("teks", ""), "pasti": post.get("pasti", "")},
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "keep": view_of_query(post.get("kembali", ""), signed.zone).query(),
    }
    return office_page(request, signed, "office/inbox_bulk.html", given, status=422 if mistakes else 200)


def _why_not(report: "Report", signed: Signed, act: Act) -> str:
    if report.is_restricted:
        return "ditutup"
    return "" if act in possible_acts(signed.actor, report, now=signed.now) else "keadaan"


def _do(
    request: HttpRequest, signed: Signed, act: str, names: list[str], text: str
) -> tuple[list[str], dict[str, str]]:
    """Do the act to each report by itself; one that changed meanwhile is left out and named."""
    found = {report.name: report for report in reports_named(signed.actor, names)}
    done: list[str] = []
    left: dict[str, str] = {}
    for name in names:
        report = found.get(name)
        why = "tidak-ada" if report is None else _why_not(report, signed, ACTS[act])
        if report is not None and not why:
            why = _try(request, signed, act, report, text)
        if why:
            left[name] = why
        else:
            done.append(name)
    return done, left


def _try(request: HttpRequest, signed: Signed, act: str, report: "Report", text: str) -> str:
    """Return why it was not done, or nothing. What is wrong with the words for all is raised: Invalid."""
    post, name = request.POST, report.name
    is_confirmed = bool(post.get("pasti"))
    if act == ASK:
        do = partial(steps.ask, report, by=signed.actor, text=text, is_confirmed=is_confirmed, now=signed.now)
    else:
        slug, topic = post.get(f"ke-{name}", ""), post.get(f"topik-{name}", "")
        if not slug:
            return "instansi"
        given = {"category": topic} if topic and report.category_id is None else {}
        do = partial(steps.dispatch, report, by=signed.actor, agency=slug, now=signed.now, **given)
    try:
        unless_changed(report, seen_of(post.get(f"dilihat-{name}", "")), do, by=signed.actor)
    except Changed:
        return "berubah"
    except (WrongState, NotAllowed):
        return "keadaan"
    except Invalid:
        if act == ASK:
            raise
        return "isi"
    return ""
