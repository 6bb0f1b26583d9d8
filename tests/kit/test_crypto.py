"""Keys, keyed hashes and encryption."""

import hashlib
import hmac
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuntas.kit.crypto import Unreadable, decrypt, derive, encrypt, keyed_hash, new_token

KEY = derive("a secret of the tests", "tests")
OTHER = derive("a secret of the tests", "other tests")


def test_a_key_is_made_as_rfc_5869_says() -> None:
    extracted = hmac.new(bytes(32), b"secret", hashlib.sha256).digest()
    expanded = hmac.new(extracted, b"purpose\x01", hashlib.sha256).digest()
    assert derive("secret", "purpose") == expanded


@given(st.text(), st.text(), st.text(), st.text())
def test_each_secret_and_purpose_has_its_own_key(a: str, p: str, b: str, q: str) -> None:
    assert (derive(a, p) == derive(b, q)) == ((a, p) == (b, q))
    assert len(derive(a, p)) == 32


def test_a_fingerprint_is_hmac_sha256() -> None:  # RFC 4231, test case 2
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert keyed_hash(b"Jefe", "what do ya want for nothing?") == expected


def test_half_a_character_has_a_fingerprint_too() -> None:
    assert keyed_hash(KEY, "\ud800") != keyed_hash(KEY, "\ud801")


@given(st.binary())
def test_what_is_closed_opens_again(plain: bytes) -> None:
    closed = encrypt(KEY, plain)
    assert decrypt(KEY, closed) == plain
    assert len(closed) == len(plain) + 12 + 16


def test_the_same_text_never_looks_the_same() -> None:
    closed = {encrypt(KEY, b"text") for _ in range(100)}
    assert len({data[:12] for data in closed}) == 100
    assert len({data[12:] for data in closed}) == 100


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Unreadable):
        decrypt(OTHER, encrypt(KEY, b"text"))


@given(st.binary(max_size=40), st.data(), st.integers(1, 255))
def test_no_byte_can_be_changed(plain: bytes, data: st.DataObject, flip: int) -> None:
    closed = bytearray(encrypt(KEY, plain))
    closed[data.draw(st.integers(0, len(closed) - 1))] ^= flip
    with pytest.raises(Unreadable):
        decrypt(KEY, bytes(closed))


@pytest.mark.parametrize("length", [0, 1, 7, 8, 11, 12, 13, 27, 28, 31])
def test_what_was_cut_short_is_unreadable(length: int) -> None:
    with pytest.raises(Unreadable):
        decrypt(KEY, encrypt(KEY, b"text")[:length])


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        encrypt(bytes(length), b"text")
    with pytest.raises(ValueError, match="32 bytes"):
        decrypt(bytes(length), encrypt(KEY, b"text"))


def test_tokens_have_a_known_front_and_differ() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"tuntas_[A-Za-z0-9_-]{43}", token) for token in tokens)
