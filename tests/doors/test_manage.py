"""``/kelola``: who may open it, and what its pages do."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import fields_of, offers, words_of
from tests.make import bring, make_report
from tests.office import at_work
from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency
from tuntas.ops.static_files import collect_static
from tuntas.people.models import Change, Person
from tuntas.reports.models import Notice
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city", "changed_profile")
FRONT, AGENCIES, HISTORY = "/kelola", "/kelola/instansi", "/kelola/perubahan"
DLH = f"{AGENCIES}/dlh"


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def form_of(admin: Client, address: str, **typed: str) -> dict[str, str]:
    """What a form holds as it is shown, with what somebody types over it."""
    return {**fields_of(admin.get(address), address), **typed}


def dlh(admin: Client, **typed: str) -> dict[str, str]:
    row = Agency.objects.select_related("parent", "calendar").get(slug="dlh")
    shown = {
        "nama": row.name,
        "singkatan": row.short,
        "tingkat": row.tier,
        "induk": row.parent.slug if row.parent else "",
    }
    more = {"kalender": row.calendar.name, "surel": row.email, "aktif": "ya", "dasar": "Kepwal 12/2026"}
    return form_of(admin, DLH, **{**shown, **more, **typed})


def test_the_front_page_lists_what_can_be_changed(admin: Client) -> None:
    page = admin.get(FRONT)
    assert page.status_code == 200
    assert offers(page, AGENCIES)
    assert offers(page, HISTORY)


@pytest.mark.parametrize("address", [FRONT, AGENCIES, DLH, "/kelola/tambah/instansi", HISTORY, f"{HISTORY}/unduh"])
def test_only_admins_open_it(cast: Cast, address: str) -> None:
    for role in Role:
        if role in (Role.AGENCY_ADMIN, Role.SEALED_READER):
            continue
        status = at_work(cast, role).get(address).status_code
        assert status == (200 if role is Role.SYSADMIN and address == FRONT else 403), (role, address)
    assert Client().get(address).status_code == 303


def test_who_runs_the_machine_sees_its_state_alone(cast: Cast) -> None:
    page = at_work(cast, Role.SYSADMIN).get(FRONT)
    assert "Keadaan mesin" in words_of(page)
    assert not offers(page, AGENCIES)


def test_agencies_are_a_tree(admin: Client) -> None:
    body = admin.get(AGENCIES).content.decode()
    assert body.index("/kelola/instansi/tirta-cempaka") < body.index("/kelola/instansi/tirta-distribusi")
    assert "<details open>" in body
    assert "Dinas Lingkungan Hidup" in words_of(admin.get(f"{AGENCIES}?cari=lingkungan hidup"))
    assert "Tidak ada yang cocok" in words_of(admin.get(f"{AGENCIES}?cari=tidak-ada-di-sini"))


def test_a_change_is_made_once_and_stands_in_the_history(admin: Client) -> None:
    form = dlh(admin, nama="Dinas Lingkungan dan Taman")
    for _ in range(2):
        assert admin.post(DLH, form)["Location"] == DLH
    assert Change.objects.count() == 1
    for address in (DLH, HISTORY, f"{HISTORY}?daftar=instansi&cari=taman"):
        words = words_of(admin.get(address))
        assert "Dinas Lingkungan Hidup → Dinas Lingkungan dan Taman" in words
        assert "Kepwal 12/2026" in words
    assert "Taman" not in words_of(admin.get(f"{HISTORY}?daftar=topik"))
    assert "Dinas Lingkungan dan Taman" in admin.get(f"{HISTORY}/unduh").content.decode("utf-8-sig")


def test_what_somebody_else_changed_meanwhile_is_shown_beside_what_was_typed(admin: Client) -> None:
    form = dlh(admin, nama="Dinas Taman")
    Agency.objects.filter(slug="dlh").update(short="LH")
    response = admin.post(DLH, form)
    assert response.status_code == 422
    words = words_of(response)
    assert "Orang lain mengubah ini" in words
    assert 'value="Dinas Taman"' in response.content.decode()
    assert not Change.objects.exists()
    again = {**form, **fields_of(response, DLH), "kunci": "k-2"}
    assert admin.post(DLH, again).status_code == 303


def test_an_agency_that_holds_reports_is_not_switched_off(cast: Cast, admin: Client) -> None:
    bring(make_report(), State.DISPATCHED, cast, agency="dlh")
    form = dlh(admin)
    del form["aktif"]
    response = admin.post(DLH, form)
    assert response.status_code == 422
    assert "Masih ada 1 laporan terbuka" in words_of(response)
    assert Agency.objects.get(slug="dlh").is_active


def test_a_change_from_a_day_on_waits_and_can_be_withdrawn(admin: Client) -> None:
    form = dlh(admin, nama="Dinas Taman", **{"mulai-berlaku": "2027-01-01"})
    assert admin.post(DLH, form).status_code == 303
    assert Agency.objects.get(slug="dlh").name == "Dinas Lingkungan Hidup"
    assert "menunggu" in words_of(admin.get(DLH))
    assert "berubah mulai" in words_of(admin.get(AGENCIES))
    change = Change.objects.get()
    for _ in range(2):
        assert admin.post(DLH, {"kunci": "t-1", "tarik": str(change.pk)}).status_code == 303
    assert "dibatalkan" in words_of(admin.get(DLH))


def test_a_new_agency_is_added(admin: Client) -> None:
    address = "/kelola/tambah/instansi"
    form = form_of(
        admin, address, kode="dinas-baru", nama="Dinas Baru", tingkat="office", dasar="Perwal 1/2026", aktif="ya"
    )
    refused = admin.post(address, {**form, "kode": "Dinas Baru"})
    assert refused.status_code == 422
    assert "pakai huruf kecil" in words_of(refused)
    calendar = Agency.objects.get(slug="dlh").calendar.name
    done = admin.post(address, {**form, "induk": "kota-cempaka", "kalender": calendar})
    assert done["Location"] == f"{AGENCIES}/dinas-baru"
    assert "Dinas Baru" in words_of(admin.get(AGENCIES))


@pytest.mark.parametrize("address", ["/kelola/entah", f"{AGENCIES}/entah", "/kelola/tambah/merek", "/kelola/tambah/x"])
def test_what_is_not_there_is_not_there(admin: Client, address: str) -> None:
    assert admin.get(address).status_code == 404


def test_none_of_it_is_practised(admin: Client) -> None:
    assert admin.get("/latihan/kelola").status_code == 404


# People and files


def test_a_new_person_is_invited_and_can_be_again(admin: Client) -> None:
    address = "/kelola/tambah/orang"
    said = {"surel": "budi@kota.example", "nama": "Budi Baru", "aktif": "ya", "dasar": "SK 4/2026"}
    posts = {"tugas-peran": ["liaison", ""], "tugas-instansi": ["dlh", ""]}
    done = admin.post(address, {**form_of(admin, address, **said), **posts})
    person = Person.objects.get(email="budi@kota.example")
    assert done["Location"] == f"/kelola/orang/{person.pk}?diundang"
    assert [(post.role, post.agency.slug) for post in person.posts.all()] == [("liaison", "dlh")]
    page = admin.get(done["Location"])
    assert "Surat undangan sedang dikirim" in words_of(page)
    assert 'value="liaison" selected' in page.content.decode()
    for n in range(2):
        assert admin.post(f"/kelola/orang/{person.pk}", {"kunci": f"u-{n}", "undang": "1"}).status_code == 303
    assert Notice.objects.filter(email=person.email, template="invitation").count() == 3


@pytest.mark.parametrize("slug", ["instansi", "orang", "topik", "janji", "kalender", "hari", "templat"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_downloaded_and_uploaded_unchanged_changes_nothing(admin: Client, slug: str, form: str) -> None:
    file = admin.get(f"/kelola/unduh/{slug}?bentuk={form}")
    assert f"{slug}.{form}" in file["Content-Disposition"]
    response = admin.post(f"/kelola/unggah/{slug}", {"berkas": named(file.content, form), "dasar": "Perwal 1/2026"})
    assert response.status_code == 422
    assert "tidak mengubah apa pun" in words_of(response), words_of(response)[:2000]


def named(content: bytes, form: str = "csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"berkas.{form}", content)


def test_a_file_is_tried_first_then_makes_ordinary_changes_at_once(admin: Client) -> None:
    address = "/kelola/unggah/instansi"
    old = admin.get("/kelola/unduh/instansi").content.decode("utf-8-sig")
    new = old.replace("Dinas Lingkungan Hidup", "Dinas Taman")
    line = next(line for line in old.splitlines() if line.startswith("dlh;"))
    new += line.replace("dlh;Dinas Lingkungan Hidup", "dinas-baru;Dinas Baru") + "\r\n"
    tried = admin.post(address, {"berkas": named(new.encode()), "dasar": "Perwal 1/2026"})
    assert tried.status_code == 200
    words = words_of(tried)
    assert "2 baris berubah" in words
    assert "Dinas Lingkungan Hidup → Dinas Taman" in words
    assert not Change.objects.exists()
    assert not Agency.objects.filter(slug="dinas-baru").exists()
    form = fields_of(tried, address)
    form = {**{name: unescape(value) for name, value in form.items()}, "simpan": "1"}
    for _ in range(2):
        assert admin.post(address, form)["Location"] == AGENCIES
    assert Change.objects.count() == 2
    assert {Agency.objects.get(slug=slug).name for slug in ("dlh", "dinas-baru")} == {"Dinas Taman", "Dinas Baru"}


def test_rows_that_cannot_be_are_refused_by_their_number_and_nothing_is_saved(admin: Client) -> None:
    old = admin.get("/kelola/unduh/instansi").content.decode("utf-8-sig").splitlines()
    n = next(n for n, line in enumerate(old, 1) if line.startswith("dlh;"))
    old[n - 1] = old[n - 1].replace(";ya", ";entah").replace(";tidak", ";entah")
    old[1] = old[1].replace("kota-cempaka;", "kota-cempaka;Kota Lain ", 1)
    response = admin.post("/kelola/unggah/instansi", {"berkas": named("\n".join(old).encode()), "dasar": "P 1/2026"})
    assert response.status_code == 422
    assert f"Baris {n}" in words_of(response)
    assert "tulis ya atau tidak" in words_of(response)
    assert 'name="simpan"' not in response.content.decode()


def test_what_changed_between_trying_and_saving_is_shown_again(admin: Client) -> None:
    address = "/kelola/unggah/instansi"
    new = admin.get("/kelola/unduh/instansi").content.replace(b"Dinas Lingkungan Hidup", b"Dinas Taman")
    tried = admin.post(address, {"berkas": named(new), "dasar": "Perwal 1/2026"})
    form = {**{k: unescape(v) for k, v in fields_of(tried, address).items()}, "simpan": "1"}
    Agency.objects.filter(slug="dlh").update(short="LH baru")
    response = admin.post(address, form)
    assert response.status_code == 422
    assert "Orang lain mengubah ini" in words_of(response)
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Pilih berkas"), (b"a;b\n1;2\n", "tidak ada dalam berkas"), (b"\x00\xff\x00", "kolom|Kolom|bukan")],
)
def test_a_file_that_is_none_is_refused(admin: Client, content: bytes, said: str) -> None:
    response = admin.post("/kelola/unggah/instansi", {"berkas": named(content), "dasar": "P 1/2026"})
    assert response.status_code == 422
    assert re.search(said, words_of(response))


@pytest.mark.parametrize("carried", ["", "[1]", '[[1, "x"]]', '[["x", {}]]', "{}"])
def test_a_form_that_carries_nonsense_is_refused(admin: Client, carried: str) -> None:
    form = {"kunci": f"u{carried}", "simpan": "1", "baris": carried, "versi": "x", "dasar": "P"}
    assert admin.post("/kelola/unggah/instansi", form).status_code == 422


# The brand

BRAND = "/kelola/merek/merek"


def brand(admin: Client, **typed: str) -> dict[str, str]:
    here = installation()
    said = {
        "nama": here.name.id,
        "nama-inggris": here.name.en,
        "surel": here.contact["email"],
        "dasar": "Perwal 2/2026",
    }
    more = {"telepon": here.contact["phone"], "whatsapp": here.contact["whatsapp"]}
    return form_of(admin, BRAND, **{**said, **more, **typed})


def test_a_brand_that_cannot_be_read_is_refused_and_says_why(admin: Client) -> None:
    response = admin.post(BRAND, brand(admin, **{"warna-merek": "#ffee88"}))
    assert response.status_code == 422
    assert "Kontras dengan tulisan putih pada tampilan terang hanya 1,1. Perlu 4,5." in words_of(response)
    assert 'value="#ffee88"' in response.content.decode()
    assert not installation().brand_hash


def test_a_brand_is_a_style_sheet_of_our_own_that_every_page_names(admin: Client, client: Client) -> None:
    assert "/merek-" not in client.get("/").content.decode()
    assert admin.get("/kelola/merek")["Location"] == BRAND
    assert admin.post(BRAND, brand(admin, **{"warna-merek": "#5a1e1e", "nama": "Kota Contoh"})).status_code == 303
    name = installation().brand_hash
    for page in (client.get("/"), client.get("/lapor"), admin.get("/meja"), client.get("/masuk")):
        assert f"/merek-{name}.css" in page.content.decode()
    style = client.get(f"/merek-{name}.css")
    assert "--brand:#5a1e1e" in style.content.decode()
    assert "immutable" in style["Cache-Control"]
    assert client.get("/merek-000000000000.css").status_code == 404
    assert "Kota Contoh" in client.get("/").content.decode()
