"""Step 2: where and when. The village is enough; a point is better: from the phone, a photo, or a tap on the map."""

from datetime import date, timedelta
from math import isfinite
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.publications.near import near
from tuntas.rules.faces import Face
from tuntas.rules.text import trouble_with
from tuntas.rules.words import label_of
from tuntas.web.citizen.drafted import OTHER_DAY, WHEN, Drafted, Open, open_draft
from tuntas.web.citizen.report_gone import draft_gone
from tuntas.web.citizen.report_map import View, is_move, map_of, moved, tapped, view_of_area
from tuntas.web.forms import Mistakes
from tuntas.web.page import page
from tuntas.web.posts import refuse_cross_site, see_other
from tuntas.web.villages import choice_of, has_parts, is_large

NO_PLACE = Say("Pilih kelurahan, atau ketuk peta", "Choose a village or tap the map")
OUTSIDE = Say("Titik ini di luar {name}. Ketuk lagi, atau pilih kelurahan", "This point is outside {name}. Tap again")
NO_DAY = Say("Tulis tanggal kejadiannya", "Write the day it happened")
IN_FUTURE = Say("Tanggal kejadian belum tiba. Periksa lagi", "The day has not come yet. Check it")
DAYS_OF_NEARBY = timedelta(days=30)
LANDMARK = 500  # letters


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Show step 2, or take it in and go on to the last step."""
    now, here = current_time(), installation()
    draft = open_draft(request, now=now)
    if draft is None or not draft.said.story:
        return draft_gone(request)
    if request.method != "POST":
        return _page(request, draft, Mistakes(), {})
    if (refused := refuse_cross_site(request)) is not None:
        return refused
    mistakes = Mistakes()
    _take_point(request, draft, here, mistakes)
    before = draft.said.area
    _take_words(request, draft, here, mistakes)
    is_coarse = _is_coarse(draft, before, here)
    if request.POST.get("aksi", "lanjut") != "lanjut" or is_move(request) or is_coarse:  # the map, the phone's position
        draft.keep()
        kept = [(field, say) for field, say in mistakes.found if field == "peta"]
        return _page(request, draft, Mistakes(kept), request.POST)
    _take_day(request, draft, now.astimezone(here.zone).date(), mistakes)
    if not draft.said.has_place:
        mistakes.add("kelurahan", NO_PLACE)
    draft.said.supports = supported(request, draft) if not mistakes else ""
    if not mistakes:
        draft.said.photo_place = None  # offered, and now forgotten
    draft.keep()
    return _page(request, draft, mistakes, request.POST) if mistakes else see_other(f"/lapor/kirim?draf={draft.link}")


def _is_coarse(draft: Open, before: str, here: Installation) -> bool:
    """Return whether an area was just chosen that has parts to choose from; pressed again, it is good enough."""
    said = draft.said
    is_new = said.area in here.areas and said.area != before and said.lat is None
    return is_new and is_large(here) and has_parts(here, said.area)


def nearby(draft: Open) -> list[dict[str, Any]]:
    """Return public reports about the same, close by, as they are shown: "Sudah ada yang melaporkan ini?"."""
    said = draft.said
    found = near(said.lat, said.lng, said.area, said.category, draft.now - DAYS_OF_NEARBY)
    return [
        {
            "row": row,
            "metres": each.metres,
            "label": label_of(Face(row.face), closed_by=row.closed_by, reason_code=row.reason_code),
        }
        for each in found
        if (row := each.publication)
    ]


def _take_point(request: HttpRequest, draft: Open, here: Installation, mistakes: Mistakes) -> None:
    said, action = draft.said, request.POST.get("aksi", "")
    if action == "hapus-titik":
        said.lat = said.lng = said.error_m = None
        return
    point, error_m = _point(request, draft, action)
    if point is None:
        return
    area_id = here.area_at(*point)
    if area_id is None:
        mistakes.add("peta", OUTSIDE.fill_each(name=here.name))
        return
    said.lat, said.lng, said.error_m = point[0], point[1], error_m
    said.area = here.area_names[area_id][0]


def _point(request: HttpRequest, draft: Open, action: str) -> tuple[tuple[float, float] | None, int | None]:
    """Return the point that was just chosen, and how far it may be off in metres where the phone said so."""
    if action == "foto" and draft.said.photo_place:
        return (draft.said.photo_place[0], draft.said.photo_place[1]), None
    if action == "lokasi":
        lat, lng, error = (_number(request.POST.get(name, "")) for name in ("lat", "lng", "akurasi"))
        if lat is None or lng is None or abs(lat) > 90 or abs(lng) > 180:
            return None, None
        return (round(lat, 6), round(lng, 6)), None if error is None else min(round(abs(error)), 99_999)
    return tapped(request), None


def _take_words(request: HttpRequest, draft: Open, here: Installation, mistakes: Mistakes) -> None:
    said, area = draft.said, request.POST.get("kelurahan", "")
    if area and area not in here.areas:
        mistakes.add("kelurahan", NO_PLACE)
    elif area != said.area and request.POST.get("aksi") not in ("foto", "lokasi") and tapped(request) is None:
        if not here.places.is_within(area, said.area):  # another village than the point's: the words count
            said.lat = said.lng = said.error_m = None
        said.area = area
    said.landmark = request.POST.get("patokan", "")
    if (say := trouble_with(said.landmark, most=LANDMARK, may_be_empty=True)) is not None:
        mistakes.add("patokan", say)
    when = request.POST.get("kapan", "")
    said.when, said.on = (when if when in WHEN else ""), request.POST.get("tanggal", "")[:10]
    topic = here.category_by_code.get(request.POST.get("topik", ""))
    if topic is not None and topic.is_active and not topic.is_restricted and topic.code != said.category:
        said.category, said.is_category_chosen = topic.code, True


def _take_day(request: HttpRequest, draft: Open, today: date, mistakes: Mistakes) -> None:
    said = draft.said
    if said.when != OTHER_DAY:
        said.on = ""
        return
    try:
        on = date.fromisoformat(said.on)
    except ValueError:
        mistakes.add("tanggal", NO_DAY)
        return
    if on > today:
        mistakes.add("tanggal", IN_FUTURE)


def supported(request: HttpRequest, draft: Open) -> str:
    """Return the number of the report that "ini sama, ikut" was pressed on; only one that was shown counts."""
    wanted = request.POST.get("ikut", "")
    return wanted if wanted and any(each["row"].number == wanted for each in nearby(draft)) else ""


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _page(request: HttpRequest, draft: Open, mistakes: Mistakes, posted: Any) -> HttpResponse:
    here, said = installation(), draft.said
    given = {
        "draft": draft,
        "said": said,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "map": map_of(here, _view(here, posted, said), said),
        "choice": choice_of(here, said.area, _asked(posted)),
        "village": here.area_names[here.areas[said.area]][1] if said.area in here.areas else "",
        "photo_village": _village_at(here, said.photo_place),
        "topic": here.category_by_code.get(said.category),
        "topics": [c for c in here.categories.values() if c.is_active and not c.is_restricted],
        "near": nearby(draft) if said.has_place else None,
        "keep": f"draf={draft.link}",
    }
    return page(request, "pages/report_place.html", given, status=422 if mistakes else 200, is_private=True)


def _asked(posted: Any) -> str:
    """Return the name that is looked for just now; an older one is forgotten with the next button."""
    return str(posted.get("cari-wilayah", "")) if posted.get("aksi") == "cari-wilayah" else ""


def _view(here: Installation, posted: Any, said: Drafted) -> View | None:
    """Return where the map stands; of a large government it goes to the area that is chosen in words."""
    action = posted.get("aksi", "")
    if is_large(here) and said.lat is None and said.area in here.areas and action in ("", "lanjut", "wilayah"):
        return view_of_area(here, said.area) or moved(here, posted, said)
    return moved(here, posted, said)


def _village_at(here: Installation, point: list[float] | None) -> str:
    area_id = here.area_at(point[0], point[1]) if point else None
    return here.area_names[area_id][1] if area_id is not None else ""
