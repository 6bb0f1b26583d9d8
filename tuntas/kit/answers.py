"""Answers of the API, the same way at every path."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from tuntas.kit.problems import as_problem, language_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: an HTTP status and a JSON body."""

    status: int
    body: bytes


def json_answer(data: Any, status: int = 200) -> Answer:
    """Return an answer of *data*; instants become RFC 3339 with offset."""
    return Answer(status, orjson.dumps(data))


def respond(answer: Answer, request: HttpRequest) -> HttpResponse:
    """Return an answer as a response nobody may store."""
    language = language_of(request)
    if answer.status >= 400:
        return as_problem(answer.status, answer.body, language)
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    return response
