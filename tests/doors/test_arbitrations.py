"""A hand-over that nobody takes, on the pages: who decides, what the reporter reads, what everybody reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.field import address_of, form_of, task_in
from tests.doors.page_words import address, fields_of, hours_ago, offers, words_of
from tests.make import Made, bring, make_report, refuse_three_times
from tests.office import at_work
from tests.steps.seen import fresh, last
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.models import Report
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")
LIST = "/meja/arbitrase"
BECAUSE: dict[str, Any] = {"reason_code": "not_authority", "text": "Salurannya bukan milik kami."}


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def arbiter(cast: Cast) -> Client:
    return at_work(cast, Role.ARBITER)


@pytest.fixture
def waiting(cast: Cast) -> Made:
    """A report that was refused three times."""
    made = make_report(hours_ago(9), is_secret=False)
    refuse_three_times(bring(made, State.DISPATCHED, cast, hours_ago(9)), cast, hours_ago(9))
    made.report.refresh_from_db()
    return made


def case_of(made: Made, more: str = "") -> str:
    return f"/meja/kasus/{made.report.number}{more}"


def settle(client: Client, made: Made, **given: str) -> Any:
    seen = str(last_event_of(made.report))
    said = {"kunci": "tentukan-1", "dilihat": seen, "instansi": "dlh", "teks": "Saluran itu milik DLH.", **given}
    return client.post(case_of(made, "/tentukan"), said)


# The arbiter's pages


def test_the_arbiter_comes_to_a_list_of_what_waits(cast: Cast, arbiter: Client, waiting: Made) -> None:
    make_report(hours_ago(3))
    assert f'<a class="c-brand" href="{LIST}">' in arbiter.get("/akun").content.decode()
    page = arbiter.get(LIST)
    assert offers(page, case_of(waiting))
    assert page.content.decode().count("<li data-nomor=") == 1
    assert at_work(cast, Role.LEADER).get(LIST).status_code == 403


def test_nothing_waits(arbiter: Client) -> None:
    assert "Tidak ada laporan yang menunggu Anda." in words_of(arbiter.get(LIST))
    assert arbiter.get(f"{LIST}?sesudah=rusak").status_code == 200


def test_the_case_shows_why_nobody_took_it_and_leads_to_the_form(arbiter: Client, waiting: Made) -> None:
    page = arbiter.get(case_of(waiting))
    words = words_of(page)
    assert "Tiga kali ditolak. Sekretaris Daerah menentukan siapa yang mengerjakan." in words
    assert words.count("Bukan urusan kami.") >= 6, "what each of them said"
    assert offers(page, case_of(waiting, "/tentukan"))
    assert offers(page, LIST)
    form = arbiter.get(case_of(waiting, "/tentukan"))
    assert fields_of(form, case_of(waiting, "/tentukan"))["kunci"]
    assert "Keputusan Anda mengikat. Jam pengerjaan tidak mulai lagi." in words_of(form)


def test_a_word_is_kept_once_and_leads_back_to_the_list(arbiter: Client, waiting: Made) -> None:
    seen = str(last_event_of(waiting.report))
    for _ in range(2):  # the second finds that it is no longer theirs to read, and is answered as the first was
        response = settle(arbiter, waiting, dilihat=seen)
        assert (response.status_code, response["Location"]) == (303, f"{LIST}?terkirim={waiting.report.number}")
    report = fresh(waiting.report)
    assert (report.state, installation().slug_of(report.holder_id)) == (State.DISPATCHED, "dlh")
    assert last(report).text == "Saluran itu milik DLH."
    assert f"Keputusan tersimpan: {report.number}." in words_of(arbiter.get(response["Location"]))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"instansi": ""}, "Pilih instansi dari daftar"),
        ({"instansi": "bpbd"}, "Belum ada petugas penghubung di Badan Penanggulangan Bencana Daerah."),
        ({"teks": ""}, "Tulisan"),
    ],
)
def test_what_is_wrong_is_named_beside_its_field(
    arbiter: Client, waiting: Made, given: dict[str, str], said: str
) -> None:
    response = settle(arbiter, waiting, **given)
    assert response.status_code == 422
    assert fresh(waiting.report).awaits_arbiter
    if "instansi" in given:
        assert said in words_of(response)
        assert "Saluran itu milik DLH." in response.content.decode()


def test_the_api_settles_it_too(client: Client, cast: Cast, waiting: Made) -> None:
    path = f"/api/v1/reports/{waiting.report.number}"
    headers = cast.bearer(Role.ARBITER)
    view = client.get(path, headers=headers).json()
    assert (view["awaits_arbiter"], view["refusal_count"], view["acts"]) == (True, 3, ["follow", "arbitrate"])
    body = {"agency": "dlh", "text": "Saluran itu milik DLH."}
    done = client.post(f"{path}/acts/arbitrate", body, content_type="application/json", headers=headers)
    assert (done.status_code, done.json()["agency"], done.json()["hop_count"]) == (200, "dlh", 1)
    again = client.post(f"{path}/acts/arbitrate", body, content_type="application/json", headers=headers)
    assert again.status_code == 403


# The desk and the agencies


def test_after_two_refusals_the_desk_sees_it_among_the_returned_and_offers_it(cast: Cast) -> None:
    made = make_report(hours_ago(9))
    report = bring(made, State.DISPATCHED, cast, hours_ago(9))
    for n in range(2):
        steps.transfer(report, by=cast.liaison, agency="dlh", now=hours_ago(7 - 2 * n), **BECAUSE)
        steps.decline_transfer(report, by=cast.other_liaison, now=hours_ago(6 - 2 * n), **BECAUSE)
    desk, liaison = at_work(cast, Role.AGENCY_ADMIN), at_work(cast, Role.LIAISON, "dinas-pupr")
    assert f'data-nomor="{report.number}"' in desk.get("/meja?antrean=dikembalikan").content.decode()
    page = desk.get(case_of(made))
    assert "Dua kali ditolak. Meja aduan menentukan ke mana laporan ini." in words_of(page)
    assert offers(page, case_of(made, "/alihkan"))
    task = liaison.get(address_of(report))
    assert "Meja aduan menentukan ke mana laporan ini." in words_of(task)
    assert 'value="bukan"' not in task.content.decode()


def test_who_was_settled_on_reads_that_it_is_settled(cast: Cast, waiting: Made) -> None:
    steps.arbitrate(waiting.report, by=cast.actor(Role.ARBITER), agency="dlh", text="Milik DLH.", now=current_time())
    task = at_work(cast, Role.LIAISON, "dlh").get(address_of(waiting.report))
    assert "Sekretaris Daerah menetapkan Dinas Lingkungan Hidup." in words_of(task)
    assert 'value="bukan"' not in task.content.decode()


def test_an_agency_that_had_it_is_offered_it_only_with_a_tick(cast: Cast) -> None:
    report = task_in(State.TRANSFER_PENDING, cast).report
    steps.accept_transfer(report, by=cast.other_liaison, now=current_time() - timedelta(hours=1))
    client = at_work(cast, Role.LIAISON, "dlh")
    said = {"hasil": "bukan", "alasan": "not_authority", "teks": "Ini jalan.", "instansi": "dinas-pupr"}
    assert 'name="lagi"' not in client.get(address_of(report)).content.decode()
    refused = client.post(address_of(report), {**form_of(client, report), **said})
    assert refused.status_code == 422
    assert "sudah pernah memegang laporan ini" in words_of(refused)
    assert 'name="lagi"' in refused.content.decode()
    assert client.post(address_of(report), {**form_of(client, report), **said, "lagi": "1"}).status_code == 303
    assert last(report).data["again"] is True


def test_the_desk_ticks_the_same_box(cast: Cast) -> None:
    made = make_report(hours_ago(9))
    report = bring(made, State.TRANSFER_PENDING, cast, hours_ago(9))
    steps.accept_transfer(report, by=cast.other_liaison, now=hours_ago(1))
    desk = at_work(cast, Role.AGENCY_ADMIN)
    said = {"instansi": "dinas-pupr", "alasan": "other", "teks": "Sekali lagi.", "dilihat": str(last_event_of(report))}
    refused = desk.post(case_of(made, "/alihkan"), {**said, "kunci": "alih-1"})
    assert refused.status_code == 422
    assert 'name="lagi"' in refused.content.decode()
    assert desk.post(case_of(made, "/alihkan"), {**said, "kunci": "alih-2", "lagi": "1"}).status_code == 303
    page = words_of(desk.get(case_of(made)))
    assert "Ditawarkan ke Dinas Pekerjaan Umum dan Penataan Ruang (pernah memegang)" in page


# The reporter, and everybody


def test_the_reporter_reads_who_decides_and_by_when(client: Client, waiting: Made) -> None:
    words = words_of(client.get(address(waiting.code)))
    assert "Sekretaris Daerah menentukan siapa yang mengerjakan." in words
    assert "tetap memegangnya sampai saat itu. Paling lambat" in words
    assert words.count("Dinas Lingkungan Hidup belum menerima laporan ini") == 3
    assert "Sudah dua kali ditolak. Sekarang meja aduan yang menentukan" in words
    assert "Pemegang sekarang tetap memegang laporan ini" in words, "the desk offered it, but does not have it"
    assert "Meja aduan tetap memegang" not in words
    assert "Sudah tiga kali ditolak. Sekarang Sekretaris Daerah menentukan" in words


def test_the_reporter_reads_the_word_and_every_hop(client: Client, cast: Cast, waiting: Made) -> None:
    steps.arbitrate(waiting.report, by=cast.actor(Role.ARBITER), agency="dlh", text="Milik DLH.", now=hours_ago(1))
    for page in (client.get(address(waiting.code)), client.get(f"/laporan/{waiting.report.number}")):
        words = words_of(page)
        assert "Sekretaris Daerah menentukan: urusan Dinas Lingkungan Hidup" in words
        assert "Ini mengikat." in words
        assert "Milik DLH." not in words
        assert "Sekarang di tangan Dinas Lingkungan Hidup" in words


def test_silence_is_named(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(500))
    bring(made, State.TRANSFER_PENDING, cast, hours_ago(500))
    while steps.miss_next(now=current_time()):
        pass
    assert Report.objects.get(pk=made.report.pk).state == State.DISPATCHED
    words = words_of(client.get(address(made.code)))
    assert "Dinas Lingkungan Hidup tidak menanggapi sampai batas waktunya" in words
    assert "Dinas Lingkungan Hidup tidak menanggapi tawaran" in words_of(
        at_work(cast, Role.AGENCY_ADMIN).get(case_of(made))
    )


def test_everybody_reads_how_often_it_was_handed_on(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(9))
    report = bring(made, State.TRANSFER_PENDING, cast, hours_ago(9))
    here = f"/laporan/{report.number}"
    assert "Pindah tangan" not in words_of(client.get(here))
    steps.accept_transfer(report, by=cast.other_liaison, now=hours_ago(3))
    steps.transfer(report, by=cast.other_liaison, agency="dinas-pupr", is_again=True, now=hours_ago(2), **BECAUSE)
    words = words_of(client.get(here))
    assert "Pindah tangan 1 kali" in words
    assert "yang sudah pernah memegang laporan ini" in words
    assert "yang sudah pernah memegang laporan ini" in words_of(client.get(address(made.code)))
    steps.accept_transfer(report, by=cast.liaison, now=hours_ago(1))
    assert client.get(f"/api/v1/reports/{report.number}").json()["hop_count"] == 2
    assert last(report).act == Act.ACCEPT_TRANSFER
