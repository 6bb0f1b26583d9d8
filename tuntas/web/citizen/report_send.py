"""Step 3: who may know the name, who may read the report, where news goes; then look once more, and send."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotFound, WrongState
from tuntas.kit.links import is_link, new_link
from tuntas.kit.problems import TooOften
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.rules.text import EMAIL, trouble_with
from tuntas.steps.send_draft import FORM
from tuntas.web.citizen.drafted import ANONYMOUS, EVERYBODY, NAMED, NOBODY, STAFF, Open, open_draft, phone_of, story_of
from tuntas.web.citizen.effort import Effort, effort_of, sender_of
from tuntas.web.citizen.report_gone import draft_gone
from tuntas.web.citizen.report_place import nearby, supported
from tuntas.web.forms import Mistakes
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.posts import refuse_cross_site, see_other

BAD_EMAIL = Say("Periksa alamat e-mail, misalnya nama@contoh.id", "Check the e-mail address, such as name@example.org")
LEAVE_EMPTY = Say("Kosongkan isian ini", "Leave this empty")
SEND_FIELD = "kirim"
LENGTHS = {"nama": 200, "hp": 40, "email": 254}
FIELDS = {
    # What a step finds, by the field of the form it belongs to
    "/reporter/name": "nama",
    "/reporter/phone": "hp",
    "/reporter/email": "email",
}


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Show step 3, or send the report and go on to its receipt."""
    now = current_time()
    draft = open_draft(request, now=now)
    if request.method == "POST" and (refused := refuse_cross_site(request)) is not None:
        return refused
    if draft is None:
        return _sent_before(request, now)
    if not draft.said.story or not draft.said.has_place:
        return draft_gone(request)
    if request.method != "POST":
        return _page(request, draft, Mistakes())
    mistakes = take_contact(request, draft)
    if "ikut" in request.POST:
        draft.said.supports = supported(request, draft)
        draft.keep()
        return see_other(f"/lapor/kirim?draf={draft.link}#periksa")
    if mistakes or not is_link(request.POST.get("kunci", ""), FORM):  # no key of ours: shown again, with one
        draft.keep()
        return _page(request, draft, mistakes)
    return _send(request, draft, now)


def _send(request: HttpRequest, draft: Open, now: datetime) -> HttpResponse:
    """Send the report. The draft is not kept first: a second press would find it sent, and begin another one."""
    today = now.astimezone(installation().zone).date()
    try:
        receipt = steps.send_draft(
            draft.link,
            draft.phone,
            request.POST["kunci"],
            story_of(draft.said, today),
            sender=sender_of(request, draft.link, began=draft.said.began, now=now),
            language=language_of_page(request),
            now=now,
        )
    except (NotFound, WrongState):  # sent by another form of the same draft, between two looks
        return draft_gone(request)
    except TooOften as slower:  # not kept either: all of it stands on the page
        return _page(request, draft, Mistakes(), effort=effort_of(slower, draft.link))
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, FIELDS, SEND_FIELD)
        if any(mistake.pointer == "/file_ids" for mistake in no.mistakes):
            draft.said.files = []
        if any(mistake.pointer == "/supports" for mistake in no.mistakes):
            draft.said.supports = ""
        draft.keep()
        return _page(request, draft, mistakes)
    return see_other(f"/lapor/terima/{receipt}")


def _sent_before(request: HttpRequest, now: datetime) -> HttpResponse:
    """Answer a form whose draft is gone: the same form sent twice gets the same receipt, any other the plain page."""
    link, form = request.POST.get("draf", ""), request.POST.get("kunci", "")
    if not is_link(form, FORM):
        return draft_gone(request)
    try:
        receipt = steps.receipt_of(link, phone_of(request), form, now=now)
    except (NotFound, WrongState):
        return draft_gone(request)
    return see_other(f"/lapor/terima/{receipt}")


def take_contact(request: HttpRequest, draft: Open) -> Mistakes:
    """Take in who may know what, and where news goes."""
    said, mistakes = draft.said, Mistakes()
    name_for, body_for = request.POST.get("nama_untuk", ""), request.POST.get("isi_untuk", "")
    said.name_for = name_for if name_for in (NAMED, ANONYMOUS, NOBODY) else said.name_for
    said.body_for = body_for if body_for in (EVERYBODY, STAFF) else said.body_for
    said.name, said.phone, said.email = (request.POST.get(name, "").strip() for name in LENGTHS)
    if said.name_for == NOBODY:  # what nobody may know is not kept
        said.name = said.phone = said.email = ""
    check_contact(request, said.name, said.phone, said.email, mistakes)
    return mistakes


def check_contact(request: HttpRequest, name: str, phone: str, email: str, mistakes: Mistakes) -> None:
    """Note what is wrong with a name, phone or address, and with the field that only machines fill in."""
    for field, text in zip(LENGTHS, (name, phone, email), strict=True):
        if (say := trouble_with(text, most=LENGTHS[field], may_be_empty=True)) is not None:
            mistakes.add(field, say)
    if email and not EMAIL.fullmatch(email):
        mistakes.add("email", BAD_EMAIL)
    if request.POST.get("situs"):
        mistakes.add("situs", LEAVE_EMPTY)


def _page(request: HttpRequest, draft: Open, mistakes: Mistakes, effort: Effort | None = None) -> HttpResponse:
    here, said = installation(), draft.said
    topic = here.category_by_code.get(said.category)
    given: dict[str, Any] = {
        "draft": draft,
        "said": said,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "village": here.area_names[here.areas[said.area]][1] if said.area in here.areas else "",
        "topic": topic,
        "secret_is_wise": bool(topic and topic.suggests_secret),
        "size": sum(file["size"] for file in said.files),
        "near": nearby(draft) or None,
        "form": request.POST["kunci"] if effort else new_link(FORM),
        "effort": effort,
        "keep": f"draf={draft.link}",
    }
    return page(request, "pages/report_send.html", given, status=422 if mistakes or effort else 200, is_private=True)
