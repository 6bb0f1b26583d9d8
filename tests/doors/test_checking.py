"""Answers before a second pair of eyes: approved, signed or returned, by the right person and once."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.field import WORDS, form_of, task_in
from tests.doors.page_words import words_of
from tests.office import at_work
from tests.steps.seen import fresh, last
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

BETTER = "Pipa di depan nomor 12 sudah kami ganti pagi ini."


@pytest.fixture
def validator(cast: Cast) -> Client:
    return at_work(cast, Role.RESPONSE_VALIDATOR)


def unsigned(cast: Cast) -> Report:
    """Let a handler answer where a liaison signs."""
    report = task_in(State.DISPATCHED, cast, agency="tirta-cempaka").report
    by, now = cast.actor(Role.UNIT_HANDLER, "tirta-cempaka"), current_time()
    steps.start(report, by=by, text="Hari ini kami cek.", now=now)
    steps.propose_answer(report, by=by, text=WORDS, outcome="answered", now=now)
    return fresh(report)


def check(report: Report) -> str:
    return f"/instansi/cek/{report.number}"


def decide(client: Client, report: Report, how: str, **given: Any):  # type: ignore[no-untyped-def]
    form = form_of(client, report, check(report))
    return client.post(check(report), {**form, "putusan": how, **given})


def test_an_answer_is_approved_by_a_second_person(cast: Cast, validator: Client) -> None:
    report = task_in(State.AWAITING_VALIDATION, cast).report
    assert f'href="{check(report)}"' in validator.get("/instansi/cek").content.decode()
    page = words_of(validator.get(check(report)))
    assert "Sudah ditambal." in page
    assert "Ringkas" in page
    response = decide(validator, report, "setujui")
    assert (response.status_code, response["Location"]) == (303, f"/instansi/cek?terkirim={report.number}")
    assert fresh(report).state == State.ANSWERED


def test_an_answer_is_returned_with_words_and_its_writer_reads_them(cast: Cast, validator: Client) -> None:
    report = task_in(State.AWAITING_VALIDATION, cast).report
    empty = decide(validator, report, "kembalikan", alasan=" ")
    assert empty.status_code == 422
    assert 'href="#alasan"' in empty.content.decode()
    assert decide(validator, report, "kembalikan", alasan="Sebut ukurannya.").status_code == 303
    assert (fresh(report).state, last(report).act) == (State.IN_PROGRESS, Act.RETURN_ANSWER)
    writer = at_work(cast, Role.LIAISON, "dinas-pupr")
    assert "Sebut ukurannya." in words_of(writer.get(f"/instansi/tugas/{report.number}"))


def test_nobody_approves_their_own(cast: Cast) -> None:
    report = task_in(State.AWAITING_VALIDATION, cast).report
    writer = at_work(cast, Role.LIAISON, "dinas-pupr")
    page = writer.get(check(report))
    assert "Anda yang menulis jawaban ini." in words_of(page)
    assert 'value="setujui"' not in page.content.decode()
    assert writer.post(check(report), {"putusan": "setujui", "dilihat": "999999999"}).status_code == 409
    assert fresh(report).state == State.AWAITING_VALIDATION


def test_a_handler_may_look_and_decide_nothing(cast: Cast) -> None:
    report = task_in(State.AWAITING_VALIDATION, cast).report
    handler = at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")
    assert "Menunggu orang kedua." in words_of(handler.get(check(report)))
    assert handler.post(check(report), {"putusan": "setujui", "dilihat": "999999999"}).status_code == 409
    assert at_work(cast, Role.LIAISON, "dlh").get(check(report)).status_code == 404


@pytest.mark.parametrize("words", ["", BETTER])
def test_the_liaison_signs_with_the_same_or_better_words(cast: Cast, validator: Client, words: str) -> None:
    report = unsigned(cast)
    liaison = at_work(cast, Role.LIAISON, "tirta-cempaka")
    assert check(report) in liaison.get("/instansi/cek").content.decode()
    assert check(report) not in validator.get("/instansi/cek").content.decode()
    assert 'value="setujui"' not in validator.get(check(report)).content.decode()
    assert decide(liaison, report, "tanda-tangan", teks=words or WORDS).status_code == 303
    page = words_of(validator.get(check(report)))
    assert (words or WORDS) in page
    assert "ditandatangani Wulan" in page
    assert decide(validator, report, "setujui").status_code == 303
    answers = fresh(report).thread["answers"]
    assert answers[-1]["text"] == (words or WORDS)


def test_the_liaison_returns_a_draft(cast: Cast) -> None:
    report = unsigned(cast)
    liaison = at_work(cast, Role.LIAISON, "tirta-cempaka")
    assert decide(liaison, report, "kembalikan", alasan="Tambah foto.").status_code == 303
    assert (fresh(report).state, fresh(report).awaits_signature) == (State.IN_PROGRESS, False)


def test_pressed_twice_it_is_decided_once_and_later_it_is_too_late(cast: Cast, validator: Client) -> None:
    report = task_in(State.AWAITING_VALIDATION, cast).report
    form = {**form_of(validator, report, check(report)), "putusan": "setujui"}
    assert [validator.post(check(report), form).status_code for _ in range(2)] == [303, 303]
    assert report.events.filter(act=Act.APPROVE).count() == 1
    late = validator.post(check(report), {**form, "kunci": "lain", "putusan": "kembalikan", "alasan": "Belum jelas."})
    assert late.status_code == 409
    assert "Belum jelas." in words_of(late)


@pytest.mark.parametrize("how", ["", "hapus"])
def test_what_no_button_says_does_nothing(cast: Cast, validator: Client, how: str) -> None:
    report = task_in(State.AWAITING_VALIDATION, cast).report
    assert decide(validator, report, how).status_code == 200
    assert fresh(report).state == State.AWAITING_VALIDATION
