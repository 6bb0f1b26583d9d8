"""A passkey of software, for tests that need no browser: it answers what the server asks, and can be made to lie."""

import hashlib
import json
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
PRESENT = FLAG.UP | FLAG.UV


@dataclass
class SoftPasskey:
    """One passkey on one device; ``counter`` rises with every use unless a test sets it back."""

    origin: str = "http://testserver"
    host: str = "testserver"
    counter: int = 1
    flags: int = PRESENT
    id: bytes = field(default_factory=lambda: token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """Answer what ``ask_to_make`` asked."""
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._rp(), self.flags | FLAG.AT, self.counter, credential)
        attestation = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=bytes(attestation))

    def show(self, options: dict[str, Any]) -> str:
        """Answer what ``ask_to_show`` asked."""
        self.counter += 1
        data = bytes(AuthenticatorData.create(self._rp(), FLAG(self.flags), self.counter))
        client = self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _rp(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": self.origin}
        ).encode()

    def _answer(self, **response: bytes) -> str:
        handle = websafe_encode(self.id)
        said = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps({"id": handle, "rawId": handle, "type": "public-key", "response": said})
