"""An invented nation over the API: the same code for all tiers, from the smallest regency to a ministry's own line."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.nation import load_nation, person
from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency, Area
from tuntas.kit.crypto import new_token
from tuntas.kit.time import real_time
from tuntas.people.models import Token
from tuntas.people.queries import token_hash
from tuntas.reports.models import Deadline, Report
from tuntas.rules.life import Promise

API = "/api/v1"
BODY = "Sertifikat tanah saya di Batu Layar belum jadi, sudah setahun menunggu kabar."


@pytest.fixture(autouse=True)
def _nation(changed_profile: None) -> None:
    load_nation()


def call(client: Client, who: str, path: str, body: object = None) -> Any:
    """Ask as somebody of the nation, or with a code; to do an act where there is a body."""
    if who.count("-") == 2:
        headers = {"Authorization": f"Code {who}"}
    else:
        token, made = new_token(), real_time()
        Token.objects.create(person=person(who), hash=token_hash(token), created_at=made, used_at=made)
        headers = {"Authorization": f"Bearer {token}"}
    if body is None:
        return client.get(f"{API}{path}", headers=headers)
    return client.post(f"{API}{path}", json.dumps(body), content_type="application/json", headers=headers)


def take_in(client: Client, **more: object) -> dict[str, Any]:
    answer = client.post(f"{API}/reports", json.dumps({"body": BODY, **more}), content_type="application/json")
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def act(client: Client, who: str, number: str, name: str, **body: object) -> Any:
    answer = call(client, who, f"/reports/{number}/acts/{name}", body)
    assert answer.status_code == 200, (who, name, answer.content)
    return answer.json()


def middle_of(code: str) -> dict[str, float]:
    here = installation()
    point = dict(here.outlines)[here.areas[code]].representative_point()
    return {"lat": round(point.y, 6), "lng": round(point.x, 6)}


def test_a_report_from_the_smallest_regency_is_answered_there(client: Client) -> None:
    told = take_in(client, body="Genset desa mati sejak kemarin, air bersih tidak naik.", **middle_of("98.02.02.2002"))
    number = told["number"]
    assert Report.objects.get().area == Area.objects.get(code="98.02.02.2002")
    act(client, "ayu", number, "dispatch", agency="layanan-pulau-mutiara", category="basic_service")
    respond = Deadline.objects.get(promise=Promise.RESPOND)
    assert respond.due_at is not None
    act(client, "yoga", number, "start", text="Teknisi kami naik perahu besok pagi membawa suku cadang.")
    answer = (
        "Genset desa sudah kami perbaiki hari ini, air bersih naik lagi ke semua rumah. Terima kasih atas laporannya."
    )
    act(client, "yoga", number, "propose_answer", text=answer, outcome="answered")
    act(client, "darma", number, "approve")
    view = call(client, told["code"], "/track").json()
    assert view["state"] == "answered"
    assert view["holder"]["name"] == "Dinas Layanan Dasar Pulau Mutiara"


def test_a_report_goes_down_a_ministry_s_own_line_past_the_regions(client: Client) -> None:
    told = take_in(client, area="98.02.02.2002")
    number = told["number"]
    act(client, "ayu", number, "dispatch", agency="kemen-agraria", category="land")
    act(
        client,
        "mira",
        number,
        "transfer",
        agency="kantah-pulau-mutiara",
        reason_code="not_authority",
        text="Berkas ini di kantor setempat.",
    )
    act(client, "nanda", number, "accept_transfer")
    for outsider in (
        "wati",
        "umi",
        "joni",
        "prita",
    ):  # its own regency and province, another ministry, another province
        assert call(client, outsider, f"/reports/{number}").json().get("acts", []) in ([], ["follow"]), outsider
    act(client, "oki", number, "start", text="Kami periksa buku tanah pekan ini.")
    answer = (
        "Sertifikat Anda sudah selesai dan bisa diambil di loket kami mulai Senin. Maaf atas lamanya, terima kasih."
    )
    act(client, "oki", number, "propose_answer", text=answer, outcome="answered")
    act(client, "darma", number, "approve")
    view = call(client, told["code"], "/track").json()
    assert (view["state"], view["holder"]["slug"]) == ("answered", "kantah-pulau-mutiara")


@pytest.mark.parametrize(
    ("agency", "days"),
    [("kemen-jalan", 10), ("kab-arum-utara", 3), ("kota-arum", 5), ("layanan-pulau-mutiara", 2)],
)
def test_what_is_promised_follows_the_tier(client: Client, agency: str, days: int) -> None:
    here, slug = installation(), installation().agency_by_slug[agency]
    length = here.length_of(Promise.RESPOND, real_time(), agency_id=slug.id)
    assert length is not None
    assert (length.amount, length.unit) == (days, "working_days")


def test_an_office_in_the_east_closes_by_its_own_clock() -> None:
    here = installation()
    zones = {slug: str(here.calendar_of(here.agency_by_slug[slug].id).zone) for slug in ("prov-arum", "prov-seruni")}
    assert zones == {"prov-arum": "Asia/Jakarta", "prov-seruni": "Asia/Makassar"}
    assert len({agency.tier for agency in Agency.objects.filter(is_active=True)}) == 9


def test_areas_hang_below_the_whole(client: Client) -> None:
    def inside(parent: str) -> list[str]:
        return [row["code"] for row in client.get(f"{API}/areas?parent={parent}").json()]

    assert inside("") == ["00"]
    assert inside("00") == ["97", "98"]
    assert inside("98.02") == ["98.02.01", "98.02.02"]


def test_numbers_may_be_told_with_the_nation_s_own_code(client: Client) -> None:
    told = take_in(client)
    assert call(client, "ayu", f"/reports/00-{told['number']}").json()["number"] == told["number"]
