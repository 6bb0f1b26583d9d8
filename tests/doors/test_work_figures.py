"""The page of work figures and its files: who sees whom, and what a spreadsheet reads."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.make import T0, bring, make_report
from tests.office import at_work
from tests.steps.seen import HOUR, fresh
from tuntas import steps
from tuntas.people.models import Look, Person
from tuntas.rules.life import State
from tuntas.rules.who import Role
from tuntas.rules.work_figures import COLUMNS, RULES, SEE

PAGE, FILE = "/meja/kinerja", "/meja/kinerja/unduh"
MARCH = {"bulan": "2026-03"}
PUPR, DLH = "dinas-pupr", "dlh"


@pytest.fixture(autouse=True)
def answered(cast: Cast) -> None:
    """One report answered by the liaison of each of two agencies, one by a handler, in March."""
    bring(make_report(T0), State.CLOSED, cast, T0)
    for agency, by in ((DLH, cast.other_liaison), (PUPR, cast.handler)):
        report = bring(make_report(T0), State.DISPATCHED, cast, T0, agency)
        steps.start(report, by=by, text="Besok kami lihat.", now=T0 + 2 * HOUR)
        steps.propose_answer(fresh(report), by=by, text="Sudah beres.", outcome="answered", now=T0 + 3 * HOUR)
        steps.approve(fresh(report), by=cast.validator, now=T0 + 4 * HOUR)


def names_on(client: Client) -> set[str]:
    """Return whose row stands on the page of March."""
    page = client.get(PAGE, MARCH).content.decode()
    return set(re.findall(r'<th scope="row">([^<]*)</th>', page)) - {"Seluruh instansi"}


def name(cast: Cast, role: Role, agency: str = "") -> str:
    return cast.person(role, agency).name


@pytest.mark.parametrize("role", list(Role))
def test_it_is_for_those_who_answer_and_those_who_lead_them(cast: Cast, role: Role) -> None:
    client = at_work(cast, role, also=Role.INSPECTORATE if role is Role.SEALED_READER else None)
    status = 200 if role in SEE else 403
    assert client.get(PAGE).status_code == status
    assert client.post(FILE, {**MARCH, "bentuk": "csv"}).status_code == status
    assert Look.objects.filter(what="work_figures").count() == (status == 200)


def test_nobody_sees_it_who_is_not_signed_in(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/masuk?")
    assert client.post(FILE, {**MARCH, "bentuk": "csv"}).status_code == 401


def test_the_desk_and_the_leader_see_everybody(cast: Cast) -> None:
    people = {
        name(cast, Role.LIAISON, PUPR),
        name(cast, Role.UNIT_HANDLER, PUPR),
        name(cast, Role.LIAISON, DLH),
        name(cast, Role.RESPONSE_VALIDATOR),
    }
    for role in (Role.AGENCY_ADMIN, Role.LEADER):
        assert names_on(at_work(cast, role)) == people


def test_a_liaison_sees_their_own_agency_alone(cast: Cast) -> None:
    checker = name(cast, Role.RESPONSE_VALIDATOR)
    pupr = {name(cast, Role.LIAISON, PUPR), name(cast, Role.UNIT_HANDLER, PUPR), checker}
    assert names_on(at_work(cast, Role.LIAISON, PUPR)) == pupr
    assert names_on(at_work(cast, Role.LIAISON, DLH)) == {name(cast, Role.LIAISON, DLH), checker}


def test_who_does_the_work_sees_themselves_and_no_sum_of_others(cast: Cast) -> None:
    handler, checker = at_work(cast, Role.UNIT_HANDLER, PUPR), at_work(cast, Role.RESPONSE_VALIDATOR)
    assert names_on(handler) == {name(cast, Role.UNIT_HANDLER, PUPR)}
    assert names_on(checker) == {name(cast, Role.RESPONSE_VALIDATOR)}
    for client in (handler, checker):
        assert "Seluruh instansi" not in words_of(client.get(PAGE, MARCH))
        assert [row[2] for row in rows_of(client)] == sorted(names_on(client)) * len(rows_of(client))


def test_the_page_says_by_which_rule(cast: Cast) -> None:
    page = words_of(at_work(cast, Role.LIAISON, PUPR).get(PAGE, MARCH))
    for column in COLUMNS:
        assert column.rule.id in page
    for rule in RULES:
        assert rule.id.format(zone="Asia/Jakarta") in page
    assert "Angka kerja: Maret 2026" in page
    assert "Bulan ini belum selesai." not in page


def test_without_a_month_it_is_this_one_and_says_that_it_goes_on(cast: Cast) -> None:
    page = words_of(at_work(cast, Role.LIAISON, PUPR).get(PAGE))
    assert "Bulan ini belum selesai." in page
    assert "Belum ada pekerjaan yang dihitung" in page


@pytest.mark.parametrize("month", ["2026-13", "30-hari", "2026-w10", "2999-01", "x", "2026-3"])
def test_what_is_no_month_is_refused(cast: Cast, month: str) -> None:
    client = at_work(cast, Role.LEADER)
    assert client.get(PAGE, {"bulan": month}).status_code in (404, 422)
    assert client.post(FILE, {"bulan": month, "bentuk": "csv"}).status_code in (404, 422)
    assert not Look.objects.exists()


def test_only_known_files_are_made_and_only_on_asking(cast: Cast) -> None:
    client = at_work(cast, Role.LEADER)
    assert client.post(FILE, {**MARCH, "bentuk": "xls"}).status_code == 404
    assert client.get(FILE, {**MARCH, "bentuk": "csv"}).status_code == 405
    assert not Look.objects.exists()


def rows_of(client: Client) -> list[list[str]]:
    """Return the rows of people in the CSV of March, without its head and its rules."""
    return [row for row in all_rows(client)[1:] if row and re.fullmatch(r"\d{4}-\d\d", row[0])]


def all_rows(client: Client) -> list[list[str]]:
    response = client.post(FILE, {**MARCH, "bentuk": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="angka-kerja-2026-03.csv"'
    assert "no-store" in response["Cache-Control"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheets_of(client: Client) -> Any:
    response = client.post(FILE, {**MARCH, "bentuk": "xlsx"})
    assert response["Content-Disposition"] == 'attachment; filename="angka-kerja-2026-03.xlsx"'
    return load_workbook(io.BytesIO(response.content))


def test_the_csv_holds_the_page_and_its_rules(cast: Cast) -> None:
    rows = all_rows(at_work(cast, Role.LIAISON, PUPR))
    head = rows[0]
    assert head == ["Bulan", "Instansi", "Nama", *(column.name.id for column in COLUMNS)]
    liaison = next(dict(zip(head, row, strict=True)) for row in rows if name(cast, Role.LIAISON, PUPR) in row[2:3])
    counted = dict.fromkeys(("Ditangani", "Dijawab", "Tepat waktu", "Diakui beres", "Dinilai"), "1")
    said = {"Bulan": "2026-03", "Instansi": "", "Nama": name(cast, Role.LIAISON, PUPR), "Rata-rata nilai": "3,0"}
    assert liaison | {"Instansi": ""} == dict.fromkeys(head, "0") | counted | said
    whole = next(dict(zip(head, row, strict=True)) for row in rows if "Seluruh instansi" in row)
    assert (whole["Dijawab"], whole["Diperiksa"], whole["Rata-rata nilai"]) == ("2", "2", "3,0")
    assert [column.rule.id for column in COLUMNS if [column.name.id, column.rule.id] not in rows] == []
    assert ["Oleh", name(cast, Role.LIAISON, PUPR)] in rows


def test_the_xlsx_holds_the_same_as_numbers_and_the_rules_on_a_page_of_their_own(cast: Cast) -> None:
    client = at_work(cast, Role.LIAISON, PUPR)
    book = sheets_of(client)
    assert book.sheetnames == ["Angka kerja", "Aturan"]
    told = [["" if n is None else str(n) for n in row] for row in book["Angka kerja"].iter_rows(values_only=True)]
    csv_rows = [[n.removesuffix(",0") for n in row] for row in [all_rows(client)[0], *rows_of(client)]]
    assert told == csv_rows
    assert {row[0] for row in book["Aturan"].iter_rows(values_only=True)} >= {column.name.id for column in COLUMNS}


def test_a_name_that_is_a_formula_is_only_a_name(cast: Cast) -> None:
    person = cast.person(Role.LIAISON, PUPR)
    client = at_work(cast, Role.LEADER)
    Person.objects.filter(pk=person.pk).update(name="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in {row[2] for row in rows_of(client)}
    cells = [cell for row in sheets_of(client)["Angka kerja"].iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_each_file_that_was_taken_is_recorded_the_page_is_not(cast: Cast) -> None:
    client = at_work(cast, Role.LEADER)
    client.get(PAGE, MARCH)
    assert not Look.objects.exists()
    sheets_of(client)
    rows_of(client)
    assert list(Look.objects.order_by("id").values_list("role", "what", "why")) == [
        ("leader", "work_figures", "2026-03 xlsx"),
        ("leader", "work_figures", "2026-03 csv"),
    ]


def test_it_speaks_the_language_of_its_reader(cast: Cast) -> None:
    Person.objects.filter(pk=cast.person(Role.LEADER).pk).update(language="en")
    client = at_work(cast, Role.LEADER)
    assert "Work figures: March 2026" in words_of(client.get(PAGE, MARCH))
    assert all_rows(client)[0][:4] == ["Month", "Agency", "Name", "Handled"]


def test_the_bar_leads_there_those_whom_it_is_for(cast: Cast) -> None:
    assert f'href="{PAGE}"' in at_work(cast, Role.LIAISON, PUPR).get("/instansi").content.decode()
    assert f'href="{PAGE}"' not in at_work(cast, Role.CALL_OPERATOR).get("/meja/baru").content.decode()
