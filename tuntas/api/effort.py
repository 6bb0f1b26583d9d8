"""Who sends through the API, with the proof of effort they show; it is good for this path and body alone."""

from hashlib import sha256

from django.http import HttpRequest

from tuntas.kit.effort import LONGEST_PROOF
from tuntas.kit.time import real_time
from tuntas.steps.weigh import Sender

HEADER = "Proof"
PROOF = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST_PROOF, "pattern": "^[ -~]*$"},
    "description": "After 429 with a challenge (ALTCHA version 2): its payload in Base64, to go on at once.",
}


def sender_of(request: HttpRequest, body: bytes) -> Sender:
    """Return who sends this request with this body."""
    return Sender(
        address=request.META.get("REMOTE_ADDR", ""),
        form=form_of(request, body),
        real_now=real_time(),
        proof=proof_of(request),
        is_program=True,
    )


def form_of(request: HttpRequest, body: bytes) -> str:
    """Return what a proof of effort is bound to: this path with this very body."""
    return sha256(request.path.encode() + b"\n" + body).hexdigest()


def proof_of(request: HttpRequest) -> str:
    """Return the proof of effort that a request shows; "" for none."""
    return request.headers.get(HEADER, "")
