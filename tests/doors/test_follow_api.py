"""Following and adding details over the API: with and without credentials."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tuntas.kit.time import current_time
from tuntas.people.models import Bucket
from tuntas.reports.models import Follower, Notice, Report
from tuntas.rules.life import State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"


@pytest.fixture
def made() -> Made:
    return make_report(current_time())


def follow(client: Client, number: str | None, body: object = "", address: str = "203.0.113.7", **headers: str) -> Any:
    raw = body if isinstance(body, str) else json.dumps(body)
    path = f"{API}/reports/{number}/acts/follow"
    return client.post(path, raw, content_type="application/json", headers=headers, REMOTE_ADDR=address)


def view(client: Client, number: str | None) -> Any:
    return client.get(f"{API}/reports/{number}").json()


def test_a_stranger_follows_and_reads_what_everybody_reads(client: Client, made: Made) -> None:
    for times in (1, 2):
        answer = follow(client, made.report.number)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert answer.json() == view(client, made.report.number)
        assert answer.json()["followers"] == times


def test_an_address_is_asked_in_the_language_of_the_request_and_counted_once(client: Client, made: Made) -> None:
    for _ in range(2):
        answer = follow(client, made.report.number, {"email": "ani@mail.example"}, **{"Accept-Language": "en"})
        assert (answer.status_code, answer.json()["followers"]) == (200, 1)
        assert "ani" not in answer.content.decode()
    letter = Notice.objects.get(report=made.report)
    assert (letter.template, letter.email, letter.language) == ("follow_confirm", "ani@mail.example", "en")


def test_staff_reporters_and_machines_follow_and_see_what_they_may(client: Client, cast: Cast, made: Made) -> None:
    desk = follow(client, made.report.number, **cast.bearer(Role.AGENCY_ADMIN)).json()
    assert (desk["followers"], desk["body"], "follow" in desk["acts"]) == (1, made.report.body, True)
    own = follow(client, made.report.number, **made.header).json()
    assert (own["followers"], own["body"], "follow" in own["acts"]) == (2, made.report.body, True)
    other = follow(client, made.report.number, **make_report(current_time()).header).json()
    assert (other["followers"], other["acts"], "body" in other) == (3, ["follow"], False)
    machine = follow(client, made.report.number, **cast.bearer(Role.INTEGRATION)).json()
    assert (machine["followers"], "body" in machine) == (4, False)
    by_code = client.post(f"{API}/track/acts/follow", "{}", content_type="application/json", headers=made.header)
    assert (by_code.status_code, by_code.json()["followers"]) == (200, 5)


def test_the_same_key_follows_once(client: Client, made: Made) -> None:
    first, again = (follow(client, made.report.number, **{"Idempotency-Key": "satu"}) for _ in range(2))
    assert (first.status_code, again.content) == (200, first.content)
    assert Report.objects.get(pk=made.report.pk).follower_count == 1


# The order of refusals


def test_what_not_everybody_may_know_of_is_404(client: Client) -> None:
    unknown = follow(client, "26-999999").content
    for name in (make_report(current_time(), is_secret=True).report.number, make_restricted(current_time()).report.ref):
        answer = follow(client, name, "{")
        assert (answer.status_code, answer.content) == (404, unknown)
    assert not Follower.objects.exists()


def test_of_a_secret_report_whoever_may_see_it_may_not_follow_it(client: Client, cast: Cast) -> None:
    made = make_report(current_time(), is_secret=True)
    for headers in (cast.bearer(Role.AGENCY_ADMIN), made.header):
        assert follow(client, made.report.number, "{", **headers).status_code == 403


@pytest.mark.parametrize("header", ["Bearer nobody", "Code 234-567-89A7", "Basic eDp5"])
def test_bad_credentials_are_no_stranger(client: Client, made: Made, header: str) -> None:
    assert follow(client, made.report.number, Authorization=header).status_code == 401
    assert not Follower.objects.exists()


def test_a_stranger_still_signs_in_for_everything_else(client: Client, made: Made) -> None:
    for act in ("note", "supplement", "dispatch", "rate", "set_privacy", "submit"):
        path = f"{API}/reports/{made.report.number}/acts/{act}"
        assert client.post(path, "{}", content_type="application/json").status_code == 401, act
    own = client.post(f"{API}/track/acts/follow", "{}", content_type="application/json")
    assert own.status_code == 401, "without a code there is no report of one's own"


def test_the_state_comes_before_the_body_and_too_large_before_invalid(client: Client, cast: Cast, made: Made) -> None:
    number = made.report.number
    assert follow(client, number, {"email": "a" * 400_000}).status_code == 413
    for body, pointer in (("{", ""), ({"email": "tanpa-at"}, "/email"), ({"email": 3}, "/email")):
        answer = follow(client, number, body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    bring(made, State.ARCHIVED, cast, current_time() - timedelta(hours=2))
    assert follow(client, number, "{").status_code == 409
    assert not Follower.objects.exists()


# Limits


def test_sixty_an_hour_pass_and_the_next_waits_a_little(client: Client, cast: Cast, made: Made) -> None:
    number = made.report.number
    assert [follow(client, number).status_code for _ in range(60)] == [200] * 60
    slowed = follow(client, number)
    assert (slowed.status_code, slowed["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(slowed["Retry-After"]) <= 120
    assert follow(client, number, **make_report(current_time()).header).status_code == 429, "a code is no way round it"
    assert view(client, number)["followers"] == 60
    assert follow(client, number, address="198.51.100.1").status_code == 200
    assert follow(client, number, **cast.bearer(Role.INTEGRATION)).status_code == 200
    report = client.post(f"{API}/reports", '{"body": "Lampu mati."}', "application/json", REMOTE_ADDR="203.0.113.7")
    assert report.status_code == 201, "reports are counted apart"
    assert "203.0.113" not in repr(list(Bucket.objects.values()))


# Adding details


def test_details_are_added_by_code_and_need_words_or_a_photo(client: Client, made: Made) -> None:
    path = f"{API}/track/acts/supplement"

    def send(body: object) -> Any:
        return client.post(path, json.dumps(body), content_type="application/json", headers=made.header)

    for empty in ({}, {"text": None}, {"text": " "}, {"text": "", "file_ids": []}):
        answer = send(empty)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/text")
        assert answer.json()["errors"][0]["detail"] == "Tulis sesuatu atau tambah foto."
    said = send({"text": "Makin dalam."})
    assert said.status_code == 200
    assert said.json()["messages"][-1]["text"] == "Makin dalam."
    assert "supplement" in said.json()["acts"]
    assert "supplement" not in json.dumps(view(client, made.report.number))


def test_the_description_says_that_nobody_need_sign_in_to_follow(client: Client) -> None:
    paths = client.get(f"{API}/openapi.json").json()["paths"]
    assert paths[f"{API}/reports/{{number}}/acts/follow"]["post"]["security"] == [{}, {"Bearer": []}, {"Code": []}]
    assert paths[f"{API}/track/acts/follow"]["post"]["security"] == [{"Code": []}, {"Lookup": []}]
    assert paths[f"{API}/reports/{{number}}/acts/supplement"]["post"]["security"] == [{"Bearer": []}, {"Code": []}]
