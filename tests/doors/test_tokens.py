"""Tokens for programs: made and shown once, lesser than their owner, ending, taken away, and their last use."""

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.make import make_report
from tests.office import at_work, sign_in
from tuntas import steps
from tuntas.kit.time import current_time, real_time
from tuntas.people.models import Person, Session, Token
from tuntas.people.tokens import Scope
from tuntas.rules.deputies import NEVER_LENT
from tuntas.rules.who import Role

PRODUCT = Path(__file__).parents[2] / "tuntas"
ALL = tuple(Scope)


@pytest.fixture
def dewi(cast: Cast) -> Person:
    return cast.person(Role.AGENCY_ADMIN)


def header(person: Person, *scopes: str, days: int = 30) -> dict[str, str]:
    token = steps.make_token(person.pk, name="Program", scopes=scopes, days=days, real_now=real_time())
    return {"Authorization": f"Bearer {token}"}


def made_at(client: Client, **given: Any) -> Any:
    return client.post("/akun/token", {"nama": "Ekspor", "boleh": ["read", "act"], "hari": "30", **given})


# Making and revoking


def test_a_token_is_shown_once_and_its_hash_alone_is_kept(client: Client, dewi: Person) -> None:
    sign_in(client, dewi)
    made = made_at(client, kunci="a")
    assert made["Location"] == made_at(client, kunci="a")["Location"]  # twice makes one
    token = re.search(r"tuntas_[\w-]{43}", client.get(made["Location"]).content.decode())
    assert token
    assert token[0] not in made["Location"]
    assert token[0] not in client.get("/akun/token").content.decode()
    assert token[0] not in at_other_session(dewi).get(made["Location"]).content.decode()
    kept = Token.objects.get()
    assert token[0] not in str(vars(kept))
    assert kept.scopes == ["act", "read"]
    assert client.get("/api/v1/desk/reports", headers={"Authorization": f"Bearer {token[0]}"}).status_code == 200
    assert "Membaca" in words_of(client.get("/akun/token"))


def at_other_session(person: Person) -> Client:
    return sign_in(Client(), person)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"nama": " "}, "nama"),
        ({"nama": "x" * 101}, "nama"),
        ({"boleh": []}, "boleh-read"),
        ({"boleh": ["read", "semua"]}, "boleh-read"),
        ({"hari": "0"}, "hari"),
        ({"hari": "366"}, "hari"),
        ({"hari": "x"}, "hari"),
        ({"hari": "٣"}, "hari"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: Client, dewi: Person, given: dict[str, Any], field: str
) -> None:
    sign_in(client, dewi)
    response = made_at(client, **given)
    assert response.status_code == 422
    assert f'<a href="#{field}">' in response.content.decode()
    assert f'value="{given.get("nama", "Ekspor")}"' in response.content.decode()
    assert not Token.objects.exists()


def test_only_its_owner_revokes_a_token_and_then_nobody_knows_it(cast: Cast, client: Client, dewi: Person) -> None:
    held = header(dewi, *ALL)
    token = Token.objects.get()
    at_work(cast, Role.LIAISON, "dlh").post("/akun/token", {"cabut": token.pk})
    assert client.get("/api/v1/desk/reports", headers=held).status_code == 200
    sign_in(client, dewi)
    assert client.post("/akun/token", {"cabut": token.pk}).status_code == 303
    assert client.get("/api/v1/desk/reports", headers=held).status_code == 401
    assert "Belum ada token" in words_of(client.get("/akun/token"))


def test_a_token_ends(client: Client, dewi: Person) -> None:
    held = header(dewi, *ALL, days=1)
    assert client.get("/api/v1/desk/reports", headers=held).status_code == 200
    Token.objects.update(expires_at=real_time())
    assert client.get("/api/v1/desk/reports", headers=held).status_code == 401


# Scopes


Call = Callable[[Client, str, dict[str, str]], Any]
CALLS: dict[str, tuple[Scope, Call]] = {
    "the desk's list": (Scope.READ, lambda c, n, h: c.get("/api/v1/desk/reports", headers=h)),
    "one report": (Scope.READ, lambda c, n, h: c.get(f"/api/v1/reports/{n}", headers=h)),
    "an act": (
        Scope.ACT,
        lambda c, n, h: c.post(
            f"/api/v1/reports/{n}/acts/note", {"text": "Catatan."}, content_type="application/json", headers=h
        ),
    ),
    "a report": (
        Scope.INTAKE,
        lambda c, n, h: c.post("/api/v1/reports", {"body": "Lampu mati."}, content_type="application/json", headers=h),
    ),
    "a photo": (Scope.INTAKE, lambda c, n, h: c.post("/api/v1/files", {"file": b""}, headers=h)),
}


