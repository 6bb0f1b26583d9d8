"""The list of public reports, with its filter page, its feed and its photos."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, Mistake
from tuntas.kit.words import Language, Say
from tuntas.publications.queries import copy_for_all, newest
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.photo_answers import stored_photo
from tuntas.web.public.asked import filter_page, read_asked
from tuntas.web.public.listed import listed, rows_of
from tuntas.web.public.marks import drawn, window_around

WIDTH, HEIGHT, ACROSS = 400, 300, 8
WEIGHT = 8  # kB of the large map's page as it travels; a test holds it to that
IN_FEED = 50
FIVE_MINUTES = "public, max-age=300"
FEED = Say("Laporan warga", "Reports")


def reports(request: HttpRequest) -> HttpResponse:
    """Show the public reports that a filter chooses, the newest first, with a map of the same."""
    asked = read_asked(request)
    if (given := listed(asked)) is None:
        return filter_page(request, asked, leads_to="/laporan")
    if installation().outlines:
        window = window_around(asked.wanted.bbox, WIDTH, HEIGHT)
        given["map"] = {**drawn(asked, window, across=ACROSS), "link": f"/peta{asked.query()}", "weight": WEIGHT}
    return page(request, "pages/reports.html", given)


def choose(request: HttpRequest) -> HttpResponse:
    """Show the page on which topic, agency, place and days are chosen."""
    leads_to = "/peta" if request.GET.get("ke") == "peta" else "/laporan"
    return filter_page(request, read_asked(request), leads_to=leads_to)


def feed(request: HttpRequest) -> HttpResponse:
    """Return the newest public reports that a filter chooses as an Atom feed: titles alone, no other words."""
    asked, language = read_asked(request), language_of_page(request)
    if asked.mistakes:
        raise Invalid(*(Mistake(f"/{name}", said) for name, said in asked.mistakes.found))
    found, _ = newest(replace(asked.wanted, limit=IN_FEED, cursor=""), without=("text",))
    here, base = installation(), settings.BASE_URL.rstrip("/")
    said = f"{FEED.in_(language)} {here.name.in_(language)}"
    told = Atom1Feed(said, f"{base}/laporan{asked.query()}", "", feed_url=f"{base}/laporan.atom", language=language)
    for row in rows_of(found, here):
        report = row["report"]
        told.add_item(
            title=_printable(report.title or f"{Say('Laporan', 'Report').in_(language)} {report.number}"),
            link=f"{base}/laporan/{report.number}",
            description=_summary(row, language),
            pubdate=report.received_at,
            updateddate=report.updated_at,
            unique_id=f"{base}/laporan/{report.number}",
            categories=[row["topic"].in_(language)] if row["topic"] else [],
        )
    response = HttpResponse(told.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = FIVE_MINUTES
    return response


def _summary(row: dict[str, Any], language: Language) -> str:
    return " · ".join(part for part in (row["label"].in_(language), row["area"]) if part)


def _printable(text: str) -> str:
    """Leave out signs that XML cannot carry."""
    return "".join(sign for sign in text if sign.isprintable())


def photo(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """Return the copy of a photo that everybody may see, small where asked so. Raises Http404."""
    name = copy_for_all(str(file_id), number)
    if name is None:
        raise Http404
    # Not for longer: what somebody should not have let out is to be gone soon after it is taken back
    return stored_photo(f"{name}{'.small' if 'kecil' in request.GET else ''}.jpg", keep=FIVE_MINUTES)
