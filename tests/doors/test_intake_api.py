"""Making a report over the API: what is enough, what comes back, and every kind of bad input."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import make_report
from tuntas.kit.time import current_time, real_time
from tuntas.people.models import Repeat
from tuntas.publications.models import Publication
from tuntas.reports.models import Contact, Deadline, Event, File, Notice, Report
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")

PATH = "/api/v1/reports"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # CONTRACT 4
IN_THE_CITY = (-6.92, 106.93)
RECORDS = (Report, Event, Deadline, Contact, Notice, Publication)


def send(client: Client, body: object, **headers: str) -> Any:
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(PATH, raw, content_type="application/json", headers=headers)


def counts() -> list[int]:
    return [record.objects.count() for record in RECORDS] + [File.objects.exclude(report=None).count()]


def refused(client: Client, body: object, *, pointer: str, status: int = 422, **headers: str) -> Any:
    """Send what must be refused, and hold the refusal against CONTRACT 5: whole, named, in words, nothing written."""
    before = counts()
    answer = send(client, body, **headers)
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    if status == 422:
        assert [set(error) for error in problem["errors"]] == [{"pointer", "detail"}] * len(problem["errors"])
        assert pointer in [error["pointer"] for error in problem["errors"]]
        assert all(error["detail"] for error in problem["errors"])
    assert counts() == before
    return problem


def luhn_holds(code: str) -> bool:
    """Luhn mod 30, written here a second time: factor 1 at the check symbol, 2 at its neighbour, and so on."""
    total = 0
    for place, symbol in enumerate(reversed(code)):
        value = ALPHABET.index(symbol) * (2 if place % 2 else 1)
        total += value // 30 + value % 30
    return total % 30 == 0


@pytest.fixture
def place(client: Client) -> tuple[float, float]:
    """A point inside some kelurahan of the profile."""
    outlines = json.loads((Path("profiles") / "kota-contoh" / "areas.geojson").read_text())
    ring = outlines["features"][0]["geometry"]["coordinates"][0]
    ring = ring[0] if isinstance(ring[0][0], list) else ring
    return sum(point[1] for point in ring) / len(ring), sum(point[0] for point in ring) / len(ring)


# What is enough, and what comes back


def test_the_examples_of_the_contract_pass_our_own_luhn() -> None:
    assert luhn_holds("23456789A6")
    assert luhn_holds("7RK4Q2M9XZ")
    assert not luhn_holds("7RK4Q2M9XY")


def test_a_body_alone_is_enough(client: Client) -> None:
    answer = send(client, {"body": "Lampu jalan mati."})
    assert answer.status_code == 201
    report = Report.objects.get(number=answer.json()["number"])
    assert (report.is_anonymous, report.is_secret, report.body) == (True, False, "Lampu jalan mati.")


def test_the_receipt_has_the_shape_of_the_contract(client: Client) -> None:
    receipt = send(client, {"body": "Lampu jalan mati."}).json()
    assert {"number", "code", "state", "face", "url", "promises"} <= set(receipt)
    assert (receipt["state"], receipt["face"], receipt["ref"]) == ("submitted", "diterima", None)
    assert receipt["url"] == f"http://testserver/l/{receipt['code']}"
    by_name = {promise["promise"]: promise for promise in receipt["promises"]}
    assert {"answer", "verify"} <= set(by_name)
    assert by_name["answer"]["due_at"].endswith("+00:00")


def test_the_answer_is_promised_within_forty_eight_hours(client: Client) -> None:
    receipt = send(client, {"body": "Lampu jalan mati."}).json()
    report = Report.objects.get(number=receipt["number"])
    due = next(p["due_at"] for p in receipt["promises"] if p["promise"] == "answer")
    assert due == (report.received_at + timedelta(hours=48)).isoformat()


def test_codes_are_shown_in_three_groups_and_carry_a_check_symbol(client: Client) -> None:
    for _ in range(12):
        code = send(client, {"body": "Lampu jalan mati."}).json()["code"]
        assert [len(group) for group in code.split("-")] == [3, 3, 4]
        assert luhn_holds(code.replace("-", ""))


def test_a_code_opens_its_report_however_it_is_typed(client: Client) -> None:
    receipt = send(client, {"body": "Lampu jalan mati."}).json()
    bare = receipt["code"].replace("-", "")
    for typed in (receipt["code"], bare, bare.lower(), " ".join(bare)):
        answer = client.get("/api/v1/track", headers={"Authorization": f"Code {typed}"})
        assert (answer.status_code, answer.json()["number"]) == (200, receipt["number"])


def test_the_code_is_kept_nowhere_in_the_clear(client: Client) -> None:
    code = send(client, {"body": "Lampu mati.", "reporter": {"email": "sari@contoh.example"}}).json()["code"]
    stored = repr([list(record.objects.values()) for record in RECORDS])
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_numbers_rise_and_begin_with_the_year(client: Client) -> None:
    numbers = [send(client, {"body": "Lampu jalan mati."}).json()["number"] for _ in range(3)]
    years, serials = zip(*(number.split("-") for number in numbers), strict=True)
    assert set(years) == {f"{current_time():%y}"}
    assert [int(serial) for serial in serials] == sorted({int(serial) for serial in serials})


def test_every_field_is_kept(client: Client, place: tuple[float, float]) -> None:
    yesterday = (current_time() - timedelta(days=2)).date()
    full = {
        "body": "Jalan berlubang.",
        "title": "Jalan berlubang besar",
        "category": "road_bridge",
        "classification": "complaint_ordinary",
        "event_date": yesterday.isoformat(),
        "location_text": "Depan pasar",
        "lat": place[0],
        "lng": place[1],
        "is_anonymous": False,
        "is_secret": True,
        "reporter": {"name": "Sari", "phone": "0812-0000-0000", "email": "sari@contoh.example"},
        "target_agency": "dinas-pupr",
        "file_ids": [],
    }
    answer = send(client, full)
    assert answer.status_code == 201, answer.content
    report = Report.objects.select_related("category", "target_agency", "contact").get(number=answer.json()["number"])
    assert (report.title, report.classification, report.event_date) == (
        "Jalan berlubang besar",
        "complaint_ordinary",
        yesterday,
    )
    assert (report.is_anonymous, report.is_secret, report.location_text) == (False, True, "Depan pasar")
    assert report.category is not None
    assert report.target_agency is not None
    assert (report.category.code, report.target_agency.slug) == ("road_bridge", "dinas-pupr")
    assert (report.contact.name, report.contact.phone, report.contact.email) == (
        "Sari",
        "0812-0000-0000",
        "sari@contoh.example",
    )


def test_null_stands_for_nothing_said(client: Client) -> None:
    optional = "title category classification event_date location_text area lat lng reporter target_agency"
    nothing = dict.fromkeys(optional.split())
    assert send(client, {"body": "Lampu mati.", **nothing}).status_code == 201


def test_an_area_may_be_named_or_pointed_at(client: Client, place: tuple[float, float]) -> None:
    named = send(client, {"body": "Lampu mati.", "area": "32.99.01.1001"}).json()["number"]
    pointed = send(client, {"body": "Lampu mati.", "lat": place[0], "lng": place[1]}).json()["number"]
    assert client.get(f"{PATH}/{named}").json()["area"] == "32.99.01.1001"
    assert client.get(f"{PATH}/{pointed}").json()["area"].startswith("32.99.")


def test_words_around_the_text_are_cut_but_none_within(client: Client) -> None:
    number = send(client, {"body": "  Lampu\n\nmati.  \n"}).json()["number"]
    assert Report.objects.get(number=number).body == "Lampu\n\nmati."


@pytest.mark.parametrize(
    "text",
    [
        "ꦭꦥꦺꦴꦫꦤ꧀ꦢꦭꦤ꧀",
        "道路に穴があります",
        "الطريق محفور",
        "\u202eterbalik\u202c",
        "🕳️🚧👩\u200d👩\u200d👧",
        "e\u0301",
        "a\tb\r\nc",
        "'; DROP TABLE x;--",
        "{x} %s",
    ],
)
def test_any_script_and_sign_is_kept_as_it_is(client: Client, text: str) -> None:
    answer = send(client, {"body": text, "title": text})
    assert answer.status_code == 201
    tracked = client.get("/api/v1/track", headers={"Authorization": f"Code {answer.json()['code']}"}).json()
    assert (tracked["body"], tracked["title"]) == (text, text)


def test_ten_thousand_characters_go_through_whatever_their_bytes(client: Client) -> None:
    for sign in ("a", "é", "🚧"):
        receipt = send(client, {"body": sign * 10_000})
        assert receipt.status_code == 201, (sign, receipt.content)
        assert len(Report.objects.get(number=receipt.json()["number"]).body) == 10_000


def test_members_we_do_not_know_are_ignored(client: Client) -> None:
    assert send(client, {"body": "Lampu mati.", "state": "closed", "number": "26-1"}).json()["state"] == "submitted"


# Restricted categories


def test_a_restricted_report_has_neither_number_nor_ref_and_a_long_code(client: Client) -> None:
    receipt = send(client, {"body": "Diminta uang.", "category": "bribery_corruption"}).json()
    assert (receipt["number"], receipt["ref"]) == (None, None)
    groups = receipt["code"].split("-")
    assert [len(group) for group in groups] == [4] * 6
    assert set("".join(groups)) <= set(ALPHABET)
    tracked = client.get("/api/v1/track", headers={"Authorization": f"Code {receipt['code']}"})
    assert tracked.status_code == 200
    assert (tracked.json()["number"], tracked.json()["ref"], tracked.json()["body"]) == (None, None, "Diminta uang.")


def test_nothing_calls_a_restricted_report_sealed(client: Client) -> None:
    receipt = send(client, {"body": "Diminta uang.", "category": "bribery_corruption"})
    tracked = client.get("/api/v1/track", headers={"Authorization": f"Code {receipt.json()['code']}"})
    assert b"tersegel" not in receipt.content.lower() + tracked.content.lower()


def test_a_restricted_or_secret_report_is_never_published(client: Client) -> None:
    send(client, {"body": "Diminta uang.", "category": "bribery_corruption"})
    secret = send(client, {"body": "Rahasia.", "is_secret": True}).json()["number"]
    assert not Publication.objects.exists()
    assert client.get(f"{PATH}/{secret}").status_code == 404


# Sent twice


def test_the_same_key_and_body_give_the_same_receipt_and_one_report(client: Client) -> None:
    first = send(client, {"body": "Lampu mati."}, **{"Idempotency-Key": "satu"})
    again = send(client, {"body": "Lampu mati."}, **{"Idempotency-Key": "satu"})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert Report.objects.count() == 1


def test_without_a_key_the_same_body_is_another_report(client: Client) -> None:
    send(client, {"body": "Lampu mati."})
    send(client, {"body": "Lampu mati."})
    assert Report.objects.count() == 2


def test_a_key_used_again_for_another_body_is_a_conflict(client: Client) -> None:
    send(client, {"body": "Lampu mati."}, **{"Idempotency-Key": "satu"})
    refused(client, {"body": "Lampu hidup."}, pointer="", status=409, **{"Idempotency-Key": "satu"})


def test_a_key_is_kept_per_caller_and_path(client: Client, cast: Cast) -> None:
    key = {"Idempotency-Key": "satu"}
    stranger = send(client, {"body": "Lampu mati."}, **key).json()
    machine = send(client, {"body": "Lampu mati."}, **key, **cast.bearer(Role.INTEGRATION)).json()
    assert stranger["number"] != machine["number"]
    header = {"Authorization": f"Code {stranger['code']}"}
    other_path = client.post(
        "/api/v1/track/acts/withdraw", '{"text":"x"}', content_type="application/json", headers=header | key
    )
    assert other_path.status_code == 200


def test_a_refusal_is_repeated_as_well(client: Client) -> None:
    first = send(client, {"body": ""}, **{"Idempotency-Key": "satu"})
    again = send(client, {"body": ""}, **{"Idempotency-Key": "satu"})
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.status_code == 422
    assert again["Content-Type"] == "application/problem+json"


def test_what_is_kept_for_repeating_cannot_be_read_from_the_database(client: Client) -> None:
    code = send(client, {"body": "Lampu mati."}, **{"Idempotency-Key": "satu"}).json()["code"]
    kept = bytes(Repeat.objects.get().answer)
    assert code.encode() not in kept
    assert b"promises" not in kept


@pytest.mark.parametrize("key", ["k" * 201, "kunci-é", "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(client: Client, key: str) -> None:
    headers = {"Idempotency-Key": key}
    refused(client, {"body": "Lampu mati."}, pointer="/Idempotency-Key", status=422, **headers)


def test_two_hundred_plain_signs_are_a_key(client: Client) -> None:
    assert send(client, {"body": "Lampu mati."}, **{"Idempotency-Key": "k" * 200}).status_code == 201


# Bad input


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({}, "/body"),
        ({"body": ""}, "/body"),
        ({"body": " \n\t "}, "/body"),
        ({"body": "\u200b\u200c\u200d\ufeff\u2060\u00ad"}, "/body"),
        ({"body": "a" * 10_001}, "/body"),
        ({"body": "🚧" * 10_001}, "/body"),
        ({"body": None}, "/body"),
        ({"body": 3}, "/body"),
        ({"body": ["a"]}, "/body"),
        ({"body": {"a": 1}}, "/body"),
        ({"body": "a\x00b"}, "/body"),
        ({"title": "a\x00b"}, "/title"),
        ({"title": "a" * 201}, "/title"),
        ({"title": 1}, "/title"),
        ({"location_text": "a" * 501}, "/location_text"),
        ({"location_text": "\x00"}, "/location_text"),
        ({"category": "tidak_ada"}, "/category"),
        ({"category": "ROAD BRIDGE"}, "/category"),
        ({"category": 7}, "/category"),
        ({"classification": "gosip"}, "/classification"),
        ({"target_agency": "dinas-sihir"}, "/target_agency"),
        ({"area": "99.99"}, "/area"),
        ({"area": "Tegalsari"}, "/area"),
        ({"event_date": "9999-12-31"}, "/event_date"),
        ({"event_date": "2026-02-30"}, "/event_date"),
        ({"event_date": "kemarin"}, "/event_date"),
        ({"event_date": 20261101}, "/event_date"),
        ({"lat": -6.9}, "/lng"),
        ({"lng": 106.9}, "/lat"),
        ({"lat": 91, "lng": 106.9}, "/lat"),
        ({"lat": -6.9, "lng": 181}, "/lng"),
        ({"lat": "-6.9", "lng": "106.9"}, "/lat"),
        ({"lat": True, "lng": 106.9}, "/lat"),
        ({"lat": 51.5, "lng": 0.1}, "/lat"),  # London
        ({"lat": 0, "lng": 0}, "/lat"),
        ({"is_anonymous": "yes"}, "/is_anonymous"),
        ({"is_secret": 1}, "/is_secret"),
        ({"is_secret": None}, "/is_secret"),
        ({"reporter": "Sari"}, "/reporter"),
        ({"reporter": []}, "/reporter"),
        ({"reporter": {"email": "bukan-surat"}}, "/reporter/email"),
        ({"reporter": {"email": "a@b@c.id"}}, "/reporter/email"),
        ({"reporter": {"email": "a\x00@b.id"}}, "/reporter/email"),
        ({"reporter": {"email": "a@b.id\nBcc: x@y.id"}}, "/reporter/email"),
        ({"reporter": {"name": "\x00"}}, "/reporter/name"),
        ({"reporter": {"name": "a" * 201}}, "/reporter/name"),
        ({"reporter": {"phone": "1" * 41}}, "/reporter/phone"),
        ({"reporter": {"phone": 812}}, "/reporter/phone"),
        ({"file_ids": "x"}, "/file_ids"),
        ({"file_ids": ["x"]}, "/file_ids/0"),
        ({"file_ids": [None]}, "/file_ids/0"),
        ({"file_ids": [str(UUID(int=7))]}, "/file_ids"),
        ({"file_ids": [str(UUID(int=n)) for n in range(11)]}, "/file_ids"),
    ],
    ids=lambda value: str(value)[:40].replace("\x00", "NUL"),
)
def test_what_cannot_be_accepted_is_named_field_by_field(client: Client, given: dict[str, Any], pointer: str) -> None:
    whole = given if pointer == "/body" else {"body": "Lampu mati.", **given}
    refused(client, whole, pointer=pointer)


def test_every_mistake_is_named_at_once(client: Client) -> None:
    problem = refused(client, {"title": 1, "lat": "x", "is_secret": "y"}, pointer="/title")
    assert {"/body", "/title", "/lat", "/is_secret"} <= {error["pointer"] for error in problem["errors"]}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"body": "x"',
        b'{"body": "x"}}',
        b"[]",
        b'"x"',
        b"null",
        b"7",
        b"\xff\xfe",
        b'{"body": "\xff"}',
        b'{"body": "\\ud800"}',
        b'{"body": "x", "lat": NaN, "lng": NaN}',
        b'{"body": "x", "lat": Infinity, "lng": 1e999}',
        b"[" * 100_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b"<body>x</body>",
        b"body=x",
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_a_body_that_is_not_a_json_object_of_ours_is_refused_in_words(client: Client, raw: bytes) -> None:
    before = counts()
    answer = send(client, raw)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert all(set(error) == {"pointer", "detail"} for error in answer.json()["errors"])
    assert answer.json()["errors"]
    assert counts() == before


def test_a_deep_member_that_nobody_reads_does_no_harm(client: Client) -> None:
    answer = send(client, b'{"body": "x", "more": ' + b"[" * 90 + b"]" * 90 + b"}")
    assert answer.status_code in (201, 422)


def test_a_body_of_a_megabyte_is_too_large(client: Client) -> None:
    refused(client, {"body": "a" * 1_000_000}, pointer="", status=413)


def test_the_same_photo_named_twice_is_attached_once(client: Client) -> None:
    file = File.objects.create(state="ready", sha256="0" * 64, size=1, width=1, height=1, received_at=current_time())
    answer = send(client, {"body": "Lampu mati.", "file_ids": [str(file.pk), str(file.pk)]})
    assert answer.status_code == 201
    assert Report.objects.get(number=answer.json()["number"]).files.count() == 1


def test_a_photo_of_another_report_cannot_be_taken(client: Client) -> None:
    file = File.objects.create(state="ready", sha256="0" * 64, size=1, width=1, height=1, received_at=current_time())
    assert send(client, {"body": "Lampu mati.", "file_ids": [str(file.pk)]}).status_code == 201
    refused(client, {"body": "Lampu mati.", "file_ids": [str(file.pk)]}, pointer="/file_ids")


def test_an_event_today_is_fine_and_one_tomorrow_is_not(client: Client, clock: Path) -> None:
    local = real_time() + timedelta(hours=7)  # Jakarta
    assert send(client, {"body": "x", "event_date": local.date().isoformat()}).status_code == 201
    tomorrow = (local + timedelta(days=1)).date().isoformat()
    refused(client, {"body": "x", "event_date": tomorrow}, pointer="/event_date")
    clock.write_text("+1d")
    assert send(client, {"body": "x", "event_date": tomorrow}).status_code == 201


def test_bad_credentials_are_not_a_stranger(client: Client) -> None:
    for header in ("Bearer nobody", "Code 234-567-89A7", "Basic eDp5", "Bearer", "zzz"):
        refused(client, {"body": "x"}, pointer="", status=401, Authorization=header)


# Languages


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "id"),
        ("id", "id"),
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("fr, en;q=0.5", "en"),
        ("fr", "id"),
        ("*", "id"),
        ("en;q=0.3, id;q=0.9", "id"),
        ("id;q=0.3, en;q=0.9", "en"),
        ("id, en", "id"),
        ("en;q=0", "id"),
        ("en;q=nan", "id"),
        ("en;q=x", "id"),
        (";;;,,,=", "id"),
        ("e" * 5000, "id"),
    ],
)
def test_refusals_are_indonesian_unless_english_is_asked_for(client: Client, wanted: str, language: str) -> None:
    headers = {"Accept-Language": wanted} if wanted else {}
    answer = send(client, {"body": ""}, **headers)
    assert answer["Content-Language"] == language
    assert ("Tulis" in answer.json()["detail"] or "kosong" in answer.json()["detail"]) is (language == "id")


@pytest.mark.parametrize(
    "given",
    [
        {"classification": "gosip"},
        {"title": "a" * 201},
        {"lat": 91, "lng": 0},
        {"lat": 51.5, "lng": 0.1},
        {"event_date": "x"},
        {"file_ids": ["x"]},
        {"is_secret": 3},
        {"category": "A B"},
        {"reporter": {"email": "x"}},
    ],
    ids=str,
)
def test_no_english_word_stands_in_an_indonesian_refusal(client: Client, given: dict[str, Any]) -> None:
    details = [e["detail"] for e in send(client, {"body": "x", **given}).json()["errors"]]
    words = {word.strip("'.,:“”") for detail in details for word in detail.lower().split()}
    assert not words & {"or", "and", "the", "must", "should", "input", "value", "valid", "string", "is"}, details


def test_the_report_remembers_the_language_of_whoever_made_it(client: Client) -> None:
    number = send(client, {"body": "The lamp is broken."}, **{"Accept-Language": "en"}).json()["number"]
    assert Report.objects.get(number=number).language == "en"


# Who enters it


def test_an_operator_stands_beside_what_they_typed_in(client: Client, cast: Cast) -> None:
    receipt = send(client, {"body": "Ditelepon warga."}, **cast.bearer(Role.CALL_OPERATOR)).json()
    report = Report.objects.get(number=receipt["number"])
    assert report.entered_by_id == cast.person(Role.CALL_OPERATOR).pk


def test_the_code_of_another_report_opens_only_its_own(client: Client) -> None:
    mine, other = make_report(current_time()), make_report(current_time(), is_secret=True)
    assert client.get(f"{PATH}/{other.report.number}", headers=mine.header).status_code == 404
    assert client.get(f"{PATH}/{other.report.number}", headers=other.header).status_code == 200
