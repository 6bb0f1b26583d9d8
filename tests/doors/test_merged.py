"""One matter, many people, on the pages and by the API: merge, take out, split, and what each of them reads."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import address, fields_of, hours_ago, offers, words_of
from tests.make import Made, bring, make_report
from tests.office import at_work
from tests.steps.merged import make_cluster
from tests.steps.seen import fresh
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def case_of(made: Made, more: str = "") -> str:
    return f"/meja/kasus/{made.report.number}{more}"


def send(client: Client, made: Made, slug: str, **given: str) -> Any:
    said = {"kunci": f"{slug}-{made.report.number}", "dilihat": str(last_event_of(made.report)), **given}
    return client.post(case_of(made, f"/{slug}"), said)


def test_the_desk_merges_by_number_and_takes_out_again(desk: Client) -> None:
    lead, made = make_report(hours_ago(9)), make_report(hours_ago(8))
    form = desk.get(case_of(made, "/gabung"))
    assert fields_of(form, case_of(made, "/gabung"))["kunci"]
    seen = str(last_event_of(made.report))
    for _ in range(2):
        done = send(desk, made, "gabung", ke_laporan=lead.report.name, dilihat=seen)
        assert (done.status_code, done["Location"]) == (303, case_of(made))
    assert fresh(lead.report).merged_count == 1
    page = desk.get(case_of(made))
    assert f"Laporan ini mengikuti {lead.report.number} . Kerjakan di sana" in words_of(page)
    assert not offers(page, case_of(made, "/teruskan"))
    assert offers(page, case_of(made, "/pisahkan"))
    first = desk.get(case_of(lead))
    assert "1 laporan digabung di sini" in words_of(first)
    assert "1 pelapor lain juga menerima kata ini." in words_of(first)
    assert send(desk, made, "pisahkan").status_code == 303
    assert not fresh(made.report).is_led
    assert "digabung di sini" not in words_of(desk.get(case_of(lead)))


def test_similar_ones_are_offered_and_what_is_wrong_is_named(desk: Client, cast: Cast) -> None:
    made = make_report(hours_ago(8))
    for given, said in (
        ({}, "Pilih laporan yang mirip, atau tulis nomornya"),
        ({"ke_laporan": "25-999999"}, "Laporan 25-999999 tidak ada di meja ini."),
        ({"ke_laporan": made.report.name}, "Pilih laporan lain, bukan laporan ini sendiri."),
    ):
        page = send(desk, made, "gabung", **given)
        assert page.status_code == 422
        assert said in words_of(page)
        assert f'value="{given.get("ke_laporan", "")}"' in page.content.decode()


def test_what_goes_along_is_not_in_the_queue_of_work(desk: Client, cast: Cast) -> None:
    lead, (one,) = make_cluster(cast, hours_ago(5), 1)
    queue = desk.get("/meja?antrean=perlu-dipilah").content.decode()
    assert f'data-nomor="{lead.report.number}"' in queue
    assert f'data-nomor="{one.report.number}"' not in queue
    bring(lead, State.DISPATCHED, cast, hours_ago(5))
    tasks = at_work(cast, Role.LIAISON, "dinas-pupr")
    assert str(one.report.number) not in tasks.get("/instansi").content.decode()
    task = tasks.get(f"/instansi/tugas/{lead.report.number}")
    assert "1 pelapor lain juga menerima kata Anda." in words_of(task)


def test_its_reporter_reads_what_it_was_joined_with(client: Client, cast: Cast) -> None:
    lead, (one,) = make_cluster(cast, hours_ago(5), 1)
    words = words_of(client.get(address(one.code)))
    assert f"Laporan Anda digabung dengan {lead.report.number} karena tempat dan halnya sama." in words
    assert "Kode, batas waktu, dan penilaian Anda tetap milik Anda." in words
    public = client.get(f"/laporan/{one.report.number}")
    assert offers(public, f"/laporan/{lead.report.number}")
    assert not offers(public, f"/laporan/{one.report.number}/ikut")
    assert f"/laporan/{one.report.number}" not in client.get("/laporan").content.decode()
    assert "1 orang mengikuti" in words_of(client.get(f"/laporan/{lead.report.number}"))


def test_the_api_merges_and_says_why_not(client: Client, cast: Cast) -> None:
    lead, made = make_report(hours_ago(9)), make_report(hours_ago(8))
    path, headers = f"/api/v1/reports/{made.report.number}", cast.bearer(Role.AGENCY_ADMIN)

    def post(act: str, **body: Any) -> Any:
        return client.post(f"{path}/acts/{act}", body, content_type="application/json", headers=headers)

    assert [error["pointer"] for error in post("merge", into="25-999999").json()["errors"]] == ["/into"]
    done = post("merge", into=lead.report.number)
    assert (done.status_code, done.json()["merged_into"]) == (200, lead.report.number)
    assert "unmerge" in done.json()["acts"]
    assert "dispatch" not in done.json()["acts"]
    refused = post("dispatch", agency="dlh")
    assert refused.status_code == 409
    assert str(lead.report.number) in refused.json()["detail"]
    assert client.get(path).json()["merged_into"] == lead.report.number
    assert client.get("/api/v1/track", headers=made.header).json()["merged_into"] == lead.report.number
    assert made.report.number not in [row["number"] for row in client.get("/api/v1/reports").json()["items"]]
    assert post("unmerge").json()["merged_into"] is None
    assert client.get(path).json()["merged_into"] is None


def test_the_desk_splits_and_typed_words_stay(desk: Client) -> None:
    made = make_report(hours_ago(8))
    typed = {"judul_1": "Lampu mati", "isi_1": "Lampu jalan mati.", "judul_3": "Sampah"}
    page = send(desk, made, "pecah", **typed)
    assert page.status_code == 422
    assert "Tulis isi hal ini" in words_of(page)
    for words in typed.values():
        assert words in page.content.decode()
    assert send(desk, made, "pecah", **{**typed, "judul_3": ""}).status_code == 303
    (part,) = Report.objects.filter(split_from=made.report)
    assert part.title == "Lampu mati"
    assert str(part.number) in words_of(desk.get(case_of(made)))


def test_the_reporter_gets_a_code_for_each_part(client: Client, cast: Cast) -> None:
    made, other = make_report(hours_ago(8)), make_report(hours_ago(8))
    steps.split(made.report, by=cast.desk, parts=[steps.Part("Lampu mati", "Lampu mati.")], now=current_time())
    (part,) = Report.objects.filter(split_from=made.report)
    page = client.get(address(made.code))
    assert offers(page, address(made.code, f"/bagian/{part.number}"))
    ask = client.get(address(made.code, f"/bagian/{part.number}"))
    assert offers(ask, address(made.code, f"/bagian/{part.number}"))
    given = client.post(address(made.code, f"/bagian/{part.number}"))
    code = given.content.decode().partition('id="kode">')[2].partition("<")[0]
    assert given["Cache-Control"] == "no-store, private" or "no-store" in given["Cache-Control"]
    assert "Lampu mati" in words_of(client.get(f"/l/{code}"))
    assert client.post(address(other.code, f"/bagian/{part.number}")).status_code == 404
    assert "Dipisahkan dari laporan" in words_of(client.get(f"/l/{code}"))


def test_the_api_splits(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(8))
    path, headers = f"/api/v1/reports/{made.report.number}/acts/split", cast.bearer(Role.ASSISTANT_ADMIN)
    body: dict[str, Any] = {"parts": [{"title": "Lampu", "body": "Lampu mati.", "category": "street_light"}]}
    for _ in range(2):
        done = client.post(path, body, content_type="application/json", headers=headers | {"Idempotency-Key": "k1"})
        assert done.status_code == 200
    (part,) = Report.objects.filter(split_from=made.report)
    assert client.get("/api/v1/track", headers=made.header).json()["parts"] == [part.number]
    empty = client.post(path, {"parts": []}, content_type="application/json", headers=headers)
    assert empty.status_code == 422


def test_one_who_was_merged_and_is_not_content_walks_alone(client: Client, cast: Cast) -> None:
    lead, (one,) = make_cluster(cast, hours_ago(9), 1)
    bring(lead, State.ANSWERED, cast, hours_ago(9))
    client.post("/api/v1/track/acts/rate", {"rating": 1}, content_type="application/json", headers=one.header)
    assert (fresh(one.report).state, fresh(lead.report).state) == (State.IN_PROGRESS, State.ANSWERED)
