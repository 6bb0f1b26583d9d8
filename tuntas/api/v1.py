"""API v1: the paths of CONTRACT 5 and their description in OpenAPI 3.1."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError as NinjaInvalid
from pydantic import BaseModel

from tuntas.api import acts, desk, intake, reading
from tuntas.api.callers import Caller, signed_in
from tuntas.api.open import reference, reports
from tuntas.api.open.filters import DeskQuery, ListQuery
from tuntas.api.schemas import (
    BODIES,
    AreaOut,
    FileOut,
    PageOut,
    Problem,
    ReceiptOut,
    ReportIn,
    StaffViewOut,
    TrackOut,
    ViewOut,
)
from tuntas.kit.errors import NOT_FOUND, UNFIT, Invalid, Mistake, No, NotFound
from tuntas.kit.problems import WANTED, refusal
from tuntas.rules import words
from tuntas.rules.life import ARROW, Act
from tuntas.rules.who import anyone_if_public

SIGN_INS = {
    "Bearer": {"type": "http", "scheme": "bearer", "description": "The token of a person or a machine."},
    "Code": {"type": "http", "scheme": "code", "description": "The tracking code of one report."},
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


def _problems(*statuses: int) -> dict[str, Any]:
    problem = Problem.model_json_schema()
    problem = _inlined(problem, problem.pop("$defs", {}))
    return {
        str(status): {"description": "Refused", "content": {"application/problem+json": {"schema": problem}}}
        for status in statuses
    }


KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[ -~]*$"},
    "description": "The same key, caller and path give the same answer for 24 hours.",
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "enum": ["id", "en"]},
    "description": "Indonesian unless English is asked for.",
}


def _body(
    kind: type[BaseModel], *statuses: int, security: tuple[str, ...] = (), is_optional: bool = False
) -> dict[str, Any]:
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
    schema = _inlined(schema, schema.pop("$defs", {}))
    required = bool(schema.get("required"))
    return {
        "parameters": [KEY, LANGUAGE],
        "requestBody": {"required": required, "content": {"application/json": {"schema": schema}}},
        "responses": _problems(*statuses),
        "security": [*([{}] if is_optional or not security else []), *({name: []} for name in security)],
    }


def _inlined(schema: Any, defs: dict[str, Any]) -> Any:
    """Return *schema* with the shapes it refers to put in place, so that each path stands for itself."""
    if isinstance(schema, list):
        return [_inlined(part, defs) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(defs[schema["$ref"].rsplit("/", 1)[1]], defs)
    return {key: _inlined(value, defs) for key, value in schema.items()}


@api.post(
    "/reports",
    response={201: ReceiptOut},
    openapi_extra=_body(ReportIn, 401, 409, 413, 422, 429),
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
    openapi_extra={"security": [{}, {"Bearer": []}, {"Code": []}], "responses": _problems(401, 404)},
    operation_id="get_report",
    summary="One report, as far as you may see it",
)
def get_report(request: HttpRequest, number: str) -> Any:
    return reading.get_report(request, number)


@api.get(
    "/track",
    response=TrackOut,
    openapi_extra={"security": [{"Code": []}], "responses": _problems(401, 429)},
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
        openapi_extra=_body(BODIES[act], *refusals, security=("Bearer", "Code"), is_optional=is_for_everybody),
        operation_id=f"{act}_report",
        summary=summary,
    )(by_number)
    api.post(
        f"/track/acts/{act}",
        response=TrackOut,
        openapi_extra=_body(BODIES[act], *refusals, security=("Code",)),
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
    openapi_extra={"security": [{"Bearer": []}], "responses": _problems(401, 422)},
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
    openapi_extra={"requestBody": FILE_BODY, "responses": _problems(401, 413, 422, 429)},
    operation_id="post_file",
    summary="Upload one photo",
)
def post_file(request: HttpRequest) -> Any:
    return intake.post_file(request)


PHOTO = {"200": {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}}


@api.get(
    "/files/{file_id}",
    response=FileOut,
    openapi_extra={"responses": PHOTO | _problems(404)},
    operation_id="get_file",
    summary="A clean photo, or its state",
)
def get_file(request: HttpRequest, file_id: str) -> Any:
    try:
        return reading.get_file(request, UUID(file_id))
    except ValueError as error:
        raise NotFound(NOT_FOUND) from error


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
    openapi_extra={"responses": _problems(422)},
    operation_id="list_areas",
    summary="Areas: the widest, or those right inside another",
)
def list_areas(request: HttpRequest, parent: str = "") -> Any:
    return reference.get_areas(request, parent)


@api.get("/statistics", operation_id="get_statistics", summary="Public figures")
def get_statistics(request: HttpRequest, since: str = "", until: str = "") -> Any:
    return reference.get_statistics(request, since, until)
