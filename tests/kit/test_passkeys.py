"""Passkeys: what is true is taken; another site, another question, another key, nobody there, and rubbish are not."""

from typing import Any

import pytest

from tests.soft_passkey import FLAG, SoftPasskey
from tuntas.kit.passkeys import LONGEST, Made, Unproven, ask_to_make, ask_to_show, handle_in, made, shown

USER = b"x" * 32


def new(passkey: SoftPasskey) -> Made:
    options, state = ask_to_make(USER, email="dewi@kota.example", name="Dewi", handles=[])
    return made(state, passkey.make(options))


def test_a_passkey_is_made_and_shown() -> None:
    passkey = SoftPasskey()
    kept = new(passkey)
    options, state = ask_to_show([kept.handle])
    assert options["publicKey"]["allowCredentials"] == [{"type": "public-key", "id": kept.handle}]
    answer = passkey.show(options)
    assert handle_in(answer) == kept.handle
    assert shown(state, answer, kept.public) == passkey.counter


def test_the_browser_is_asked_for_the_person_and_for_one_it_can_find_itself() -> None:
    options, _ = ask_to_make(USER, email="dewi@kota.example", name="Dewi", handles=["YWJj"])
    wanted = options["publicKey"]["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert [known["id"] for known in options["publicKey"]["excludeCredentials"]] == ["YWJj"]
    options, _ = ask_to_show(None)
    assert options["publicKey"]["userVerification"] == "required"
    assert not options["publicKey"].get("allowCredentials")


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "http://jahat.example"},
        {"origin": "http://sub.testserver"},
        {"origin": "https://testserver"},
        {"host": "jahat.example"},
        {"flags": FLAG.UP},
        {"flags": FLAG.UV},
    ],
    ids=["another-site", "a-neighbour", "another-scheme", "another-host", "nobody-verified", "nobody-there"],
)
def test_what_is_not_true_is_refused_when_made_and_when_shown(lie: dict[str, Any]) -> None:
    with pytest.raises(Unproven):
        new(SoftPasskey(**lie))
    passkey = SoftPasskey()
    kept = new(passkey)
    for name, value in lie.items():
        setattr(passkey, name, value)
    options, state = ask_to_show([kept.handle])
    with pytest.raises(Unproven):
        shown(state, passkey.show(options), kept.public)


def test_an_answer_to_another_question_is_refused() -> None:
    passkey = SoftPasskey()
    kept = new(passkey)
    earlier, _ = ask_to_show([kept.handle])
    _, state = ask_to_show([kept.handle])
    with pytest.raises(Unproven):
        shown(state, passkey.show(earlier), kept.public)


def test_another_key_under_the_same_name_is_refused() -> None:
    passkey = SoftPasskey()
    kept = new(passkey)
    options, state = ask_to_show([kept.handle])
    with pytest.raises(Unproven):
        shown(state, SoftPasskey(id=passkey.id).show(options), kept.public)


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"rawId": 1}', '{"rawId": "a", "response": {}}', "x" * LONGEST * 2]
)
def test_rubbish_is_refused_and_nothing_breaks(answer: str) -> None:
    _, state = ask_to_show(None)
    for read in (lambda: handle_in(answer), lambda: made(state, answer), lambda: shown(state, answer, b"")):
        with pytest.raises(Unproven):
            read()
