"""Open data: public reports and figures as CSV and JSON, with permanent links for each period."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.sheets import harmless
from tuntas.kit.time import current_time
from tuntas.publications import rows as report_rows
from tuntas.statistics import rows as figure_rows
from tuntas.statistics.queries import first_day
from tuntas.web.page import page
from tuntas.web.public.data_words import FIGURE_COLUMNS, FIGURES, REPORT_COLUMNS
from tuntas.web.public.periods import Period, months, read_period

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FIVE_MINUTES = "public, max-age=300"
LINES_AT_ONCE = 500
Rows = Iterable[dict[str, Any]]


def data(request: HttpRequest) -> HttpResponse:
    """Show what data there is, what its columns mean, and under which licence."""
    today = _today()
    given = {
        "reports": REPORT_COLUMNS,
        "figures": FIGURE_COLUMNS,
        "figure_names": FIGURES,
        "months": months(today, first_day()),
        "licence": LICENCE,
        "year": today.year,
    }
    return page(request, "pages/data.html", given)


def reports_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the public reports received in a period as CSV."""
    return _csv(report_rows.COLUMNS, _reports(period := _period(request)), f"laporan-{period.slug}")


def reports_json(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the public reports received in a period as JSON."""
    return _json(_reports(period := _period(request)), period)


def figures_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the figures of a period as CSV."""
    return _csv(figure_rows.COLUMNS, _figures(period := _period(request)), f"angka-{period.slug}")


def figures_json(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the figures of a period as JSON."""
    return _json(_figures(period := _period(request)), period)


def _today() -> date:
    return current_time().astimezone(installation().zone).date()


def _period(request: HttpRequest) -> Period:
    """Return the period asked for: a month under its own name, any under the other. Raises Invalid."""
    return read_period(request.GET.get("bulan") or request.GET.get("periode", ""), _today())


def _reports(period: Period) -> Rows:
    zone = installation().zone
    since, until = (_begins(day, zone) for day in (period.since, period.until + timedelta(days=1)))
    return report_rows.open_rows(since, until, now=current_time())


def _figures(period: Period) -> Rows:
    return figure_rows.figure_rows(period.since, period.until, period.medians)


def _begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone)


def _csv(columns: tuple[str, ...], rows: Rows, name: str) -> StreamingHttpResponse:
    lines = _csv_lines(columns, rows, installation().zone)
    response = StreamingHttpResponse(_in_pieces(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = FIVE_MINUTES
    return response


def _csv_lines(columns: tuple[str, ...], rows: Rows, zone: ZoneInfo) -> Iterator[str]:
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name], zone) for name in columns])
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    yield page.getvalue()


def _cell(value: object, zone: ZoneInfo) -> str:
    """Return a value as CSV holds it: empty for none, dates as ISO, and nothing a spreadsheet would run."""
    plain = _plain(value, zone)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return harmless(plain) if isinstance(plain, str) else str(plain)


def _plain(value: object, zone: ZoneInfo) -> object:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _json(rows: Rows, period: Period) -> StreamingHttpResponse:
    here = installation()
    head = {
        "period": period.slug,
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "source": f"{here.name.id}, Tuntas",
        "licence": LICENCE,
    }
    response = StreamingHttpResponse(_in_pieces(_json_lines(head, rows, here.zone)), content_type="application/json")
    response["Cache-Control"] = FIVE_MINUTES
    return response


def _json_lines(head: dict[str, str], rows: Rows, zone: ZoneInfo) -> Iterator[str]:
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    comma = "\n"
    for row in rows:
        yield comma + json.dumps({name: _plain(value, zone) for name, value in row.items()}, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def _in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Put some lines together, so that not each is sent alone."""
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) >= LINES_AT_ONCE:
            yield "".join(waiting).encode()
            waiting = []
    yield "".join(waiting).encode()
