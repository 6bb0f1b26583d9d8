"""What a phone keeps for times without signal, and the small doors that only the form's scripts knock at."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.test_report_form import STORY, VILLAGE, Walk, draft_in
from tests.doors.test_script_budgets import loaded
from tests.make import bring, make_report
from tuntas.agencies.models import Area
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.reports.models import Draft, Report
from tuntas.rules.life import State

pytestmark = pytest.mark.usefixtures("city")
STATIC = re.compile(r'(?:src|href)="(/static/[^"]+)"')


@pytest.fixture(autouse=True)
def files() -> None:
    collect_static()


@pytest.fixture
def walk(client: Client) -> Walk:
    return Walk(client)


def worker(client: Client, language: str = "id") -> str:
    return client.get(f"/sw.js?bahasa={language}").content.decode()


# The service worker


def test_the_worker_is_asked_for_anew_each_time_and_serves_the_whole_site(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert response["Service-Worker-Allowed"] == "/"
    assert "worker-src 'self'" in response["Content-Security-Policy"]


def test_all_that_the_kept_pages_need_is_kept(client: Client) -> None:
    kept = set(re.findall(r'"(/static/[^"]+)"', worker(client)))
    pages = [client.get(address).content.decode() for address in ("/lapor", "/luring")]
    needed = {file for page in pages for file in STATIC.findall(page)}
    needed |= {f"/static/js/{name}" for page in pages for name in loaded(page)}
    assert kept == needed


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_are_kept_in_the_language_of_the_page(client: Client, language: str) -> None:
    named = set(re.findall(r'"(/\w+\?bahasa=\w+)"', worker(client, language)))
    assert named == {f"/lapor?bahasa={language}", f"/luring?bahasa={language}"}


def test_a_worker_of_another_language_keeps_its_own(client: Client) -> None:
    names = [re.findall(r'KEPT = "([^"]+)"', worker(client, language))[0] for language in ("id", "en")]
    assert names[0] != names[1]
    assert worker(client) == worker(Client())


@pytest.mark.parametrize("address", ["/lapor?bahasa=id", "/luring?bahasa=id"])
def test_what_is_kept_is_the_same_for_everybody(walk: Walk, address: str) -> None:
    draft = walk.draft()
    fresh = Client().get(address).content
    assert fresh == Client().get(address).content
    assert draft.encode() not in fresh
    assert STORY.encode() not in fresh


# What the script of step 2 asks


def test_similar_reports_of_a_village_come_as_a_part_of_the_page_and_change_nothing(walk: Walk, cast: Cast) -> None:
    now = current_time()
    made = make_report(now, category="road_bridge")
    Report.objects.filter(pk=made.report.pk).update(area=Area.objects.get(code=VILLAGE))
    made.report.refresh_from_db()
    bring(made, State.DISPATCHED, cast, now)
    draft = draft_in(walk.story())
    before = bytes(Draft.objects.get().data)
    found = walk.client.get("/lapor/mirip", {"draf": draft, "kelurahan": VILLAGE})
    assert "Ini sama, ikut" in found.content.decode()
    assert found["Cache-Control"] == "no-store"
    assert "<html" not in found.content.decode()
    elsewhere = walk.client.get("/lapor/mirip", {"draf": draft, "kelurahan": "32.99.04.1006"}).content.decode()
    assert "Kami tidak menemukan laporan serupa" in elsewhere
    other_topic = walk.client.get("/lapor/mirip", {"draf": draft, "kelurahan": VILLAGE, "topik": "waste_environment"})
    assert "Kami tidak menemukan laporan serupa" in other_topic.content.decode()
    nowhere = walk.client.get("/lapor/mirip", {"draf": draft, "kelurahan": ""}).content.decode()
    assert "Setelah tempat dipilih" in nowhere
    assert bytes(Draft.objects.get().data) == before


@pytest.mark.parametrize("draft", ["", "x", "a" * 36])
def test_nothing_is_said_where_the_draft_is_gone(client: Client, draft: str) -> None:
    assert client.get("/lapor/mirip", {"draf": draft, "kelurahan": VILLAGE}).status_code == 204


def test_another_phone_is_told_nothing(walk: Walk) -> None:
    draft = draft_in(walk.story())
    assert Client().get("/lapor/mirip", {"draf": draft, "kelurahan": VILLAGE}).status_code == 204


@pytest.mark.parametrize("forged", [{"kelurahan": "xx"}, {"topik": "bribery_corruption"}, {"topik": "'"}])
def test_what_no_page_offers_is_passed_over(walk: Walk, forged: dict[str, str]) -> None:
    draft = draft_in(walk.story())
    assert walk.client.get("/lapor/mirip", {"draf": draft, **forged}).status_code == 200


def test_a_script_that_leaves_is_answered_without_a_page(walk: Walk) -> None:
    draft = walk.draft()
    gone = walk.client.post("/lapor/keluar", {"draf": draft})
    assert (gone.status_code, gone.content) == (204, b"")
    assert gone["Clear-Site-Data"] == '"cache", "storage"'
    assert Draft.objects.count() == 0
