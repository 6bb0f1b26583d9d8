"""A busy network: its phones compute for a moment, what runs no scripts waits, and nobody is refused."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.doors.test_report_form import Walk, draft_in, hidden
from tests.effort import light, solved
from tests.make import make_report
from tests.sealed_room import make_readers
from tuntas.kit.time import current_time, real_time
from tuntas.ops.static_files import collect_static
from tuntas.people.models import Bucket, Spent
from tuntas.reports.models import Draft, Report
from tuntas.rules.who import Role
from tuntas.steps.limit import REPORTS_AN_HOUR, seconds_to_wait
from tuntas.web.citizen import patience

__all__ = ["light"]
pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
HERE = "127.0.0.1"  # where the test client sends from
BODY = json.dumps({"body": "Lampu jalan di depan sekolah mati sejak tiga hari."})
LINKS = "Murah sekali: https://murah.example/a dan https://murah.example/b"


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def walk(client: Client) -> Walk:
    return Walk(client)


@pytest.fixture
def busy(city: None) -> None:
    for _ in range(REPORTS_AN_HOUR):
        seconds_to_wait("reports", HERE, most=REPORTS_AN_HOUR, per_seconds=3600, real_now=real_time())


def challenge_on(page: str) -> Any:
    found = re.search(r'data-effort="([^"]+)"', page)
    if found is None:
        pytest.skip("bin/bootstrap test builds what computes")
    return json.loads(unescape(found[1]))


def asked(walk: Walk, **more: str) -> tuple[dict[str, str], str]:
    """Send step 3; return its fields as they come back, and the page that asks for effort."""
    response = walk.client.post("/lapor/kirim", walk.last(walk.draft()) | more)
    page = response.content.decode()
    assert response.status_code == 422
    return {**hidden(page), "nama_untuk": "anonim", "isi_untuk": "umum"}, page


# The form


def test_a_quiet_network_is_asked_for_nothing(walk: Walk) -> None:
    assert "data-effort" not in walk.client.get(f"/lapor/kirim?draf={walk.draft()}").content.decode()
    assert walk.send().status_code == 303
    assert Report.objects.get().doubts == []
    assert Spent.objects.count() == 0


@pytest.mark.usefixtures("busy")
def test_a_busy_network_computes_and_what_was_typed_is_still_there(walk: Walk) -> None:
    fields, page = asked(walk, nama="Sari", email="sari@warga.example")
    assert 'value="Sari"' in page
    assert 'value="sari@warga.example"' in page
    assert "Ada yang perlu dilengkapi" not in page, "nothing is wrong with it"
    sent = walk.client.post("/lapor/kirim", fields | {"bukti": solved(challenge_on(page))})
    assert sent.status_code == 303
    assert Report.objects.get().doubts == [], "a neighbour's flood alone holds nobody's report"


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("proof", ["", "x", "A" * 300])
def test_a_wrong_proof_is_asked_for_again(walk: Walk, proof: str) -> None:
    fields, page = asked(walk)
    again = walk.client.post("/lapor/kirim", fields | {"bukti": proof})
    assert again.status_code == 422
    assert challenge_on(again.content.decode()) != challenge_on(page)
    assert Report.objects.count() == 0


@pytest.mark.usefixtures("busy")
def test_the_proof_of_one_draft_is_none_for_another(walk: Walk) -> None:
    fields, page = asked(walk)
    proof = solved(challenge_on(page))
    other = Client()
    theirs, _ = asked(Walk(other))
    assert other.post("/lapor/kirim", theirs | {"bukti": proof}).status_code == 422
    assert walk.client.post("/lapor/kirim", fields | {"bukti": proof}).status_code == 303
    assert other.post("/lapor/kirim", theirs | {"bukti": proof}).status_code == 422
    assert Report.objects.count() == 1


@pytest.mark.usefixtures("busy")
def test_the_same_form_pressed_twice_shows_the_same_receipt(walk: Walk) -> None:
    fields, page = asked(walk)
    shown = fields | {"bukti": solved(challenge_on(page))}
    first, second = (walk.client.post("/lapor/kirim", shown) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert walk.client.post("/lapor/kirim", fields)["Location"] == first["Location"], "without its proof as well"
    assert (Report.objects.count(), Draft.objects.count()) == (1, 1)


@pytest.mark.usefixtures("busy")
def test_a_mistake_spends_no_proof(walk: Walk) -> None:
    fields, page = asked(walk)
    proof = solved(challenge_on(page))
    wrong = walk.client.post("/lapor/kirim", fields | {"bukti": proof, "email": "bukan alamat"})
    assert wrong.status_code == 422
    fields["kunci"] = hidden(wrong.content.decode())["kunci"]
    assert walk.client.post("/lapor/kirim", fields | {"bukti": proof}).status_code == 303


@pytest.mark.usefixtures("busy")
def test_without_scripts_one_waits_and_somebody_looks_first(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    fields, page = asked(walk)
    assert "Tunggu 20 detik, lalu tekan Kirim laporan lagi." in page
    assert "Petugas melihat laporan ini dulu" in page
    assert walk.client.post("/lapor/kirim", fields).status_code == 422, "too soon"
    monkeypatch.setattr(patience, "SECONDS", 0)
    assert walk.client.post("/lapor/kirim", fields).status_code == 303
    report = Report.objects.get()
    assert report.doubts == ["fast", "network", "no_effort"]
    assert walk.client.get(f"{API}/reports/{report.number}").status_code == 404


def test_where_nothing_was_built_everybody_waits(walk: Walk, busy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise ValueError(name)

    monkeypatch.setattr("tuntas.web.citizen.effort.static", missing)
    _, page = asked(walk)
    assert "data-effort" not in page
    assert 'data-wait="20"' in page
    assert "Tunggu 20 detik" in page


def test_links_from_a_quiet_network_are_asked_and_then_pass(walk: Walk) -> None:
    draft = draft_in(walk.story(LINKS))
    walk.place(draft)
    response = walk.client.post("/lapor/kirim", walk.last(draft))
    page = response.content.decode()
    assert response.status_code == 422
    fields = {**hidden(page), "nama_untuk": "anonim", "isi_untuk": "umum"}
    assert walk.client.post("/lapor/kirim", fields | {"bukti": solved(challenge_on(page))}).status_code == 303
    assert Report.objects.get().doubts == []


def test_the_worker_comes_from_here_and_no_policy_is_loosened(walk: Walk, busy: None) -> None:
    response = walk.client.post("/lapor/kirim", walk.last(walk.draft()))
    page = response.content.decode()
    challenge_on(page)
    found = re.search(r'data-solver="/static/(js/effort_solver\.[0-9a-f]{12}\.js)"', page)
    assert found is not None
    assert len((Path(settings.STATIC_ROOT) / found[1]).read_bytes()) < 4000
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "'self'" in response["Content-Security-Policy"]


# The form for sealed reports, on the way without scripts


def test_a_closed_report_waits_like_any_other_and_is_never_held(
    walk: Walk, cast: Cast, busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_readers()
    typed = {"cerita": "Ada pungli di loket tiga.", "tentang": "bribery_corruption", "nama": "Sari"}
    form = hidden(walk.client.get("/lapor/tersegel").content.decode()) | typed
    response = walk.client.post("/lapor/tersegel", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Belum terkirim: satu langkah lagi" in page
    assert "Petugas melihat laporan ini dulu" not in page
    assert 'value="Sari"' in page
    again = hidden(page) | typed
    shown = walk.client.post("/lapor/tersegel", again | {"bukti": solved(challenge_on(page))})
    assert shown.status_code == 303
    assert Report.objects.get().doubts == []
    monkeypatch.setattr(patience, "SECONDS", 0)
    other = walk.client.post("/lapor/tersegel", hidden(walk.client.get("/lapor/tersegel").content.decode()) | typed)
    patient = hidden(other.content.decode()) | typed
    assert walk.client.post("/lapor/tersegel", patient).status_code == 303
    assert {tuple(report.doubts) for report in Report.objects.all()} == {()}


# The API


def send(client: Client, body: str = BODY, **headers: str) -> Any:
    return client.post(f"{API}/reports", body, content_type="application/json", headers=headers)


@pytest.mark.usefixtures("busy")
def test_a_program_gets_a_challenge_with_its_429_and_goes_on_with_the_proof(client: Client) -> None:
    slowed = send(client)
    assert (slowed.status_code, slowed["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(slowed["Retry-After"]) <= 120
    assert set(slowed.json()["challenge"]) == {"parameters", "signature"}
    proof = solved(slowed.json()["challenge"])
    assert send(client, Proof=proof).status_code == 201
    assert send(client, Proof=proof).status_code == 429, "it counts once"
    assert Report.objects.get().doubts == []


@pytest.mark.usefixtures("busy")
def test_a_proof_is_good_for_the_body_it_was_asked_for(client: Client) -> None:
    proof = solved(send(client).json()["challenge"])
    assert send(client, '{"body": "Yang lain sama sekali."}', Proof=proof).status_code == 429
    assert send(client, Proof="x").status_code == 429
    assert send(client, Proof=proof).status_code == 201


@pytest.mark.usefixtures("busy")
def test_a_key_repeats_the_receipt_of_a_proof(client: Client) -> None:
    proof = solved(send(client, **{"Idempotency-Key": "satu"}).json()["challenge"])
    first, second = (send(client, Proof=proof, **{"Idempotency-Key": "satu"}) for _ in range(2))
    assert (first.status_code, first.content) == (201, second.content)
    assert send(client, **{"Idempotency-Key": "satu"}).content == first.content
    assert Report.objects.count() == 1


@pytest.mark.usefixtures("busy")
def test_machines_and_staff_are_never_asked(client: Client, cast: Cast) -> None:
    links = json.dumps({"body": LINKS})
    for role in (Role.INTEGRATION, Role.CALL_OPERATOR):
        assert {send(client, links, **cast.bearer(role)).status_code for _ in range(5)} == {201}
    assert {tuple(report.doubts) for report in Report.objects.all()} == {()}
    assert Bucket.objects.count() == 1, "their words are not counted"


def test_a_strangers_program_that_sends_links_is_looked_at(client: Client) -> None:
    number = send(client, json.dumps({"body": LINKS})).json()["number"]
    assert Report.objects.get().doubts == ["links", "no_effort"]
    assert client.get(f"{API}/reports/{number}").status_code == 404


@pytest.mark.usefixtures("busy")
def test_the_room_asks_a_busy_network_as_well(client: Client) -> None:
    def post(body: str, **headers: str) -> Any:
        return client.post(f"{API}/sealed", body, content_type="application/json", headers=headers)

    proof = solved(post('{"a": 1}').json()["challenge"])
    assert post('{"a": 2}', Proof=proof).status_code == 429
    assert post('{"a": 1}', Proof=proof).status_code == 422, "past the limit, to what is wrong with it"


@pytest.mark.usefixtures("busy")
def test_other_limits_carry_no_challenge(client: Client) -> None:
    make_report(current_time())
    codes = [client.get(f"{API}/track", headers={"Authorization": "Code 234-567-89A7"}) for _ in range(31)]
    assert codes[-1].status_code == 429
    assert "challenge" not in codes[-1].json()
