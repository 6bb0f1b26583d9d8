"""The paths for files that come piece by piece, and their description."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from tuntas.api import uploads
from tuntas.api.schemas_out import UploadOut

PIECES = {"requestBody": {"required": False, "content": {uploads.PIECE_TYPE: {"schema": {"type": "string"}}}}}
TUS = {"name": "Tus-Resumable", "in": "header", "required": True, "schema": {"type": "string", "enum": ["1.0.0"]}}


def _header(name: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "schema": {"type": "integer", "minimum": 0}}


def add_upload_calls(api: NinjaAPI, problems: Callable[..., dict[str, Any]]) -> None:
    """Add the calls to an API; *problems* describes refusals."""

    @api.api_operation(["OPTIONS"], "/uploads", include_in_schema=False)
    def tell_uploads(request: HttpRequest) -> Any:
        return uploads.options(request)

    @api.post(
        "/uploads",
        response={201: UploadOut},
        openapi_extra={"parameters": [TUS, _header("Upload-Length")], "responses": problems(401, 412, 413, 422, 429)},
        operation_id="begin_upload",
        summary="Begin a file that comes piece by piece (tus 1.0.0)",
    )
    def begin_upload(request: HttpRequest) -> Any:
        return uploads.post_upload(request)

    @api.get(
        "/uploads/{upload_id}",
        response=UploadOut,
        openapi_extra={"responses": problems(404)},
        operation_id="get_upload",
        summary="How far an upload is, and its file",
    )
    def get_upload(request: HttpRequest, upload_id: str) -> Any:
        return uploads.get_upload(request, upload_id)

    @api.api_operation(["HEAD"], "/uploads/{upload_id}", include_in_schema=False)
    def head_upload(request: HttpRequest, upload_id: str) -> Any:
        return uploads.head_upload(request, upload_id)

    @api.patch(
        "/uploads/{upload_id}",
        response={204: None},
        openapi_extra=PIECES
        | {"parameters": [TUS, _header("Upload-Offset")], "responses": problems(404, 409, 412, 413, 415, 422)},
        operation_id="add_piece",
        summary="Add the next piece of a file",
    )
    def add_piece(request: HttpRequest, upload_id: str) -> Any:
        return uploads.patch_upload(request, upload_id)

    @api.delete(
        "/uploads/{upload_id}",
        response={204: None},
        openapi_extra={"parameters": [TUS], "responses": problems(404, 412)},
        operation_id="drop_upload",
        summary="Forget a file that is still coming",
    )
    def drop_upload(request: HttpRequest, upload_id: str) -> Any:
        return uploads.delete_upload(request, upload_id)
