"""Reports taken down for somebody: by whom, on what leave, once, and what the one who wrote it may see after."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.make import STORY
from tests.office import at_work
from tuntas.kit.time import current_time
from tuntas.reports.models import Contact, Event, Report
from tuntas.rules.life import Act
from tuntas.rules.who import Role

VILLAGE = "32.99.01.1001"


@pytest.fixture
def operator(cast: Cast) -> Client:
    return at_work(cast, Role.CALL_OPERATOR)


def form_of(client: Client) -> dict[str, Any]:
    page = client.get("/meja/baru").content.decode()
    found = re.search(r'name="kunci" value="([^"]+)"', page)
    assert found
    return {
        "kunci": found[1],
        "kanal": "phone",
        "cerita": STORY,
        "kelurahan": VILLAGE,
        "patokan": "depan pasar",
        "nama_untuk": "anonim",
        "isi_untuk": "umum",
    }


def test_a_call_becomes_a_report_with_who_entered_it_and_a_code_to_read_out(operator: Client, cast: Cast) -> None:
    form = form_of(operator) | {"nama": "Bu Ani", "hp": "0812 1111 2222", "izin": "1"}
    sent = operator.post("/meja/baru", form)
    assert sent.status_code == 303
    report = Report.objects.get()
    assert (report.channel, report.entered_by, report.is_anonymous) == ("phone", cast.person(Role.CALL_OPERATOR), True)
    assert Contact.objects.get(report=report).phone == "0812 1111 2222"
    assert Event.objects.get(report=report, act=Act.SUBMIT).data == {"consent": True}
    page = operator.get(sent["Location"])
    said = words_of(page)
    code = re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}", said)
    assert code
    assert "Bacakan kepada pelapor" in said
    assert Client().get(f"/l/{code[0]}").status_code == 200
    assert (report.number or "") in words_of(operator.get("/meja/baru"))


def test_the_same_form_twice_is_one_report(operator: Client) -> None:
    form = form_of(operator)
    first, second = operator.post("/meja/baru", form), operator.post("/meja/baru", form)
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"cerita": "Rusak"}, "Tulis lebih jelas apa yang terjadi"),
        ({"kanal": "merpati"}, "Pilih dari mana laporan ini datang"),
        ({"kelurahan": "99.99"}, "Pilih kelurahan dari daftar"),
        ({"topik": "tidak-ada"}, "Pilih topik dari daftar"),
        ({"nama": "Bu Ani"}, "Tanyakan izin pelapor"),
        ({"nama": "Bu Ani", "izin": "1", "nama_untuk": "tanpa"}, "Kosongkan nama dan alamat"),
        ({"email": "bukan alamat", "izin": "1"}, "Periksa alamat e-mail"),
        ({"tanggal": (current_time() + timedelta(days=3)).date().isoformat()}, "tanggal yang sudah lewat"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(operator: Client, given: dict[str, str], says: str) -> None:
    form = form_of(operator) | given
    page = operator.post("/meja/baru", form)
    assert page.status_code == 422
    assert says in words_of(page)
    assert "depan pasar" in page.content.decode()
    assert form["cerita"] in words_of(page)
    assert not Report.objects.exists()


def test_a_restricted_report_locks_behind_who_entered_it(operator: Client) -> None:
    sent = operator.post("/meja/baru", form_of(operator) | {"topik": "bribery_corruption"})
    report = Report.objects.get()
    assert report.is_restricted
    assert "Bacakan kepada pelapor" in words_of(operator.get(sent["Location"]))
    assert (report.ref or "") not in words_of(operator.get("/meja/baru"))


@pytest.mark.parametrize(("role", "status"), [(Role.AGENCY_ADMIN, 200), (Role.INTAKE_PARTNER, 200), (Role.LEADER, 403)])
def test_the_page_is_for_the_desk_and_those_who_take_reports(cast: Cast, role: Role, status: int) -> None:
    assert at_work(cast, role).get("/meja/baru").status_code == status


def test_a_stranger_is_asked_to_sign_in_and_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    assert client.get("/meja/baru")["Location"].startswith("/masuk?lanjut=")
    page = client.post("/meja/baru", {"cerita": STORY, "kanal": "phone"})
    assert page.status_code == 401
    assert STORY in page.content.decode()


def test_the_list_costs_the_same_with_one_and_with_three(operator: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        operator.post("/meja/baru", form_of(operator))
        with django_assert_max_num_queries(3):
            operator.get("/meja/baru")
