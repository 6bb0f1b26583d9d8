"""The judges and the watch see what they are for: each is shown a page that is good and one that is not."""

import asyncio
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import BrowserContext, Error, Page

from tests.browser.judge import axe, keyboard_walk, no_sideways, targets
from tests.browser.server import Site
from tests.browser.watch import Watch
from tests.make import make_report
from tuntas.kit.env import env
from tuntas.kit.time import current_time
from tuntas.web.headers import HEADERS

FRAME = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Contoh</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ font: 16px/1.5 sans-serif }} :focus-visible {{ outline: 3px solid }}
.in {{ position: absolute; opacity: 0 }} .in:focus + i {{ box-shadow: 0 0 0 3px }} .silent:focus {{ outline: none }}
button {{ min-width: 24px; min-height: 24px }}
label {{ display: block; min-height: 24px }} .low {{ min-height: 20px; height: 20px; padding: 0 }}</style></head>
<body><main><h1>Contoh</h1>{}</main></body></html>"""
GOOD = """<p>Baca <a href="/a">janji kami</a> dulu.</p><button>Kirim</button>
<label><input class="in" type="radio" name="r"><i></i> Satu pilihan yang cukup besar</label>
<label><input class="in" type="radio" name="r"><i></i> Satu pilihan lain yang besar</label>"""


def show(page: Page, body: str, headers: dict[str, str] | None = None) -> None:
    """Open a page of this test's own at the address of the product."""
    answer = {"body": FRAME.format(body), "headers": headers or {}, "content_type": "text/html; charset=utf-8"}
    page.context.route("**/contoh", lambda route: route.fulfill(**answer))
    page.goto("/contoh")


def test_a_good_page_passes_every_judge(page: Page, scripts: bool) -> None:
    show(page, GOOD)
    if scripts:
        axe(page)
    else:
        with pytest.raises(AssertionError, match="with scripts on"):
            axe(page)
    no_sideways(page)
    targets(page)
    assert len(keyboard_walk(page)) == 3, "one stop for a group of radio buttons"


def test_axe_names_what_is_wrong_and_where(page: Page) -> None:
    show(page, '<input id="nama"><p style="color: #bbb">pucat</p>')
    with pytest.raises(AssertionError, match=r"(?s)color-contrast: p: .*label: #nama: "):
        axe(page)


def test_the_widest_thing_is_named(page: Page) -> None:
    show(page, '<table id="lebar"><td><div style="width: 400px">lebar</div></table>')
    with pytest.raises(AssertionError, match=r"table#lebar .* ends at 4"):
        no_sideways(page)
    assert page.viewport_size == {"width": 360, "height": 740}


def test_what_is_cut_off_is_named(page: Page) -> None:
    show(page, '<p id="kode" style="overflow: hidden; width: 99px">Z6D4-8YK4-RH8XZ6D4<b>8YK4RH8XZ6D48YK4RH8X</b></p>')
    with pytest.raises(AssertionError, match=r"p#kode .* cuts off \d+ px"):
        no_sideways(page)


def test_a_table_may_scroll_by_itself(page: Page) -> None:
    show(page, '<div style="overflow-x: auto"><div style="width: 900px">lebar</div></div>')
    no_sideways(page)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<button class="low" id="rendah">Kirim</button>', "button#rendah .* × 20.0 px"),
        ('<nav><a href="/a">Satu</a> · <a href="/b">Dua</a></nav>', "“Dua” is"),
        ('<span><input type="checkbox"></span>', "^input"),
    ],
)
def test_what_is_too_small_for_a_thumb_is_named(page: Page, body: str, told: str) -> None:
    show(page, body)
    with pytest.raises(AssertionError, match=told):
        targets(page)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<button class='silent'>Diam</button>", "“Diam” looks the same with the focus as without"),
        ("<p><b tabindex='1'>A</b> <b tabindex='3'>B</b> <b tabindex='2'>C</b></p>", "“B” comes after"),
        ("<button>Satu</button><button onkeydown='event.preventDefault()'>Macet</button><button>Tiga</button>", "Tiga"),
    ],
)
def test_a_walk_stops_where_the_focus_is_lost_stuck_or_unseen(desk: BrowserContext, body: str, told: str) -> None:
    page = desk.new_page()
    show(page, body)
    with pytest.raises(AssertionError, match=told):
        keyboard_walk(page)


def test_a_walk_goes_through_the_parts_of_a_date(desk: BrowserContext) -> None:
    page = desk.new_page()
    show(page, "<input type='date' aria-label='Tanggal'><button>Dua</button>")
    assert [name.split(" ")[1] for name in keyboard_walk(page)] == ["“Tanggal”", "“Dua”"]


def test_a_walk_begins_at_the_top_wherever_the_focus_is(desk: BrowserContext) -> None:
    page = desk.new_page()
    show(page, "<button>Satu</button><h2 id='galat' tabindex='-1'>Galat</h2><button>Dua</button>")
    page.locator("#galat").focus()
    assert [name.split(" ")[1] for name in keyboard_walk(page)] == ["“Satu”", "“Dua”"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>salah()</script>", "script: salah is not defined"),
        ("<script>console.error('aduh')</script>", "console: aduh"),
        ("<img src='http://jauh.example/x.png' alt=''>", "other host: http://jauh.example/x.png"),
        ("<img src='/tidak-ada.png' alt=''>", "answered 404: "),
    ],
)
def test_the_watch_sees(page: Page, watch: Watch, body: str, fault: str) -> None:
    show(page, body)
    page.wait_for_load_state("networkidle")
    assert any(seen.startswith(fault) for seen in watch.faults), watch.faults
    watch.allow("")


@pytest.mark.parametrize("body", ["<script>1</script>", "<p style='color: red'>merah</p>", "<p onclick='1'>klik</p>"])
def test_the_watch_sees_what_the_policy_forbids(page: Page, watch: Watch, body: str) -> None:
    show(page, body, {"Content-Security-Policy": HEADERS["Content-Security-Policy"]})
    assert len([fault for fault in watch.faults if "Content Security Policy" in fault]) > 1  # the frame's style is one
    watch.allow("Content Security Policy")


def test_a_page_may_say_that_something_is_not_there(page: Page) -> None:
    answer = page.goto("/tidak-ada")
    assert answer is not None
    assert answer.status == 404


def test_no_other_host_is_reached_even_by_number(page: Page, watch: Watch) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://127.0.0.2:8000/")
    watch.allow("127.0.0.2")


def test_pages_and_tests_share_one_database(page: Page, site: Site) -> None:
    report = make_report(current_time()).report
    answer = page.request.get(f"/api/v1/reports/{report.number}")
    assert answer.status == 200
    assert answer.json()["number"] == report.number
    assert env().base_url == site.base_url


@pytest.fixture
def seen_after() -> Iterator[None]:
    yield
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()


def test_the_event_loop_is_gone_when_the_test_is(seen_after: None, page: Page) -> None:
    assert asyncio.get_running_loop().is_running()
    assert connection.cursor() is not None
