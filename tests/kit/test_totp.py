"""Codes of authenticator apps: the vectors of RFC 6238, the window, and that no step is taken twice."""

from datetime import UTC, datetime, timedelta

import pytest

from tuntas.kit.totp import app_address, code_at, new_secret, secret_text, step_at, step_of

RFC = b"12345678901234567890"
NOW = datetime(2026, 3, 6, 3, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_the_rfc(seconds: int, code: str) -> None:
    at = step_at(datetime.fromtimestamp(seconds, UTC))
    assert code_at(RFC, at, digits=8) == code
    assert code_at(RFC, at) == code[2:]


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_wrong_and_no_more(steps: int, is_taken: bool) -> None:
    here = step_at(NOW)
    code = code_at(RFC, here + steps)
    assert step_of(RFC, code, after=0, real_now=NOW) == (here + steps if is_taken else None)


def test_no_step_is_taken_twice_nor_one_before_it() -> None:
    here = step_at(NOW)
    assert step_of(RFC, code_at(RFC, here), after=here, real_now=NOW) is None
    assert step_of(RFC, code_at(RFC, here - 1), after=here, real_now=NOW) is None
    later = NOW + timedelta(seconds=30)
    assert step_of(RFC, code_at(RFC, here + 1), after=here, real_now=later) == here + 1


@pytest.mark.parametrize("code", ["", "1", "abcdef", "１２３４５６", "\ud800", "0" * 500])
def test_anything_else_is_no_code(code: str) -> None:
    assert step_of(RFC, code, after=0, real_now=NOW) is None


def test_an_app_reads_who_and_what_and_the_secret() -> None:
    secret = new_secret()
    address = app_address(secret, account="dewi@kota.example", issuer="Tuntas Kota Contoh")
    assert address.startswith("otpauth://totp/Tuntas%20Kota%20Contoh:dewi%40kota.example?secret=")
    assert f"secret={secret_text(secret).replace(' ', '')}&" in address
    assert len(secret_text(secret).replace(" ", "")) == 32
    assert new_secret() != secret
