"""The key that signs checkpoints: made when it is first needed, kept in a file beside the database, not in it.

Who can write to the database only, cannot sign another log.
"""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

from tuntas.kit.crypto import new_signing_key, public_of
from tuntas.kit.env import env


def origin() -> str:
    """Return the name of this log, which is also the name of its key."""
    return f"{env().host}/log"


def key_file() -> Path:
    """Return where the key lies."""
    return env().data / "keys" / "log.key"


def signing_key() -> bytes:
    """Return the private key, made once; two who start at the same time agree on one."""
    path = key_file()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(base64.b64encode(new_signing_key()).decode() + "\n")
            out.flush()
            os.fsync(out.fileno())  # a signature must not outlive its key
        with suppress(FileExistsError):  # somebody else was first: theirs counts
            os.link(fresh, path)
        fresh.unlink()
    return base64.b64decode(path.read_text())


def own_public() -> bytes | None:
    """Return the public half of the key, or None where this machine has no key; makes none."""
    return public_of(signing_key()) if key_file().exists() else None
