"""When something goes wrong: a page in words, the right status, what was typed given back, nothing typed in the log."""

import errno
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_safe
from pytest_django import DjangoAssertNumQueries, Settings

from tuntas.agencies.installation import forget_installation, installation
from tuntas.kit.env import env
from tuntas.kit.errors import Invalid, Mistake, NotAllowed, NotFound, TooLarge, WrongState
from tuntas.kit.ids import ALPHABET
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.ops.static_files import collect_static

pytestmark = pytest.mark.urls(__name__)
STORY = "Jembatan <script>alert(1)</script> di Jl. Melati & sekitarnya rusak berat sejak Senin lalu."
AWAY = {"ENGINE": "django.db.backends.postgresql", "NAME": "tuntas", "HOST": "/nowhere"}
SILENT = "django.request"
SENTENCE = Say("Laporan ini sudah ditutup.", "This report is closed.")
NOS = {
    "not-found": NotFound(SENTENCE),
    "not-allowed": NotAllowed(SENTENCE),
    "wrong-state": WrongState(SENTENCE),
    "too-large": TooLarge(SENTENCE),
    "invalid": Invalid(Mistake("/cerita", SENTENCE), Mistake("/nama", Say("Isi nama.", "Give a name."))),
    "too-often": TooOften(Say("Tunggu {seconds} detik.", "Wait {seconds} seconds.").fill(seconds=42), 42),
}


def lost_database(request: HttpRequest) -> HttpResponse:
    """Ask a database that is not there."""
    ConnectionHandler({"default": AWAY})["default"].cursor()
    return HttpResponse("never")


def full_disk(request: HttpRequest) -> HttpResponse:
    """Write to a disk without any room."""
    assert request.POST is not None
    with open("/dev/full", "w") as disk:
        disk.write("x")
    return HttpResponse("never")


def mistake_of_ours(request: HttpRequest, code: str = "") -> HttpResponse:
    """Fail over what was typed, quoting it, from a cause that quotes it as well."""
    try:
        number = int(request.POST.get("cerita", STORY))
    except ValueError as error:
        raise RuntimeError(f"cannot read {request.POST}") from error
    return HttpResponse(str(number))


def refused(request: HttpRequest, why: str) -> HttpResponse:
    raise NOS[why]


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("odd")


def deep(request: HttpRequest) -> HttpResponse:
    """Read the whole form, however large."""
    return HttpResponse(str(len(request.POST)))


@require_safe
def only_read(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("away", lost_database),
    path("api/away", lost_database),
    path("full", full_disk),
    path("ours/<str:code>", mistake_of_ours),
    path("api/ours", mistake_of_ours),
    path("no/<str:why>", refused),
    path("api/no/<str:why>", refused),
    path("forbidden", forbidden),
    path("suspicious", suspicious),
    path("deep", deep),
    path("read", only_read),
    path("", include("tuntas.web.urls")),
]


@pytest.fixture(autouse=True)
def styles(city: None, client: Client) -> None:
    collect_static()
    client.raise_request_exception = False
    installation()


@pytest.fixture
def maintenance() -> Iterator[Path]:
    file = env().data / "maintenance"
    yield file
    file.unlink(missing_ok=True)


