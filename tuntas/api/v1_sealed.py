"""The sealed room's paths of API v1, and their description."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tuntas.api import sealed
from tuntas.api.described import KEY, LANGUAGE, body_told, problems_told
from tuntas.api.effort import PROOF
from tuntas.api.schemas_sealed import RecipientsOut, SealedFileOut, SealedIn, SealedReceiptOut

router = Router()


@router.get(
    "/sealed/recipients",
    response=RecipientsOut,
    operation_id="get_sealed_recipients",
    summary="Whose keys sealed reports are closed to, signed",
)
def get_sealed_recipients(request: HttpRequest) -> Any:
    return sealed.get_recipients(request)


CLOSED_FILE = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


@router.post(
    "/sealed/files",
    response={201: SealedFileOut},
    openapi_extra={
        "parameters": [KEY, LANGUAGE],
        "requestBody": {"required": True, "content": CLOSED_FILE},
        "responses": problems_told(413, 422, 429),
    },
    operation_id="post_sealed_file",
    summary="Upload one file that is closed (an age file)",
)
def post_sealed_file(request: HttpRequest) -> Any:
    return sealed.post_file(request)


@router.get(
    "/sealed/files/{file_id}",
    openapi_extra={
        "security": [{"Lookup": []}, {"Code": []}],
        "responses": {"200": {"description": "An age file", "content": CLOSED_FILE}} | problems_told(401, 404, 429),
    },
    operation_id="get_sealed_file",
    summary="One closed file of your report",
)
def get_sealed_file(request: HttpRequest, file_id: str) -> Any:
    return sealed.get_file(request, file_id)


@router.post(
    "/sealed",
    response={201: SealedReceiptOut},
    openapi_extra=body_told(SealedIn, 409, 413, 422, 429, headers=(PROOF,)),
    operation_id="post_sealed",
    summary="Make a report that only its readers and its reporter can open",
)
def post_sealed(request: HttpRequest) -> Any:
    return sealed.post_sealed(request)
