"""Do a request once, however often it is sent: the answer to an Idempotency-Key is kept and given again."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from tuntas.kit.answers import Answer
from tuntas.kit.crypto import decrypt, derive, encrypt, keyed_hash
from tuntas.kit.env import env
from tuntas.kit.errors import Invalid, No, TooLarge, WrongState
from tuntas.kit.problems import TooOften
from tuntas.kit.words import Say
from tuntas.people.models import Repeat

LONGEST_KEY = 200
OTHER_BODY = Say(
    "Kunci ini sudah dipakai untuk kiriman lain. Pakai kunci baru.",
    "This key was used for another request. Use a new one.",
)
BAD_KEY = Say("Idempotency-Key paling banyak 200 huruf biasa.", "Idempotency-Key takes 200 plain characters at most.")


class Refused(Exception):
    """Carries a refusal out of the transaction that it undoes, so that it can be kept as the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def once(
    key: str,
    *,
    caller: str,
    path: str,
    body: bytes,
    do: Callable[[], Answer],
    refuse: Callable[[No], Answer],
    now: datetime,
) -> Answer:
    """Return what ``do`` answers, or what it answered to the same key, caller and path before.

    The key's row is taken before the work and filled in the work's own transaction: of two at once the second waits
    and repeats the first. A refusal is kept as well. Raises WrongState where the key was used for another body.
    """
    if not key:
        return do()
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        with transaction.atomic():  # 422 comes last: what do() refuses comes first, what it did is undone
            do()
            raise Invalid.field("/Idempotency-Key", BAD_KEY)
    secret = derive(f"{env().secret_key}{caller}{key}", "repeat")
    row_key = keyed_hash(derive(env().secret_key, "repeat keys"), f"{caller}\n{path}\n{key}")
    body_hash = sha256(body).hexdigest()
    try:
        with transaction.atomic():
            Repeat.objects.bulk_create([Repeat(key=row_key, body_hash=body_hash, at=now)], ignore_conflicts=True)
            row = Repeat.objects.select_for_update().get(key=row_key)
            if row.body_hash != body_hash:
                _refuse_earlier(do)
                raise WrongState(OTHER_BODY)
            if row.status:
                return Answer(row.status, decrypt(secret, bytes(row.answer)))
            try:
                answer = do()
            except TooOften:  # "later" is no answer to keep
                raise
            except No as no:
                raise Refused(refuse(no)) from no
            _fill(row, answer, secret)
            return answer
    except Refused as refused:
        row = Repeat(key=row_key, body_hash=body_hash, at=now)
        row.status, row.answer = refused.answer.status, encrypt(secret, refused.answer.body)
        Repeat.objects.bulk_create([row], ignore_conflicts=True)
        return refused.answer


def _refuse_earlier(do: Callable[[], Answer]) -> None:
    """Raise what ``do`` refuses before 409 (404, 401, 403); the caller's transaction undoes what it did."""
    with suppress(TooLarge, Invalid):
        do()


def _fill(row: Repeat, answer: Answer, secret: bytes) -> None:
    row.status, row.answer = answer.status, encrypt(secret, answer.body)
    row.save(update_fields=["status", "answer"])
