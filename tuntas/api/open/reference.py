"""Reference data and public figures."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.api.open.filters import day_of
from tuntas.kit.answers import json_answer, respond
from tuntas.kit.errors import Invalid
from tuntas.kit.problems import language_of
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.rules import words
from tuntas.rules.faces import FACES
from tuntas.rules.life import LIFE, State
from tuntas.statistics.queries import figures

NO_AREA = Say("Wilayah ini tidak ada.", "There is no such area.")
UPSIDE_DOWN = Say("Tanggal akhir mendahului tanggal awal.", "The last day comes before the first.")


def get_life(request: HttpRequest) -> HttpResponse:
    """Return the life table: states and acts."""
    language = language_of(request)
    states = [{"state": s, "face": FACES[s], "label": words.STATES[s].in_(language)} for s in State]
    acts = [
        {
            "act": arrow.act,
            "who": [allowed.__name__ for allowed in arrow.who],
            "from": sorted(arrow.frm),
            "to": sorted(arrow.to or arrow.frm),
            "starts": arrow.starts,
            "stops": arrow.stops,
            "pauses": arrow.pauses,
            "resumes": arrow.resumes,
            "tells": arrow.tells,
            "label": words.ACTS[arrow.act].in_(language),
        }
        for arrow in LIFE
    ]
    return respond(json_answer({"states": states, "acts": acts}), request)


def get_agencies(request: HttpRequest) -> HttpResponse:
    """Return the agencies of the tree."""
    here = installation()
    rows = [
        {"slug": a.slug, "name": a.name, "tier": a.tier, "parent": here.slug_of(a.parent_id) or None}
        for a in here.agencies.values()
        if a.is_active
    ]
    return respond(json_answer(rows), request)


def get_categories(request: HttpRequest) -> HttpResponse:
    """Return what a report can be about."""
    language = language_of(request)
    rows = [
        {
            "code": c.code,
            "name": c.name.in_(language),
            "parent": c.parent_code,
            "restricted": c.is_restricted,
            "proof": c.proof,
        }
        for c in installation().categories.values()
        if c.is_active
    ]
    return respond(json_answer(rows), request)


def get_areas(request: HttpRequest, parent: str = "") -> HttpResponse:
    """Return the areas right inside *parent*, by its dotted code; without one, those that lie in no other."""
    here = installation()
    if parent and parent not in here.areas:
        raise Invalid.field("/parent", NO_AREA)
    inside = here.areas_inside.get(here.areas[parent] if parent else None, ())
    rows = [{"code": code, "name": name} for code, name in (here.area_names[id_] for id_ in inside)]
    return respond(json_answer(rows), request)


def get_statistics(request: HttpRequest, since: str = "", until: str = "") -> HttpResponse:
    """Return public figures of some days; without days, of the last thirty."""
    today = current_time().astimezone(installation().zone).date()
    last = day_of(until, "/until", today)
    first = day_of(since, "/since", last - timedelta(days=29))
    if first > last:
        raise Invalid.field("/until", UPSIDE_DOWN)
    return respond(json_answer(figures(first, last)), request)