def words_of(response: Any) -> str:
    """Return what the page says, without its tags."""
    page = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/tidak-ada", 404, "Halaman tidak ada, atau bukan untuk Anda."),
        ("/forbidden", 403, "Ini bukan untuk Anda."),
        ("/suspicious", 422, "Kiriman ini tidak bisa dibaca."),
        ("/away", 503, "Ada gangguan di pihak kami"),
        ("/full", 503, "Ada gangguan di pihak kami"),
        ("/ours/x", 500, "Ada gangguan di pihak kami"),
        ("/no/not-found", 404, "Halaman tidak ada, atau bukan untuk Anda."),
        ("/no/not-allowed", 403, "Ini bukan untuk Anda."),
        ("/no/wrong-state", 409, "Laporan ini sudah ditutup."),
        ("/no/too-large", 413, "Kurangi foto atau pendekkan tulisan"),
        ("/no/invalid", 422, "Laporan ini sudah ditutup. Isi nama."),
        ("/no/too-often", 429, "Tunggu 42 detik."),
    ],
)
def test_every_failure_is_a_page_with_its_status(client: Client, address: str, status: int, words: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Language"] == "id"
    assert words in words_of(response)
    assert '<link rel="stylesheet" href="/static/css/citizen.' in response.content.decode()
    assert 'href="tel:112"' in response.content.decode()


def test_a_failure_speaks_english_where_chosen(client: Client) -> None:
    page = words_of(client.get("/away?bahasa=en"))
    assert "The fault is ours" in page
    assert "gangguan" not in page
    client.cookies["bahasa"] = "en"
    assert "There is no such page, or it is not for you." in words_of(client.get("/tidak-ada"))


def test_a_method_that_is_not_taken_is_named_and_told(client: Client) -> None:
    response = client.post("/read", {"cerita": STORY})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "tidak bisa dibuka begini" in words_of(response)


def test_a_form_that_is_too_long_is_told_to_be_shorter(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/deep", {"cerita": "x" * 2000})
    assert response.status_code == 413
    assert "pendekkan tulisan" in words_of(response)


@pytest.mark.parametrize("body", [b"x", b"--other\r\n", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'])
def test_a_form_cut_off_on_its_way_is_no_fault_of_ours(client: Client, body: bytes) -> None:
    response = client.post("/deep", body, content_type="multipart/form-data; boundary=")
    assert response.status_code == 422
    assert "Kiriman ini tidak bisa dibaca." in words_of(response)


@pytest.mark.parametrize(("address", "seconds"), [("/away", "5"), ("/full", "60"), ("/no/too-often", "42")])
def test_who_must_wait_is_told_how_long(client: Client, address: str, seconds: str) -> None:
    assert client.get(address)["Retry-After"] == seconds


@pytest.mark.parametrize("address", ["/api/away", "/api/ours", "/api/no/wrong-state", "/api/tidak-ada"])
def test_programs_get_a_problem_in_json(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code


# What was typed


TYPED = {
    "cerita": STORY,
    "patokan": 'Depan "Warung Bu Tini"',
    "nama": "Sari",
    "kunci": "k3y_-0001",
    "nama_untuk": "anonim",
    "catatan": "dua kata",
    "sandi": "rahasia sekali",
}


@pytest.mark.parametrize("address", ["/away", "/full", "/ours/x?draf=abc", "/no/too-often", "/no/wrong-state"])
def test_what_was_typed_comes_back_to_be_sent_again(client: Client, address: str) -> None:
    page = client.post(address, TYPED).content.decode()
    assert f'method="post" action="{address}"' in page
    assert "Coba kirim lagi" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; di Jl. Melati &amp; sekitarnya rusak berat" in page
    assert "<script>alert" not in page
    assert re.search(r'<textarea[^>]+name="cerita"', page)
    assert 'value="Depan &quot;Warung Bu Tini&quot;"' in page
    assert re.search(r"<label[^>]*>Cerita Anda</label>", page)
    assert '<input type="hidden" name="kunci" value="k3y_-0001">' in page
    assert '<input type="hidden" name="nama_untuk" value="anonim">' in page
    assert re.search(r'<input class="c-input"[^>]+name="catatan" value="dua kata">', page)
    assert "rahasia sekali" not in page
    assert re.search(r'name="sandi" value="" type="password"', page)


def test_sending_again_sends_the_very_same(client: Client) -> None:
    page = client.post("/away", {"cerita": "\n dua\r\nbaris ", "pilihan": ["a", "b"]}).content.decode()
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert text is not None
    assert text[1] == "\n\n dua\r\nbaris ", "a browser drops the first line break of a text area"
    assert re.findall(r'name="pilihan" value="(.)"', page) == ["a", "b"]


def test_photos_must_be_chosen_again_and_are_named(client: Client) -> None:
    sent = {"cerita": STORY, "foto": [SimpleUploadedFile("dekat.jpg", b"x"), SimpleUploadedFile("<jauh>.jpg", b"y")]}
    page = client.post("/away", sent).content.decode()
    assert "dekat.jpg, &lt;jauh&gt;.jpg" in page
    assert 'enctype="multipart/form-data"' in page
    assert re.search(r'<input class="c-input" type="file"[^>]+name="foto"[^>]+multiple>', page)


def test_a_page_that_was_only_read_offers_to_read_it_again(client: Client) -> None:
    page = client.get("/away?kelompok=tuntas&x=%22").content.decode()
    assert 'href="/away?kelompok=tuntas&amp;x=%22"' in page
    assert "Tulisan Anda tidak hilang" not in page
    assert "<form" not in page


@pytest.mark.parametrize("address", ["/tidak-ada", "/forbidden", "/no/not-found"])
def test_a_form_to_nowhere_is_not_kept(client: Client, address: str) -> None:
    assert "Melati" not in client.post(address, TYPED).content.decode()


# The log


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/away", "database: OperationalError"),
        ("/full", "disk full"),
        ("/ours/7RK4Q2M9XZ", "RuntimeError at a POST"),
    ],
)
def test_the_sign_on_the_page_stands_in_the_log_and_nothing_typed_does(
    client: Client, caplog: pytest.LogCaptureFixture, address: str, told: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = client.post(address, TYPED).content.decode()
    sign = re.search(r'<strong class="c-code">(\w+)</strong>', page)
    assert sign is not None
    assert len(sign[1]) == 6
    assert set(sign[1]) <= set(ALPHABET)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "tuntas.web.failures"]
    assert told in line
    assert f"reference {sign[1]}" in line
    heard = [record for record in caplog.records if record.name != SILENT]
    whole = "".join(str(record.__dict__) for record in heard)
    for secret in ("Melati", "Tini", "Sari", "rahasia", "k3y", "7RK4Q2M9XZ"):
        assert secret not in whole


def test_the_frameworks_own_line_which_names_the_address_goes_nowhere() -> None:
    silent = logging.getLogger(SILENT)
    assert silent.propagate is False
    kinds = [type(handler) for handler in silent.handlers]
    assert logging.NullHandler in kinds
    assert logging.StreamHandler not in kinds


def test_the_log_says_where_it_happened_and_why(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/ours/x", TYPED)
    (record,) = [record for record in caplog.records if record.name == "tuntas.web.failures"]
    assert record.exc_info is None, "the message of an error may quote somebody"
    assert "mistake_of_ours" in record.getMessage()
    assert "from ValueError" in record.getMessage()


@pytest.mark.parametrize("address", ["/tidak-ada", "/no/invalid", "/suspicious"])
def test_what_is_not_our_fault_has_no_sign(client: Client, address: str) -> None:
    assert 'class="c-code"' not in client.get(address).content.decode()


# Without a database


def test_a_failure_asks_the_database_nothing(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        known = client.get("/tidak-ada").content.decode()
    assert "Kota Cempaka" in known
    assert "(0266) 000 112" in known
    forget_installation()
    with django_assert_num_queries(0):
        unknown = client.post("/away", TYPED).content.decode()
    assert "Kota Cempaka" not in unknown
    assert "Coba kirim lagi" in unknown
    assert 'href="tel:112"' in unknown


@contextmanager
def without_database() -> Iterator[None]:
    """Point the product's own connection to where no database is, and forget what it had read."""
    before = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    forget_installation()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["HOST"] = before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/", "/janji", "/privasi", "/luring", "/tuntas.webmanifest"])
def test_the_products_own_pages_say_it_when_the_database_is_gone(client: Client, address: str) -> None:
    with without_database():
        response = client.get(address)
        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert "Ada gangguan di pihak kami" in words_of(response)
        assert client.get("/readyz").status_code == 503
        assert client.get("/readyz")["Content-Type"] == "application/problem+json"
        assert client.get("/healthz").status_code == 200
    assert client.get(address).status_code == 200


def test_a_failing_failure_page_still_says_one_sentence(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    response = client.get("/away?a=1&b=2&c=3")  # even its language cannot be read
    assert response.status_code == 503
    assert "Basis data sedang tidak bisa dihubungi." in response.content.decode()


# Maintenance


def test_without_the_file_nothing_is_closed(client: Client, maintenance: Path) -> None:
    assert not maintenance.exists()
    assert client.get("/janji").status_code == 200


def test_with_the_file_every_page_says_when_we_are_back(
    client: Client, maintenance: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    end = (real_time() + timedelta(hours=2)).astimezone(installation().zone).replace(microsecond=0)
    maintenance.write_text(f"{end.isoformat()}\n")
    with django_assert_num_queries(0):
        response = client.get("/janji")
    assert response.status_code == 503
    assert 7100 < int(response["Retry-After"]) <= 7200
    page = words_of(response)
    assert re.search(rf"Kami kembali .*pukul {end:%H\.%M}", page)
    assert "112" in page
    assert "(0266) 000 112" in page
    assert "We are back" in words_of(client.get("/?bahasa=en"))


def test_in_maintenance_programs_get_json_and_the_process_is_there(client: Client, maintenance: Path) -> None:
    maintenance.touch()
    for address in ("/api/v1/reports", "/readyz"):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
        assert response["Retry-After"] == "300"
    assert client.get("/healthz").status_code == 200
    maintenance.unlink()
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("text", ["", "  ", "soon", "2020-01-01T00:00+07:00", "9999-99-99", "\x00", "+" * 9000])
def test_an_end_that_is_past_or_unknown_is_soon(client: Client, maintenance: Path, text: str) -> None:
    maintenance.write_text(text)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "Kami segera kembali" in words_of(response)


def test_a_form_sent_into_maintenance_is_given_back(client: Client, maintenance: Path) -> None:
    maintenance.touch()
    response = client.post("/lapor", TYPED)
    assert response.status_code == 503
    assert "&lt;script&gt;alert(1)&lt;/script&gt; di Jl. Melati" in response.content.decode()
    assert "Tulisan Anda tidak hilang." in words_of(response)


def test_maintenance_costs_one_look_at_one_file(
    client: Client, maintenance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    stat: Callable[..., object] = Path.stat

    def count(path: Path, **given: bool) -> object:
        looked.append(path.name)
        return stat(path, **given)

    monkeypatch.setattr(Path, "stat", count)
    client.get("/healthz")
    assert looked == []
    client.get("/read")
    assert looked.count("maintenance") == 1


def test_a_disk_is_full_in_the_way_this_test_says() -> None:
    with pytest.raises(OSError, match="No space") as full, open("/dev/full", "w") as disk:
        disk.write("x")
    assert full.value.errno == errno.ENOSPC
