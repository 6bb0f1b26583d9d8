"""Following a public report, the letters that belong to it, and a lost code."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import T0, Made, bring, make_report, make_restricted
from tuntas.kit.env import env
from tuntas.ops.static_files import collect_static
from tuntas.reports.follow_links import follow_token
from tuntas.reports.models import Follower, Notice, Report
from tuntas.rules.life import State

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def made(cast: Cast) -> Made:
    made = make_report(T0)
    bring(made, State.DISPATCHED, cast, T0)
    return made


def key_in(page: bytes) -> str:
    found = re.search(r'name="kunci" value="([^"]+)"', page.decode())
    assert found is not None
    return found[1]


def followers(made: Made) -> int:
    return Report.objects.get(pk=made.report.pk).follower_count


def test_following_without_an_address_counts_once_for_each_form(client: Client, made: Made) -> None:
    address = f"/laporan/{made.report.number}/ikut"
    key = key_in(client.get(address).content)
    for _ in range(2):
        response = client.post(address, {"kunci": key})
        assert response.status_code == 303
        assert response["Location"].startswith(f"/laporan/{made.report.number}?diikuti=ya")
    assert followers(made) == 1


def test_an_address_is_asked_by_letter_before_it_hears_anything(client: Client, made: Made) -> None:
    address = f"/laporan/{made.report.number}/ikut"
    client.post(address, {"kunci": "a", "email": "sari@contoh.id"})
    follower = Follower.objects.get()
    link = f"/ikut/{follow_token(follower.pk)}"
    assert "Ya, kirim kabar" in client.get(link).content.decode()
    follower.refresh_from_db()
    assert follower.confirmed_at is None  # mail programs open links by themselves
    assert "Anda akan dikabari" in client.post(link).content.decode()
    assert Follower.objects.filter(confirmed_at__isnull=False).exists()
    assert "Ya, berhenti" in client.get(f"{link}/berhenti").content.decode()
    for _ in range(2):
        assert "Surat dihentikan" in client.post(f"{link}/berhenti").content.decode()
    assert Follower.objects.count() == 0
    assert client.post(link).status_code == 404


def test_a_bad_address_is_named_and_kept(client: Client, made: Made) -> None:
    response = client.post(f"/laporan/{made.report.number}/ikut", {"kunci": "a", "email": "bukan alamat"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="bukan alamat"' in page
    assert followers(made) == 0


def test_what_is_not_public_cannot_be_followed_nor_found(client: Client) -> None:
    secret, restricted = make_report(T0, is_secret=True), make_restricted(T0)
    for name in (secret.report.number, restricted.report.ref, "26-999999", "x"):
        assert client.get(f"/laporan/{name}/ikut").status_code == 404
        assert client.post(f"/laporan/{name}/ikut", {}).status_code == 404


@pytest.mark.parametrize("token", ["1-abc", "x", "9" * 40, "1-" + "0" * 24])
def test_made_up_links_do_nothing(client: Client, token: str) -> None:
    assert client.get(f"/ikut/{token}").status_code == 200
    assert client.post(f"/ikut/{token}").status_code == 404
    assert client.post(f"/ikut/{token}/berhenti").status_code == 200


# A lost code


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TUNTAS_EMAIL_URL", "smtp://127.0.0.1:2525")
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


@pytest.mark.usefixtures("letters")
def test_a_lost_code_comes_back_and_who_asks_learns_nothing(client: Client) -> None:
    made = make_report(T0, email="sari@contoh.id")
    wrong = client.post("/lacak/kode-hilang", {"nomor": made.report.number, "email": "lain@contoh.id"})
    assert not Notice.objects.filter(template="new_code").exists()
    right = client.post("/lacak/kode-hilang", {"nomor": f" {made.report.number} ", "email": "SARI@contoh.id"})
    assert (wrong.status_code, wrong["Location"]) == (right.status_code, right["Location"])
    assert Notice.objects.get(template="new_code").email == "sari@contoh.id"
    assert client.get("/api/v1/track", headers=made.header).status_code == 401
    assert "Bila nomor dan alamat itu cocok" in client.get(right["Location"]).content.decode()


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("given", [{}, {"nomor": "x", "email": "y"}, {"nomor": "B-26-001", "email": "a@b.id "}])
def test_odd_questions_for_a_code_have_an_answer(client: Client, given: dict[str, str]) -> None:
    assert client.post("/lacak/kode-hilang", given).status_code in (303, 422)


@pytest.mark.usefixtures("letters")
def test_many_questions_from_one_network_are_slowed(client: Client) -> None:
    for _ in range(20):
        client.post("/lacak/kode-hilang", {"nomor": "26-1", "email": "a@b.id"})
    response = client.post("/lacak/kode-hilang", {"nomor": "26-1", "email": "a@b.id"})
    assert response.status_code == 422
    assert "Terlalu banyak percobaan" in response.content.decode()


def test_without_a_mail_server_nothing_is_promised(client: Client) -> None:
    page = client.get("/lacak/kode-hilang").content.decode()
    assert "Kode tidak bisa dikirim ulang dari sini" in page
    assert 'name="email"' not in page
