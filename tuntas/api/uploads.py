"""Files that come piece by piece over a bad line: a part of the tus protocol, version 1.0.0 (tus.io).

POST makes room, PATCH adds a piece, HEAD tells how far the file has come, DELETE forgets it. Once it is whole it goes
the way of ``POST /files``, and the answer carries ``Upload-File``: the id to attach.
"""

import binascii
from base64 import b64decode
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError

from tuntas import steps
from tuntas.api.callers import known_or_stranger
from tuntas.api.intake import refuse_too_many_bytes, slow_strangers
from tuntas.kit.answers import json_answer, respond
from tuntas.kit.errors import NOT_FOUND, Invalid, No, NotFound, TooLarge
from tuntas.kit.problems import problem, refusal
from tuntas.kit.sniff import LARGEST
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.reports.upload_queries import upload_of
from tuntas.steps.add_piece import MOST_IN_A_PIECE, TOO_MUCH
from tuntas.steps.limit import FILES_AN_HOUR

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
OTHER_VERSION = Say("Pakai tus versi 1.0.0.", "Use version 1.0.0 of tus.")
NO_LENGTH = Say("Tulis panjang berkas dalam bita.", "Say how long the file is, in bytes.")
NO_OFFSET = Say("Tulis dari bita keberapa bagian ini.", "Say at which byte this piece begins.")
NO_PIECE = Say(f"Kirim bagian berkas sebagai {PIECE_TYPE}.", f"Send a piece of the file as {PIECE_TYPE}.")
_MOST_DIGITS = 15


def options(request: HttpRequest) -> HttpResponse:
    """Say which part of tus is spoken here."""
    response = _empty(204)
    response["Tus-Resumable"] = response["Tus-Version"] = VERSION
    response["Tus-Extension"] = "creation,termination"
    response["Tus-Max-Size"] = str(LARGEST)
    return response


def post_upload(request: HttpRequest) -> HttpResponse:
    """Make room for a file."""

    def do() -> HttpResponse:
        caller, length = known_or_stranger(request), _number(request, "Upload-Length", NO_LENGTH)
        slow_strangers(request, caller, "files", FILES_AN_HOUR)
        if 0 < length <= LARGEST:
            refuse_too_many_bytes(request, caller, length)
        upload = steps.begin_upload(length, name=_name(request.headers.get("Upload-Metadata", "")), now=current_time())
        response = respond(json_answer({"upload_id": upload.pk, "offset": 0, "length": length}, 201), request)
        response["Location"] = f"{request.path.rstrip('/')}/{upload.pk}"
        response["Upload-Offset"] = "0"
        return response

    return _spoken(request, do)


def head_upload(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Tell how far a file has come."""

    def do() -> HttpResponse:
        upload = upload_of(_id(upload_id), now=current_time())
        response = _empty(200)
        response["Upload-Offset"], response["Upload-Length"] = str(upload.offset), str(upload.length)
        if upload.file is not None:
            response["Upload-File"] = str(upload.file.pk)
        return response

    return _spoken(request, do)


def get_upload(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Tell which file came out of an upload, and how far it is."""

    upload = upload_of(_id(upload_id), now=current_time())
    told: dict[str, object] = {"upload_id": upload.pk, "offset": upload.offset, "length": upload.length}
    file = upload.file
    told |= {"file_id": file and file.pk, "state": file.state if file else "received"}
    return respond(json_answer(told), request)


def patch_upload(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Add a piece; after the last one the file is taken in."""

    def do() -> HttpResponse:
        now, key = current_time(), _id(upload_id)
        upload_of(key, now=now)
        if request.headers.get("Content-Type", "").partition(";")[0].strip() != PIECE_TYPE:
            return problem(request, 415, NO_PIECE)
        offset = _number(request, "Upload-Offset", NO_OFFSET)
        upload = steps.add_piece(key, offset, _piece(request), now=now)
        response = _empty(204)
        response["Upload-Offset"] = str(upload.offset)
        if upload.offset == upload.length:
            file = steps.finish_upload(key, now=now)
            response["Upload-File"], response["Upload-State"] = str(file.pk), file.state
        return response

    return _spoken(request, do)


def delete_upload(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Forget a file that is still coming."""

    def do() -> HttpResponse:
        if not steps.drop_upload(_id(upload_id)):
            raise NotFound(NOT_FOUND)
        return _empty(204)

    return _spoken(request, do)


def _spoken(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer in the version of tus that both speak; a refusal says it too."""
    if request.headers.get("Tus-Resumable", "") != VERSION:
        response = problem(request, 412, OTHER_VERSION)
        response["Tus-Version"] = VERSION
    else:
        try:
            response = do()
        except No as no:
            response = refusal(request, no)
    response["Tus-Resumable"] = VERSION
    return response


def _empty(status: int) -> HttpResponse:
    response = HttpResponse(status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(NOT_FOUND) from error


def _number(request: HttpRequest, header: str, say: Say) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise Invalid.field(f"/{header}", say)
    return int(text)


def _name(metadata: str) -> str:
    """Return the file's name that tus carries in base64; nonsense is none."""
    for part in metadata[:4000].split(","):
        key, _, value = part.strip().partition(" ")
        if key == "filename":
            try:
                return b64decode(value.strip(), validate=True).decode()
            except (binascii.Error, ValueError):
                return ""
    return ""


def _piece(request: HttpRequest) -> bytes:
    """Return what came of a piece; of a line that broke in the middle, what came before. Raises TooLarge."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and len(length) <= _MOST_DIGITS and int(length) > MOST_IN_A_PIECE:
        raise TooLarge(TOO_MUCH)
    pieces, many = list[bytes](), 0
    try:
        while many <= MOST_IN_A_PIECE and (piece := request.read(64 * 1024)):
            pieces.append(piece)
            many += len(piece)
    except UnreadablePostError:
        pass
    return b"".join(pieces)
