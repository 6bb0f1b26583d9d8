"""Parts of the work asked of other agencies: on the case page, on both agencies' pages, to the checker, at the API."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.field import form_of, jpeg, task_in
from tests.doors.page_words import words_of
from tests.make import Made
from tests.office import at_work
from tests.steps.seen import do, fresh, last, open_part
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report, SideTask
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

SIGN = "Pasang rambu peringatan di kedua sisi."
API = "/api/v1/reports"


def soon(days: int = 7) -> str:
    return (current_time() + timedelta(days=days)).date().isoformat()


@pytest.fixture
def made(cast: Cast) -> Made:
    return task_in(State.IN_PROGRESS, cast, is_anonymous=False, email="sari@mail.example")


@pytest.fixture
def holder(cast: Cast) -> Client:
    return at_work(cast, Role.LIAISON, "dinas-pupr")


@pytest.fixture
def helper(cast: Cast) -> Client:
    return at_work(cast, Role.UNIT_HANDLER, "dishub")


def ask(made: Made, cast: Cast, agency: str = "dishub") -> int:
    day = (current_time() + timedelta(days=7)).date()
    steps.ask_part(made.report, by=cast.liaison, agency=agency, text=SIGN, due_on=day, now=current_time())
    return open_part(made.report)


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response)


# The agency that holds it


def test_the_holder_asks_once_however_often_it_is_pressed(made: Made, holder: Client) -> None:
    address = f"/instansi/tugas/{made.report.number}/bagian"
    assert "Minta bagian ke instansi lain" in words(holder, f"/instansi/tugas/{made.report.number}")
    given = {**form_of(holder, made.report, address), "instansi": "dishub", "batas": soon(), "teks": SIGN}
    for _ in range(2):
        response = holder.post(address, given)
        assert (response.status_code, response["Location"]) == (303, address)
    assert SideTask.objects.filter(report=made.report).count() == 1
    assert SIGN in words(holder, address)
    assert SIGN in words(holder, f"/instansi/tugas/{made.report.number}")
    assert "Bagian Dishub:" in words(holder, "/instansi")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"instansi": "", "teks": SIGN, "batas": soon()}, "instansi"),
        ({"instansi": "dinas-pupr", "teks": SIGN, "batas": soon()}, "instansi"),
        ({"instansi": "dishub", "teks": SIGN, "batas": "besok"}, "batas"),
        ({"instansi": "dishub", "teks": SIGN, "batas": soon(-1)}, "batas"),
        ({"instansi": "dishub", "teks": " ", "batas": soon()}, "teks"),
        ({"batal": "x"}, "batal"),
        ({"batal": "77"}, "batal"),
    ],
)
def test_what_is_missing_is_named_beside_its_field_and_nothing_typed_is_lost(
    made: Made, holder: Client, cast: Cast, fields: dict[str, str], field: str
) -> None:
    ask(made, cast)
    address = f"/instansi/tugas/{made.report.number}/bagian"
    response = holder.post(address, {**form_of(holder, made.report, address), **fields})
    assert response.status_code == 422
    page = response.content.decode()
    assert f'id="{field}-e"' in page
    assert fields.get("teks", "").strip() in page
    assert SideTask.objects.count() == 1


def test_the_holder_withdraws_it(made: Made, holder: Client, cast: Cast) -> None:
    part, address = ask(made, cast), f"/instansi/tugas/{made.report.number}/bagian"
    assert "Batalkan permintaan ke Dinas Perhubungan" in words(holder, address)
    response = holder.post(address, {**form_of(holder, made.report, address), "batal": str(part)})
    assert response.status_code == 303
    assert SideTask.objects.get(pk=part).state == "withdrawn"
    assert "dibatalkan" in words(holder, address)


def test_who_only_works_there_sees_the_parts_and_cannot_ask(made: Made, cast: Cast) -> None:
    ask(made, cast)
    handler = at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")
    address = f"/instansi/tugas/{made.report.number}/bagian"
    page = words(handler, address)
    assert SIGN in page
    assert "Minta bagian ini" not in page
    given = {"kunci": "k1", "instansi": "dlh", "batas": soon(), "teks": SIGN}
    assert handler.post(address, given).status_code == 409
    assert SideTask.objects.count() == 1


# The agency that is asked


def test_it_is_a_task_of_its_own_with_its_day_and_whose_the_report_is(made: Made, cast: Cast, helper: Client) -> None:
    part = ask(made, cast)
    listed = words(helper, "/instansi")
    assert SIGN in listed
    assert f"bagian dari {made.report.number} (Dinas PUPR memegang laporan)" in listed
    page = words(helper, f"/instansi/bagian/{part}")
    assert SIGN in page
    assert "Jalan di depan pasar berlubang" in page
    for secret in ("Sari", "sari@mail.example"):
        assert secret not in page
    assert helper.get(f"/instansi/tugas/{made.report.number}").status_code == 404
    assert helper.get(f"/meja/kasus/{made.report.number}").status_code == 403


def test_it_is_done_with_a_photo_and_leaves_the_list(made: Made, cast: Cast, helper: Client) -> None:
    part = ask(made, cast)
    address = f"/instansi/bagian/{part}"
    given = {**form_of(helper, made.report, address), "putusan": "selesai", "teks": "Rambu terpasang."}
    response = helper.post(address, {**given, "foto": jpeg()})
    assert (response.status_code, response["Location"]) == (303, f"/instansi?terkirim={made.report.number}")
    event = last(made.report)
    assert (event.act, event.text, event.files.count()) == ("do_part", "Rambu terpasang.", 1)
    file = event.files.get()
    assert helper.get(f"/instansi/tugas/{made.report.number}/foto/{file.pk}").status_code == 200
    assert SIGN not in words(helper, "/instansi")
    assert "selesai" in words(helper, address)
    assert "Rambu terpasang." in words(Client(), f"/l/{made.code}")


def test_given_back_it_says_why_to_the_holder_and_is_gone(made: Made, cast: Cast, helper: Client) -> None:
    part = ask(made, cast)
    address = f"/instansi/bagian/{part}"
    given = {**form_of(helper, made.report, address), "putusan": "tolak"}
    empty = helper.post(address, given)
    assert empty.status_code == 422
    assert 'id="alasan-e"' in empty.content.decode()
    assert 'id="kenapa-e"' in empty.content.decode()
    full = {**given, "alasan": "other_tier", "kenapa": "Ini jalan provinsi."}
    for _ in range(2):
        assert helper.post(address, full).status_code == 303
    assert helper.get(address).status_code == 404
    assert "Ini jalan provinsi." in words(
        at_work(cast, Role.LIAISON, "dinas-pupr"), f"/instansi/tugas/{made.report.number}"
    )
    assert "provinsi" not in words(Client(), f"/l/{made.code}")


def test_a_part_that_ended_meanwhile_shows_how_it_stands_and_keeps_what_was_typed(
    made: Made, cast: Cast, helper: Client
) -> None:
    part = ask(made, cast)
    address = f"/instansi/bagian/{part}"
    given = {**form_of(helper, made.report, address), "putusan": "selesai", "teks": "Tulisan yang tinggal."}
    do(Act.DO_PART, made.report, by=cast.actor(Role.LIAISON, "dishub"), now=current_time())
    response = helper.post(address, given)
    assert response.status_code == 409
    assert "Tulisan yang tinggal." in response.content.decode()


def test_nobody_else_opens_it(made: Made, cast: Cast) -> None:
    part = ask(made, cast)
    other = at_work(cast, Role.LIAISON, "dlh")
    assert other.get(f"/instansi/bagian/{part}").status_code == 404
    assert other.post(f"/instansi/bagian/{part}", {"kunci": "x", "putusan": "selesai", "teks": "y"}).status_code == 404
    Report.objects.filter(pk=made.report.pk).update(is_suspected=True)
    assert at_work(cast, Role.LIAISON, "dishub").get(f"/instansi/bagian/{part}").status_code == 404


# The desk, the checker, the reporter, everybody


def test_who_checks_the_answer_sees_that_a_part_is_open(made: Made, cast: Cast) -> None:
    ask(made, cast)
    steps.propose_answer(made.report, by=cast.liaison, text="Ditambal.", outcome="answered", now=current_time())
    said = "1 bagian belum selesai di instansi lain."
    validator = at_work(cast, Role.RESPONSE_VALIDATOR)
    assert said in words(validator, f"/instansi/cek/{made.report.number}")
    desk = at_work(cast, Role.AGENCY_ADMIN)
    assert said in words(desk, f"/meja/kasus/{made.report.number}")
    do(Act.DO_PART, made.report, by=cast.actor(Role.LIAISON, "dishub"), now=current_time())
    assert said not in words(validator, f"/instansi/cek/{made.report.number}")


def test_the_desk_reads_the_parts_and_withdraws_one(made: Made, cast: Cast) -> None:
    part, desk, base = ask(made, cast), at_work(cast, Role.AGENCY_ADMIN), f"/meja/kasus/{made.report.number}"
    page = words(desk, base)
    assert SIGN in page
    assert "Bagian diminta kepada Dinas Perhubungan, paling lambat" in page
    assert SIGN in words(desk, f"{base}/batal-bagian")
    sent = {"kunci": "k1", "bagian": str(part)}
    assert desk.post(f"{base}/batal-bagian", {"kunci": "k0"}).status_code == 422
    assert desk.post(f"{base}/batal-bagian", sent).status_code == 303
    assert SideTask.objects.get(pk=part).state == "withdrawn"
    assert fresh(made.report).helper_ids == []


def test_the_reporter_reads_one_line_of_each_and_everybody_no_words(made: Made, cast: Cast) -> None:
    ask(made, cast)
    told = words(Client(), f"/l/{made.code}")
    assert "Dinas Perhubungan diminta membantu, paling lambat" in told
    assert SIGN in told
    public = words(Client(), f"/laporan/{made.report.number}")
    assert "Dinas Perhubungan diminta membantu" in public
    assert SIGN not in public
    do(Act.DO_PART, made.report, by=cast.actor(Role.LIAISON, "dishub"), now=current_time())
    assert "Dinas Perhubungan selesai dengan bagiannya" in words(Client(), f"/l/{made.code}")


def test_the_api_names_the_parts_and_takes_how_they_went(client: Client, made: Made, cast: Cast) -> None:
    number, desk = made.report.number, cast.bearer(Role.AGENCY_ADMIN)
    helper = cast.bearer(Role.LIAISON, "dishub")

    def act(name: str, headers: dict[str, str], **body: object) -> int:
        return client.post(
            f"{API}/{number}/acts/{name}", body, content_type="application/json", headers=headers
        ).status_code

    assert client.get(f"{API}/{number}", headers=helper).json().get("body") is None
    assert act("ask_part", desk, agency="dishub", text=SIGN, due_on=soon()) == 200
    view = client.get(f"{API}/{number}", headers=helper).json()
    (part,) = view["parts"]
    assert (part["agency"], part["text"], part["state"]) == ("dishub", SIGN, "asked")
    assert set(view["acts"]) >= {"do_part", "decline_part"}
    assert ("reporter" in view, view["notes"]) == (False, [])
    assert act("do_part", helper, part=part["part"] + 1, text="Sudah.") == 422
    assert act("do_part", helper, part=part["part"], text="Sudah.") == 200
    assert act("withdraw_part", desk, part=part["part"]) == 422
