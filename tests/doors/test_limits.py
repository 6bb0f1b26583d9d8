"""Limits for strangers raise effort and refuse nobody: wrong codes, floods of reports, floods of photos."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Case, When
from django.test import Client

from tests.cast import Cast
from tests.make import make_report
from tuntas.kit.ids import new_code, show_code
from tuntas.kit.time import current_time, real_time
from tuntas.people.models import Bucket
from tuntas.reports.models import Report
from tuntas.rules.who import Role
from tuntas.steps.limit import FEW_GUESSES_AN_HOUR, GUESSES_AN_HOUR, note_guess, seconds_for_guessing

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"


@pytest.fixture
def network() -> Iterator[str]:
    """An address whose network nobody has used."""
    yield "203.0.113.7"
    assert "203.0.113" not in repr(list(Bucket.objects.values()))


def track(client: Client, code: str, address: str) -> Any:
    return client.get(f"{API}/track", headers={"Authorization": f"Code {code}"}, REMOTE_ADDR=address)


def send(client: Client, address: str, body: str = '{"body": "Lampu mati."}', **headers: str) -> Any:
    return client.post(f"{API}/reports", body, content_type="application/json", headers=headers, REMOTE_ADDR=address)


def guesses(client: Client, address: str, count: int) -> list[int]:
    return [track(client, show_code(new_code()), address).status_code for _ in range(count)]


def test_thirty_wrong_codes_a_minute_are_heard_and_the_next_is_slowed(client: Client, network: str) -> None:
    right = make_report(current_time())
    assert guesses(client, network, 30) == [401] * 30
    slowed = track(client, show_code(new_code()), network)
    assert (slowed.status_code, slowed["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(slowed["Retry-After"]) <= 60
    assert slowed.json()["status"] == 429
    assert track(client, right.code, network).status_code == 200
    assert track(client, right.code, network).json()["number"] == right.report.number


def test_whoever_plainly_guesses_learns_nothing_more_not_even_of_a_right_code(client: Client, network: str) -> None:
    right = make_report(current_time())
    guesses(client, network, GUESSES_AN_HOUR + 1)
    slowed = track(client, right.code, network)
    assert (slowed.status_code, "Retry-After" in slowed) == (429, True)
    page = client.get(f"/l/{right.code}", REMOTE_ADDR=network)
    assert (page.status_code, str(right.report.number) in page.content.decode()) == (429, False)
    assert track(client, right.code, "198.51.100.7").status_code == 200, "other networks notice nothing"


def test_guesses_from_very_many_networks_are_heard_less_from_each(client: Client, network: str) -> None:
    right, now = make_report(current_time()), real_time()
    for n in range(FEW_GUESSES_AN_HOUR + 1):
        note_guess(network, real_now=now)
        assert seconds_for_guessing(network, real_now=now) == 0, n
    Bucket.objects.update(left=Case(When(left__gt=FEW_GUESSES_AN_HOUR * 100, then=-1000.0), default="left"))
    assert seconds_for_guessing(network, real_now=now) > 0
    assert track(client, right.code, network).status_code == 429
    assert track(client, right.code, "198.51.100.7").status_code == 200, "who guessed nothing notices nothing"


def test_slips_of_the_finger_are_no_guesses(client: Client, network: str) -> None:
    right = make_report(current_time())
    assert 429 in {track(client, "234-567-89A7", network).status_code for _ in range(GUESSES_AN_HOUR + 1)}
    assert track(client, right.code, network).status_code == 200


@pytest.mark.parametrize("code", ["234-567-89A7", "x", "", "0" * 10, "2" * 24, "A" * 5000, "234 567 89a6é", "\x00"])
def test_a_mistyped_code_is_401_in_words(client: Client, network: str, code: str) -> None:
    answer = track(client, code, network)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["detail"]


def test_mistyped_codes_count_like_wrong_ones(client: Client, network: str) -> None:
    assert {track(client, "234-567-89A7", network).status_code for _ in range(30)} == {401}
    assert track(client, "234-567-89A7", network).status_code == 429


def test_wrong_codes_are_counted_at_every_door(client: Client, network: str) -> None:
    number = make_report(current_time()).report.number
    wrong = {"Authorization": "Code 234-567-89A7"}
    doors = [f"{API}/track", f"{API}/reports/{number}"]
    for turn in range(30):
        assert client.get(doors[turn % 2], headers=wrong, REMOTE_ADDR=network).status_code == 401
    for door in doors:
        assert client.get(door, headers=wrong, REMOTE_ADDR=network).status_code == 429
    acted = client.post(
        f"{API}/track/acts/withdraw", "{}", content_type="application/json", headers=wrong, REMOTE_ADDR=network
    )
    assert (acted.status_code, "Retry-After" in acted) == (429, True)


def test_neighbours_share_a_count_and_others_do_not(client: Client, network: str) -> None:
    guesses(client, network, 31)
    assert guesses(client, "203.0.113.200", 1) == [429]
    assert guesses(client, "198.51.100.1", 1) == [401]
    assert guesses(client, "2001:db8::1", 1) == [401]


def test_an_address_that_is_none_is_counted_too(client: Client, network: str) -> None:
    assert guesses(client, "unix:", 31)[-1] == 429


def test_right_codes_are_never_counted(client: Client, network: str) -> None:
    right = make_report(current_time())
    assert {track(client, right.code, network).status_code for _ in range(40)} == {200}
    assert guesses(client, network, 1) == [401]


def test_sixty_reports_an_hour_pass_and_the_next_waits_a_little(client: Client, network: str) -> None:
    assert [send(client, network).status_code for _ in range(60)] == [201] * 60
    slowed = send(client, network)
    assert (slowed.status_code, slowed["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(slowed["Retry-After"]) <= 120
    assert Report.objects.count() == 60
    assert send(client, "198.51.100.1").status_code == 201


def test_a_receipt_asked_for_again_is_given_even_to_a_slowed_network(client: Client, network: str) -> None:
    first = send(client, network, **{"Idempotency-Key": "satu"})
    for _ in range(60):
        send(client, network)
    assert send(client, network).status_code == 429
    again = send(client, network, **{"Idempotency-Key": "satu"})
    assert (again.status_code, again.content) == (201, first.content)


@pytest.mark.parametrize("role", [Role.INTEGRATION, Role.CALL_OPERATOR])
def test_machines_and_staff_are_not_slowed(client: Client, cast: Cast, network: str, role: Role) -> None:
    for _ in range(61):
        send(client, network)
    headers = cast.bearer(role)
    assert {send(client, network, **headers).status_code for _ in range(3)} == {201}


def test_a_code_does_not_make_a_machine_account(client: Client, network: str) -> None:
    for _ in range(61):
        send(client, network)
    own = make_report(current_time())
    assert send(client, network, **own.header).status_code == 429


def test_machines_read_without_a_limit(client: Client, cast: Cast, network: str) -> None:
    guesses(client, network, 31)
    headers = cast.bearer(Role.INTEGRATION)
    number = make_report(current_time()).report.number
    answers = [client.get(f"{API}/reports/{number}", headers=headers, REMOTE_ADDR=network) for _ in range(70)]
    assert {answer.status_code for answer in answers} == {200}


def test_a_limit_is_told_in_the_language_asked_for(client: Client, network: str) -> None:
    guesses(client, network, 31)
    headers = {"Authorization": "Code 234-567-89A7", "Accept-Language": "en"}
    answer = client.get(f"{API}/track", headers=headers, REMOTE_ADDR=network)
    assert (answer.status_code, "Wait" in answer.json()["detail"]) == (429, True)
    assert "Tunggu" in track(client, "234-567-89A7", network).json()["detail"]
