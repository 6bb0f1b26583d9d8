"""API v1: the paths of CONTRACT 5 and their description in OpenAPI 3.1."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError as NinjaInvalid

from tuntas.api import acts, desk, intake, reading, v1_sealed
from tuntas.api.callers import Caller, signed_in
from tuntas.api.described import body_told, problems_told
from tuntas.api.effort import PROOF
from tuntas.api.open import reference, reports
from tuntas.api.open.filters import DeskQuery, ListQuery
from tuntas.api.schemas import BODIES, ReportIn
from tuntas.api.schemas_out import AreaOut, FileOut, IdentityOut, PageOut, ReceiptOut, StaffViewOut, ViewOut
from tuntas.api.schemas_sealed import OwnViewOut
from tuntas.api.upload_calls import add_upload_calls
from tuntas.kit.errors import NOT_FOUND, UNFIT, Invalid, Mistake, No, NotFound
from tuntas.kit.problems import WANTED, refusal
from tuntas.rules import words
from tuntas.rules.life import ARROW, Act
from tuntas.rules.who import anyone_if_public

SIGN_INS = {
    "Bearer": {"type": "http", "scheme": "bearer", "description": "The token of a person or a machine."},
    "Code": {"type": "http", "scheme": "code", "description": "The tracking code of one report."},
    "Lookup": {"type": "http", "scheme": "lookup", "description": "What finds a sealed report; follows from its code."},
}


class Described(NinjaAPI):
    """Names the ways to sign in, which the doors read from the header themselves."""

    def get_openapi_schema(self, **given: Any) -> Any:
        described = super().get_openapi_schema(**given)
        described["components"]["securitySchemes"] = SIGN_INS
        return described


api = Described(
    title="Tuntas",
    version="1.0.0",
    description="Reports of people to their government, followed to the end.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api-v1",
)


@api.exception_handler(No)
def say_no(request: HttpRequest, no: No) -> HttpResponse:
    return refusal(request, no)


@api.exception_handler(NinjaInvalid)
def say_invalid(request: HttpRequest, error: NinjaInvalid) -> HttpResponse:
    found = (e for e in error.errors)
    mistakes = [Mistake(f"/{e['loc'][-1]}", WANTED.get(e["type"], UNFIT).fill(**e.get("ctx", {}))) for e in found]
    return refusal(request, Invalid(*mistakes))


@api.post(
    "/reports",
    response={201: ReceiptOut},
    openapi_extra=body_told(ReportIn, 401, 409, 413, 422, 429, headers=(PROOF,)),
    operation_id="post_report",
    summary="Make a report",
)
def post_report(request: HttpRequest) -> Any:
    return intake.post_report(request)


@api.get("/reports", response=PageOut, operation_id="list_reports", summary="Public reports, the newest first")
def list_reports(request: HttpRequest, query: Query[ListQuery]) -> Any:
    return reports.get_list(request, query)


@api.get(
    "/reports/{number}",
    response=ViewOut | StaffViewOut,
    openapi_extra={"security": [{}, {"Bearer": []}, {"Code": []}], "responses": problems_told(401, 404)},
    operation_id="get_report",
    summary="One report, as far as you may see it",
)
def get_report(request: HttpRequest, number: str) -> Any:
    return reading.get_report(request, number)


@api.get(
    "/reports/{number}/identity",
    response=IdentityOut,
    openapi_extra={"security": [{"Bearer": []}], "responses": problems_told(401, 403, 404)},
    operation_id="get_identity",
    summary="Who the reporter is, while it is open to you; the reading is recorded",
)
def get_identity(request: HttpRequest, number: str) -> Any:
    return reading.get_identity(request, number)


@api.get(
    "/track",
    response=OwnViewOut,
    openapi_extra={"security": [{"Code": []}, {"Lookup": []}], "responses": problems_told(401, 429)},
    operation_id="get_track",
    summary="Your own report",
)
def get_track(request: HttpRequest) -> Any:
    return reading.get_track(request)


def _add_act(act: Act) -> None:
    """Give *act* its two paths: one operation with its own body each."""

    def by_number(request: HttpRequest, number: str) -> Any:
        return acts.post_act(request, number, act)

    def by_code(request: HttpRequest) -> Any:
        return acts.post_track_act(request, act)

    summary = words.ACTS[act].en
    is_for_everybody = anyone_if_public in ARROW[act].who
    refusals = (401, 403, 404, 409, 413, 422, 429)
    api.post(
        f"/reports/{{number}}/acts/{act}",
        response=ViewOut | StaffViewOut if is_for_everybody else StaffViewOut,
        openapi_extra=body_told(BODIES[act], *refusals, security=("Bearer", "Code"), is_optional=is_for_everybody),
        operation_id=f"{act}_report",
        summary=summary,
    )(by_number)
    api.post(
        f"/track/acts/{act}",
        response=OwnViewOut,
        openapi_extra=body_told(BODIES[act], *refusals, security=("Code", "Lookup")),
        operation_id=f"{act}_own_report",
        summary=summary,
    )(by_code)


for known in BODIES:
    _add_act(known)


@api.post("/reports/{number}/acts/{act}", include_in_schema=False)
def post_other_act(request: HttpRequest, number: str, act: str) -> Any:
    return acts.post_act(request, number, act)


@api.post("/track/acts/{act}", include_in_schema=False)
def post_other_track_act(request: HttpRequest, act: str) -> Any:
    return acts.post_track_act(request, act)


def _caller(request: HttpRequest) -> Caller:
    return signed_in(request)


@api.get(
    "/desk/reports",
    auth=_caller,
    response=PageOut,
    openapi_extra={"security": [{"Bearer": []}], "responses": problems_told(401, 422)},
    operation_id="list_desk_reports",
    summary="Your work",
)
def list_desk_reports(request: HttpRequest, query: Query[DeskQuery]) -> Any:
    return desk.get_desk_reports(request, request.auth, query)  # type: ignore[attr-defined]


FILE_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    },
}


@api.post(
    "/files",
    response={201: FileOut},
    openapi_extra={"requestBody": FILE_BODY, "responses": problems_told(401, 413, 422, 429)},
    operation_id="post_file",
    summary="Upload one file",
)
def post_file(request: HttpRequest) -> Any:
    return intake.post_file(request)


PHOTO = {"200": {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}}


@api.get(
    "/files/{file_id}",
    response=FileOut,
    openapi_extra={"responses": PHOTO | problems_told(404)},
    operation_id="get_file",
    summary="A clean file, or its state",
)
def get_file(request: HttpRequest, file_id: str) -> Any:
    try:
        return reading.get_file(request, UUID(file_id))
    except ValueError as error:
        raise NotFound(NOT_FOUND) from error


add_upload_calls(api, problems_told)


@api.get("/life", operation_id="get_life", summary="States and acts")
def get_life(request: HttpRequest) -> Any:
    return reference.get_life(request)


@api.get("/agencies", operation_id="list_agencies", summary="The tree of agencies")
def list_agencies(request: HttpRequest) -> Any:
    return reference.get_agencies(request)


@api.get("/categories", operation_id="list_categories", summary="What a report can be about")
def list_categories(request: HttpRequest) -> Any:
    return reference.get_categories(request)


@api.get(
    "/areas",
    response=list[AreaOut],
    openapi_extra={"responses": problems_told(422)},
    operation_id="list_areas",
    summary="Areas: the widest, or those right inside another",
)
def list_areas(request: HttpRequest, parent: str = "") -> Any:
    return reference.get_areas(request, parent)


@api.get("/statistics", operation_id="get_statistics", summary="Public figures")
def get_statistics(request: HttpRequest, since: str = "", until: str = "") -> Any:
    return reference.get_statistics(request, since, until)


api.add_router("", v1_sealed.router)
