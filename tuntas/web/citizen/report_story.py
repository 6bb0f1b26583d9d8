"""Step 1: what happened, in the reporter's own words, with photos. No account, no agency, no topic to pick."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.rules.text import LONGEST
from tuntas.rules.topics import guess_topics
from tuntas.web.citizen.drafted import Open, fresh_draft, last_draft, open_draft, remember
from tuntas.web.citizen.photos import MOST_PHOTOS, take_photos
from tuntas.web.citizen.report_sealed import sealed_page
from tuntas.web.citizen.story_text import same_lines, trouble_with_story
from tuntas.web.forms import Mistakes
from tuntas.web.page import page
from tuntas.web.posts import refuse_cross_site, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest) -> HttpResponse:
    """Show step 1, or take it in and go on to the place."""
    now = current_time()
    draft = open_draft(request, now=now)
    if request.method != "POST":
        again = None if draft else last_draft(request, now=now)
        return _page(request, draft or again or fresh_draft(request, now=now), Mistakes(), is_again=again is not None)
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    if draft is not None and request.POST.get("baru"):
        steps.forget_draft(draft.link, draft.phone)
        return remember(see_other("/lapor"), fresh_draft(request, now=now))
    draft = draft or fresh_draft(request, now=now)
    draft.said.began = draft.said.began or now.timestamp()
    draft.said.story = same_lines(request.POST.get("cerita", ""))
    if request.POST.get("segel"):  # not a word of it stays in a draft, and its photos are not taken in here
        steps.forget_draft(draft.link, draft.phone)
        shown = sealed_page(request, Mistakes(), story=draft.said.story, is_new=True)
        return remember(shown, fresh_draft(request, now=now))
    mistakes = _take(request, draft)
    if request.POST.get("hapus"):
        draft.said.files = [file for file in draft.said.files if file["id"] != request.POST["hapus"]]
        draft.keep()
        return see_other(f"/lapor?draf={draft.link}#foto")
    if mistakes:
        if draft.said.files or draft.link:
            draft.keep()  # photos that came through stay
        return _page(request, draft, mistakes)
    _guess(draft)
    draft.keep()
    return remember(see_other(f"/lapor/tempat?draf={draft.link}"), draft)


def _take(request: HttpRequest, draft: Open) -> Mistakes:
    mistakes = Mistakes()
    if (say := trouble_with_story(draft.said.story)) is not None:
        mistakes.add("cerita", say)
    taken = take_photos(request, draft.said.files, now=draft.now)
    draft.said.files, draft.said.photo_place = taken.files, taken.place or _told_by_phone(request)
    for say in taken.mistakes:
        mistakes.add("foto", say)
    return mistakes


def _told_by_phone(request: HttpRequest) -> list[float] | None:
    """Return where a photo was taken, read by the page's script before it made the photo smaller."""
    try:
        lat, lng = float(request.POST.get("foto_lat", "")), float(request.POST.get("foto_lng", ""))
    except ValueError:
        return None
    return [lat, lng] if -90 <= lat <= 90 and -180 <= lng <= 180 else None


def _guess(draft: Open) -> None:
    """Guess the topic from the story, unless the reporter chose one; restricted topics are never guessed."""
    if draft.said.is_category_chosen:
        return
    open_to_all = {c.code: c.words for c in installation().categories.values() if c.is_active and not c.is_restricted}
    guesses = guess_topics(draft.said.story, open_to_all)
    draft.said.category = guesses[0].code if guesses else ""


def _page(request: HttpRequest, draft: Open, mistakes: Mistakes, *, is_again: bool = False) -> HttpResponse:
    given = {
        "draft": draft,
        "said": draft.said,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "is_again": is_again,
        "longest": LONGEST,
        "most_photos": MOST_PHOTOS,
        "keep": f"draf={draft.link}" if draft.link else "",
    }
    response = page(request, "pages/report_story.html", given, status=422 if mistakes else 200, is_private=True)
    if not draft.link:
        del response["X-Robots-Tag"]  # the empty form is what people should find
    return remember(response, draft, is_first=True)
