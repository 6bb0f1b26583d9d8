"""Bytes and requests of the first view of each citizen page, as a phone on a bad line pays for them (ux 13)."""

import re

import brotli
import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.make import T0, bring, make_report
from tuntas.ops.static_files import collect_static
from tuntas.rules.life import State
from tuntas.steps import count

KB = 1024
CSS_MOST = 12 * KB
ONE_ROUND_TRIP = 14 * KB  # of HTML
# page: HTML, and everything to the first view, in kilobytes
BUDGETS = {"/": (8, 24), "/lapor": (6, 20), "/laporan": (10, 24), "/statistik": (12, 28), "/lacak": (8, 22)}

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


def compressed(address: str) -> int:
    """Return the bytes of a static file as they travel."""
    packed = settings.STATIC_ROOT / f"{address.removeprefix('/static/')}.br"
    return (
        packed.stat().st_size
        if packed.exists()
        else (settings.STATIC_ROOT / address.removeprefix("/static/")).stat().st_size
    )


def test_there_is_one_style_sheet_and_it_is_small(client: Client) -> None:
    sheets = set()
    for page in BUDGETS:
        found = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get(page).content.decode())
        assert len(found) == 1
        sheets.update(found)
    assert len(sheets) == 1
    assert compressed(sheets.pop()) <= CSS_MOST


@pytest.mark.parametrize("page", BUDGETS)
def test_the_first_view_is_paid_for_in_few_bytes(client: Client, cast: Cast, page: str) -> None:
    for _ in range(25):
        bring(make_report(T0), State.DISPATCHED, cast, T0)
    count(now=T0)
    response = client.get(page)
    html = len(brotli.compress(response.content, quality=5))
    at_once = re.findall(
        r'<(?:link rel="stylesheet" href|script(?: type="module")? src)="([^"]+)"', response.content.decode()
    )
    most_html, most_all = BUDGETS[page]
    assert html <= most_html * KB <= ONE_ROUND_TRIP
    assert html + sum(compressed(address) for address in at_once) <= most_all * KB
    assert len(at_once) <= 5  # the style sheet, what holds forms, and scripts that wait until the page stands


@pytest.mark.parametrize("page", BUDGETS)
def test_every_picture_has_its_size_and_waits_its_turn(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    pictures = re.findall(r"<img [^>]*>", html)
    assert all(re.search(r'width="\d+" height="\d+"', picture) for picture in pictures)  # nothing jumps
    assert all('loading="lazy"' in picture for picture in pictures)
    assert re.findall(r'(?:src|href)="https?://(?!creativecommons)[^"]*"', html) == []
