"""The page of a case: who may open it, what stands on it, and that its cost does not grow with its history."""

import re
from datetime import timedelta

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tests.office import at_work, sign_in
from tests.steps.seen import fresh, photo
from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.kit.time import current_time
from tuntas.rules.life import State
from tuntas.rules.who import Role

KB = 1024


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def page_of(client: Client, made: Made, more: str = "") -> str:
    response = client.get(f"/meja/kasus/{made.report.name}{more}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_desk_reads_the_story_the_facts_and_the_history(cast: Cast, desk: Client) -> None:
    made = make_report(
        current_time(),
        body="Anak jatuh di jembatan.",
        category="road_bridge",
        email="sari@warga.example",
        is_anonymous=False,
    )
    steps.note(made.report, by=cast.desk, text="Sudah ditelepon lurah.", now=current_time())
    page = page_of(desk, made)
    assert '<mark class="c-hl">Anak jatuh</mark>' in page
    assert "Sari" in page
    assert "sari@warga.example" in page
    assert '<p class="c-note">Sudah ditelepon lurah.</p>' in page
    assert fresh(made.report).fetched_at is not None


def test_who_reported_without_a_name_has_none_here(desk: Client, cast: Cast) -> None:
    made = make_report(current_time(), email="sari@warga.example")
    page = page_of(desk, made)
    assert "Tanpa nama" in page
    assert "Ada kontak, hanya lewat sistem" in page
    assert "sari@warga.example" not in page


def test_only_acts_that_are_possible_are_shown(cast: Cast, desk: Client) -> None:
    made = make_report(current_time())
    page = page_of(desk, made)
    base = f"/meja/kasus/{made.report.number}"
    for slug in ("jawab", "catatan", "minta-data", "teruskan", "teks", "telepon", "naikkan", "tidak-diproses"):
        assert f'"{base}/{slug}' in page, slug
    for slug in ("setujui", "kembalikan", "tutup", "buka-lagi", "terima", "alihkan", "bersama"):
        assert f'"{base}/{slug}' not in page, slug
    bring(made, State.AWAITING_VALIDATION, cast, current_time())
    page = page_of(desk, made)
    assert "Sudah ditambal." in page
    for slug in ("setujui", "kembalikan"):
        assert f'"{base}/{slug}' in page, slug
    assert f'"{base}/teruskan' not in page


def test_an_offer_back_to_the_desk_says_who_and_why(cast: Cast, desk: Client) -> None:
    made = make_report(current_time())
    bring(made, State.DISPATCHED, cast, current_time())
    steps.transfer(
        made.report,
        by=cast.liaison,
        agency=None,
        reason_code="other_tier",
        text="Ini jalan provinsi.",
        now=current_time(),
    )
    page = page_of(desk, made)
    assert "mengembalikan laporan ini" in page
    assert "Ini jalan provinsi." in page
    steps.accept_transfer(made.report, by=cast.desk, now=current_time())
    assert "mengembalikan laporan ini" in page_of(desk, made)
    steps.dispatch(made.report, by=cast.desk, agency="dlh", now=current_time())
    assert "mengembalikan laporan ini" not in page_of(desk, made)


def test_the_history_can_be_read_as_everybody_reads_it(cast: Cast, desk: Client) -> None:
    made = make_report(current_time())
    steps.note(made.report, by=cast.desk, text="Hanya untuk kita.", now=current_time())
    assert "Hanya untuk kita." in page_of(desk, made)
    assert "Hanya untuk kita." not in page_of(desk, made, "?riwayat=publik")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ASSISTANT_ADMIN, 200),
        (Role.NATIONAL_ADMIN, 200),
        (Role.LEADER, 200),
        (Role.INSPECTORATE, 200),
        (Role.LIAISON, 403),
        (Role.CALL_OPERATOR, 403),
        (Role.RESPONSE_VALIDATOR, 403),
    ],
)
def test_the_page_opens_for_those_who_may_read(cast: Cast, role: Role, status: int) -> None:
    made = make_report(current_time())
    assert at_work(cast, role).get(f"/meja/kasus/{made.report.number}").status_code == status


