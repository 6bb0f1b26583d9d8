"""What the inbox weighs with fifty rows and a report open, as a desk on a cold morning pays for it (ux 13)."""

import re
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from tests.cast import Cast
from tests.doors.test_script_budgets import loaded, text_of
from tests.make import STORY, make_report
from tests.office import at_work
from tuntas.kit.time import current_time
from tuntas.rules.who import Role

KB = 1024
ROWS = 50
HTML_MOST, CSS_MOST, JS_MOST, ALL_MOST = 18 * KB, 16 * KB, 30 * KB, 70 * KB
STREETS = ("Melati", "Kenanga", "Wijaya Kusuma", "Anggrek", "Veteran", "Pemuda", "Diponegoro")


@pytest.fixture
def page(cast: Cast) -> str:
    """The inbox with fifty rows that differ from each other, and one of them open."""
    now, street = current_time(), iter(STREETS * ROWS)
    made = [
        make_report(now - timedelta(minutes=n), body=f"{n}: {STORY} Di Jl. {next(street)} nomor {n * 7}.")
        for n in range(ROWS + 2)
    ]
    response = at_work(cast, Role.AGENCY_ADMIN).get(f"/meja?buka={made[3].report.number}")
    text = str(response.content.decode())
    assert text.count('class="c-row"') == ROWS
    return text


def test_the_inbox_keeps_to_its_budget(page: str) -> None:
    html = len(brotli.compress(page.encode(), quality=5))
    (sheet,) = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page)
    css = len(brotli.compress((Path(settings.STATIC_ROOT) / sheet).read_bytes(), quality=11))
    js = sum(len(brotli.compress(text_of(name).encode(), quality=11)) for name in loaded(page))
    weights = {"html": html, "css": css, "js": js}
    assert html <= HTML_MOST, weights
    assert css <= CSS_MOST, weights
    assert js <= JS_MOST, weights
    assert html + css + js <= ALL_MOST, weights


def test_the_page_names_three_files_besides_itself_and_no_picture_at_once(page: str) -> None:
    assert len(re.findall(r'<(?:link rel="stylesheet" href|script[^>]* src)="', page)) == 3
    assert 'loading="eager"' not in page
