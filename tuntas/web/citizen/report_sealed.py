"""The way for reports on extortion and abuse of power: one page, one sending, no draft.

With scripts the browser closes the report before anything is sent (js/sealed_form.js) and this view gets nothing.
Without, the form comes here readable, and the step closes it before the first row is written. The page says which.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.agencies.installation import Installation, installation
from tuntas.kit.errors import Invalid, No, WrongState
from tuntas.kit.images import MOST_BYTES, clean_image
from tuntas.kit.links import is_link, new_link
from tuntas.kit.problems import TooOften
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.rules.suspicion import is_suspected
from tuntas.rules.text import trouble_with
from tuntas.steps.send_draft import FORM
from tuntas.steps.submit import Story, Told
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.citizen.effort import Effort, effort_of, sender_of, solver
from tuntas.web.citizen.photos import MOST_PHOTOS, TOO_MANY
from tuntas.web.citizen.report_gone import draft_gone
from tuntas.web.citizen.report_send import FIELDS, SEND_FIELD, check_contact
from tuntas.web.citizen.story_text import same_lines, trouble_with_story
from tuntas.web.forms import Mistakes
from tuntas.web.in_memory import keep_files_in_memory
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.past_day import past_day
from tuntas.web.posts import refuse_cross_site, see_other
from tuntas.web.sealing import Room, room, sealing_script
from tuntas.web.villages import villages

NO_VILLAGE = Say("Pilih kelurahan dari daftar, atau kosongkan", "Choose a village of the list, or leave it empty")
NO_READER = Say("Sisakan sedikitnya satu orang yang boleh membaca", "Leave at least one person who may read it")
PHOTOS_AGAIN = Say("Pilih fotonya lagi: kami tidak menyimpannya", "Choose the photos again: we did not keep them")
LANDMARK = 500  # letters
OF_STEP = FIELDS | {"/category": "kecuali"}  # where the step finds nobody to close it to


@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: HttpRequest) -> HttpResponse:
    """Show the page, or send the report and go on to its receipt."""
    if request.method != "POST":
        return sealed_page(request, Mistakes())
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    keep_files_in_memory(request)
    now, mistakes, post, to = current_time(), Mistakes(), request.POST, room()
    body = same_lines(post.get("cerita", ""))
    if not to.readers:
        return sealed_page(request, mistakes, story=body, status=503)
    if (say := trouble_with_story(body)) is not None:
        mistakes.add("cerita", say)
    story = _story(request, body, to, mistakes, now)
    if mistakes or not is_link(key := post.get("kunci", ""), FORM):
        return sealed_page(request, mistakes, story=body)
    sender, language = sender_of(request, key, now=now), language_of_page(request)
    try:
        receipt = steps.send_at_once(key, story, sender=sender, language=language, now=now)
    except TooOften as slower:
        return sealed_page(request, mistakes, story=body, effort=effort_of(slower, key))
    except Invalid as no:
        mistakes.add_step(no, OF_STEP, SEND_FIELD)
        return sealed_page(request, mistakes, story=body)
    except WrongState:
        return draft_gone(request)
    return see_other(f"/lapor/terima/{receipt}")


def sealed_page(
    request: HttpRequest,
    mistakes: Mistakes,
    *,
    story: str = "",
    is_new: bool = False,
    effort: Effort | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page with what was typed; nothing of it is kept anywhere.

    is_new   the reporter comes from step 1, with the story written there
    """
    here, post, now = installation(), request.POST, current_time()
    key = post.get("kunci", "")
    key = key if is_link(key, FORM) and not is_new else new_link(FORM)
    if request.FILES:  # a photo is held no longer than the request that brought it
        mistakes.add("foto", PHOTOS_AGAIN)
    given = {
        "story": story,
        "said": Drafted(name=post.get("nama", ""), phone=post.get("hp", ""), email=post.get("email", "")),
        "topics": _topics(here),
        "topic": post.get("tentang") or next((c.code for c in _topics(here)), ""),
        "villages": villages(here),
        "area": post.get("kelurahan", ""),
        "landmark": post.get("patokan", ""),
        "on": post.get("tanggal", ""),
        "today": now.astimezone(here.zone).date().isoformat(),
        "room": room(),
        "excluded": [int(each) for each in post.getlist("kecuali") if each.isdecimal()],
        "sealing": sealing_script(),
        "solver": solver(),
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "most_photos": MOST_PHOTOS,
        "form": key,
        "effort": effort,
        "is_new": is_new,
    }
    status = 422 if mistakes or effort else status
    return page(request, "pages/report_sealed.html", given, status=status, is_private=True)


def _topics(here: Installation) -> list[Any]:
    """Return the restricted categories; first, and so chosen, what the heading of the page speaks of."""
    found = [c for c in here.categories.values() if c.is_active and c.is_restricted]
    return sorted(found, key=lambda category: not is_suspected(*category.words))


def _photos(request: HttpRequest, mistakes: Mistakes) -> list[bytes]:
    """Return the photos of the form, redrawn; none of them touches the disk before it is closed."""
    sent, taken = request.FILES.getlist("foto"), []
    for number, one in enumerate(sent):
        try:
            if number == MOST_PHOTOS:
                raise Invalid.field("/foto", TOO_MANY.fill(most=MOST_PHOTOS))
            taken.append(clean_image(one.read(MOST_BYTES + 1)).bytes)
        except No as no:
            say = no.mistakes[0].say if isinstance(no, Invalid) and no.mistakes else no.say
            name = (one.name or "foto")[:40]
            mistakes.add("foto", Say(f"{name}: {say.id}", f"{name}: {say.en}"))
            break
    return taken


def _story(request: HttpRequest, body: str, to: Room, mistakes: Mistakes, now: datetime) -> Story:
    """Return what is sent; notes what is wrong with the smaller fields."""
    here, post = installation(), request.POST
    name, phone, email = (post.get(field, "").strip() for field in ("nama", "hp", "email"))
    check_contact(request, name, phone, email, mistakes)
    area, landmark = post.get("kelurahan", ""), post.get("patokan", "")
    if area and area not in here.areas:
        mistakes.add("kelurahan", NO_VILLAGE)
    if (say := trouble_with(landmark, most=LANDMARK, may_be_empty=True)) is not None:
        mistakes.add("patokan", say)
    known = {reader.id for reader in to.readers}
    excluded = known & {int(each) for each in post.getlist("kecuali") if each.isdecimal()}
    if excluded == known:
        mistakes.add("kecuali", NO_READER)
    restricted = {c.code for c in _topics(here)}
    topic = post.get("tentang", "")
    return Story(
        body=body,
        category=topic if topic in restricted else next((c.code for c in _topics(here)), None),
        event_date=past_day(post.get("tanggal", ""), now.astimezone(here.zone).date(), mistakes),
        location_text=landmark,
        area=area or None,
        reporter=Told(name, phone, email),
        photos=_photos(request, mistakes),
        excluded=sorted(excluded),
        channel="web",
    )
