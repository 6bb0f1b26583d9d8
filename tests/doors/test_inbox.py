"""The inbox as a page: queues, filters, rows, the report beside the list, and what each role sees of it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.office import at_work
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import Role
from tuntas.steps.submit import Story


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def names(page: str) -> list[str]:
    return re.findall(r'<li class="c-row"[^>]* data-nomor="([^"]+)"', page)


def counts(page: str) -> dict[str, str]:
    wide = page[page.index('class="u-only-wide c-queues"') :]
    return dict(re.findall(r'\?antrean=([\w-]+)"[^>]*>.*?<b>(\d+\+?)</b>', wide))


# Who


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [
        (Role.AGENCY_ADMIN, "", 200),
        (Role.ASSISTANT_ADMIN, "", 200),
        (Role.NATIONAL_ADMIN, "", 200),
        (Role.LIAISON, "dlh", 403),
        (Role.CALL_OPERATOR, "", 403),
        (Role.LEADER, "", 403),
    ],
)
def test_the_inbox_is_for_the_desk(cast: Cast, role: Role, agency: str, status: int) -> None:
    assert at_work(cast, role, agency).get("/meja").status_code == status


def test_strangers_are_asked_to_sign_in(client: Client, city: None) -> None:
    assert client.get("/meja?q=x")["Location"] == "/masuk?lanjut=%2Fmeja%3Fq%3Dx"
    assert client.get("/meja/terbaru").status_code == 303


# Queues


def test_each_queue_holds_its_own_and_says_how_many(cast: Cast, desk: Client) -> None:
    now = current_time()
    new = make_report(now).report
    sent = bring(make_report(now - timedelta(hours=2)), State.DISPATCHED, cast, now - timedelta(hours=2))
    late = make_report(now - timedelta(hours=50)).report
    soon = make_report(now - timedelta(hours=44)).report
    page = text(desk, "/meja")
    assert names(page) == [late.number, soon.number, new.number]
    found = counts(page)
    assert (found["perlu-dipilah"], found["di-instansi"], found["milik-saya"]) == ("3", "1", "1")
    assert names(text(desk, "/meja?antrean=di-instansi")) == [sent.number]
    assert names(text(desk, "/meja?antrean=kurang-dari-6-jam")) == [soon.number]
    assert late.number in names(text(desk, "/meja?antrean=lewat-batas"))
    assert "Lewat batas" in text(desk, "/meja?antrean=lewat-batas")


def test_an_unknown_queue_shows_the_first(desk: Client) -> None:
    assert "<h1" in text(desk, "/meja?antrean=entah")
    assert ">Perlu dipilah</h1>" in text(desk, "/meja?antrean=entah")


def test_closed_this_week_leaves_older_ones_out(cast: Cast, desk: Client) -> None:
    now = current_time()
    bring(make_report(now - timedelta(days=20)), State.CLOSED, cast, now - timedelta(days=20))
    young = bring(make_report(now - timedelta(days=2)), State.CLOSED, cast, now - timedelta(days=2))
    page = text(desk, "/meja?antrean=tuntas-pekan-ini")
    assert names(page) == [young.number]
    assert counts(page)["tuntas-pekan-ini"] == "1"


def test_an_empty_queue_says_so_and_leads_on(desk: Client) -> None:
    page = text(desk, "/meja")
    assert "Antrean kosong. Laporan berikutnya muncul di sini sendiri." in page
    assert "Belum ada laporan dengan saringan ini." in text(desk, "/meja?kanal=phone")


def test_a_large_queue_is_counted_only_so_far(cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make_report(current_time())
    monkeypatch.setattr("tuntas.reports.inbox_queries.MOST", 2)
    monkeypatch.setattr("tuntas.web.office.queues.MOST", 2)
    assert counts(text(desk, "/meja"))["perlu-dipilah"] == "1+"


# Filters


def test_filters_narrow_and_can_be_dropped(desk: Client) -> None:
    now = current_time()
    road = make_report(now, category="road_bridge").report
    water = make_report(now, category="drainage_water", body="Got mampet di depan rumah kami sudah sepekan").report
    assert names(text(desk, "/meja?antrean=perlu-dipilah&kategori=road_bridge")) == [road.number]
    page = text(desk, "/meja?antrean=perlu-dipilah&q=mampet")
    assert names(page) == [water.number]
    assert "Kata: mampet" in page
    assert 'href="?antrean=perlu-dipilah"' in page
    assert names(text(desk, f"/meja?q={road.number}")) == [road.number]
    assert names(text(desk, "/meja?antrean=perlu-dipilah&foto=ada")) == []
    assert names(text(desk, "/meja?antrean=perlu-dipilah&kanal=phone")) == []
    tomorrow = (now + timedelta(days=2)).date().isoformat()
    assert names(text(desk, f"/meja?antrean=perlu-dipilah&dari={tomorrow}")) == []


def test_what_cannot_be_understood_is_told_and_filters_nothing(desk: Client) -> None:
    report = make_report(current_time()).report
    page = text(desk, "/meja?antrean=perlu-dipilah&kategori=entah&dari=kemarin&wilayah=99")
    assert names(page) == [report.number]
    assert "<title>Galat:" in page
    for words in ("Pilih topik dari daftar.", "Tulis tanggal seperti 2026-11-21.", "Pilih wilayah dari daftar."):
        assert words in page
    assert 'value="kemarin"' in page


def test_a_search_looks_through_every_queue(cast: Cast, desk: Client) -> None:
    now = current_time()
    report = bring(make_report(now - timedelta(hours=3)), State.DISPATCHED, cast, now - timedelta(hours=3))
    assert names(text(desk, "/meja?q=berlubang")) == [report.number]


def test_the_list_goes_on_by_key(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuntas.web.office.filters.ROWS", 2)
    made = [make_report(current_time() - timedelta(minutes=9 - n)).report.number for n in range(5)]
    page = text(desk, "/meja")
    first = names(page)
    following = re.search(r'href="(\?[^"]*lanjut=[^"]+)"[^>]*>Berikutnya', page)
    assert following
    second = names(text(desk, f"/meja{following[1]}"))
    assert first + second == made[:4]
    assert names(text(desk, "/meja?lanjut=rusak")) == first


# Rows


def test_a_row_says_who_where_how_and_one_flag(desk: Client) -> None:
    make_report(current_time(), body="Pohon tumbang menimpa kabel di depan sekolah, nenek saya takut lewat")
    page = text(desk, "/meja")
    assert "Pohon tumbang menimpa kabel di depan sekolah" in page
    row = page[page.index('<li class="c-row"') : page.index("</li>", page.index('<li class="c-row"'))]
    assert row.count("c-mini") == 1
    assert ">bahaya<" in row
    assert 'data-yakin="ragu">' in row
    assert "belum ada tempat" in row
    assert "sisa 47 j" in row


def test_a_story_is_never_loaded_whole_for_a_row(desk: Client) -> None:
    make_report(current_time(), body="Jalan rusak. " + "x" * 4000)
    with CaptureQueriesContext(connection) as seen:
        text(desk, "/meja")
    listed = [q["sql"] for q in seen.captured_queries if "LEFT(" in q["sql"]]
    assert listed
    assert [sql for sql in listed if re.search(r'(?<!LEFT\()"reports_report"\."(body|thread)"', sql)] == []


def test_restricted_reports_show_that_they_are_there_and_nothing_else(cast: Cast) -> None:
    report = make_restricted(current_time()).report
    appointed = at_work(cast, Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    page = text(appointed, "/meja?antrean=perlu-dipilah")
    assert "Isi ditutup: diduga laporan pungli" in page
    assert str(report.ref) in page
    assert "uang rokok" not in page
    assert f"buka={report.ref}" not in page
    assert f'value="{report.ref}"' not in page
    for address in (f"/meja?buka={report.ref}", f"/meja/tinjau/{report.ref}"):
        assert appointed.get(address).status_code == 404
    assert str(report.ref) not in text(at_work(cast, Role.AGENCY_ADMIN), "/meja")


def test_one_row_and_three_cost_the_same_few_statements(desk: Client) -> None:
    text(desk, "/meja")
    make_report(current_time())
    one = statements(desk, "/meja")
    make_report(current_time(), category="road_bridge")
    make_report(current_time(), category="drainage_water")
    assert statements(desk, "/meja") == one
    assert one <= 6 + 1  # and who is signed in


def test_a_report_beside_the_list_costs_the_same_for_one_and_three(desk: Client) -> None:
    made = [make_report(current_time(), category="road_bridge").report for _ in range(3)]
    text(desk, f"/meja?buka={made[0].number}")
    assert statements(desk, f"/meja?buka={made[0].number}") <= 13


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        text(client, address)
    return len([query for query in seen.captured_queries if "agencies_government" not in query["sql"]])


# The report beside the list


def test_opening_a_report_shows_it_and_is_a_look(desk: Client) -> None:
    report = make_report(
        current_time(), body="Jalan berlubang, kemarin anak sekolah jatuh.\nHubungi 0812-3456-7890"
    ).report
    page = text(desk, f"/meja?buka={report.number}")
    assert 'id="tinjau"' in page
    assert '<mark class="c-hl">sekolah jatuh</mark>' in page
    assert "Hubungi 0812-3456-7890" in page
    assert "Hubungi ▇▇▇</textarea>" in page
    assert 'aria-current="true"' in page
    report.refresh_from_db()
    assert report.fetched_at is not None
    fragment = text(desk, f"/meja/tinjau/{report.number}")
    assert fragment.lstrip().startswith("<section")
    assert "<html" not in fragment


def test_the_proposal_names_its_reasons(desk: Client) -> None:
    report = make_report(current_time(), category="road_bridge").report
    page = text(desk, f"/meja?buka={report.number}")
    assert "Topik dari pelapor: Jalan & jembatan" in page
    assert re.search(r'value="dinas-pupr"[^>]*checked', page)
    assert ">yakin <" in page


def test_a_report_that_is_not_there_leaves_the_list_standing(desk: Client) -> None:
    report = make_report(current_time()).report
    response = desk.get("/meja?buka=26-99999")
    assert response.status_code == 404
    assert names(response.content.decode()) == [report.number]
    assert "Laporan ini tidak ada, atau bukan untuk Anda." in response.content.decode()


def test_a_report_that_went_on_can_be_read_but_not_sent_again(cast: Cast, desk: Client) -> None:
    now = current_time()
    report = bring(make_report(now - timedelta(hours=2)), State.DISPATCHED, cast, now - timedelta(hours=2))
    page = text(desk, f"/meja?antrean=di-instansi&buka={report.number}")
    assert "/meja/pilah/" in page
    assert "data-kirim" not in page


# What is new


def test_the_bar_counts_what_came_since_and_stays_silent_otherwise(desk: Client) -> None:
    make_report(current_time() - timedelta(minutes=5))
    since = (current_time() - timedelta(minutes=1)).isoformat().replace("+", "%2B")
    assert text(desk, f"/meja/terbaru?sejak={since}").strip() == ""
    make_report(current_time())
    make_report(current_time())
    assert "2 laporan baru, tampilkan" in text(desk, f"/meja/terbaru?sejak={since}")
    assert text(desk, "/meja/terbaru?sejak=kemarin").strip() == ""


def test_the_bar_keeps_no_session_open(desk: Client, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as seen:
        desk.get("/meja/terbaru")
    assert not [q for q in seen.captured_queries if q["sql"].startswith("UPDATE")]


def test_told_by_phone_is_said_so(desk: Client, cast: Cast) -> None:
    steps.submit(Story(body="Jalan rusak di depan pasar lama", channel="phone"), by=cast.desk, now=current_time())
    assert "<span>Telepon</span>" in text(desk, "/meja")
    assert Report.objects.get().channel == "phone"