def test_who_only_reads_finds_nothing_to_press_but_the_seal(cast: Cast) -> None:
    made = make_report(current_time())
    page = page_of(at_work(cast, Role.INSPECTORATE), made)
    assert "data-menulis" not in page
    assert re.findall(r'class="c-acts">(.*?)</ul>', page)[0].count("<li>") == 1
    assert f"/meja/kasus/{made.report.number}/segel" in page


def test_a_restricted_report_is_not_there_for_the_ordinary_desk(cast: Cast, desk: Client) -> None:
    made = make_restricted(current_time())
    for address in ("", "/jawab", "/teks", "/hadir"):
        assert desk.get(f"/meja/kasus/{made.report.ref}{address}").status_code == 404
    assert desk.post(f"/meja/kasus/{made.report.ref}/catatan", {"teks": "x"}).status_code == 404
    appointed = sign_in(Client(), cast.person(Role.AGENCY_ADMIN, also=Role.SEALED_READER))
    assert appointed.get(f"/meja/kasus/{made.report.ref}")["Location"] == f"/brankas/{made.report.ref}"
    assert desk.get("/meja/kasus/26-99999").status_code == 404


def test_the_page_costs_the_same_with_one_and_with_three_events_and_photos(cast: Cast, desk: Client) -> None:
    few, many = make_report(current_time()), make_report(current_time())
    for made, n in ((few, 1), (many, 3)):
        for each in range(n):
            ids = [photo(current_time())]
            steps.note(made.report, by=cast.desk, text=f"Catatan {each}.", file_ids=ids, now=current_time())
            page_of(desk, made)  # the first look and the presence are written
    counted = []
    for made in (few, many):
        forget_installation()
        installation()  # else it may ask in the midst of one of the two whether the profile changed
        with CaptureQueriesContext(connection) as asked:
            page_of(desk, made)
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert counted[0] <= 15


def test_the_page_keeps_to_its_budget(cast: Cast, desk: Client) -> None:
    made = make_report(current_time(), body="Jalan berlubang besar di depan pasar. " * 20, category="road_bridge")
    for n in range(12):
        steps.note(made.report, by=cast.desk, text=f"Catatan nomor {n} tentang laporan ini.", now=current_time())
    page = desk.get(f"/meja/kasus/{made.report.number}").content
    assert len(brotli.compress(page, quality=5)) <= 18 * KB


def test_it_says_how_far_its_clocks_are_and_who_was_told(cast: Cast, desk: Client) -> None:
    made = make_report(current_time() - timedelta(hours=44))
    assert "Diberi tahu" not in page_of(desk, made)
    while steps.climb_next(now=current_time()):
        pass
    page = page_of(desk, made)
    assert "90 % waktu sudah lewat (dijawab petugas). Diberi tahu " in page
    assert ": yang mengerjakan." in page, "no agency holds it: there is no liaison who heard"
    reporter = Client()
    track = reporter.get(reporter.post("/lacak", {"kode": made.code})["Location"]).content.decode()
    assert str(made.report.number) in track
    assert "90 %" not in track
    assert "Diberi tahu" not in track


def test_two_people_see_each_other(cast: Cast, desk: Client) -> None:
    made = make_report(current_time())
    assert "Dibuka juga" not in page_of(desk, made)
    other = at_work(cast, Role.ASSISTANT_ADMIN)
    assert f"Dibuka juga oleh {cast.person(Role.AGENCY_ADMIN).name} sejak" in page_of(other, made)
    quiet = desk.get(f"/meja/kasus/{made.report.number}/hadir").content.decode()
    assert f"Dibuka juga oleh {cast.person(Role.ASSISTANT_ADMIN).name} sejak" in quiet
    assert "<html" not in quiet


def test_the_way_back_names_the_queue_one_came_from(cast: Cast, desk: Client) -> None:
    made = make_report(current_time())
    page = page_of(desk, made, "?dari=perlu-dipilah")
    assert '<a href="/meja?antrean=perlu-dipilah">Perlu dipilah</a>' in page
    assert "/jawab?dari=perlu-dipilah" in page
    assert '"/meja"' in page_of(desk, made, "?dari=tidak-ada")
