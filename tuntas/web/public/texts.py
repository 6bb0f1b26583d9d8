"""Pages of words: the promise, protection, help, accessibility, privacy; what a phone shows without signal."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.rules.clock import Calendar, Length, Unit
from tuntas.rules.life import Promise
from tuntas.rules.limits import Matter
from tuntas.rules.reasons import Classification
from tuntas.web.dates import DAYS_EN, DAYS_ID
from tuntas.web.page import page
from tuntas.web.promise_words import answer_length, say_length
from tuntas.web.public.text_words import (
    BY_CLASSIFICATION,
    HELP,
    OF_KIND,
    OURS,
    PRIVACY,
    PROMISE,
    PROTECTION,
    READ_MORE,
    RESOLVED,
    YOURS,
)

AN_HOUR = "public, max-age=3600"
Row = dict[str, Say]


def promise(request: HttpRequest) -> HttpResponse:
    """Show what is promised, what counts, what stops the clock, and whom to turn to."""
    here, now = installation(), current_time()
    given = {
        "sections": PROMISE,
        "ours": _ours(here, now),
        "topics": _topics(here, now),
        "elsewhere": _exceptions(here, now),
        "yours": _windows(here, now),
        "hours": _hours(here.calendar_of(here.desk_id)),
        "holidays_count": answer_length(here, now).unit is not Unit.WORKING_DAYS,
    }
    return _text(request, "promise", given)


def protection(request: HttpRequest) -> HttpResponse:
    """Show who sees what, and what we cannot promise yet."""
    here = installation()
    given = {
        "sections": PROTECTION,
        "restricted": [c.name for c in here.categories.values() if c.is_restricted and c.is_active],
        "n_recovered": here.recoveries,
        "examiners": [a.name for a in here.agencies.values() if a.examines and a.is_active],
    }
    return _text(request, "protection", given)


def assistance(request: HttpRequest) -> HttpResponse:
    """Show how to report, and what to do when something is lost."""
    return _text(request, "help", {"sections": HELP})


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how well everybody can use this, and what is still missing."""
    return _text(request, "accessibility", {"sections": {}})


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept of people, why, how long, and their rights."""
    return _text(request, "privacy", {"sections": PRIVACY})


def offline(request: HttpRequest) -> HttpResponse:
    """Show what a phone keeps for times without signal; nothing on it is about anybody."""
    response = page(request, "pages/offline.html")
    if not response.cookies:  # a language just chosen is for one person
        response["Cache-Control"] = AN_HOUR
    return response


def manifest(request: HttpRequest) -> HttpResponse:
    """Return what a phone needs to put Tuntas beside its other apps."""
    picture = [("img/icon.svg", "any", "image/svg+xml", "any")]
    picture += [(f"img/icon-{size}.png", f"{size}x{size}", "image/png", "any") for size in (192, 512)]
    picture += [("img/icon-512-maskable.png", "512x512", "image/png", "maskable")]
    given = {
        "id": "/",
        "name": f"Tuntas {installation().name.id}",
        "short_name": "Tuntas",
        "lang": "id",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#0d293e",
        "background_color": "#ffffff",
        "icons": [{"src": static(p), "sizes": s, "type": kind, "purpose": purpose} for p, s, kind, purpose in picture],
    }
    response = HttpResponse(json.dumps(given, ensure_ascii=False), content_type="application/manifest+json")
    response["Cache-Control"] = AN_HOUR
    return response


def _text(request: HttpRequest, name: str, given: Mapping[str, object]) -> HttpResponse:
    return page(request, f"pages/{name}.html", {"more": READ_MORE, **given})


def _ours(here: Installation, now: datetime) -> list[Row]:
    """Return the promises that have a length here; the time to finish goes by the kind of report."""
    rows = []
    for kept, (name, since) in OURS.items():
        if (length := here.length_of(kept, now)) is not None:
            rows.append({"name": name, "length": say_length(length), "since": since})
        if kept is Promise.RESOLVE:
            rows += _by_classification(here, length, now)
    return rows


def _by_classification(here: Installation, usual: Length | None, now: datetime) -> list[Row]:
    said = []
    for kind in Classification:
        length = here.length_of(Promise.RESOLVE, now, classification=kind)
        if length is not None and length != usual:
            name = RESOLVED.fill_each(kind=BY_CLASSIFICATION[kind])
            said.append({"name": name, "length": say_length(length), "since": OURS[Promise.RESOLVE][1]})
    return said


def _topics(here: Installation, now: datetime) -> list[dict[str, object]]:
    """Return the topics that have a time of their own: by promise, then by length, the shortest first."""
    found: dict[Promise, dict[Length, list[Say]]] = defaultdict(lambda: defaultdict(list))
    for kept in OURS:
        usual = here.length_of(kept, now)
        for topic in here.categories.values():
            length = here.length_of(kept, now, category_id=topic.id)
            if topic.is_active and length is not None and length != usual:
                found[kept][length].append(topic.name)
    return [
        {
            "name": OURS[kept][0],
            "rows": [{"length": say_length(length), "topics": rows[length]} for length in sorted(rows, key=_hours_in)],
        }
        for kept, rows in found.items()
    ]


def _exceptions(here: Installation, now: datetime) -> list[Row]:
    """Return the times that single agencies, or all of one tier, have for themselves."""
    rows = []
    for limit in here.limits.exceptions(now.astimezone(here.zone).date()):
        matter = limit.matter
        if matter.promise in OURS:
            rows.append({"whom": _whom(here, matter), "name": _named(here, matter), "length": say_length(limit.length)})
    return rows


def _whom(here: Installation, matter: Matter) -> Say:
    if matter.agency_id is None:
        return here.tiers[matter.tier]
    name = here.agencies[matter.agency_id].name
    return Say(name, name)


def _named(here: Installation, matter: Matter) -> Say:
    name = OURS[matter.promise][0]
    if matter.category_id is not None:
        return OF_KIND.fill_each(name=name, kind=here.categories[matter.category_id].name)
    if matter.classification:
        return OF_KIND.fill_each(name=name, kind=BY_CLASSIFICATION[Classification(matter.classification)])
    return name


def _hours_in(length: Length) -> float:
    """Return how long that is, roughly: a week has seven days and five working days."""
    return length.amount * {Unit.HOURS: 1, Unit.DAYS: 24, Unit.WORKING_DAYS: 24 * 7 / 5}[length.unit]


def _windows(here: Installation, now: datetime) -> list[Row]:
    rows = []
    for window, (name, then) in YOURS.items():
        if (length := here.length_of(window, now)) is not None:
            rows.append({"name": name, "length": _say_window(length), "then": then})
    return rows


def _say_window(length: Length) -> Say:
    """Return ``30 hari``: a window of days is nobody's race against the hour."""
    if length.unit is Unit.DAYS:
        return Say(f"{length.amount} hari", f"{length.amount} days")
    return say_length(length)


def _hours(calendar: Calendar) -> Row:
    days = sorted(calendar.weekdays)
    return {
        "days": Say(", ".join(DAYS_ID[day] for day in days), ", ".join(DAYS_EN[day] for day in days)),
        "opens": Say(f"{calendar.opens:%H.%M}", f"{calendar.opens:%H:%M}"),
        "closes": Say(f"{calendar.closes:%H.%M}", f"{calendar.closes:%H:%M}"),
    }
