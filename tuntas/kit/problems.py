"""Refusals as application/problem+json (RFC 9457), in the language that was asked for."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from pydantic import ValidationError

from tuntas.kit.errors import UNFIT, Invalid, Mistake, No, NotAllowed, NotFound, TooLarge, Unfit, WrongState
from tuntas.kit.words import Language, Say

STATUS: dict[type[No], int] = {NotFound: 404, NotAllowed: 403, WrongState: 409, TooLarge: 413, Invalid: 422}
TITLES = {
    401: Say("Belum dikenali", "Not signed in"),
    403: Say("Tidak berwenang", "Not allowed"),
    404: Say("Tidak ada", "Not found"),
    405: Say("Cara ini tidak dipakai di sini", "Method not allowed"),
    409: Say("Tidak bisa sekarang", "Not possible now"),
    412: Say("Versi lain", "Another version"),
    413: Say("Terlalu besar", "Too large"),
    415: Say("Jenis lain", "Another type"),
    422: Say("Ada yang perlu dilengkapi", "Something needs fixing"),
    429: Say("Terlalu sering", "Too many tries"),
    500: Say("Ada gangguan di pihak kami", "The fault is ours"),
    503: Say("Sedang tidak bisa melayani", "Not available now"),
}
CHALLENGES = 'Bearer realm="tuntas", Code realm="tuntas", Lookup realm="tuntas"'


class NoCredentials(No):
    """Nobody we know asks, and for this somebody must."""


class TooOften(No):
    """Slow down; say after how many seconds, or what to compute to go on at once."""

    def __init__(self, say: Say, seconds: int, challenge: dict[str, Any] | None = None) -> None:
        super().__init__(say)
        self.seconds = seconds
        self.challenge = challenge  # kit.effort; None where there is only waiting


def language_of(request: HttpRequest) -> Language:
    """Return English where it is asked for before Indonesian, else Indonesian."""
    best = {Language.ID: 0.0, Language.EN: 0.0}
    for part in request.headers.get("Accept-Language", "")[:500].split(","):
        tag, _, weight = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        if primary in ("id", "en"):
            best[Language(primary)] = max(best[Language(primary)], _weight(weight))
    return Language.EN if best[Language.EN] > best[Language.ID] else Language.ID


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text.strip() else 1.0
    except ValueError:
        return 0.0


def status_of(no: No) -> int:
    """Return the HTTP status of a refusal."""
    if isinstance(no, NoCredentials):
        return 401
    return 429 if isinstance(no, TooOften) else STATUS[type(no)]


def body_of(no: No, language: Language) -> bytes:
    """Return the problem+json of a refusal."""
    mistakes = no.mistakes if isinstance(no, Invalid) else ()
    more = {"challenge": no.challenge} if isinstance(no, TooOften) and no.challenge else {}
    return problem_body(status_of(no), no.say, language, mistakes, more)


def problem_body(
    status: int,
    say: Say,
    language: Language,
    mistakes: tuple[Mistake, ...] = (),
    more: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the problem+json of a status and a sentence, with what *more* a program may need."""
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[status].in_(language),
        "status": status,
        "detail": say.in_(language),
        **(more or {}),
    }
    if mistakes:
        problem["errors"] = [{"pointer": m.pointer, "detail": m.say.in_(language)} for m in mistakes]
    return orjson.dumps(problem)


def problem(request: HttpRequest, status: int, say: Say) -> HttpResponse:
    """Return a refusal that no step raised."""
    return as_problem(status, problem_body(status, say, language_of(request)), language_of(request))


def refusal(request: HttpRequest, no: No) -> HttpResponse:
    """Return a step's refusal as an answer."""
    language = language_of(request)
    response = as_problem(status_of(no), body_of(no, language), language)
    if isinstance(no, TooOften):
        response["Retry-After"] = str(no.seconds)
    return response


def as_problem(status: int, body: bytes, language: Language) -> HttpResponse:
    """Return a problem+json as a response nobody may store."""
    response = HttpResponse(body, status=status, content_type="application/problem+json")
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = CHALLENGES
    return response


WANTED = {
    # What pydantic found, in people's words.
    "missing": Say("Isian ini wajib.", "This is required."),
    "json_invalid": Say("Kiriman ini bukan JSON yang utuh.", "This is not whole JSON."),
    "string_type": Say("Isi dengan teks.", "This must be text."),
    "bool_type": Say("Isi dengan true atau false.", "This must be true or false."),
    "int_type": Say("Isi dengan bilangan bulat.", "This must be a whole number."),
    "float_type": Say("Isi dengan angka.", "This must be a number."),
    "finite_number": Say("Isi dengan angka biasa.", "This must be an ordinary number."),
    "list_type": Say("Isi dengan daftar.", "This must be a list."),
    "model_attributes_type": Say("Isi dengan objek JSON.", "This must be a JSON object."),
    "model_type": Say("Isi dengan objek JSON.", "This must be a JSON object."),
    "enum": Say("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "literal_error": Say("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "greater_than_equal": Say("Paling kecil {ge}.", "{ge} at least."),
    "less_than_equal": Say("Paling besar {le}.", "{le} at most."),
    "string_too_long": Say("Terlalu panjang: paling banyak {max_length} huruf.", "{max_length} characters at most."),
    "string_too_short": Say("Isian ini tidak boleh kosong.", "This must not be empty."),
    "string_pattern_mismatch": Say("Bentuknya tidak dikenal.", "This form is not known."),
    "too_long": Say("Paling banyak {max_length}.", "{max_length} at most."),
    "uuid_parsing": Say("Ini bukan tanda berkas.", "This is not a file's id."),
    "uuid_type": Say("Ini bukan tanda berkas.", "This is not a file's id."),
}
DATE = Say("Tulis tanggal seperti 2026-11-21.", "Write a date such as 2026-11-21.")


def invalid_of(error: ValidationError) -> Invalid:
    """Turn what pydantic found into sentences in both languages."""
    return Invalid(*(_mistake(dict(found)) for found in error.errors(include_url=False)))


def _mistake(found: dict[str, Any]) -> Mistake:
    pointer = "".join(f"/{part}" for part in found["loc"])
    inner = found.get("ctx", {}).get("error")
    if isinstance(inner, Unfit):
        return Mistake(pointer, inner.say)
    kind = found["type"]
    say = WANTED.get(kind, DATE if kind.startswith("date") else UNFIT)
    given = {k: v for k, v in found.get("ctx", {}).items() if k != "error"}
    if "expected" in given:  # pydantic writes English between the last two
        given["expected"] = given["expected"].replace(" or ", ", ")
    return Mistake(pointer, say.fill(**given))
