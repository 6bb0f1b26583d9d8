"""Clean files as answers: handed over to be kept, never to run or to be shown; parts of long ones where asked for."""

import re
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from tuntas.kit import files

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_MOST_IN_A_PART = 4 * 1024 * 1024


def send_file(request: HttpRequest, name: str, *, called: str, content_type: str) -> HttpResponseBase:
    """Return a clean file as an attachment, or the part that Range names. Raises FileNotFoundError."""
    source = files.open_clean(name)
    length = source.seek(0, 2)
    part = _part(request.headers.get("Range", ""), length)
    response: HttpResponseBase
    if part is None:
        source.seek(0)
        response = FileResponse(source)
        response.headers["Content-Length"] = str(length)
    else:
        with source:
            response = _part_of(source, part, length)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = content_disposition_header(True, called) or "attachment"
    response.headers["Accept-Ranges"] = "bytes"
    _guard(response)
    return response


def photo_answer(data: bytes, *, keep: str = "no-store") -> HttpResponse:
    """Return a photo to be shown.

    keep   who may keep it, and how long
    """
    response = HttpResponse(data, content_type="image/jpeg")
    _guard(response, keep)
    return response


def letter_answer(data: bytes, *, called: str) -> HttpResponse:
    """Return a letter that was written just now, to be kept."""
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, called) or "attachment"
    _guard(response)
    return response


def _guard(response: HttpResponseBase, keep: str = "no-store") -> None:
    """Say that nothing in it may run, and who keeps it."""
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = keep


def _part(wanted: str, length: int) -> tuple[int, int] | None:
    """Return first and last byte of the one part asked for; None for the whole, and where it is no such part."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return max(0, length - int(last)), length - 1
    return int(first), min(int(last) if last else length - 1, length - 1)


def _part_of(source: BinaryIO, part: tuple[int, int], length: int) -> HttpResponse:
    first, last = part
    if first >= length or last < first:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{length}"
        return response
    last = min(last, first + _MOST_IN_A_PART - 1)  # less than asked for is a good answer, and little memory
    source.seek(first)
    response = HttpResponse(source.read(last - first + 1), status=206)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{length}"
    return response
