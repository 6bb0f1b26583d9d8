"""What an agency says about a task, by the form and by a phone's outbox: each way once, in the right hands only."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.field import JSON, WORDS, address_of, exif_of, form_of, jpeg, task_in
from tests.doors.page_words import words_of
from tests.office import at_work
from tests.steps.seen import clock, fresh, last, running, told
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Event, File, Report
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Role

NEXT_MONTH = timedelta(days=30)


@pytest.fixture
def liaison(cast: Cast) -> Client:
    return at_work(cast, Role.LIAISON, "dinas-pupr")


@pytest.fixture
def handler(cast: Cast) -> Client:
    return at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")


def say(client: Client, report: Report, how: str, **given: Any):  # type: ignore[no-untyped-def]
    """Fill in the form of a task and press."""
    headers = given.pop("headers", {})
    said = {**form_of(client, report), "hasil": how, "teks": WORDS, "akhir": "answered"}
    if how == "waktu":
        said["tanggal"] = (current_time() + NEXT_MONTH).date().isoformat()
    if how in ("bukan", "tolak"):
        said["alasan"] = "not_authority"
    return client.post(address_of(report), {**said, **given}, **headers)


def acts(report: Report) -> list[str]:
    return list(Event.objects.filter(report=report).order_by("id").values_list("act", flat=True))


# Done


@pytest.mark.parametrize("state", [State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED, State.REPORTER_REPLIED])
def test_done_is_said_wherever_the_work_stands(cast: Cast, liaison: Client, handler: Client, state: State) -> None:
    for client in (liaison, handler):
        report = task_in(state, cast).report
        response = say(client, report, "selesai")
        assert (response.status_code, response["Location"]) == (303, f"/instansi?terkirim={report.number}")
        assert fresh(report).state == State.AWAITING_VALIDATION
        assert last(report).text == WORDS
        assert f"Terkirim: {report.number}." in words_of(client.get(response["Location"]))


def test_done_begins_silently_and_keeps_no_promise_before_somebody_approves(cast: Cast, liaison: Client) -> None:
    report, since = task_in(State.DISPATCHED, cast, email="sari@mail.example").report, current_time()
    say(liaison, report, "selesai")
    assert acts(report)[-2:] == [Act.START, Act.PROPOSE_ANSWER]
    assert {Promise.ANSWER, Promise.RESPOND} <= running(report)
    assert [who for _, who in told(report, since) if who == "sari@mail.example"] == []
    steps.approve(report, by=cast.validator, now=current_time())
    assert clock(report, Promise.ANSWER).kept_at is not None


def test_fixed_without_a_photo_is_refused_where_the_topic_asks_for_proof(cast: Cast, liaison: Client) -> None:
    report = task_in(State.DISPATCHED, cast, category="road_bridge").report
    refused = say(liaison, report, "selesai", akhir="fixed")
    assert refused.status_code == 422
    assert "perlu bukti" in words_of(refused)
    assert WORDS in refused.content.decode()
    assert acts(report)[-1] == Act.DISPATCH
    assert say(liaison, report, "selesai", akhir="fixed", foto=jpeg()).status_code == 303


def test_photos_keep_when_and_where_they_were_taken(cast: Cast, liaison: Client) -> None:
    report = task_in(State.DISPATCHED, cast).report
    Report.objects.filter(pk=report.pk).update(lat=-6.926, lng=106.928)
    yesterday = (current_time() - timedelta(days=1)).strftime("%Y:%m:%d 08:47:00")
    by_camera = jpeg("kamera.jpg", exif=exif_of(yesterday, -6.92605, 106.928))
    by_phone = jpeg("kecil.jpg")
    at = (current_time() - timedelta(hours=3)).isoformat()
    say(
        liaison,
        report,
        "selesai",
        foto=[by_camera, by_phone],
        foto_kapan=["", at],
        foto_lat=["", "-6.93"],
        foto_lng=["", "106.928"],
    )
    kept = File.objects.filter(report=report, event__act=Act.PROPOSE_ANSWER).order_by("received_at", "id")
    places = {round(file.lat or 0, 3) for file in kept}
    assert places == {-6.926, -6.93}
    assert all(file.taken_at for file in kept)
    text = words_of(at_work(cast, Role.RESPONSE_VALIDATOR).get(f"/instansi/cek/{report.number}"))
    assert "08.47, di titik (± " in text
    assert "m dari titik" in text


@pytest.mark.parametrize("sent", [b"bukan foto", b""])
def test_a_file_that_is_no_photo_is_named_and_the_others_stay(cast: Cast, liaison: Client, sent: bytes) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    broken = jpeg("rusak.jpg")
    broken.file.truncate(0)  # type: ignore[union-attr]
    broken.file.write(sent or b"x")  # type: ignore[union-attr]
    broken.seek(0)
    refused = say(liaison, report, "selesai", foto=[jpeg(), broken])
    assert refused.status_code == 422
    assert "rusak.jpg" in words_of(refused)
    page = refused.content.decode()
    assert page.count('name="foto_id"') == 1
    kept = page.split('name="foto_id" value="')[1].split('"')[0]
    assert liaison.get(f"{address_of(report)}/foto/{kept}?kecil").status_code == 200
    assert say(liaison, report, "selesai", foto_id=kept).status_code == 303
    assert str(File.objects.get(report=report, event__act=Act.PROPOSE_ANSWER).pk) == kept


# Begun, later, not ours


@pytest.mark.parametrize("state", [State.DISPATCHED, State.REPORTER_REPLIED])
def test_begun_tells_the_reporter_and_keeps_the_promise(cast: Cast, handler: Client, state: State) -> None:
    report = task_in(state, cast).report
    assert say(handler, report, "dikerjakan").status_code == 303
    assert (fresh(report).state, last(report).text) == (State.IN_PROGRESS, WORDS)
    assert clock(report, Promise.ANSWER).kept_at is not None


@pytest.mark.parametrize("state", [State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED, State.REPORTER_REPLIED])
def test_a_date_is_named_wherever_the_work_stands(cast: Cast, liaison: Client, state: State) -> None:
    report = task_in(state, cast).report
    day = (current_time() + NEXT_MONTH).date().isoformat()
    assert say(liaison, report, "waktu", tanggal=day).status_code == 303
    assert fresh(report).state == State.SCHEDULED
    said = [event for event in report.events.all() if event.text == WORDS]
    assert len(said) == 1, "the words stand once"
    assert last(report).data["on"] == day
    assert clock(report, Promise.ANSWER).kept_at is not None


@pytest.mark.parametrize("day", ["", "besok", "2020-01-01"])
def test_a_day_that_cannot_be_is_refused_and_nothing_is_lost(cast: Cast, liaison: Client, day: str) -> None:
    report = task_in(State.DISPATCHED, cast).report
    refused = say(liaison, report, "waktu", tanggal=day)
    assert refused.status_code == 422
    assert 'href="#tanggal"' in refused.content.decode()
    assert WORDS in refused.content.decode()
    assert fresh(report).state == State.DISPATCHED


@pytest.mark.parametrize(("agency", "offered"), [("", None), ("dlh", "dlh")])
def test_not_ours_goes_to_a_named_agency_or_back_to_the_desk(
    cast: Cast, liaison: Client, agency: str, offered: str | None
) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    assert say(liaison, report, "bukan", instansi=agency).status_code == 303
    report = fresh(report)
    assert report.state == State.TRANSFER_PENDING
    assert (report.offered_to.slug if report.offered_to else None) == offered
    assert last(report).data["reason_code"] == "not_authority"


def test_not_ours_needs_a_reason(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    assert 'href="#alasan"' in say(liaison, report, "bukan", alasan="").content.decode()
    assert fresh(report).state == State.IN_PROGRESS


@pytest.mark.parametrize("how", ["waktu", "bukan", "terima", "tolak", "lain"])
def test_a_handler_gets_only_what_a_handler_may(cast: Cast, handler: Client, how: str) -> None:
    report = task_in(State.DISPATCHED, cast).report
    page = handler.get(address_of(report)).content.decode()
    assert f'value="{how}"' not in page
    assert say(handler, report, how).status_code == 422
    assert fresh(report).state == State.DISPATCHED


def test_an_offer_is_accepted_or_declined_by_those_it_was_made_to(cast: Cast, liaison: Client) -> None:
    taken, left = (task_in(State.TRANSFER_PENDING, cast).report for _ in range(2))
    offered = at_work(cast, Role.LIAISON, "dlh")
    assert 'value="terima"' not in liaison.get(address_of(taken)).content.decode()
    assert say(offered, taken, "terima", teks="").status_code == 303
    holder = fresh(taken).holder
    assert holder is not None
    assert holder.slug == "dlh"
    said = {**form_of(offered, left), "hasil": "tolak", "alasan": "not_authority", "teks": WORDS}
    twice = [offered.post(address_of(left), said).status_code for _ in range(2)]
    assert twice == [303, 303]  # a phone that did not hear the first answer sends again
    assert (fresh(left).state, last(left).text) == (State.DISPATCHED, WORDS)
    assert offered.get(address_of(left)).status_code == 404


@pytest.mark.parametrize("state", [State.NEEDS_INFO, State.AWAITING_VALIDATION, State.ANSWERED, State.CLOSED])
def test_where_nothing_can_be_done_the_page_says_so_and_keeps_what_was_typed(
    cast: Cast, liaison: Client, state: State
) -> None:
    made = task_in(State.IN_PROGRESS, cast)
    form = form_of(liaison, made.report)
    now = current_time()
    match state:
        case State.NEEDS_INFO:
            steps.ask(made.report, by=cast.liaison, text="Di sebelah mana?", now=now)
        case _:
            by = cast.liaison
            steps.propose_answer(made.report, by=by, text="Beres.", outcome="answered", now=now)
    if state in (State.ANSWERED, State.CLOSED):
        steps.approve(made.report, by=cast.validator, now=now)
    if state == State.CLOSED:
        steps.rate(made.report, by=made.reporter, rating=4, now=now)
    page = liaison.get(address_of(made.report))
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    late = liaison.post(address_of(made.report), {**form, "hasil": "selesai", "teks": WORDS, "akhir": "answered"})
    assert late.status_code == 409
    assert WORDS in words_of(late)
    assert fresh(made.report).state == state


# Late


def test_the_first_words_after_a_missed_promise_name_the_cause(cast: Cast, liaison: Client) -> None:
    report = task_in(State.DISPATCHED, cast, ago=timedelta(hours=60)).report
    assert 'name="penyebab"' in liaison.get(address_of(report)).content.decode()
    refused = say(liaison, report, "selesai")
    assert 'href="#penyebab"' in refused.content.decode()
    assert say(liaison, report, "selesai", penyebab="field_access").status_code == 303
    assert clock(report, Promise.ANSWER).cause == "field_access"
    in_time = task_in(State.DISPATCHED, cast).report
    assert 'name="penyebab"' not in liaison.get(address_of(in_time)).content.decode()


# Lights


def test_personal_data_stops_an_answer_until_somebody_confirms_it(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    words = f"{WORDS} Hubungi 0812 3456 7890."
    refused = say(liaison, report, "selesai", teks=words)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'class="c-tick" data-yakin hidden' not in page
    assert "nomor telepon" in words_of(refused)
    assert 'data-hasil="block"' in page
    assert say(liaison, report, "selesai", teks=words, yakin="1").status_code == 303


def test_the_lights_of_what_is_typed_are_shown_and_nothing_is_kept(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    said = {"hasil": "selesai", "akhir": "fixed", "teks": WORDS}
    lit = liaison.post(f"{address_of(report)}/periksa", said)
    assert lit.status_code == 200
    assert lit.content.decode().count("<li") == 5
    assert "<html" not in lit.content.decode()
    assert "Belum ada foto baru." in lit.content.decode()
    on_the_phone = {**said, "foto_kapan": current_time().isoformat(), "foto_lat": "", "foto_lng": ""}
    assert "Belum ada foto baru." not in liaison.post(f"{address_of(report)}/periksa", on_the_phone).content.decode()
    assert liaison.post(f"{address_of(report)}/periksa", {"hasil": "bukan", "teks": WORDS}).content.count(b"<li") == 0
    assert acts(report)[-1] == Act.START


# Twice, and meanwhile


def test_pressed_twice_it_is_done_once(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    said = {**form_of(liaison, report), "hasil": "selesai", "teks": WORDS, "akhir": "answered"}
    both = [liaison.post(address_of(report), {**said, "foto": jpeg()}) for _ in range(2)]
    assert [response.status_code for response in both] == [303, 303]
    assert acts(report).count(Act.PROPOSE_ANSWER) == 1


def test_what_somebody_else_did_meanwhile_is_shown_beside_the_words(cast: Cast, liaison: Client) -> None:
    made = task_in(State.IN_PROGRESS, cast)
    form = form_of(liaison, made.report)
    steps.supplement(made.report, by=made.reporter, text="Sudah makin lebar.", now=current_time())
    said = {**form, "hasil": "selesai", "teks": WORDS, "akhir": "answered"}
    changed = liaison.post(address_of(made.report), said)
    assert changed.status_code == 409
    text = words_of(changed)
    assert "Kasus ini berubah, periksa lagi." in text
    assert "Sudah makin lebar." in text
    assert WORDS in text
    again = dict(said)
    page = changed.content.decode()
    for name in ("kunci", "dilihat"):
        again[name] = page.split(f'name="{name}" value="')[1].split('"')[0]
    assert liaison.post(address_of(made.report), again).status_code == 303


# The outbox of a phone


def sent(client: Client, report: Report, **given: Any):  # type: ignore[no-untyped-def]
    return say(client, report, given.pop("how", "selesai"), headers=JSON, **given)


def test_a_phone_is_answered_shortly(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    done = sent(liaison, report, foto=jpeg())
    assert (done.status_code, done["Content-Type"]) == (200, "application/json")
    assert json.loads(done.content)["ok"] is True


def test_a_phone_that_sends_twice_is_told_twice_that_it_arrived(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    said = {**form_of(liaison, report), "hasil": "selesai", "teks": WORDS, "akhir": "answered", "dicatat": "x"}
    both = [liaison.post(address_of(report), said, **JSON) for _ in range(2)]
    assert [response.status_code for response in both] == [200, 200]
    assert acts(report).count(Act.PROPOSE_ANSWER) == 1


def test_a_phone_learns_what_is_wrong_what_changed_and_that_nobody_is_signed_in(cast: Cast, liaison: Client) -> None:
    made = task_in(State.IN_PROGRESS, cast)
    wrong = sent(liaison, made.report, teks="")
    assert wrong.status_code == 422
    assert json.loads(wrong.content)["mistakes"][0]["field"] == "teks"
    form = form_of(liaison, made.report)
    steps.supplement(made.report, by=made.reporter, text="Makin lebar.", now=current_time())
    said = {**form, "hasil": "selesai", "teks": WORDS, "akhir": "answered"}
    changed = liaison.post(address_of(made.report), said, **JSON)
    assert changed.status_code == 409
    assert json.loads(changed.content)["changed"][0]["text"] == "Makin lebar."
    assert Client().post(address_of(made.report), said, **JSON).status_code == 401


def test_nobody_sends_what_somebody_else_wrote_on_the_same_phone(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    said = {**form_of(liaison, report), "hasil": "selesai", "teks": WORDS, "akhir": "answered"}
    writer = cast.person(Role.UNIT_HANDLER, "dinas-pupr").pk
    assert liaison.post(address_of(report), said, HTTP_X_PETUGAS=str(writer), **JSON).status_code == 401
    own = cast.person(Role.LIAISON, "dinas-pupr").pk
    assert liaison.post(address_of(report), said, HTTP_X_PETUGAS=str(own), **JSON).status_code == 200


def test_when_it_was_written_is_kept_beside_when_it_arrived(cast: Cast, liaison: Client) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    at = current_time() - timedelta(hours=2)
    sent(liaison, report, dicatat=at.isoformat())
    proposal = last(report)
    assert proposal.data["captured_at"] == at.isoformat()
    assert proposal.at - at > timedelta(hours=1), "the clocks count the sending"
    text = words_of(at_work(cast, Role.RESPONSE_VALIDATOR).get(f"/instansi/cek/{report.number}"))
    assert "dicatat" in text
    assert "terkirim" in text
    view = Client().get(f"/api/v1/reports/{report.number}").content.decode()
    assert "captured" not in view


@pytest.mark.parametrize(
    "said", ["", "kemarin", "2001-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00", "2026-01-01"]
)
def test_a_moment_that_cannot_be_is_left_out(cast: Cast, liaison: Client, said: str) -> None:
    report = task_in(State.IN_PROGRESS, cast).report
    assert sent(liaison, report, dicatat=said).status_code == 200
    assert "captured_at" not in last(report).data


# The worker


def test_the_agencies_worker_stays_within_their_pages(client: Client) -> None:
    response = client.get("/instansi/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Service-Worker-Allowed"] == "/instansi"
    assert response["Cache-Control"] == "no-cache"
    assert "/instansi" not in client.get("/sw.js").content.decode()
