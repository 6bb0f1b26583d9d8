"""Work figures of a month: what each person answered and checked, with the rule, as a page and as a file.

Who leads sees all they lead, a liaison their own agency, everybody else who works on answers only themselves. The file
holds what the page shows; that it was taken is recorded.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.sheets import CSV, XLSX, Row, as_csv, as_xlsx
from tuntas.kit.words import Say
from tuntas.rules.work_figures import COLUMNS, RULES, SEE, SEE_THEIR_REACH, Work, seen_by
from tuntas.statistics.work import AgencyWork, first_received, work_of
from tuntas.web.dates import say_month
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.public.periods import Period, months, read_period

TITLE = Say("Angka kerja", "Work figures")
AGENCY, NAME, WHOLE = Say("Instansi", "Agency"), Say("Nama", "Name"), Say("Seluruh instansi", "The whole agency")
FIGURE, RULE, MONTH = Say("Angka", "Figure"), Say("Aturan", "Rule"), Say("Bulan", "Month")
TAKEN_AT, TAKEN_BY = Say("Diunduh", "Downloaded"), Say("Oleh", "By")
EVERY = Say("Semua", "All")
SOFAR = Say("{month}, belum selesai", "{month}, not over yet")
FORMS = {"csv": CSV, "xlsx": XLSX}


@for_staff(frozenset(SEE), methods=("GET", "HEAD"))
def work_figures(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the figures of a month. Raises Invalid for a month that is none."""
    month = _month(request.GET.get("bulan", ""), signed)
    first = first_received()
    given = {
        "nav": "kinerja",
        "keep": f"bulan={month.slug}",
        "month": month,
        "months": months(_today(signed), first.astimezone(installation().zone).date() if first else None),
        "is_over": month.until < _today(signed),
        "columns": COLUMNS,
        "rules": [rule.fill(zone=installation().zone) for rule in RULES],
        "agencies": [_shown(agency) for agency in _work(month, signed)],
        "is_own": not signed.is_any(frozenset(SEE_THEIR_REACH)),
    }
    return office_page(request, signed, "office/work_figures.html", given)


@for_staff(frozenset(SEE), methods=("POST",))
def export(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Return the figures of a month as a file, and record that somebody took it. Raises Invalid, Http404."""
    form = request.POST.get("bentuk", "")
    if form not in FORMS:
        raise Http404
    month = _month(request.POST.get("bulan", ""), signed)
    table, rules = list(_table(month, signed)), list(_rules(month, signed))
    steps.export_work(by=signed.actor, month=month.slug, form=form, now=signed.now)
    if form == "csv":
        told = as_csv([*table, (), *rules])
    else:
        pages = (TITLE.in_(signed.language), table), (RULE.in_(signed.language), rules)
        told = as_xlsx(pages, made_at=signed.now)
    response = HttpResponse(told, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="angka-kerja-{month.slug}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def _today(signed: Signed) -> date:
    return signed.now.astimezone(installation().zone).date()


def _month(text: str, signed: Signed) -> Period:
    """Return the month asked for, this one where none is. Raises Invalid, Http404 for a period that is no month."""
    today = _today(signed)
    found = read_period(text or f"{today:%Y-%m}", today)
    if found.slug != f"{found.since:%Y-%m}":
        raise Http404
    return found


def _work(month: Period, signed: Signed) -> tuple[AgencyWork, ...]:
    agencies, person_id = seen_by(signed.actor)
    since, until = (_begins(day) for day in (month.since, month.until + timedelta(days=1)))
    return work_of(since, until, agencies=agencies, person_id=person_id)


def _begins(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), installation().zone)


def _shown(agency: AgencyWork) -> dict[str, Any]:
    return {
        "name": agency.name,
        "workers": [(worker.name, _figures(worker.work)) for worker in agency.workers],
        "whole": None if agency.whole is None else _figures(agency.whole),
    }


def _figures(work: Work) -> list[tuple[float | None, int]]:
    """Return each figure in the order of the columns, with its places behind the comma."""
    return [(getattr(work, column.of), column.places) for column in COLUMNS]


def _table(month: Period, signed: Signed) -> Iterator[Row]:
    """Yield the head, a row a person, and a row a whole agency; each says its month, so that months can be joined."""
    language = signed.language
    yield [word.in_(language) for word in (MONTH, AGENCY, NAME, *(column.name for column in COLUMNS))]
    for agency in _work(month, signed):
        named = [(worker.name, worker.work) for worker in agency.workers]
        if agency.whole is not None:
            named.append((WHOLE.in_(language), agency.whole))
        for name, work in named:
            figures = [None if n is None else round(n, places) if places else n for n, places in _figures(work)]
            yield [month.slug, agency.name, name, *figures]


def _rules(month: Period, signed: Signed) -> Iterator[Row]:
    """Yield by which rule each figure was made, of which month, and who took them when."""
    language, zone = signed.language, installation().zone
    yield FIGURE.in_(language), RULE.in_(language)
    for column in COLUMNS:
        yield column.name.in_(language), column.rule.in_(language)
    for rule in RULES:
        yield EVERY.in_(language), rule.fill(zone=zone).in_(language)
    yield MONTH.in_(language), _called(month, signed).in_(language)
    yield TAKEN_AT.in_(language), f"{signed.now.astimezone(zone):%Y-%m-%d %H:%M}"
    yield TAKEN_BY.in_(language), signed.person.name


def _called(month: Period, signed: Signed) -> Say:
    word = say_month(month.since)
    return word if month.until < _today(signed) else SOFAR.fill_each(month=word)
