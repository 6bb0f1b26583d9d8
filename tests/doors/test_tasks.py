"""The list of an agency's tasks: what is on it, for whom, in which order, and what it costs."""

import re
from datetime import timedelta

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.doors.field import address_of, form_of, task_in
from tests.doors.test_script_budgets import KB, loaded, weight
from tests.make import make_restricted
from tests.office import at_work
from tests.steps.seen import photo
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import Role

ON_IT = {State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED, State.REPORTER_REPLIED}
OFF_IT = {State.SUBMITTED, State.NEEDS_INFO, State.AWAITING_VALIDATION, State.ANSWERED, State.CLOSED, State.ARCHIVED}


@pytest.fixture
def liaison(cast: Cast) -> Client:
    return at_work(cast, Role.LIAISON, "dinas-pupr")


@pytest.fixture
def handler(cast: Cast) -> Client:
    return at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")


def page(client: Client, address: str = "/instansi") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("state", sorted(ON_IT | OFF_IT))
def test_a_report_is_a_task_while_the_agency_has_to_do_something(
    cast: Cast, liaison: Client, handler: Client, state: State
) -> None:
    number = task_in(state, cast).report.number
    for client in (liaison, handler):
        assert (f'data-nomor="{number}"' in page(client)) == (state in ON_IT)


def test_another_agencys_reports_are_nobodys_task_here(cast: Cast, liaison: Client) -> None:
    report = task_in(State.DISPATCHED, cast, agency="dlh").report
    assert f'data-nomor="{report.number}"' not in page(liaison)
    assert liaison.get(address_of(report)).status_code == 404
    assert address_of(report) not in page(liaison)


def test_what_is_offered_is_a_task_of_the_liaison_it_is_offered_to(cast: Cast, liaison: Client) -> None:
    number = task_in(State.TRANSFER_PENDING, cast).report.number
    assert f'data-nomor="{number}"' in page(at_work(cast, Role.LIAISON, "dlh"))
    assert f'data-nomor="{number}"' not in page(at_work(cast, Role.UNIT_HANDLER, "dlh"))
    assert f'data-nomor="{number}"' not in page(liaison)


def test_an_answer_to_be_signed_is_a_task_of_the_liaison_and_leads_to_where_it_is_signed(cast: Cast) -> None:
    report = task_in(State.DISPATCHED, cast, agency="tirta-cempaka").report
    by, now = cast.actor(Role.UNIT_HANDLER, "tirta-cempaka"), current_time()
    steps.start(report, by=by, text="Besok kami cek.", now=now)
    steps.propose_answer(report, by=by, text="Pipa sudah diganti.", outcome="answered", now=now)
    assert f'href="/instansi/cek/{report.number}"' in page(at_work(cast, Role.LIAISON, "tirta-cempaka"))
    assert str(report.number) not in page(at_work(cast, Role.UNIT_HANDLER, "tirta-cempaka"))


def test_restricted_reports_never_come_here(cast: Cast, liaison: Client) -> None:
    made = make_restricted(current_time() - timedelta(hours=5))
    for address in ("/instansi", "/instansi/cek"):
        assert str(made.report.ref) not in page(liaison, address)
    for address in ("tugas", "cek"):
        assert liaison.get(f"/instansi/{address}/{made.report.ref}").status_code == 404


def test_an_empty_list_says_what_will_stand_there(liaison: Client) -> None:
    assert "Belum ada tugas. Meja aduan meneruskan laporan ke sini." in page(liaison)


def test_the_nearest_limit_stands_first_and_the_list_goes_on(cast: Cast, liaison: Client) -> None:
    late, soon, fresh = (
        task_in(State.DISPATCHED, cast, ago=timedelta(hours=hours)).report.number for hours in (200, 100, 3)
    )
    text = page(liaison)
    assert text.index(f'data-nomor="{late}"') < text.index(f'data-nomor="{soon}"') < text.index(f'data-nomor="{fresh}"')
    assert 'data-jam="lewat"' in text
    assert "Tugas berikutnya" not in text


def test_more_than_thirty_go_on_behind_a_marker(cast: Cast, liaison: Client) -> None:
    made = [task_in(State.DISPATCHED, cast).report.number for _ in range(31)]
    first = page(liaison)
    more = first.split('href="/instansi?sesudah=')[1].split('"')[0]
    second = page(liaison, f"/instansi?sesudah={more}")
    assert first.count("data-nomor=") == 30
    assert second.count("data-nomor=") == 1
    assert all(str(number) in first + second for number in made)
    assert page(liaison, "/instansi?sesudah=keliru").count("data-nomor=") == 30


def test_a_row_carries_its_point_and_the_day_of_its_limit_for_sorting_on_the_phone(cast: Cast, liaison: Client) -> None:
    report = task_in(State.DISPATCHED, cast).report
    Report.objects.filter(pk=report.pk).update(lat=-6.926, lng=106.928)
    assert 'data-lat="-6.926000" data-lng="106.928000"' in page(liaison)
    assert report.due_at is not None
    assert f'data-hari="{report.due_at:%Y}-' in page(liaison)


