"""Ask for a small computation, and take each proof of one once."""

from datetime import datetime

from tuntas.kit.effort import Challenge, new_challenge, nonce_of
from tuntas.kit.problems import TooOften
from tuntas.kit.words import Say
from tuntas.people.models import Spent

SLOWER = Say(
    "Banyak kiriman dari jaringan ini. Tunggu {seconds} detik, lalu kirim lagi. Tulisan Anda tidak hilang.",
    "Many reports come from this network. Wait {seconds} seconds, then send again. Your text is not lost.",
)


def asked_for_effort(purpose: str, form: str, seconds: int, *, real_now: datetime) -> TooOften:
    """Return the refusal that carries a way on: after *seconds*, or at once with the proof of a small computation.

    purpose   what is done too often, such as ``reports``
    form      the one form, draft or body that the proof is good for
    """
    challenge: Challenge = new_challenge(purpose, form, real_now=real_now)
    return TooOften(SLOWER.fill(seconds=seconds), seconds, challenge)


def spend_effort(proof: str, purpose: str, form: str, *, real_now: datetime) -> bool:
    """Take a proof in; return whether it is good for this form and was never taken before."""
    nonce = nonce_of(proof, purpose, form, real_now=real_now) if proof else None
    return nonce is not None and Spent.objects.get_or_create(key=nonce, defaults={"at": real_now})[1]
