"""How the promise is kept, how it ends, and where and what about: the bad figures too (ux 10)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.statistics.queries import (
    by_agency,
    by_area,
    by_category,
    first_day,
    longest_open,
    medians,
    whole_of,
    whole_of_agency,
    whole_of_area,
)
from tuntas.statistics.rows import weeks_until
from tuntas.statistics.told import Medians, Satisfaction, Whole
from tuntas.web.page import page
from tuntas.web.promise_words import answer_length, say_length
from tuntas.web.public.charts import area_map, bars_of, week_chart
from tuntas.web.public.periods import Period, months, periods_offered, read_period
from tuntas.web.strips import strip_of

KEPT = Say("Tepat waktu", "On time")
NOT_DUE = Say("Belum jatuh tempo", "Not due yet")
MISSED = Say("Terlambat", "Late")
NO_TOPIC = Say("Tanpa topik, atau tidak ditampilkan", "No topic, or not shown")
NO_AREA = Say("Tanpa kelurahan, atau tidak ditampilkan", "No village, or not shown")
RATINGS = {
    4: Say("Sangat Puas", "Very satisfied"),
    3: Say("Puas", "Satisfied"),
    2: Say("Cukup Puas", "Fairly satisfied"),
    1: Say("Tidak Puas", "Not satisfied"),
}
MOST_AREAS = 100
OUTCOMES: tuple[tuple[str, str, Say], ...] = (
    ("acknowledged", "c1", Say("Diakui beres oleh pelapor", "Acknowledged by the reporter")),
    ("unrated", "grey", Say("Ditutup tanpa penilaian", "Closed without rating")),
    ("open_again", "late", Say("Dibuka lagi, belum tuntas", "Open again, not closed yet")),
    ("waiting", "c5", Say("Menunggu penilaian pelapor", "Waiting for the reporter's rating")),
)


def statistics(request: HttpRequest) -> HttpResponse:
    """Show the figures of the whole government in one period."""
    here, today = installation(), _today()
    period = read_period(request.GET.get("periode", ""), today)
    whole, areas = whole_of(period.since, period.until), by_area(period.since, period.until)
    given = {
        **_told(whole, medians(period.medians), period, here),
        "weeks": week_chart(weeks_until(min(period.until, today))),
        **_topics(by_category(period.since, period.until), here),
        "map": area_map(areas, here),
        "areas": _areas(areas, here),
        "more_areas": max(0, len(areas) - MOST_AREAS),
        **_agencies(period, here),
        "longest": longest_open(),
        "offered": periods_offered(today, first := first_day()),
        "months": months(today, first),
        "late": f"/laporan?terlambat=1&sejak={period.since}&sampai={min(period.until, today)}",
    }
    return page(request, "pages/statistics.html", given)


def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of one agency. Raises Http404."""
    here, today = installation(), _today()
    found = here.agency_by_slug.get(slug)
    if found is None:
        raise Http404
    period = read_period(request.GET.get("periode", ""), today)
    given = {
        **_told(whole_of_agency(period.since, period.until, slug), medians(period.medians, slug), period, here),
        "name": found.name,
        "longest": longest_open(slug),
        "offered": periods_offered(today, first_day()),
        "listed": f"/laporan?instansi={slug}",
        "late": f"/laporan?terlambat=1&instansi={slug}&sejak={period.since}&sampai={min(period.until, today)}",
    }
    return page(request, "pages/statistics_part.html", given)


def area(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of one village, by its dotted code with hyphens. Raises Http404."""
    here, today = installation(), _today()
    code = slug.replace("-", ".")
    if code not in here.areas:
        raise Http404
    period = read_period(request.GET.get("periode", ""), today)
    given = {
        **_told(whole_of_area(period.since, period.until, code), Medians(None, None, None), period, here),
        "name": here.area_names[here.areas[code]][1],
        "offered": periods_offered(today, first_day()),
        "listed": f"/laporan?wilayah={code}",
        "late": f"/laporan?terlambat=1&wilayah={code}&sejak={period.since}&sampai={min(period.until, today)}",
    }
    return page(request, "pages/statistics_part.html", given)


def _today() -> date:
    return current_time().astimezone(installation().zone).date()


def _told(whole: Whole | None, half: Medians, period: Period, here: Installation) -> dict[str, Any]:
    """Return what the three questions need: is the promise kept, is it really done, how content are people."""
    told: dict[str, Any] = {
        "nav": "statistik",
        "period": period,
        "length": say_length(answer_length(here, current_time())),
        "whole": whole,
        "medians": half,
        "median_seconds": half.answer_hours and half.answer_hours * 3600,
        "longest_seconds": half.longest_answer_hours and half.longest_answer_hours * 3600,
    }
    if whole is None:
        return told
    promised, outcomes = whole.promised, whole.outcomes
    parts = (KEPT, "ok", promised.kept), (NOT_DUE, "mute", promised.not_due), (MISSED, "late", promised.missed)
    told["parts"] = strip_of(*parts)
    cells = [(word, getattr(outcomes, name), colour, "") for name, colour, word in OUTCOMES]
    told["outcomes"] = bars_of(cells, most=outcomes.declared)
    told["ratings"] = _ratings(whole.satisfaction)
    return told


def _ratings(content: Satisfaction) -> list[dict[str, Any]]:
    bars = bars_of([(RATINGS[rating], n, f"p{rating}", "") for rating, n in content.rated.items()])
    return [{**bar, "percent": round(100 * bar["n"] / content.all) if content.all >= 5 else None} for bar in bars]


def _topics(cells: dict[str, int | None], here: Installation) -> dict[str, Any]:
    """Return bars of the topics that may be shown, and the names of the others."""
    named = [
        (here.category_by_code[code].name if code in here.category_by_code else NO_TOPIC, n)
        for code, n in _by_size(cells)
    ]
    return {
        "topics": bars_of([(word, n, "c1", "") for word, n in named if n is not None]),
        "small_topics": [word for word, n in named if n is None],
    }


def _areas(cells: dict[str, int | None], here: Installation) -> list[dict[str, Any]]:
    """Return the areas with most reports: a nation has 83,000 villages, and the open data names them all."""
    return [
        {
            "word": _area_word(code, here),
            "n": n,
            "link": f"/statistik/kelurahan/{code.replace('.', '-')}" if code in here.areas and n else "",
        }
        for code, n in _by_size(cells)[:MOST_AREAS]
    ]


def _area_word(code: str, here: Installation) -> Say:
    name = here.area_names[here.areas[code]][1] if code in here.areas else ""
    return Say(name, name) if name else NO_AREA


def _agencies(period: Period, here: Installation) -> dict[str, Any]:
    """Return the agencies that may be shown, and the names of the others."""
    told = [
        (found.name if (found := here.agency_by_slug.get(row.agency)) else row.agency, row)
        for row in by_agency(period.since, period.until, period.medians)
    ]
    return {
        "agencies": [{"name": name, "row": row} for name, row in told if row.whole],
        "small_agencies": [name for name, row in told if not row.whole],
    }


def _by_size(cells: dict[str, int | None]) -> Sequence[tuple[str, int | None]]:
    """Return the cells, the largest first, hidden ones after, and what has no name at the end."""
    return sorted(cells.items(), key=lambda cell: (cell[0] == "", cell[1] is None, -(cell[1] or 0), cell[0]))