@pytest.mark.parametrize("what", CALLS)
@pytest.mark.parametrize("scope", ALL)
def test_a_token_does_what_it_was_made_for(client: Client, dewi: Person, what: str, scope: Scope) -> None:
    wanted, call = CALLS[what]
    number = make_report(current_time()).report.number
    assert number
    response = call(client, number, header(dewi, scope))
    assert (response.status_code == 403) is (scope is not wanted)
    if scope is not wanted:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["detail"] == "Token ini tidak dibuat untuk hal itu."


def test_unknown_comes_before_a_missing_scope(client: Client, dewi: Person) -> None:
    for call in ("one report", "an act"):
        assert CALLS[call][1](client, "25-999999", header(dewi, Scope.INTAKE)).status_code == 404


def test_a_token_without_scopes_may_all_its_owner_may(cast: Cast, client: Client) -> None:
    held = cast.bearer(Role.AGENCY_ADMIN)
    number = make_report(current_time()).report.number
    assert number
    assert [call(client, number, held).status_code for _, call in CALLS.values()] == [200, 200, 200, 201, 422]


def test_a_lesser_token_repeats_no_answer_of_a_greater(client: Client, dewi: Person) -> None:
    number = make_report(current_time()).report.number
    key = {"Idempotency-Key": "k-1"}
    call = CALLS["an act"][1]
    assert call(client, str(number), header(dewi, Scope.ACT) | key).status_code == 200
    assert call(client, str(number), header(dewi, Scope.READ) | key).status_code == 403


# Use


def test_last_use_is_kept_to_the_hour_and_most_calls_write_nothing(
    client: Client, dewi: Person, django_assert_num_queries: Any
) -> None:
    held = header(dewi, Scope.READ)
    client.get("/api/v1/desk/reports", headers=held)
    first = Token.objects.get().used_at
    assert first is not None
    with django_assert_num_queries(3):  # who, the list, and what its rows need
        client.get("/api/v1/desk/reports", headers=held)
    assert Token.objects.get().used_at == first
    Token.objects.update(used_at=first - timedelta(hours=1))
    client.get("/api/v1/desk/reports", headers=held)
    assert Token.objects.get().used_at != first - timedelta(hours=1)


def test_the_page_of_tokens_costs_the_same_with_one_and_with_three(
    client: Client, dewi: Person, django_assert_num_queries: Any
) -> None:
    sign_in(client, dewi)
    for n in (1, 3):
        while Token.objects.count() < n:
            header(dewi, Scope.READ)
        client.get("/akun/token")  # what is asked once for all is asked now
        with django_assert_num_queries(2):  # who, and the tokens
            client.get("/akun/token")


def test_a_token_opens_no_page(client: Client, dewi: Person) -> None:
    for address in ("/akun", "/akun/token", "/meja"):
        assert client.get(address, headers=header(dewi, *ALL)).status_code == 303
    assert not Session.objects.exists()


# Appointments


def test_nothing_from_outside_writes_posts() -> None:
    """A role in the sealed room is never granted from outside: no sign-in, no token and no other service gives one."""
    writers = {
        str(path.relative_to(PRODUCT))
        for path in PRODUCT.rglob("*.py")
        if "migrations" not in path.parts and writes_posts(path.read_text())
    }
    handed_over = "steps/hand_over_work.py"  # moves those that are lent, and of the sealed room none is
    in_practice = "steps/start_practice.py"
    by_admins = "steps/book_people.py"  # refuses every change of an appointed role: test_change_register
    assert writers == {"steps/load_profile.py", handed_over, in_practice, by_admins}
    assert {Role.SEALED_READER, Role.INSPECTORATE} <= NEVER_LENT


WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "save", "add", "set"}


def writes_posts(source: str) -> bool:
    """Return whether any call in *source* makes or changes posts, or makes one to be saved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            said = ast.unparse(node.func)
            if said == "Post" or (said.rpartition(".")[2] in WRITES and re.search(r"\bPost\.objects|\.posts\b", said)):
                return True
    return False


def test_the_test_of_posts_would_see_one() -> None:
    assert writes_posts("Post.objects.create(person=p)")
    assert writes_posts("person.posts.update(role=r)")
    assert writes_posts("Post(person=p).save()")
    assert not writes_posts("Post.objects.filter(role=r)")
