"""Passkeys (WebAuthn): what a browser is asked, and whether what it shows is true. The only module for fido2.

Each asks for the person as well (a finger, a face, a PIN), so a passkey alone is two factors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tuntas.kit.env import env

LONGEST = 20_000  # letters of an answer; attestations are the longest part
LONGEST_HANDLE = 400
Json = dict[str, Any]


class Unproven(Exception):
    """What a browser showed is not what it was asked for, or not true. Which of the two is never told."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey: its id in base64url, its public part, and its signature counter."""

    handle: str
    public: bytes
    counter: int


def ask_to_make(user_id: bytes, *, email: str, name: str, handles: Iterable[str]) -> tuple[Json, Json]:
    """Return what the browser needs to make a passkey, and the state to check its answer with.

    handles   the passkeys somebody has already: the same device makes no second one
    """
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=user_id, name=email, display_name=name),
        credentials=[_descriptor(handle) for handle in handles],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), _plain(state)


def made(state: Json, answer: str) -> Made:
    """Return the passkey a browser made. Raises Unproven."""
    try:
        data = _server().register_complete(state, _read(answer))
        credential = data.credential_data
        if credential is None:
            raise Unproven
        handle = websafe_encode(credential.credential_id)
    except Exception as error:  # anything may stand in what a stranger sends
        raise Unproven from error
    if len(handle) > LONGEST_HANDLE:
        raise Unproven
    return Made(handle, bytes(credential), data.counter)


def ask_to_show(handles: Iterable[str] | None) -> tuple[Json, Json]:
    """Return what the browser needs to show a passkey, and the state to check it with.

    handles   one of these; None: any that it has for this site
    """
    wanted = None if handles is None else [_descriptor(handle) for handle in handles]
    options, state = _server().authenticate_begin(wanted, UserVerificationRequirement.REQUIRED)
    return dict(options), _plain(state)


def handle_in(answer: str) -> str:
    """Return which passkey a browser says it shows. Raises Unproven."""
    try:
        return websafe_encode(AuthenticationResponse.from_dict(_read(answer)).raw_id)
    except Exception as error:
        raise Unproven from error


def shown(state: Json, answer: str, public: bytes) -> int:
    """Return the counter that a passkey shows with its signature. Raises Unproven."""
    try:
        read = _read(answer)
        _server().authenticate_complete(state, [AttestedCredentialData(public)], read)
        return AuthenticationResponse.from_dict(read).response.authenticator_data.counter
    except Exception as error:
        raise Unproven from error


def _read(answer: str) -> Mapping[str, Any]:
    if len(answer) > LONGEST:
        raise Unproven
    read = orjson.loads(answer)
    if not isinstance(read, dict):
        raise Unproven
    return read


def _server() -> Fido2Server:
    parts = urlsplit(env().base_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    rp = PublicKeyCredentialRpEntity(name="Tuntas", id=env().host)
    return Fido2Server(rp, verify_origin=lambda asked: asked == origin)


def _descriptor(handle: str) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(handle))


def _plain(state: Mapping[str, Any]) -> Json:
    """Return a state as plain JSON; the library leaves an enumeration in it."""
    return {name: None if value is None else str(getattr(value, "value", value)) for name, value in state.items()}
