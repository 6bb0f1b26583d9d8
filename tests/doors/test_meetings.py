"""The pages of the rakor: who sees what of them, deciding by forms, the minutes, and the tasks that come of it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.doors.page_words import fields_of, offers, title_of, words_of
from tests.kit.read_pdf import words_of as words_of_pdf
from tests.make import bring, make_report
from tests.meeting import PLACE, decided, held, point, run
from tests.office import at_work
from tests.steps.seen import DAY, HOUR, fresh
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.meetings.models import Brought, Decision, Meeting
from tuntas.people.models import Person
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import Role

LIST = "/rakor"
SEE = {Role.AGENCY_ADMIN, Role.LEADER, Role.LIAISON}
LEAD = SEE - {Role.LIAISON}


@pytest.fixture
def today(city: None) -> datetime:
    return current_time().astimezone(installation().zone)


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


@pytest.fixture
def liaison(cast: Cast) -> Client:
    return at_work(cast, Role.LIAISON, "dinas-pupr")


def address(meeting: Meeting, more: str = "") -> str:
    return f"/rakor/{meeting.held_on.isoformat()}{more}"


def tomorrow() -> date:
    return (current_time() + 2 * DAY).date()


def case_of(made: Decision) -> Report:
    assert made.report is not None
    return made.report


def client_of(cast: Cast, role: Role) -> Client:
    return at_work(cast, role, also=Role.INSPECTORATE if role is Role.SEALED_READER else None)


@pytest.mark.parametrize("role", list(Role))
def test_the_pages_are_for_those_who_lead_and_the_liaisons(cast: Cast, today: datetime, role: Role) -> None:
    meeting = held(cast, today).item.meeting
    client = client_of(cast, role)
    for path in (LIST, address(meeting), address(meeting, "/notulen"), address(meeting, "/notulen.pdf")):
        assert client.get(path).status_code == (200 if role in SEE else 403), path


@pytest.mark.parametrize("role", list(Role))
def test_the_forms_are_for_those_who_lead(cast: Cast, today: datetime, role: Role) -> None:
    meeting = run(cast, today)
    item, made = point(meeting), decided(cast, point(meeting), today)
    client = client_of(cast, role)
    plan = {"tanggal": tomorrow().isoformat(), "jam": "09:00", "tempat": PLACE}
    body = {"keputusan": "Ukur.", "instansi": "dlh", "tenggat": tomorrow().isoformat()}
    sent: dict[str, dict[str, str]] = {
        LIST: plan,
        address(meeting, f"/butir/{item.position}"): body,
        address(meeting, f"/hapus/{made.pk}"): {},
        address(meeting, "/akhiri"): {},
    }
    for path, fields in sent.items():
        assert client.post(path, fields).status_code == (303 if role in LEAD else 403), path
    assert Meeting.objects.count() == (2 if role in LEAD else 1)


def test_nobody_sees_it_who_is_not_signed_in(client: Client, cast: Cast, today: datetime) -> None:
    meeting = run(cast, today)
    assert client.get(LIST)["Location"].startswith("/masuk?")
    assert client.get(address(meeting))["Location"].startswith("/masuk?")
    assert client.post(address(meeting, "/akhiri")).status_code == 401
    assert Meeting.objects.get().is_running


@pytest.mark.parametrize("day", ["2020-01-01", "besok", "%Y%m%d", "%G-W%V-%u"])
def test_there_is_no_meeting_on_another_day(desk: Client, cast: Cast, today: datetime, day: str) -> None:
    day = f"{held(cast, today).item.meeting.held_on:{day}}" if "%" in day else day
    for more in ("", "/notulen", "/notulen.pdf"):
        assert desk.get(f"/rakor/{day}{more}").status_code == 404


def test_what_is_no_point_or_decision_is_not_found(desk: Client, cast: Cast, today: datetime) -> None:
    meeting = run(cast, today)
    assert desk.post(address(meeting, "/butir/99")).status_code == 404
    assert desk.post(address(meeting, f"/butir/{2**70}")).status_code == 404
    assert desk.post(address(meeting, f"/hapus/{2**70}")).status_code == 404
    assert desk.post(f"/rakor/keputusan/{2**70}/selesai", {"teks": "x"}).status_code == 404
    assert desk.get(address(meeting, "/notulen")).status_code == 404


def test_a_decision_of_another_meeting_is_not_taken_back_here(desk: Client, cast: Cast, today: datetime) -> None:
    other = held(cast, today - DAY)
    meeting = run(cast, today)
    assert desk.post(address(meeting, f"/hapus/{other.pk}")).status_code == 404
    assert Decision.objects.filter(pk=other.pk).exists()


def test_a_meeting_is_planned_by_the_form_and_nothing_typed_is_lost(desk: Client) -> None:
    typed = {"tanggal": tomorrow().isoformat(), "jam": "13.30", "tempat": "", "dipimpin": "Sekda"}
    wrong = desk.post(LIST, typed)
    assert wrong.status_code == 422
    assert title_of(wrong).startswith("Galat:")
    assert 'value="Sekda"' in wrong.content.decode()
    done = desk.post(LIST, {**fields_of(wrong, LIST), **typed, "tempat": PLACE})
    assert done["Location"] == f"/rakor/{tomorrow().isoformat()}"
    meeting = Meeting.objects.get()
    assert (meeting.place, meeting.led_by, meeting.begins) == (PLACE, "Sekda", time(13, 30))
    page = words_of(desk.get(done["Location"]))
    assert PLACE in page
    assert "Dipimpin Sekda." in page
    assert "Belum ada yang perlu dibahas." in page


@pytest.mark.parametrize("wrong", [{"tanggal": ""}, {"tanggal": "besok"}, {"jam": "pagi"}, {"tanggal": "2020-01-01"}])
def test_a_day_that_is_none_is_said(desk: Client, wrong: dict[str, str]) -> None:
    typed = {"tanggal": tomorrow().isoformat(), "jam": "09:00", "tempat": PLACE}
    assert desk.post(LIST, {**typed, **wrong}).status_code == 422
    assert not Meeting.objects.exists()


def test_a_form_sent_twice_is_one(desk: Client, cast: Cast, today: datetime) -> None:
    meeting = run(cast, today)
    path = address(meeting, f"/butir/{point(meeting).position}")
    page = desk.get(address(meeting))
    body = {**fields_of(page, path), "keputusan": "Ukur.", "instansi": "dlh", "tenggat": tomorrow().isoformat()}
    first, second = desk.post(path, body), desk.post(path, body)
    assert first["Location"] == second["Location"]
    assert Decision.objects.count() == 1


def test_deciding_from_the_agenda_to_the_minutes(desk: Client, cast: Cast, today: datetime) -> None:
    meeting = run(cast, today)
    item = point(meeting)
    path, page = address(meeting, f"/butir/{item.position}"), desk.get(address(meeting))
    assert offers(page, path)
    wrong = desk.post(path, {"keputusan": "Ukur jalan depan pasar.", "instansi": "", "tenggat": ""})
    assert wrong.status_code == 422
    assert "Ukur jalan depan pasar." in wrong.content.decode()
    assert f'href="#tenggat-{item.position}"' in wrong.content.decode()
    body = {"keputusan": "Ukur jalan depan pasar.", "instansi": "dinas-pupr", "orang": "Rudi"}
    for what in ("", " Lagi."):
        sent = {**body, "keputusan": body["keputusan"] + what, "tenggat": tomorrow().isoformat()}
        assert desk.post(path, sent)["Location"] == f"{address(meeting)}#butir-{item.position}"
    assert "PUPR (Rudi)" in words_of(desk.get(address(meeting)))
    dropped = Decision.objects.get(what__endswith="Lagi.")
    desk.post(address(meeting, f"/hapus/{dropped.pk}"))
    assert Decision.objects.count() == 1
    assert desk.post(address(meeting, "/akhiri"), {"hadir": "PUPR, DLH"})["Location"] == address(meeting, "/notulen")
    for shown in (words_of(desk.get(address(meeting, "/notulen"))), words_of(desk.get(address(meeting)))):
        assert "Ukur jalan depan pasar." in shown
        assert "Hadir: PUPR, DLH." in shown
    assert not offers(desk.get(address(meeting)), path)
    late = desk.post(path, {**body, "keputusan": "Masih mau.", "tenggat": tomorrow().isoformat()})
    assert late.status_code == 409
    assert "Masih mau." in late.content.decode()


def test_the_minutes_are_a_pdf_that_stays_as_it_is(desk: Client, cast: Cast, today: datetime) -> None:
    made = held(cast, today, what="Ukur jalan depan pasar.")
    path = address(made.item.meeting, "/notulen.pdf")
    first = desk.get(path)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    said = words_of_pdf(first.content)
    for words in ("Notulen rakor pengaduan", PLACE, "PUPR, DLH", "Ukur jalan depan pasar.", "Siapa yang memimpin?"):
        assert words in said
    steps.finish_decision(made, by=cast.liaison, text="Sudah diukur.", now=today + DAY)
    assert desk.get(path).content == first.content


def test_a_liaison_sees_only_the_part_of_their_agency(cast: Cast, today: datetime, liaison: Client) -> None:
    for agency in ("dinas-pupr", "dlh"):
        bring(make_report(today - 60 * DAY), State.DISPATCHED, cast, today - 60 * DAY, agency)
    meeting = run(cast, today)
    decided(cast, point(meeting), today, what="Untuk PUPR.")
    decided(cast, point(meeting), today, what="Untuk DLH.", agency="dlh")
    other = at_work(cast, Role.LIAISON, "dlh")
    mine, theirs = (words_of(client.get(address(meeting))) for client in (liaison, other))
    assert "Untuk PUPR." in mine
    assert "Untuk DLH." not in mine
    assert "Untuk DLH." in theirs
    assert "Untuk PUPR." not in theirs
    assert "Siapa yang memimpin?" in mine  # PUPR holds the case
    assert "Siapa yang memimpin?" not in theirs
    assert "Pekerjaan Umum" in mine
    assert "Lingkungan Hidup" not in mine
    steps.end_meeting(meeting, by=cast.desk, now=today + HOUR)
    said = words_of_pdf(other.get(address(meeting, "/notulen.pdf")).content)
    assert "Untuk DLH." in said
    assert "Untuk PUPR." not in said


def test_decisions_are_tasks_on_the_agencys_list_until_they_are_done(
    cast: Cast, today: datetime, liaison: Client
) -> None:
    meeting = run(cast, today)
    made = decided(cast, point(meeting), today, what="Ukur jalan depan pasar.")
    assert "Dari rakor" not in words_of(liaison.get("/instansi"))
    steps.end_meeting(meeting, by=cast.desk, now=today + HOUR)
    page = liaison.get("/instansi")
    assert "Ukur jalan depan pasar." in words_of(page)
    assert "Dari rakor" not in words_of(at_work(cast, Role.LIAISON, "dlh").get("/instansi"))
    path = f"/rakor/keputusan/{made.pk}/selesai"
    assert liaison.post(path, {**fields_of(page, path), "teks": " "}).status_code == 422
    assert liaison.post(path, {**fields_of(page, path), "teks": "Sudah diukur."})["Location"] == "/instansi"
    assert "Ukur jalan depan pasar." not in words_of(liaison.get("/instansi"))
    assert Decision.objects.get().done_words == "Sudah diukur."


def test_another_agencys_liaison_does_not_finish_it(cast: Cast, today: datetime) -> None:
    made = held(cast, today)
    other = at_work(cast, Role.LIAISON, "dlh")
    assert other.post(f"/rakor/keputusan/{made.pk}/selesai", {"teks": "Sudah."}).status_code == 403
    assert Decision.objects.get().done_at is None


def test_what_is_past_its_day_is_marked_late(cast: Cast, today: datetime, liaison: Client) -> None:
    made = held(cast, today)
    Decision.objects.filter(pk=made.pk).update(by_when=today.date() - 2 * DAY)
    page = liaison.get("/instansi").content.decode()
    assert 'data-jam="lewat"' in page


def test_a_case_is_brought_from_its_page_once(desk: Client, cast: Cast, today: datetime) -> None:
    report = bring(make_report(today - DAY), State.IN_PROGRESS, cast, today - DAY)
    case = f"/meja/kasus/{report.number}"
    assert offers(desk.get(case), f"{case}/rakor")
    wrong = desk.post(f"{case}/rakor", {"teks": ""})
    assert wrong.status_code == 422
    form = fields_of(desk.get(f"{case}/rakor"), f"{case}/rakor")
    assert desk.post(f"{case}/rakor", {**form, "teks": "Siapa?"})["Location"] == case
    page = desk.get(case)
    assert "Ada di agenda rakor berikutnya" in words_of(page)
    assert not offers(page, f"{case}/rakor")
    assert desk.post(f"{case}/rakor", {"teks": "Lagi."}).status_code == 409
    assert Brought.objects.get().why == "Siapa?"


def test_only_who_leads_brings_a_case(cast: Cast, today: datetime) -> None:
    report = bring(make_report(today - DAY), State.IN_PROGRESS, cast, today - DAY)
    case = f"/meja/kasus/{report.number}"
    assistant = at_work(cast, Role.ASSISTANT_ADMIN)
    assert not offers(assistant.get(case), f"{case}/rakor")
    assert assistant.get(f"{case}/rakor").status_code == 403
    assert assistant.post(f"{case}/rakor", {"teks": "Siapa?"}).status_code == 403
    assert not Brought.objects.exists()


def test_the_history_of_a_case_says_what_a_meeting_decided_to_staff_alone(
    desk: Client, cast: Cast, today: datetime, client: Client
) -> None:
    made = held(cast, today, what="Ukur jalan depan pasar.")
    report = case_of(made)
    page = words_of(desk.get(f"/meja/kasus/{report.number}"))
    assert "Dibahas di rakor" in page
    assert "Ukur jalan depan pasar." in page
    assert "Dibahas di rakor" not in words_of(desk.get(f"/meja/kasus/{report.number}?riwayat=publik"))
    public = client.get(f"/laporan/{report.number}").content.decode()
    assert "Ukur jalan depan pasar." not in public


def test_decisions_come_back_as_the_first_point_of_the_next(desk: Client, cast: Cast, today: datetime) -> None:
    made = held(cast, today)
    steps.finish_decision(made, by=cast.liaison, text="Sudah diukur.", now=today + HOUR)
    ahead = steps.plan_meeting(by=cast.desk, held_on=tomorrow(), begins=time(9), place=PLACE, now=today)
    page = words_of(desk.get(address(ahead)))
    assert "1 Keputusan" in page
    assert made.what in page
    assert "Beres" in page


def test_a_sealed_case_is_no_longer_named_in_old_minutes(desk: Client, cast: Cast, today: datetime) -> None:
    made = held(cast, today)
    report = case_of(made)
    number, path = report.number or "", address(made.item.meeting)
    assert number in desk.get(path).content.decode()
    steps.seal(fresh(report), by=cast.desk, text="Menyebut petugas.", now=today + HOUR)
    assert number not in desk.get(path).content.decode()
    assert "Siapa yang memimpin?" not in desk.get(path).content.decode()
    assert number not in words_of_pdf(desk.get(f"{path}/notulen.pdf").content)


def test_names_of_anonymous_reporters_and_their_words_are_nowhere(desk: Client, cast: Cast, today: datetime) -> None:
    made = make_report(today - 60 * DAY, email="sari@warga.example", body="Rahasia sekali: rumah saya nomor 9.")
    report = bring(made, State.DISPATCHED, cast, today - 60 * DAY)
    Report.objects.filter(pk=report.pk).update(is_secret=True)
    steps.bring_to_meeting(report, by=cast.desk, text="Siapa?", now=today)
    meeting = steps.start_meeting(
        steps.plan_meeting(by=cast.desk, held_on=today.date(), begins=time(9), place=PLACE, now=today),
        by=cast.desk,
        now=today,
    )
    page = desk.get(address(meeting)).content.decode()
    assert f">{report.number}<" in page
    for word in ("Sari", "Rahasia sekali", "nomor 9", report.public_title):
        assert word not in page


def test_it_speaks_the_language_of_its_reader(cast: Cast, today: datetime) -> None:
    made = held(cast, today)
    Person.objects.filter(pk=cast.person(Role.LEADER).pk).update(language="en")
    page = words_of(at_work(cast, Role.LEADER).get(address(made.item.meeting)))
    assert "Coordination meeting" in page
    assert "Responsible" in page


def test_the_bar_leads_there_those_whom_it_is_for(cast: Cast) -> None:
    assert f'href="{LIST}"' in at_work(cast, Role.LIAISON, "dinas-pupr").get("/instansi").content.decode()
    assert f'href="{LIST}"' not in at_work(cast, Role.CALL_OPERATOR).get("/meja/baru").content.decode()


def test_the_agenda_costs_the_same_however_many_decisions(desk: Client, cast: Cast, today: datetime) -> None:
    meeting = run(cast, today)
    costs = []
    for n in range(7):
        decided(cast, point(meeting), today + timedelta(minutes=n))
        if n in (0, 6):
            with CaptureQueriesContext(connection) as asked:
                desk.get(address(meeting))
            costs.append(len([query for query in asked if "agencies_government" not in query["sql"]]))
    assert costs[0] == costs[1] <= 10
