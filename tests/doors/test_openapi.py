"""The description of the API says what is there, and nothing anybody sends makes it fail."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tuntas.kit.time import current_time
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
HERE = ("application/json", "application/problem+json", "image/jpeg")
CALLS = {
    ("/reports", "post"),
    ("/reports", "get"),
    ("/reports/{number}", "get"),
    ("/track", "get"),
    ("/desk/reports", "get"),
    ("/files", "post"),
    ("/files/{file_id}", "get"),
    ("/sealed/recipients", "get"),
    ("/sealed/files", "post"),
    ("/sealed/files/{file_id}", "get"),
    ("/sealed", "post"),
    ("/life", "get"),
    ("/agencies", "get"),
    ("/categories", "get"),
    ("/areas", "get"),
    ("/statistics", "get"),
}
quietly = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"{API}/openapi.json").json()
    return answer


@dataclass
class Town:
    """A few reports in different states and the credentials of different people."""

    reports: list[Made]
    headers: list[dict[str, str]]

    def pick(self, turn: int) -> tuple[str, dict[str, str]]:
        report = self.reports[turn % len(self.reports)].report
        return report.name, self.headers[(turn // 2) % len(self.headers)]


@pytest.fixture
def town(cast: Cast) -> Town:
    begun = current_time() - timedelta(hours=9)
    made = []
    for state in (State.SUBMITTED, State.IN_PROGRESS, State.ANSWERED):
        report = make_report(begun, email="sari@contoh.example")
        bring(report, state, cast, begun)
        made.append(report)
    restricted = make_restricted(begun)
    people = [
        cast.bearer(Role.AGENCY_ADMIN),
        cast.bearer(Role.LIAISON, "dinas-pupr"),
        cast.bearer(Role.RESPONSE_VALIDATOR),
        cast.bearer(Role.INSPECTORATE),
        cast.bearer(Role.SYSADMIN),
    ]
    codes = [report.header for report in made]
    return Town([*made, restricted], [*people, *codes, restricted.header, {}, {"Authorization": "Bearer x"}])


def holds(answer: Any, sent: object) -> None:
    """Assert that an answer is none of ours failing, and says what it is."""
    assert answer.status_code < 500, (sent, answer.status_code, answer.content[:300])
    told = {name.lower(): value for name, value in answer.headers.items()}["content-type"]
    kind = (told if isinstance(told, str) else told[0]).split(";")[0]  # schemathesis keeps a list
    assert kind in HERE, (sent, answer.status_code, kind)
    assert (kind == "application/problem+json") == (answer.status_code >= 400), (sent, answer.status_code, kind)


# The description


def test_the_description_is_openapi_three_one(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"]
    assert described["info"]["version"]


def test_every_call_of_the_contract_is_described(described: dict[str, Any]) -> None:
    there = {(path.removeprefix(API), verb) for path, verbs in described["paths"].items() for verb in verbs}
    assert there >= CALLS


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.SUBMIT])
def test_every_act_is_described_by_number_and_by_code(described: dict[str, Any], act: Act) -> None:
    for front in ("/reports/{number}", "/track"):
        assert "post" in described["paths"][f"{API}{front}/acts/{act}"]


def test_every_way_to_sign_in_that_is_named_is_described(described: dict[str, Any]) -> None:
    named = {
        scheme
        for verbs in described["paths"].values()
        for call in verbs.values()
        for way in call.get("security", [])
        for scheme in way
    }
    assert named == {"Bearer", "Code", "Lookup"}
    assert named <= set(described["components"].get("securitySchemes") or {})


def test_every_call_says_what_it_answers(described: dict[str, Any]) -> None:
    for path, verbs in described["paths"].items():
        for verb, call in verbs.items():
            assert call["summary"], (path, verb)
            assert any(status.startswith("2") for status in call["responses"]), (path, verb)


def test_every_operation_has_a_name_of_its_own(described: dict[str, Any]) -> None:
    names = [call["operationId"] for verbs in described["paths"].values() for call in verbs.values()]
    assert len(names) == len(set(names))


def test_a_photo_is_described_as_one(described: dict[str, Any]) -> None:
    content = described["paths"][f"{API}/files/{{file_id}}"]["get"]["responses"]["200"]["content"]
    assert "image/jpeg" in content


@pytest.mark.parametrize("call", sorted(CALLS))
def test_every_reference_of_the_description_leads_somewhere(described: dict[str, Any], call: tuple[str, str]) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"]
            for part in node.values():
                yield from references(part)
        if isinstance(node, list):
            for part in node:
                yield from references(part)

    for reference in references(described["paths"][API + call[0]][call[1]]):
        target: Any = described
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]
        assert target


# Requests made from the description


@pytest.fixture
def in_process() -> Iterator[None]:
    """Let requests stay in this process and in the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", WSGIHandler())
