"""The log for everybody: what was signed, proofs that it only grew, and a page that checks a reporter's proof."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tuntas.ledger import queries
from tuntas.web.page import page

A_MINUTE, AN_HOUR = "public, max-age=60", "public, max-age=3600"
HASH_BYTES = 32
NONE_YET, BAD_NUMBER, UNKNOWN = "Nothing was signed yet.", "A number cannot be read.", "No such leaf."


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show what the log is, how long it was when it was last signed, and with which key."""
    point = queries.newest_checkpoint()
    return page(request, "pages/log.html", {"point": point, "key": queries.key_of(point) if point else ""})


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Show the page on which a proof is checked, on the reader's own device."""
    point = queries.newest_checkpoint()
    return page(request, "pages/proof_check.html", {"key": queries.key_of(point) if point else ""})


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Return the newest checkpoint as it was signed."""
    point = queries.newest_checkpoint()
    return _text(point.note, A_MINUTE) if point else _text(f"{NONE_YET}\n", "no-store", 404)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Return the public key in one line, as checkers of notes take it."""
    point = queries.newest_checkpoint()
    return _text(f"{queries.key_of(point)}\n", AN_HOUR) if point else _text(f"{NONE_YET}\n", "no-store", 404)


@require_safe
def inclusion(request: HttpRequest) -> HttpResponse:
    """Return the proof that a leaf is in the log: ``?hash=`` in hex, ``&size=`` of a log that was signed since."""
    point = queries.newest_checkpoint()
    if point is None:
        return _refused(NONE_YET, 404)
    try:
        wanted = bytes.fromhex(request.GET.get("hash", ""))
    except ValueError:
        wanted = b""
    size = _number(request.GET.get("size", str(point.size)))
    if len(wanted) != HASH_BYTES or not 0 < size <= point.size:
        return _refused(BAD_NUMBER, 400)
    found = queries.inclusion_of(wanted, size)
    if found is None:
        return _refused(UNKNOWN, 404)
    seq, proof = found
    return _json({"seq": seq, "size": size, "proof": [one.hex() for one in proof]})


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Return the proof that the log of ``?to=`` leaves begins with the log of ``?from=`` leaves."""
    point = queries.newest_checkpoint()
    if point is None:
        return _refused(NONE_YET, 404)
    old, new = _number(request.GET.get("from", "")), _number(request.GET.get("to", str(point.size)))
    if not 0 < old <= new <= point.size:
        return _refused(BAD_NUMBER, 400)
    return _json({"from": old, "to": new, "proof": [one.hex() for one in queries.consistency_of(old, new)]})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _text(text: str, cache: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = cache
    response["Access-Control-Allow-Origin"] = "*"  # whoever watches the log may do so from a page of their own
    return response


def _json(told: dict[str, object]) -> HttpResponse:
    response = JsonResponse(told)
    response["Cache-Control"] = AN_HOUR
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(why: str, status: int) -> HttpResponse:
    response = JsonResponse({"title": why, "status": status}, status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    return response
