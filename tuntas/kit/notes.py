"""Signed notes and checkpoints of logs, as C2SP writes them: a text anybody can read, and a line with a signature."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from tuntas.kit.crypto import is_signed, public_of, sign

ED25519 = b"\x01"
DASH = "\N{EM DASH}"  # the format asks for it
ROOT_BYTES = 32


class BadNote(Exception):
    """A note that cannot be read, or that the key did not sign. The message is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a checkpoint says: which log, how long it is, and what its root is."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign_note(text: str, name: str, key: bytes) -> str:
    """Return *text*, which ends in a new line, with the signature of an Ed25519 *key* under its *name*."""
    if not text.endswith("\n"):
        raise ValueError("the text of a note ends in a new line")
    signature = key_id(name, public_of(key)) + sign(key, text.encode())
    return f"{text}\n{DASH} {name} {base64.b64encode(signature).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature line says whose it is."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """Return the public key as checkers of notes take it: name, id and key in one line."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def open_note(note: str, name: str, public: bytes) -> str:
    """Return the text of a note that the key signed; lines of others are passed over. Raises BadNote."""
    text, found, lines = note.rpartition("\n\n")[0] + "\n", False, note.rpartition("\n\n")[2]
    if not note.endswith("\n") or "\n\n" not in note:
        raise BadNote("this is no signed note")
    for line in lines.splitlines():
        dash, _, rest = line.partition(" ")
        signer, _, encoded = rest.rpartition(" ")
        signature = _decoded(encoded)
        if dash != DASH or not signer or len(signature) < 5:
            raise BadNote("a signature line of the note cannot be read")
        if signer == name and signature[:4] == key_id(name, public):
            if not is_signed(public, text.encode(), signature[4:]):
                raise BadNote("the signature of the note is wrong")
            found = True
    if not found:
        raise BadNote("the note is not signed by this key")
    return text


def read_statement(text: str) -> Statement:
    """Read the text of a checkpoint; lines after the third are for extensions. Raises BadNote."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not lines[1].isascii() or not lines[1].isdigit():
        raise BadNote("the note is no checkpoint")
    root = _decoded(lines[2])
    if len(root) != ROOT_BYTES:
        raise BadNote("the root of the checkpoint cannot be read")
    return Statement(lines[0], int(lines[1]), root)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