bodies_once = schema.exclude(path_regex=r"/track/acts/(?!rate|set_privacy|complete)")  # by code they are the same
OPERATIONS = [found.ok() for found in bodies_once.get_all_operations()]  # type: ignore[union-attr]  # else fails here


schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


def requests_of(operation: Any) -> st.SearchStrategy[Any]:
    """Requests as the description asks for, and such as it forbids where it forbids anything."""
    fit = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    if not (operation.body or operation.query or operation.headers):
        return fit  # type: ignore[no-any-return]
    return st.one_of(fit, operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))


def test_there_are_operations_to_try() -> None:
    assert len(OPERATIONS) > 30


@pytest.mark.slow
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)  # ids of our own, for xdist
def test_no_request_made_from_the_description_makes_the_api_fail(operation: Any, town: Town) -> None:
    turns, seen = count(), set()

    @settings(quietly, max_examples=15)
    @given(case=requests_of(operation))
    def send(case: Any) -> None:
        turn = next(turns)
        name, headers = town.pick(turn)
        if turn % 4 and "number" in (case.path_parameters or {}):
            case.path_parameters["number"] = name
        answer = case.call(headers=headers)
        holds(answer, case.as_curl_command())
        seen.add(answer.status_code)

    send()
    assert seen


# Requests made from nothing


@pytest.fixture
def free(client: Client, town: Town) -> Client:
    client.raise_request_exception = True
    return client


texts = st.text(max_size=40)
odd = st.sampled_from(
    [
        "\x00",
        "'",
        '"',
        "../..",
        "%00",
        "🚧",
        "\u202e",
        "-1",
        "9" * 40,
        "nan",
        "1e999",
        "{}",
        "[]",
        "null",
        "\ud7ff",
        "%s",
    ]
)
pieces = st.one_of(texts, odd)
names = st.sampled_from(
    [
        *("limit", "cursor", "state", "category", "agency", "area", "q", "bbox"),
        *("since", "until", "queue", "sort", "parent"),
    ]
)
paths = st.one_of(
    st.sampled_from(
        ["/reports", "/desk/reports", "/track", "/statistics", "/life", "/agencies", "/categories", "/areas", "/files"]
    ),
    st.builds("/reports/{}".format, pieces),
    st.builds("/files/{}".format, pieces),
    st.builds("/reports/{}/acts/{}".format, pieces, pieces),
    st.builds("/track/acts/{}".format, pieces),
    st.builds("/{}".format, pieces),
)
HEADER_TEXT = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=60)
header_values = st.one_of(
    HEADER_TEXT,
    st.builds("Bearer {}".format, HEADER_TEXT),
    st.builds("Code {}".format, HEADER_TEXT),
    st.builds("Lookup {}".format, HEADER_TEXT),
    st.sampled_from(
        [
            "Code " + "2" * 24,
            "Lookup " + "f" * 64,
            "Bearer",
            "Code",
            " ",
            "en;q=1e400",
            "id,en;q=,",
            "multipart/form-data",
        ]
    ),
)
HEADERS = ["Authorization", "Accept-Language", "Idempotency-Key", "Content-Type", "Content-Encoding", "Range", "Cookie"]
headers_of = st.dictionaries(
    st.sampled_from(HEADERS),
    header_values,
    max_size=3,
)
json_like = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), pieces),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(pieces, inner, max_size=4)),
    max_leaves=12,
)


