"""Signed notes: the example of the format's first implementation, and everything that must not pass."""

import base64

import pytest

from tuntas.kit.crypto import new_signing_key, public_of
from tuntas.kit.notes import BadNote, Statement, open_note, read_statement, sign_note, verifier_key

NAME = "PeterNeumann"
PRIVATE = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    TEXT
    + "\n\u2014 PeterNeumann "
    + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PUBLIC = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]


def test_a_note_is_signed_as_the_first_implementation_signs_it() -> None:
    assert public_of(PRIVATE) == PUBLIC
    assert sign_note(TEXT, NAME, PRIVATE) == NOTE
    assert verifier_key(NAME, PUBLIC) == VERIFIER
    assert open_note(NOTE, NAME, PUBLIC) == TEXT


def test_a_line_of_a_key_we_do_not_know_is_passed_over() -> None:
    other = sign_note(TEXT, "example.org/other", new_signing_key()).rpartition("\n\n")[2]
    assert open_note(NOTE + other, NAME, PUBLIC) == TEXT


@pytest.mark.parametrize(
    ("note", "says"),
    [
        (NOTE.replace("answer", "Answer"), "signature of the note is wrong"),
        (NOTE.replace("x08go/", "x08go0"), "not signed by this key|signature of the note is wrong"),
        (NOTE.replace("PeterNeumann", "Somebody"), "not signed by this key"),
        (NOTE.replace("\u2014", "-"), "cannot be read"),
        (NOTE[:-1], "no signed note"),
        (TEXT, "no signed note"),
    ],
)
def test_a_note_that_was_touched_is_refused(note: str, says: str) -> None:
    with pytest.raises(BadNote, match=says):
        open_note(note, NAME, PUBLIC)


def test_a_checkpoint_says_what_it_said() -> None:
    said = Statement("lapor.example/log", 42, bytes(range(32)))
    assert read_statement(said.text()) == said


@pytest.mark.parametrize("text", ["", "x\n", "x\n-1\nAAAA\n", "x\n5\nAAAA\n", "\n5\n" + "A" * 43 + "=\n"])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_statement(text)
