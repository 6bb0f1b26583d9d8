"""``tuntas sign-readers``: sign the list of readers on a computer without a network, with a key that stays on it."""

import argparse
import json
import os
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from tuntas.kit.crypto import new_signing_key, public_of, sign
from tuntas.ops.trouble import Trouble
from tuntas.rules.sealed_fingerprint import fingerprint

OWNER_ONLY = 0o600
ED25519_BYTES = 32


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the list, and where the key lies."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the list as it was saved from the sealed room")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the signing key; made at first use")


def run(given: argparse.Namespace) -> int:
    """Print the line to paste, and the names that are signed. Raises Trouble."""
    text = _list_in(given.file)
    key = _key_in(given.key)
    signer = public_of(key)
    for reader in json.loads(text)["readers"]:
        print(f"# {reader['name']}, {reader['role']}: {reader['recipient']}")
    print(f"# {fingerprint(sha256(signer).hexdigest())}")
    signed = {
        "document": text,
        "signature": b64encode(sign(key, text.encode())).decode(),
        "signer": b64encode(signer).decode(),
    }
    print(json.dumps(signed, ensure_ascii=False))
    return 0


def _list_in(path: Path) -> str:
    try:
        text = path.read_text().strip()
        if not isinstance(json.loads(text)["readers"], list):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble(f"{path} is no list of readers.") from error
    return text


def _key_in(path: Path) -> bytes:
    if not path.exists():
        key = new_signing_key()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as out:
            out.write(b64encode(key).decode() + "\n")
        return key
    try:
        key = b64decode(path.read_text(), validate=False)
    except (OSError, ValueError) as error:
        raise Trouble(f"{path} is no signing key.") from error
    if len(key) != ED25519_BYTES:
        raise Trouble(f"{path} is no signing key.")
    return key