@settings(quietly, max_examples=250)
@given(
    verb=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]),
    path=paths,
    query=st.lists(st.tuples(names, pieces), max_size=4),
    headers=headers_of,
    body=st.binary(max_size=300),
)
def test_no_bytes_path_query_or_header_make_the_api_fail(
    free: Client, verb: str, path: str, query: list[tuple[str, str]], headers: dict[str, str], body: bytes
) -> None:
    kind = headers.pop("Content-Type", "application/json")
    asked = "&".join(f"{name}={quote(value)}" for name, value in query)
    answer = free.generic(
        verb, f"{API}{quote(path)}", body, content_type=kind, headers=headers, query_params=None, QUERY_STRING=asked
    )
    if verb not in ("HEAD", "OPTIONS"):
        holds(answer, (verb, path, asked, headers, body))
    assert answer.status_code < 500


FIELDS = [
    *("body", "title", "category", "classification", "event_date", "location_text", "area", "lat", "lng"),
    *("is_anonymous", "is_secret", "reporter", "target_agency", "file_ids", "text", "agency", "reason_code", "level"),
    *("rating", "fixed", "on", "outcome", "late_cause", "public_text", "forget_contact", "email"),
]


@settings(quietly, max_examples=150)
@given(
    body=st.dictionaries(st.sampled_from(FIELDS), json_like, max_size=6),
    act=st.sampled_from([None, *(act for act in Act if act is not Act.SUBMIT)]),
    turn=st.integers(0, 500),
)
def test_no_value_in_a_known_field_makes_the_api_fail(
    free: Client, town: Town, body: dict[str, Any], act: Act | None, turn: int
) -> None:
    name, headers = town.pick(turn)
    path = f"{API}/reports" if act is None else f"{API}/reports/{name}/acts/{act}"
    holds(free.post(path, body, content_type="application/json", headers=headers), (path, body))


@settings(quietly, max_examples=25)
@given(
    cursor=st.one_of(
        texts, st.binary(max_size=40).map(lambda raw: raw.hex()), st.text("dn|0123456789T:.+-", max_size=60)
    )
)
def test_no_cursor_makes_a_list_fail(free: Client, town: Town, cursor: str) -> None:
    raw = quote(cursor)
    encoded = quote(urlsafe_b64encode(cursor.encode()).decode())
    for value in (raw, encoded):
        holds(free.get(f"{API}/reports?cursor={value}"), value)
        for sort in ("due", "received", "updated"):
            holds(free.get(f"{API}/desk/reports?cursor={value}&sort={sort}", headers=town.headers[0]), (value, sort))


@pytest.mark.parametrize(
    "edge", ["d|0001-01-01T00:00:00+14:00|1", "d|9999-12-31T23:59:59.999999-12:00|1", "n||999999999999999999", "d||1"]
)
def test_the_ends_of_time_are_no_trouble_for_a_cursor(free: Client, town: Town, edge: str) -> None:
    value = urlsafe_b64encode(edge.encode()).decode()
    for sort in ("due", "received", "updated"):
        holds(free.get(f"{API}/desk/reports?cursor={value}&sort={sort}", headers=town.headers[0]), (edge, sort))
    holds(free.get(f"{API}/reports?cursor={value}"), edge)


@pytest.mark.parametrize("host", ["localhost", "evil.example", "", "a b", "[::1", "x" * 300, "testserver:99999"])
def test_no_host_makes_the_api_fail(client: Client, host: str) -> None:
    assert client.get(f"{API}/life", HTTP_HOST=host).status_code in (200, 422)