@pytest.mark.parametrize("address", ["/instansi", "/instansi/cek"])
def test_a_list_costs_the_same_with_one_row_and_with_three(cast: Cast, address: str) -> None:
    def cost(rows: int) -> int:
        for _ in range(rows):
            task_in(State.DISPATCHED, cast)
            task_in(State.AWAITING_VALIDATION, cast)
        client = at_work(cast, Role.LIAISON, "dinas-pupr")
        page(client, address)
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        return len(asked)

    one = cost(1)
    assert one == cost(2) <= 6


def test_a_task_costs_the_same_with_one_photo_and_with_three(cast: Cast, liaison: Client) -> None:
    def cost(photos: int) -> int:
        report = task_in(State.IN_PROGRESS, cast).report
        now = current_time()
        for _ in range(photos):
            steps.propose_answer(
                report, by=cast.liaison, text="Beres.", outcome="answered", file_ids=[photo(now)], now=now
            )
            steps.return_answer(report, by=cast.validator, text="Foto lebih jelas.", now=now)
        page(liaison, address_of(report))
        with CaptureQueriesContext(connection) as asked:
            page(liaison, address_of(report))
        return len(asked)

    one = cost(1)
    assert one == cost(3) <= 12


def test_pages_and_scripts_keep_to_their_budgets(cast: Cast, liaison: Client) -> None:
    for _ in range(30):
        report = task_in(State.DISPATCHED, cast).report
    for address in ("/instansi", address_of(report), "/instansi/kotak-keluar"):
        html = page(liaison, address)
        assert len(brotli.compress(html.encode())) <= 8 * KB
        worker = len(brotli.compress(liaison.get("/instansi/sw.js").content))
        assert 0 < weight(html) + worker <= 20 * KB


def test_the_worker_keeps_all_that_its_pages_load(cast: Cast, liaison: Client) -> None:
    report = task_in(State.DISPATCHED, cast).report
    kept = set(re.findall(r'"(/static/[^"]+)"', liaison.get("/instansi/sw.js").content.decode()))
    pages = [page(liaison, address) for address in ("/instansi", address_of(report), "/instansi/kotak-keluar")]
    needed = {f"/static/js/{name}" for html in pages for name in loaded(html)}
    needed |= {file for html in pages for file in re.findall(r'(?:src|href)="(/static/[^"]+)"', html)}
    assert needed == kept


@pytest.mark.parametrize(
    ("role", "agency", "tasks", "checks"),
    [
        (Role.LIAISON, "dinas-pupr", 200, 200),
        (Role.UNIT_HANDLER, "dinas-pupr", 200, 200),
        (Role.RESPONSE_VALIDATOR, "", 200, 200),
        (Role.ASSISTANT_ADMIN, "", 403, 403),
        (Role.CALL_OPERATOR, "", 403, 403),
        (Role.LEADER, "", 403, 403),
        (Role.INSPECTORATE, "", 403, 403),
    ],
)
def test_who_these_pages_are_for(cast: Cast, role: Role, agency: str, tasks: int, checks: int) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    client = at_work(cast, role, agency)
    assert client.get("/instansi").status_code == tasks
    assert client.get("/instansi/cek").status_code == checks
    task = client.get(address_of(report)).status_code
    assert task == (200 if role in (Role.LIAISON, Role.UNIT_HANDLER) else 403)


def test_a_stranger_is_asked_to_sign_in(cast: Cast) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    for address in ("/instansi", "/instansi/cek", "/instansi/kotak-keluar", address_of(report)):
        response = Client().get(address)
        assert (response.status_code, response["Location"].split("?")[0]) == (303, "/masuk")


def test_a_photo_is_for_those_who_have_the_task_and_is_kept_nowhere(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    now = current_time()
    shown = photo(now)
    steps.propose_answer(report, by=cast.liaison, text="Beres.", outcome="answered", file_ids=[shown], now=now)
    address = f"{address_of(report)}/foto/{shown}"
    response = liaison.get(f"{address}?kecil")
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cache-Control"] == "no-store"
    assert at_work(cast, Role.RESPONSE_VALIDATOR).get(address).status_code == 200
    assert at_work(cast, Role.LIAISON, "dlh").get(address).status_code == 404
    other = task_in(State.IN_PROGRESS, cast).report
    assert liaison.get(f"{address_of(other)}/foto/{shown}").status_code == 404


def test_names_and_numbers_of_an_anonymous_reporter_stay_away(cast: Cast, handler: Client) -> None:
    body = "Lubang besar di depan rumah, telepon saya 0812 3456 7890 kalau datang."
    hidden = task_in(State.DISPATCHED, cast, body=body, email="sari@mail.example").report
    text = page(handler, address_of(hidden))
    assert "0812" not in text
    assert "Sari" not in text
    assert "anonim" in text


def test_a_named_reporter_is_named_to_the_liaison_and_the_look_is_noted(
    cast: Cast, liaison: Client, handler: Client
) -> None:
    report = task_in(State.DISPATCHED, cast, is_anonymous=False, email="sari@mail.example").report
    assert "Sari" in page(liaison, address_of(report))
    assert "Sari" not in page(handler, address_of(report))
    report.refresh_from_db()
    assert [look["role"] for look in report.thread["looks"]] == [Role.LIAISON]


def test_the_form_knows_what_it_has_seen(cast: Cast, liaison: Client) -> None:
    report = task_in(State.DISPATCHED, cast).report
    assert int(form_of(liaison, report)["dilihat"]) == report.events.order_by("-id")[0].pk
