"""Envelopes: what is closed is opened by its readers alone, and by any program that speaks age."""

import json

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuntas.kit import age
from tuntas.kit.crypto import Unreadable

CODE = "ABCDEFGH23456789JKMNPQRS"


def test_the_key_out_of_a_code_is_written_as_age_writes_keys() -> None:
    made = age._bech32("age-secret-key-", bytes(range(32))).upper()
    assert str(pyrage.x25519.Identity.from_str(made)) == made
    assert age.recipient_of(made).startswith("age1")


def test_a_code_makes_the_same_key_each_time_and_another_code_another() -> None:
    assert age.identity_of_code(CODE) == age.identity_of_code(CODE)
    assert age.identity_of_code(CODE) != age.identity_of_code(CODE[::-1])


def test_the_lookup_is_the_contracts() -> None:
    assert age.lookup_of(CODE) == "0f652b93c7b998e7ca8d56dceb21523e81e0ee5ba91747c99df3515f19b81bfd"


@given(st.binary(max_size=3000))
def test_what_is_closed_is_opened_by_each_reader_and_nobody_else(plain: bytes) -> None:
    one, two, other = age.new_identity(), age.new_identity(), age.new_identity()
    data = age.close(plain, [age.recipient_of(one), age.recipient_of(two)])
    assert data.startswith(age.FRONT)
    assert age.opened(data, one) == age.opened(data, two) == plain
    with pytest.raises(Unreadable):
        age.opened(data, other)


def test_a_changed_byte_opens_nothing() -> None:
    me = age.new_identity()
    data = bytearray(age.close(b"rahasia", [age.recipient_of(me)]))
    data[-1] ^= 1
    with pytest.raises(Unreadable):
        age.opened(bytes(data), me)


def test_several_identities_a_line_each_open_what_any_of_them_does() -> None:
    old, new = age.new_identity(), age.new_identity()
    data = age.close(b"lama", [age.recipient_of(old)])
    assert age.opened(data, f"{new}\n{old}") == b"lama"


@pytest.mark.parametrize(("letters", "kib"), [(10, 4), (4200, 16), (20_000, 64), (70_000, 128)])
def test_the_size_of_an_envelope_tells_only_its_bucket(letters: int, kib: int) -> None:
    me = age.new_identity()
    data = age.enveloped({"text": "x" * letters}, [age.recipient_of(me)])
    assert len(age.opened(data, me)) == kib * 1024
    assert age.words_in(data, me) == {"v": 1, "text": "x" * letters}
    assert abs(len(data) - kib * 1024) < 2048, "a header of random length comes on top"


def test_a_foreign_program_reads_the_words_and_the_file() -> None:
    me = age.new_identity()
    there = pyrage.x25519.Identity.from_str(me)
    words = pyrage.decrypt(age.enveloped({"text": "Loket 3"}, [age.recipient_of(me)]), [there])
    assert json.loads(words)["text"] == "Loket 3"
    data = age.enveloped_file("bukti.jpg", "image/jpeg", b"\xff\xd8\n\xff", [age.recipient_of(me)])
    head, _, rest = pyrage.decrypt(data, [there]).partition(b"\n")
    assert (json.loads(head)["size"], rest[:4]) == (4, b"\xff\xd8\n\xff")
    assert age.file_in(data, me)[1] == b"\xff\xd8\n\xff"


def test_an_identity_is_kept_under_a_passphrase_alone() -> None:
    me = age.new_identity()
    data = age.lock(me, "sembilan belas kucing hijau")
    assert me.encode() not in data
    assert age.unlock(data, "sembilan belas kucing hijau") == me
    with pytest.raises(Unreadable):
        age.unlock(data, "sembilan belas kucing")


def test_closing_to_nobody_or_to_nonsense_is_refused() -> None:
    for recipients in ([], ["age1nonsense"]):
        with pytest.raises(ValueError, match=r"somebody|public key"):
            age.close(b"x", recipients)
    assert not age.is_recipient("age1nonsense")
