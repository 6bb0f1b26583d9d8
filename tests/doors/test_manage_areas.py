"""Areas at ``/kelola``: names by the form, outlines by GeoJSON; what the profile says is changed there."""

import gzip
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import fields_of, words_of
from tests.office import at_work, sign_in
from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency, Area
from tuntas.ops.static_files import collect_static
from tuntas.people.models import Change, Person, Post
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city", "changed_profile")
LIST, ADD, DRAW = "/kelola/wilayah", "/kelola/tambah/wilayah", "/kelola/batas"
NEW = "32.99.01.1099"  # not in the profile


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def square(code: str, west: float = 110.0, name: str = "Taman Baru") -> dict[str, Any]:
    ring = [[west, -6.0], [west + 0.01, -6.0], [west + 0.01, -5.99], [west, -5.99], [west, -6.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"kode": code, "nama": name}, "geometry": shape}


def geojson(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def tried(admin: Client, content: bytes) -> Any:
    return admin.post(DRAW, {"berkas": SimpleUploadedFile("batas.geojson", content), "dasar": "Kepwal 9/2026"})


@pytest.fixture
def new_area(admin: Client) -> Area:
    """An area that was added by the form, and has no outline."""
    form = {**fields_of(admin.get(ADD), ADD), "kode": NEW, "nama": "Taman Baru", "aktif": "ya", "dasar": "Perda 1/2026"}
    assert admin.post(ADD, form).status_code == 303
    return Area.objects.get(code=NEW)


def test_an_area_is_added_below_the_one_its_code_names(new_area: Area) -> None:
    assert new_area.parent == Area.objects.get(code="32.99.01")
    assert installation().areas[NEW] == new_area.pk
    assert Change.objects.get().decree == "Perda 1/2026"


@pytest.mark.parametrize(("code", "says"), [("abc", "kode resmi"), ("11.01.01", "tidak ada dalam daftar")])
def test_an_area_that_lies_nowhere_is_refused(admin: Client, code: str, says: str) -> None:
    form = {**fields_of(admin.get(ADD), ADD), "kode": code, "nama": "X", "aktif": "ya", "dasar": "Perda 1/2026"}
    refused = admin.post(ADD, form)
    assert refused.status_code == 422
    assert says in words_of(refused)


def test_what_the_profile_names_is_changed_in_the_profile(admin: Client) -> None:
    address = f"{LIST}/32.99.01.1001"
    refused = admin.post(address, {**fields_of(admin.get(address), address), "nama": "Lain", "dasar": "Perda 1/2026"})
    assert refused.status_code == 422
    assert "ditulis di profil pemerintah" in words_of(refused)


def test_an_outline_is_tried_first_and_drawn_once(admin: Client, new_area: Area) -> None:
    page = tried(admin, geojson(square(NEW), square("32.99.01.1001"), square("99.01")))
    words = words_of(page)
    assert "1 batas digambar ulang" in words
    assert "0.00 km² → 1.2" in words
    assert "tidak ada dalam daftar: 99.01" in words
    assert "di profil pemerintah: 32.99.01.1001" in words
    assert installation().area_at(-5.995, 110.005) is None
    form = {**fields_of(page, DRAW), "simpan": "1"}
    for _ in range(2):
        assert admin.post(DRAW, form)["Location"] == "/kelola/perubahan?daftar=wilayah"
    assert installation().area_at(-5.995, 110.005) == new_area.pk
    assert Change.objects.filter(decree="Kepwal 9/2026").count() == 1
    assert "Luas di dalam batas" in words_of(admin.get("/kelola/perubahan?daftar=wilayah"))
    assert "0 batas digambar ulang" in words_of(tried(admin, geojson(square(NEW))))


def test_what_was_downloaded_can_be_uploaded(admin: Client, new_area: Area) -> None:
    given = admin.get(f"{DRAW}/unduh").content
    assert {feature["properties"]["kode"] for feature in json.loads(given)["features"]} >= {"32.99.01.1001"}
    assert "0 batas digambar ulang" in words_of(tried(admin, given))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Pilih berkas GeoJSON"),
        (b"kode,nama", "tidak bisa dibaca sebagai GeoJSON"),
        (geojson({"type": "Feature", "properties": {}, "geometry": None}), "needs the properties"),
        (gzip.compress(b" " * 6_000_000), "terlalu besar"),
        (b"\x1f\x8b broken", "Pilih berkas GeoJSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(admin: Client, content: bytes, says: str) -> None:
    refused = tried(admin, content)
    assert refused.status_code == 422
    assert says in words_of(refused)


def test_outlines_need_a_reason_and_an_admin_of_the_whole(cast: Cast, admin: Client, new_area: Area) -> None:
    page = admin.post(DRAW, {"berkas": SimpleUploadedFile("b.geojson", geojson(square(NEW)))})
    refused = admin.post(DRAW, {**fields_of(page, DRAW), "simpan": "1"})
    assert refused.status_code == 422
    assert re.search("nomor keputusan", words_of(refused))
    for role in set(Role) - {Role.AGENCY_ADMIN, Role.SEALED_READER}:
        assert at_work(cast, role).get(DRAW).status_code == 403
    local = Person.objects.create(email="lokal@kota-cempaka.example", name="Wati", password="!")
    Post.objects.create(person=local, role=Role.AGENCY_ADMIN, agency=Agency.objects.get(slug="dlh"))
    assert sign_in(Client(), local).get(DRAW).status_code == 404
