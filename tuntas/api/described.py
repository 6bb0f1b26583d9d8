"""How the API's description tells of bodies, refusals and keys."""

from typing import Any

from pydantic import BaseModel

from tuntas.api.schemas_problem import Problem


def problems_told(*statuses: int) -> dict[str, Any]:
    """Return the responses of refusals."""
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


def body_told(
    kind: type[BaseModel],
    *statuses: int,
    security: tuple[str, ...] = (),
    is_optional: bool = False,
    headers: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """Return what a POST takes, who may, and how it is refused; *headers* beside those of every POST."""
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
    schema = _inlined(schema, schema.pop("$defs", {}))
    required = bool(schema.get("required"))
    return {
        "parameters": [KEY, LANGUAGE, *headers],
        "requestBody": {"required": required, "content": {"application/json": {"schema": schema}}},
        "responses": problems_told(*statuses),
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
