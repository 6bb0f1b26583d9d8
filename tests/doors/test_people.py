"""The pages about people: leave, who works where, hand-over of work, shifts, what nobody looks after."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import fields_of, hours_ago, offers, words_of
from tests.make import bring, make_report
from tests.office import at_work, sign_in
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.people.duty import waiting_for
from tuntas.people.models import Handover, Leave, Person, Session, Shift, ShiftNote
from tuntas.people.queries import actor_of
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")
OWN, LIST, DUTY, ALARMS = "/akun/cuti", "/meja/orang", "/meja/jaga", "/meja/peringatan"
DESK = {Role.AGENCY_ADMIN, Role.ASSISTANT_ADMIN, Role.NATIONAL_ADMIN}
FOR = {
    LIST: {Role.AGENCY_ADMIN, Role.LIAISON},
    DUTY: DESK | {Role.CALL_OPERATOR},
    ALARMS: DESK,
}


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


@pytest.fixture
def rudi(cast: Cast) -> Person:
    return cast.person(Role.LIAISON, "dinas-pupr")


@pytest.fixture
def asep(cast: Cast) -> Person:
    return cast.person(Role.UNIT_HANDLER, "dinas-pupr")


def day(n: int = 0) -> str:
    """The n-th day from today, as the government counts."""
    return str(current_time().astimezone(installation().zone).date() + timedelta(days=n))


def leave(deputy: Person, **given: str) -> dict[str, str]:
    said = {"kunci": "cuti-1", "alasan": "sick", "mulai": day(), "sampai": day(2), "pengganti": str(deputy.pk)}
    return said | given


@pytest.mark.parametrize("address", FOR)
def test_each_page_is_for_those_it_is_for(cast: Cast, client: Client, address: str) -> None:
    found = {
        role: sign_in(client, cast.person(role)).get(address).status_code for role in set(Role) - {Role.SEALED_READER}
    }
    assert {role for role, status in found.items() if status == 200} == FOR[address]
    assert set(found.values()) == {200, 403}


def test_everybody_notes_their_own_leave_and_ends_it(cast: Cast, rudi: Person, asep: Person) -> None:
    client = at_work(cast, Role.LIAISON, "dinas-pupr")
    assert offers(client.get("/akun"), OWN)
    for _ in range(2):  # pressed twice
        response = client.post(OWN, leave(asep))
        assert (response.status_code, response["Location"]) == (303, OWN)
    page = client.get(OWN)
    assert f"Sakit, pengganti {asep.name}" in words_of(page)
    noted = Leave.objects.get()
    assert (noted.person, noted.deputy, noted.made_by) == (rudi, asep, rudi)
    assert client.post(OWN, {"kunci": "akhir-1", "akhiri": str(noted.pk)}).status_code == 303
    assert "Sakit" not in words_of(client.get(OWN)).partition("Catat hari")[0]


def test_what_is_wrong_is_named_and_nothing_typed_is_lost(cast: Cast, asep: Person) -> None:
    client = at_work(cast, Role.LIAISON, "dinas-pupr")
    response = client.post(OWN, leave(asep, mulai="besok", pengganti="x", alasan=""))
    assert response.status_code == 422
    words = words_of(response)
    for said in ("Tulis hari pertama dan hari terakhir", "Pilih pengganti dari daftar", "Pilih alasannya"):
        assert said in words
    assert f'value="{day(2)}"' in response.content.decode()
    assert not Leave.objects.exists()


def test_a_deputy_works_and_the_history_says_for_whom(cast: Cast, rudi: Person, asep: Person) -> None:
    report = bring(make_report(hours_ago(9)), State.IN_PROGRESS, cast, hours_ago(9))
    assert at_work(cast, Role.LIAISON, "dinas-pupr").post(OWN, leave(asep)).status_code == 303
    deputy = at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")
    page = deputy.get("/akun").content.decode()
    assert f"pengganti {rudi.name}" in page
    assert f"Anda menggantikan {rudi.name}" in page
    assert f"Anda menggantikan {rudi.name}" in words_of(deputy.get(OWN))
    headers = cast.bearer(Role.UNIT_HANDLER, "dinas-pupr")
    acts = deputy.get(f"/api/v1/reports/{report.number}", headers=headers).json()["acts"]
    assert "transfer" in acts
    steps.schedule(
        report,
        by=actor_of(asep, now=current_time()),
        on=current_time().date() + timedelta(days=20),
        text="Menunggu aspal.",
        now=current_time(),
    )
    case = at_work(cast, Role.AGENCY_ADMIN).get(f"/meja/kasus/{report.number}")
    assert f"{asep.name}, sebagai pengganti {rudi.name}" in words_of(case)


def test_a_moved_clock_counts(cast: Cast, asep: Person, clock: Path) -> None:
    at_work(cast, Role.LIAISON, "dinas-pupr").post(OWN, leave(asep))
    deputy = at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")
    assert deputy.get(LIST).status_code == 200
    clock.write_text("+4d")
    assert deputy.get(LIST).status_code == 403


def test_a_password_alone_still_opens_nothing_for_a_deputy(
    cast: Cast, asep: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(cast, Role.LIAISON, "dinas-pupr").post(OWN, leave(asep))
    deputy = at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")
    monkeypatch.setattr("tuntas.web.office.signed.needs_second", lambda: True)
    response = deputy.get(LIST)
    assert (response.status_code, response["Location"]) == (303, "/akun/faktor")


def test_an_admin_sees_everybody_and_a_liaison_their_office(cast: Cast, admin: Client, rudi: Person) -> None:
    everybody = words_of(admin.get(LIST))
    assert all(name in everybody for name in ("Rudi Setiawan", "Tatang Suherman", "Achmad Fauzan"))
    office = words_of(at_work(cast, Role.LIAISON, "dinas-pupr").get(LIST))
    assert "Asep Gunadi" in office
    assert "Tatang Suherman" not in office
    tatang = cast.person(Role.UNIT_HANDLER, "dlh")
    liaison = at_work(cast, Role.LIAISON, "dinas-pupr")
    for client, pk in ((liaison, tatang.pk), (admin, 10**9)):
        address = f"{LIST}/{pk}"
        assert client.get(address).status_code == 404
        assert client.post(address, leave(rudi)).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(
    cast: Cast, admin: Client, django_assert_max_num_queries: Any
) -> None:
    admin.get(LIST)  # the government is read once and held
    with django_assert_max_num_queries(6):
        assert admin.get(LIST).status_code == 200


def test_an_admin_notes_a_leave_for_somebody(admin: Client, rudi: Person, asep: Person) -> None:
    address = f"{LIST}/{rudi.pk}"
    assert fields_of(admin.get(address), address)["kunci"]
    assert admin.post(address, leave(asep))["Location"] == address
    assert f"digantikan {asep.name}" in words_of(admin.get(LIST))
    noted = Leave.objects.get()
    admin.post(address, {"kunci": "akhir", "akhiri": str(noted.pk)})
    assert "digantikan" not in words_of(admin.get(LIST))


def test_all_work_is_handed_over_once(cast: Cast, admin: Client, rudi: Person) -> None:
    report = bring(make_report(hours_ago(9)), State.IN_PROGRESS, cast, hours_ago(9))
    budi = Person.objects.create(name="Budi Baru", email="budi@kota.example", language="id")
    at_work(cast, Role.LIAISON, "dinas-pupr")
    address = f"{LIST}/{rudi.pk}"
    page = admin.get(address)
    assert "Serahkan semua pekerjaan" in words_of(page)
    refused = admin.post(address, {"kunci": "s-0", "serahkan": "1", "penerima": ""})
    assert refused.status_code == 422
    assert "Pilih penerima dari daftar" in words_of(refused)
    for _ in range(2):
        response = admin.post(address, {"kunci": "s-1", "serahkan": "1", "penerima": str(budi.pk)})
        assert (response.status_code, response["Location"]) == (303, LIST)
    assert Handover.objects.count() == 1
    assert not Session.objects.filter(person=rudi).exists()
    assert "Rudi Setiawan kepada Budi Baru" in words_of(admin.get(LIST))
    task = sign_in(Client(), budi).get(f"/instansi/tugas/{report.number}")
    assert task.status_code == 200


def test_who_is_appointed_is_told_apart(cast: Cast, admin: Client) -> None:
    hendra = cast.person(Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    words = words_of(admin.get(f"{LIST}/{hendra.pk}"))
    assert "Tidak ikut pindah: pembaca laporan tersegel." in words
    nurul = cast.person(Role.INSPECTORATE, also=Role.SEALED_READER)
    assert "Serahkan semua pekerjaan" not in words_of(admin.get(f"{LIST}/{nurul.pk}"))


# Shifts and alarms


def test_a_week_is_planned_and_its_gaps_are_seen(cast: Cast, admin: Client) -> None:
    yuni, assistant = cast.person(Role.ASSISTANT_ADMIN), at_work(cast, Role.ASSISTANT_ADMIN)
    monday = current_time().astimezone(installation().zone).date()
    monday += timedelta(days=7 - monday.weekday())
    address = f"{DUTY}?pekan={monday}"
    assert "belum memakai giliran jaga" in words_of(admin.get(address))
    form = {"petugas": str(yuni.pk), "hari": str(monday), "dari": "20.00", "sampai": "04:00"}
    for _ in range(2):
        assert admin.post(address, {"kunci": "j-1", **form})["Location"] == address
    words = words_of(admin.get(address))
    assert f"20.00 – 04.00 {yuni.name}" in words
    assert "Kosong 00.00 – 20.00" in words
    assert "Kosong 04.00 – 00.00" in words
    assert f'name="hapus" value="{Shift.objects.get().pk}"' in admin.get(address).content.decode()
    assert 'name="hapus"' not in assistant.get(address).content.decode()
    assert assistant.post(address, {"kunci": "j-2", **form, "hari": str(monday + timedelta(days=1))}).status_code == 404
    after = f"{DUTY}?pekan={monday + timedelta(days=7)}"
    admin.post(after, {"kunci": "j-3", "salin": "1"})
    assert f"20.00 – 04.00 {yuni.name}" in words_of(admin.get(after))
    admin.post(after, {"kunci": "j-4", "hapus": str(Shift.objects.order_by("-starts_at")[0].pk)})
    assert Shift.objects.count() == 1


def test_a_shift_that_cannot_be_is_refused_beside_its_field(admin: Client) -> None:
    response = admin.post(DUTY, {"kunci": "j", "petugas": "", "hari": "besok", "dari": "25:00", "sampai": ""})
    assert response.status_code == 422
    assert "Pilih petugas dari daftar" in words_of(response)
    assert "Tulis hari, jam mulai, dan jam selesai" in words_of(response)
    assert admin.get(f"{DUTY}?pekan=entah").status_code == 200
    assert admin.get(f"{DUTY}?pekan=9999-12-31").status_code == 200


def test_a_note_waits_above_the_inbox_until_it_was_read(cast: Cast, admin: Client) -> None:
    now, yuni = current_time(), cast.person(Role.ASSISTANT_ADMIN)
    hour = timedelta(hours=1)
    Shift.objects.create(desk_id=installation().desk_id, person=yuni, starts_at=now - hour, ends_at=now + hour)
    assert admin.post(DUTY, {"kunci": "c-1", "tulis": "1", "catatan": "Pohon tumbang <b>besar</b>."}).status_code == 303
    assistant = at_work(cast, Role.ASSISTANT_ADMIN)
    inbox = assistant.get("/meja")
    assert "Pohon tumbang <b>besar</b>." in words_of(inbox)
    assert f"Berjaga sekarang: {yuni.name}" in words_of(assistant.get(DUTY))
    assert "Pohon tumbang" not in words_of(admin.get("/meja"))
    note = ShiftNote.objects.get()
    response = assistant.post(DUTY, {"kunci": "c-2", "dibaca": str(note.pk), "antrean": "1"})
    assert (response.status_code, response["Location"]) == (303, "/meja")
    assert "Pohon tumbang" not in words_of(assistant.get("/meja"))


def test_what_nobody_looks_after_is_a_strip_and_a_list(cast: Cast, admin: Client) -> None:
    assert "Semua instansi" in words_of(admin.get(ALARMS))
    assert not offers(admin.get("/meja"), ALARMS)
    n = steps.watch_posts(now=current_time())
    inbox = admin.get("/meja")
    assert offers(inbox, ALARMS)
    assert f"{n} hal tanpa penanggung jawab" in words_of(inbox)
    page = admin.get(ALARMS)
    assert "Badan Penanggulangan Bencana Daerah belum punya narahubung" in words_of(page)
    assert offers(page, LIST)
    assert not offers(at_work(cast, Role.ASSISTANT_ADMIN).get(ALARMS), LIST)


def test_the_inbox_asks_one_query_for_what_stands_above_it(admin: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert waiting_for(1, now=datetime.fromisoformat("2026-03-06T03:00+00:00")).notes == ()


def test_pages_of_people_are_not_practised(admin: Client) -> None:
    for address in (LIST, DUTY, ALARMS):
        assert admin.get(f"/latihan{address}").status_code == 404
