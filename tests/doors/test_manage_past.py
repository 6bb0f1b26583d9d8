"""``/kelola/masa-lalu``: a table is uploaded, corrected, tried and brought in, by an admin of the root alone."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import fields_of, words_of
from tests.office import at_work
from tests.past import OFFICE
from tuntas import steps
from tuntas.agencies.models import Agency
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.people.models import Post
from tuntas.reports.models import Import, Notice, Report
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city", "changed_profile")
HOME = "/kelola/masa-lalu"
HEAD = ("nomor", "keluhan", "tanggal masuk", "instansi", "nama pelapor")
ROWS = (
    HEAD,
    ("1", "Jalan berlubang di depan pasar", "01-02-2022 09.30", OFFICE, "Contoh"),
    ("2", "", "01-02-2022", OFFICE, "Contoh"),
    ("3", "Lampu mati", "02-02-2022", "Dinas Lama", "Contoh"),
)


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def table(rows: Any = ROWS) -> bytes:
    page = io.StringIO()
    csv.writer(page).writerows(rows)
    return page.getvalue().encode()


def upload(admin: Client, data: bytes, name: str = "lama.csv") -> Any:
    form = fields_of(admin.get(HOME), HOME)
    return admin.post(HOME, {**form, "berkas": SimpleUploadedFile(name, data)})


def press(admin: Client, address: str, button: str, **typed: str) -> Any:
    form = fields_of(admin.get(address), address)
    form = {name: value for name, value in form.items() if name not in {"coba", "mulai", "simpan"}}
    return admin.post(address, {**form, **typed, button: "1"})


def work() -> None:
    for one in Import.objects.filter(state="running"):
        steps.bring_past(one.pk, now=current_time())
        steps.bring_past(one.pk, now=current_time())  # every job may run twice


def test_a_table_is_uploaded_tried_and_brought_in(admin: Client) -> None:
    address = upload(admin, table())["Location"]
    assert address == f"{HOME}/{Import.objects.get().pk}"
    page = words_of(admin.get(address))
    assert "Tabel ini punya 3 baris." in page
    assert "Jalan berlubang di depan pasar" in page
    assert "Kolom tentang pelapor tidak diambil: nama pelapor" in page
    assert press(admin, address, "coba").status_code == 303
    work()
    assert "2 laporan masuk" in words_of(admin.get(address))
    assert not Report.objects.exists()
    assert press(admin, address, "mulai", make_agencies="on").status_code == 303
    assert "0 dari 3 baris" in words_of(admin.get(address))
    work()
    page = words_of(admin.get(address))
    assert "Selesai" in page
    assert "1 baris ditolak" in page
    assert Report.objects.count() == 2
    assert Agency.objects.get(name="Dinas Lama").is_active is False
    assert not Notice.objects.exists()
    told = admin.get(f"{address}/ditolak").content.decode()
    assert told.splitlines()[1].startswith("3,Baris ini tidak punya isi laporan.,2,")


def test_the_same_table_again_adds_nothing_and_a_form_sent_twice_is_one(admin: Client) -> None:
    address = upload(admin, table())["Location"]
    form = {**fields_of(admin.get(address), address), "mulai": "1"}
    form.pop("coba", None)
    assert admin.post(address, form).status_code == 303
    assert admin.post(address, form).status_code == 303
    work()
    assert press_again(admin, address).status_code == 422
    second = upload(admin, table())["Location"]
    press(admin, second, "mulai")
    work()
    assert Report.objects.count() == 2
    assert "2 sudah pernah masuk" in words_of(admin.get(second))


def press_again(admin: Client, address: str) -> Any:
    return admin.post(address, {"kunci": "lain", "mulai": "1"})


def test_columns_are_corrected_by_hand_and_kept(admin: Client) -> None:
    rows = (("a", "b"), ("Jalan rusak", "2022-01-05"))
    address = upload(admin, table(rows))["Location"]
    assert press(admin, address, "mulai").status_code == 422
    assert press(admin, address, "simpan", **{"k-body": "a", "k-received": "b"}).status_code == 303
    assert press(admin, address, "mulai").status_code == 303
    work()
    assert Report.objects.get().body == "Jalan rusak"
    again = upload(admin, table((*rows, ("Lampu mati", "2022-01-06"))))["Location"]
    press(admin, again, "mulai")
    work()
    assert Report.objects.count() == 2


def bomb() -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b" " * 200_000_000)
    return page.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Pilih berkas CSV atau XLSX"),
        (b"\n\n", "Berkas ini kosong."),
        (b"a," * 400, "lebih dari 300 kolom"),
        (b"a," * 4_000_000, "terlalu panjang"),
        (b'isi\n"' + b"x" * 5_000_000, "terlalu panjang"),
        (b"PK\x03\x04 no workbook", "bukan tabel CSV atau XLSX"),
        (b"\x1f\x8b\x08 no gzip", "bukan tabel CSV atau XLSX"),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence(admin: Client, data: bytes, said: str) -> None:
    answer = upload(admin, data)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not Import.objects.exists()


def test_a_workbook_that_would_fill_the_memory_is_one_sentence(admin: Client) -> None:
    answer = upload(admin, bomb(), "bom.xlsx")
    assert answer.status_code == 422
    assert "terlalu besar" in words_of(answer)


def test_signs_that_cannot_be_stored_refuse_their_row_alone(admin: Client) -> None:
    rows = (HEAD, ("1", "Jalan\0rusak", "2022-01-05", "", ""), ("2", "Lampu mati", "2022-01-05", "", ""))
    address = upload(admin, table(rows))["Location"]
    press(admin, address, "mulai")
    work()
    assert Report.objects.get().body == "Lampu mati"


@pytest.mark.parametrize("address", [HOME, f"{HOME}/1", f"{HOME}/1/ditolak"])
def test_only_an_admin_of_the_root_comes_in(cast: Cast, address: str) -> None:
    assert at_work(cast, Role.LIAISON, "dlh").get(address).status_code == 403
    assert Client().get(address).status_code in (302, 303, 403)
    below = cast.person(Role.AGENCY_ADMIN)
    Post.objects.filter(person=below).update(agency=Agency.objects.get(slug="dlh"))
    assert at_work(cast, Role.AGENCY_ADMIN, "dlh").get(address).status_code == 403


def test_a_table_that_is_not_there_is_not_found(admin: Client) -> None:
    assert admin.get(f"{HOME}/77").status_code == 404


def test_the_front_page_leads_there(admin: Client) -> None:
    assert f'href="{HOME}"' in admin.get("/kelola").content.decode()
