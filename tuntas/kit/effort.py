"""A small computation asked of a phone when much comes from its network: about a second's work, checked in no time.

The challenge is ALTCHA's (version 2, PBKDF2) and signed; nothing is kept of it. Whoever solved it shows challenge and
solution together. It is good for one purpose, one form and twenty minutes. That it counts once only is not told
here: ``steps.effort`` keeps what was spent. The only module that may import altcha.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution

from tuntas.kit.crypto import derive, keyed_hash
from tuntas.kit.env import env

LASTS = timedelta(minutes=20)
ROUNDS = 5000  # of PBKDF2 in each try
# Which try is the right one nobody can tell, but it is never a late one: about a second on a cheap phone, not ten.
FEWEST_TRIES, MOST_TRIES = 100, 300
LONGEST_PROOF = 4000  # letters
Challenge = dict[str, Any]


def new_challenge(purpose: str, form: str, *, real_now: datetime) -> Challenge:
    """Return what a phone is asked to compute, as JSON carries it.

    purpose   what it is good for, such as ``reports``
    form      the one form, draft or body it is good for
    """
    made = create_challenge(
        "PBKDF2/SHA-256",
        ROUNDS,
        counter=FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES),
        expires_at=int((real_now + LASTS).timestamp()),
        data={"for": _bound(purpose, form)},
        hmac_secret=_key("challenges"),
        hmac_key_secret=_key("solutions"),
    )
    told: Challenge = made.to_dict()
    return told


def nonce_of(proof: str, purpose: str, form: str, *, real_now: datetime) -> str | None:
    """Return what tells this proof from all others; None where it is wrong, too old or for something else."""
    if not proof.isascii() or len(proof) > LONGEST_PROOF:
        return None
    try:
        shown = Payload.from_base64(proof)
        is_solved = verify_solution(shown, _key("challenges"), hmac_key_secret=_key("solutions")).verified
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # not as any phone sends it
        return None
    asked = shown.challenge.parameters
    if not is_solved or (asked.expires_at or 0) < real_now.timestamp():
        return None
    is_for_this = hmac.compare_digest((asked.data or {}).get("for", ""), _bound(purpose, form))
    return asked.nonce if is_for_this else None


def _bound(purpose: str, form: str) -> str:
    return keyed_hash(_key("forms"), f"{purpose}\n{form}")


def _key(use: str) -> bytes:
    return derive(env().secret_key, f"effort {use}")
