"""The demo's sealed room: what its readers would make in their browsers is made here, and written down for all to try.

In a real installation no private key, passphrase or app secret is ever on the server.
"""

import base64
import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tuntas import steps
from tuntas.agencies.profile import Profile
from tuntas.kit import age
from tuntas.kit.crypto import new_signing_key, public_of, sign
from tuntas.kit.env import env
from tuntas.kit.time import current_time, real_time
from tuntas.kit.totp import new_secret, secret_text
from tuntas.people.models import Person
from tuntas.people.queries import actor_of
from tuntas.rules.who import Actor, Role
from tuntas.sealed.appointed import next_list
from tuntas.sealed.queries import directory, key_of

APP = "demo"


Own = dict[str, str]  # what a reader keeps: key_passphrase, and totp_secret of their authenticator app


def make_readers(profile: Profile) -> dict[str, Own]:
    """Give every appointed reader of the profile a key and an authenticator app, and sign the list of them.

    Safe to repeat: keys and passphrases stay those of the first time. Returns what each keeps, by e-mail address.
    """
    kept = _read()
    appointed = [row.email for row in profile.people if any(p.role is Role.SEALED_READER for p in row.posts)]
    people = {person.email: person for person in Person.objects.filter(email__in=appointed).order_by("pk")}
    for email in appointed:
        if email not in kept["readers"] or key_of(people[email].pk) is None:
            kept["readers"][email] = _enrol(actor_of(people[email]))
        steps.give_app(email, _secret(kept["readers"][email]["totp_secret"]), name=APP, real_now=real_time())
    _write(kept)
    if directory() is None and appointed:
        _sign(kept["signing_key"], actor_of(people[appointed[0]]))
    readers: dict[str, Own] = kept["readers"]
    return readers


def _enrol(reader: Actor) -> Own:
    identity, passphrase = age.new_identity(), "-".join(secrets.token_hex(3) for _ in range(4))
    steps.keep_reader_key(
        by=reader, recipient=age.recipient_of(identity), locked=age.lock(identity, passphrase), now=current_time()
    )
    return {"key_passphrase": passphrase, "totp_secret": secret_text(new_secret()).replace(" ", "")}


def _sign(key: str, reader: Actor) -> None:
    private = base64.b64decode(key)
    document = next_list(urlsplit(env().base_url).netloc, now=current_time())
    signed = {
        "document": document,
        "signature": base64.b64encode(sign(private, document.encode())).decode(),
        "signer": base64.b64encode(public_of(private)).decode(),
    }
    steps.publish_directory(json.dumps(signed), by=reader, origin=urlsplit(env().base_url).netloc, now=current_time())


def _secret(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def _path() -> Path:
    return env().data / "keys" / "demo-readers.json"


def _read() -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_path().read_text())
    except (OSError, ValueError):
        return {"signing_key": base64.b64encode(new_signing_key()).decode(), "readers": {}}
    return found


def _write(kept: dict[str, Any]) -> None:
    _path().parent.mkdir(parents=True, exist_ok=True)
    part = _path().with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(kept))
    part.replace(_path())
