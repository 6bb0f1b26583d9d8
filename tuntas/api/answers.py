"""Reading bodies, and doing a POST once."""

from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from pydantic import BaseModel, ValidationError

from tuntas.api.callers import Caller
from tuntas.kit.answers import Answer, respond
from tuntas.kit.errors import Invalid, No, TooLarge
from tuntas.kit.problems import body_of, invalid_of, language_of, status_of
from tuntas.kit.words import Say
from tuntas.steps.once import once

B = TypeVar("B", bound=BaseModel)
TOO_LARGE = Say("Kiriman ini terlalu besar.", "This is too large.")
NOT_BASE64 = Say("Ini bukan Base64.", "This is no Base64.")
CUT_OFF = Say("Kiriman terputus. Kirim lagi.", "The request was cut off. Send it again.")


def bytes_of(request: HttpRequest) -> bytes:
    """Return the body's bytes. Raises TooLarge, Invalid."""
    try:
        return request.body
    except RequestDataTooBig as error:
        raise TooLarge(TOO_LARGE) from error
    except UnreadablePostError as error:
        raise Invalid.field("", CUT_OFF) from error


def read_body(request: HttpRequest, kind: type[B], *, stand_in: Callable[[bytes], bytes] = bytes) -> B:
    """Return the body as *kind*; an empty one is an empty object. Raises Invalid, TooLarge.

    stand_in   what is done to its bytes before they are checked
    """
    try:
        return kind.model_validate_json(stand_in(bytes_of(request) or b"{}"))
    except ValidationError as error:
        raise invalid_of(error) from error


def bytes_at(text: str, pointer: str) -> bytes:
    """Return the bytes of Base64. Raises Invalid at *pointer*."""
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise Invalid.field(pointer, NOT_BASE64) from error


def do_once(
    request: HttpRequest, caller: Caller, do: Callable[[], Answer], *, body: bytes | None = None, now: datetime
) -> HttpResponse:
    """Do a POST once for each Idempotency-Key and return its answer; *body* stands for a form's bytes."""
    language = language_of(request)

    def refuse(no: No) -> Answer:
        return Answer(status_of(no), body_of(no, language))

    key = request.headers.get("Idempotency-Key", "")
    try:
        body = bytes_of(request) if body is None else body
    except (TooLarge, Invalid):
        do()  # 404, 401, 403 and 409 come before 413; do() never gets beyond the same body
        raise
    answer = once(key, caller=caller.key, path=request.path, body=body, do=do, refuse=refuse, now=now)
    return respond(answer, request)
