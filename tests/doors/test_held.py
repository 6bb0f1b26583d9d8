"""A held report at every door: the desk's queue and page, its reporter's page, and everybody, who knows nothing."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.make import Made, make_held, make_report
from tests.office import at_work
from tests.steps.seen import fresh, last
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.reports.queries import QUEUES as READ
from tuntas.rules.doubts import SAY, Doubt
from tuntas.rules.life import State
from tuntas.rules.who import Role
from tuntas.web.office.held import SHORT
from tuntas.web.office.queues import HELD, QUEUES

API = "/api/v1"
KEY = re.compile(r'name="kunci" value="([^"]+)"')
FIRST_SENTENCE = "Petugas melihat laporan ini dulu sebelum tampil untuk umum."


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return unescape(response.content.decode())


def names(page: str) -> list[str]:
    return re.findall(r'<li class="c-row"[^>]* data-nomor="([^"]+)"', page)


def page_of(made: Made) -> str:
    return f"/meja/kasus/{made.report.number}"


# The queue


def test_the_queue_is_there_while_something_is_in_it(desk: Client) -> None:
    assert HELD not in text(desk, "/meja")
    assert ">Perlu dilihat</h1>" in text(desk, f"/meja?antrean={HELD}")  # asked for, it is shown empty
    held, plain = make_held(current_time()), make_report(current_time())
    page = text(desk, "/meja")
    assert names(page) == [plain.report.number]
    assert re.search(rf"\?antrean={HELD}\"[^>]*>.*?<span>Perlu dilihat</span> <b>1</b>", page)
    page = text(desk, f"/meja?antrean={HELD}")
    assert names(page) == [held.report.number]
    assert "Banyak tautan · Isi sama" in page


def test_a_row_says_why_in_other_queues_too_and_an_ordinary_one_says_nothing(desk: Client) -> None:
    make_report(current_time())
    assert 'data-jenis="tahan"' not in text(desk, "/meja?antrean=semua")
    made = make_held(current_time(), doubts=[Doubt.NETWORK, Doubt.NO_EFFORT])
    Report.objects.filter(pk=made.report.pk).update(doubts=[*made.report.doubts, "of another version"])
    assert "Jaringan sama · HP tidak menghitung</span>" in text(desk, "/meja?antrean=semua")


def test_every_doubt_has_words_and_every_queue_of_the_page_is_read() -> None:
    assert set(SHORT) == set(SAY) == set(Doubt)
    assert set(QUEUES) <= set(READ)


def test_the_same_queue_at_the_api(client: Client, cast: Cast) -> None:
    held, plain = make_held(current_time()), make_report(current_time())
    headers = cast.bearer(Role.ASSISTANT_ADMIN)
    for queue, made, doubts in ((HELD, held, ["links", "repeated"]), ("perlu-dipilah", plain, [])):
        found = client.get(f"{API}/desk/reports?queue={queue}", headers=headers).json()["items"]
        assert [(row["number"], row["doubts"]) for row in found] == [(made.report.number, doubts)]


# The desk's page


def test_the_page_says_why_and_offers_two_ways_on(desk: Client) -> None:
    made = make_held(current_time())
    page = text(desk, page_of(made))
    for doubt in (Doubt.LINKS, Doubt.REPEATED):
        assert f"<li>{SAY[doubt].id}</li>" in page
    assert f'action="{page_of(made)}/loloskan"' in page
    assert f'href="{page_of(made)}/tidak-diproses"' in page
    assert "Umum, sesudah diloloskan" in page
    assert "/loloskan" not in text(desk, page_of(make_report(current_time())))


def test_who_only_reads_is_told_nothing_of_letting_it_through(cast: Cast) -> None:
    made = make_held(current_time())
    page = text(at_work(cast, Role.LEADER), page_of(made))
    assert "/loloskan" not in page
    assert SAY[Doubt.LINKS].id not in page


def test_one_press_lets_it_through_and_leads_back_to_the_queue(desk: Client) -> None:
    made = make_held(current_time())
    page = text(desk, f"{page_of(made)}?dari={HELD}")
    body = dict(re.findall(r'name="(kunci|dilihat|dari)" value="([^"]*)"', page[page.index("/loloskan") :]))
    assert body["dari"] == HELD
    for _ in range(2):  # pressed twice is let through once
        response = desk.post(f"{page_of(made)}/loloskan", body)
        assert response["Location"] == f"/meja?antrean={HELD}&lolos={made.report.number}"
    assert not fresh(made.report).is_held
    assert fresh(made.report).events.count() == 2
    page = text(desk, response["Location"])
    assert f"{made.report.number} diloloskan." in page
    assert names(page) == []
    assert "Diloloskan" in text(desk, page_of(made))  # in its history


def test_the_line_that_says_so_is_said_of_nothing_else(desk: Client) -> None:
    made = make_held(current_time())
    for name in (made.report.number, "26-99999", "../x"):
        assert "diloloskan." not in text(desk, f"/meja?antrean={HELD}&lolos={name}")


def test_somebody_else_was_faster(cast: Cast, desk: Client) -> None:
    made = make_held(current_time())
    key = KEY.search(text(desk, page_of(made)))
    assert key is not None
    steps.release(made.report, by=cast.actor(Role.ASSISTANT_ADMIN), now=current_time())
    response = desk.post(f"{page_of(made)}/loloskan", {"kunci": key[1]})
    assert response.status_code == 409
    assert "Laporan ini sudah diloloskan." in unescape(response.content.decode())


def test_without_scripts_the_act_has_a_page_of_its_own(desk: Client) -> None:
    made = make_held(current_time())
    page = text(desk, f"{page_of(made)}/loloskan")
    assert "<h1>Loloskan</h1>" in page
    key = KEY.search(page)
    assert key is not None
    assert desk.post(f"{page_of(made)}/loloskan", {"kunci": key[1]})["Location"] == page_of(made)
    assert not fresh(made.report).is_held


def test_beside_the_list_it_says_why_as_well(desk: Client) -> None:
    made = make_held(current_time())
    page = text(desk, f"/meja?antrean={HELD}&buka={made.report.number}")
    peek = page[page.index('id="tinjau"') :]
    assert f"<li>{SAY[Doubt.LINKS].id}</li>" in peek
    assert f'action="{page_of(made)}/loloskan"' in peek
    assert f'name="dari" value="{HELD}"' in peek
    alone = text(desk, f"/meja/tinjau/{made.report.number}?antrean={HELD}")  # what the script puts in its place
    assert f'name="dari" value="{HELD}"' in alone
    assert "/loloskan" not in text(desk, f"/meja?buka={make_report(current_time()).report.number}")


def test_archived_as_spam_from_its_page_it_is_kept_and_its_reporter_may_appeal(desk: Client, client: Client) -> None:
    made = make_held(current_time())
    page = text(desk, f"{page_of(made)}/tidak-diproses")
    key = KEY.search(page)
    assert key is not None
    body = {"kunci": key[1], "alasan": "spam", "teks": "Ini iklan barang dagangan, bukan laporan warga."}
    assert desk.post(f"{page_of(made)}/tidak-diproses", body).status_code == 303
    assert fresh(made.report).state == State.ARCHIVED
    assert client.get(f"/laporan/{made.report.number}").status_code == 404
    assert "appeal" in client.get(f"{API}/track", headers=made.header).json()["acts"]


# Its reporter


def test_its_reporter_sees_it_with_its_promise_and_an_honest_sentence(client: Client, cast: Cast) -> None:
    held, plain = make_held(current_time()), make_report(current_time())
    own, usual = (words_of(client.get(f"/l/{made.code}")) for made in (held, plain))
    assert FIRST_SENTENCE in own
    assert FIRST_SENTENCE not in usual
    promise = re.search(r"Dijawab petugas paling lambat[^.]*", usual) or re.search(r"Janji[^.]*", usual)
    assert promise is not None
    assert promise[0] in own
    assert f"/laporan/{held.report.number}" not in text(client, f"/l/{held.code}")
    assert "Nomornya tetap tampak untuk umum" not in text(client, f"/l/{held.code}/tarik")
    assert "looks at this report before it is public" in text(client, f"/l/{held.code}?bahasa=en")
    steps.release(held.report, by=cast.desk, now=current_time())
    assert FIRST_SENTENCE not in words_of(client.get(f"/l/{held.code}"))
    assert f"/laporan/{held.report.number}" in text(client, f"/l/{held.code}")


def test_of_a_secret_one_no_sentence_speaks_of_the_public(client: Client, cast: Cast) -> None:
    made = make_held(current_time(), is_secret=True)
    assert FIRST_SENTENCE not in words_of(client.get(f"/l/{made.code}"))


# Everybody


def test_nobody_else_knows_of_it_until_it_is_let_through(client: Client, cast: Cast) -> None:
    made = make_held(current_time(), category="road_bridge")
    number = made.report.number or ""
    addresses = (f"/laporan/{number}", f"{API}/reports/{number}")
    lists = ("/laporan", f"{API}/reports")
    follow = f"{API}/reports/{number}/acts/follow"
    for address in addresses:
        assert client.get(address).status_code == 404
    assert client.post(follow, "{}", content_type="application/json").status_code == 404
    assert all(number not in text(client, address) for address in lists)
    steps.release(made.report, by=cast.desk, now=current_time())
    for address in addresses:
        assert client.get(address).status_code == 200
    assert client.post(follow, "{}", content_type="application/json").status_code == 200
    assert all(number in text(client, address) for address in lists)


# The API


def test_the_act_at_the_api(client: Client, cast: Cast) -> None:
    made = make_held(current_time())
    path, headers = f"{API}/reports/{made.report.number}", cast.bearer(Role.NATIONAL_ADMIN)
    assert "release" in client.get(path, headers=headers).json()["acts"]
    assert client.get(path, headers=headers).json()["doubts"] == ["links", "repeated"]

    def release(**who: str) -> int:
        return client.post(f"{path}/acts/release", "{}", content_type="application/json", headers=who).status_code

    assert release() == 404
    assert release(**made.header) == 403
    assert release(**cast.bearer(Role.LEADER)) == 403
    assert release(**headers) == 200
    assert (last(made.report).act, fresh(made.report).is_held) == ("release", False)
    assert release(**headers) == 409
    view = client.get(path, headers=headers).json()
    assert ("release" in view["acts"], view["doubts"]) == (False, [])
    assert "doubts" not in client.get(f"{API}/track", headers=made.header).json()
