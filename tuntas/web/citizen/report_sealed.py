"""The way for reports on extortion and abuse of power: one page, one sending, no draft.

Until readers hold keys of their own, the words on this page promise only what is true today (docs/decisions/0015).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.agencies.installation import Installation, installation
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.links import is_link, new_link
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Say
from tuntas.rules.text import trouble_with
from tuntas.steps.send_draft import FORM
from tuntas.steps.submit import Story, Told
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.citizen.patience import ticket_for
from tuntas.web.citizen.photos import MOST_PHOTOS, Kept, take_photos, waiting_photos
from tuntas.web.citizen.report_gone import draft_gone
from tuntas.web.citizen.report_send import BUSY, BUSY_FIELD, FIELDS, check_contact, must_wait
from tuntas.web.citizen.story_text import same_lines, trouble_with_story
from tuntas.web.forms import Mistakes
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.past_day import past_day
from tuntas.web.posts import refuse_cross_site, see_other
from tuntas.web.villages import villages

NO_VILLAGE = Say("Pilih kelurahan dari daftar, atau kosongkan", "Choose a village of the list, or leave it empty")
LANDMARK = 500  # letters


@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: HttpRequest) -> HttpResponse:
    """Show the page, or send the report and go on to its receipt."""
    if request.method != "POST":
        return sealed_page(request, Mistakes())
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    now, mistakes, post = current_time(), Mistakes(), request.POST
    body = same_lines(post.get("cerita", ""))
    if (say := trouble_with_story(body)) is not None:
        mistakes.add("cerita", say)
    files = _take(request, mistakes, now)
    if post.get("hapus"):
        files = [file for file in files if file["id"] != post["hapus"]]
        return sealed_page(request, Mistakes(), story=body, files=files)
    story = _story(request, body, files, mistakes, now)
    if not mistakes and (wait := must_wait(request, post.get("kunci", ""))):
        mistakes.add(BUSY_FIELD, BUSY.fill(seconds=wait))
    if mistakes or not is_link(post.get("kunci", ""), FORM):
        return sealed_page(request, mistakes, story=body, files=files)
    try:
        receipt = steps.send_at_once(post["kunci"], story, language=language_of_page(request), now=now)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, BUSY_FIELD)
        return sealed_page(request, mistakes, story=body, files=[])
    except WrongState:
        return draft_gone(request)
    return see_other(f"/lapor/terima/{receipt}")


def sealed_page(
    request: HttpRequest,
    mistakes: Mistakes,
    *,
    story: str = "",
    files: Kept | None = None,
    is_new: bool = False,
) -> HttpResponse:
    """Return the page with what was typed; nothing of it is kept anywhere.

    is_new   the reporter comes from step 1, with the story written there
    """
    here, post = installation(), request.POST
    key = post.get("kunci", "")
    key = key if is_link(key, FORM) and not is_new else new_link(FORM)
    given = {
        "story": story,
        "said": Drafted(name=post.get("nama", ""), phone=post.get("hp", ""), email=post.get("email", "")),
        "files": files or [],
        "topics": _topics(here),
        "topic": post.get("tentang") or next((c.code for c in _topics(here)), ""),
        "villages": villages(here),
        "area": post.get("kelurahan", ""),
        "landmark": post.get("patokan", ""),
        "on": post.get("tanggal", ""),
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "most_photos": MOST_PHOTOS,
        "form": key,
        "ticket": ticket_for(key, real_now=real_time()) if mistakes.has(BUSY_FIELD) else "",
        "is_new": is_new,
    }
    return page(request, "pages/report_sealed.html", given, status=422 if mistakes else 200, is_private=True)


def _topics(here: Installation) -> list[Any]:
    """Return the restricted categories, those on bribery words first as the profile orders them."""
    return [c for c in here.categories.values() if c.is_active and c.is_restricted]


def _take(request: HttpRequest, mistakes: Mistakes, now: datetime) -> Kept:
    """Return the photos that came before and those that come now."""
    taken = take_photos(request, waiting_photos(request.POST.getlist("berkas"), now=now), now=now)
    for say in taken.mistakes:
        mistakes.add("foto", say)
    return taken.files


def _story(request: HttpRequest, body: str, files: Kept, mistakes: Mistakes, now: datetime) -> Story:
    """Return what is sent; notes what is wrong with the smaller fields."""
    here, post = installation(), request.POST
    name, phone, email = (post.get(field, "").strip() for field in ("nama", "hp", "email"))
    check_contact(request, name, phone, email, mistakes)
    area, landmark = post.get("kelurahan", ""), post.get("patokan", "")
    if area and area not in here.areas:
        mistakes.add("kelurahan", NO_VILLAGE)
    if (say := trouble_with(landmark, most=LANDMARK, may_be_empty=True)) is not None:
        mistakes.add("patokan", say)
    restricted = {c.code for c in _topics(here)}
    topic = post.get("tentang", "")
    return Story(
        body=body,
        category=topic if topic in restricted else next((c.code for c in _topics(here)), None),
        event_date=past_day(post.get("tanggal", ""), now.astimezone(here.zone).date(), mistakes),
        location_text=landmark,
        area=area or None,
        reporter=Told(name, phone, email),
        file_ids=[UUID(file["id"]) for file in files],
        channel="web",
    )
