"""What a running installation says of itself: one line a request, counts over all processes, and nobody's words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.home import Home

MARK = "Zqmarkah"
TOKEN = "t" * 20
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = Home(tmp_path_factory.mktemp("city"), TUNTAS_LOG="json", TUNTAS_METRICS_TOKEN=TOKEN).start()
    try:
        home.do("migrate")
        home.do("load-profile")
        yield home
    finally:
        home.cluster.remove()


def lines(said: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.read_text().splitlines()]


def test_every_request_is_one_line_and_nothing_in_it_is_anybodys(home: Home) -> None:
    body = {"body": f"{MARK} rusak.", "title": MARK, "reporter": {"name": MARK, "email": f"{MARK}@mail.example"}}
    with home.serving("--workers", "2") as said:
        status, told = home.ask("POST", "/api/v1/reports", body, Idempotency_Key=MARK)
        code = json.loads(told)["code"]
        signs = [
            home.answer("GET", path)[1]["x-request-id"] for path in (f"/l/{code}", f"/{MARK}", f"/laporan?q={MARK}")
        ]
        home.ask(
            "POST", f"/lacak?{MARK}=1", {MARK: MARK}, Cookie=f"x={MARK}", User_Agent=MARK, Referer=f"http://x/{MARK}"
        )
        home.ask("GET", f"/api/v1/track?{MARK}", Authorization=f"Code {MARK}")
        home.ask(MARK.upper(), "/")
        text = home.ask("GET", "/metrics")[1]
        home.change("ALTER TABLE reports_report RENAME COLUMN body TO corpus")
        failed = home.answer("POST", "/api/v1/reports", body)
        page = home.answer("GET", f"/l/{code}")
        home.change("ALTER TABLE reports_report RENAME COLUMN corpus TO body")
    assert (status, failed[0], page[0]) == (201, 500, 500)
    assert page[1]["x-request-id"] in page[2], "the sign on the page is the one in the header"
    found = lines(said)
    whole = said.read_text().lower() + text.lower()
    plain = code.replace("-", "").lower()
    for word in (MARK.lower(), plain, code.lower(), "mail.example", "127.0.0.1", "detail"):
        assert word not in whole, word
    by_sign = {each["request"]: each for each in found if each["logger"] == "tuntas.access"}
    assert [by_sign[sign]["route"] for sign in signs] == ["/l/<str:code>", "none", "/laporan"]
    assert {"time", "level", "method", "status", "ms"} <= by_sign[signs[0]].keys()
    trouble = next(each for each in found if each["level"] == "error")
    assert trouble["request"] == failed[1]["x-request-id"]
    assert "ProgrammingError" in str(trouble["message"])


def test_counts_are_those_of_all_processes(home: Home) -> None:
    with home.serving("--workers", "2"):
        for _ in range(30):
            home.ask("GET", "/janji")
        text = home.ask("GET", "/metrics")[1]
    assert 'tuntas_request_seconds_count{method="GET",route="/janji",status="2xx"} 30.0' in text
    assert "tuntas_database_up 1.0" in text
    assert 'tuntas_jobs{state="waiting"}' in text
    assert 'tuntas_pool{state="pool_size"}' in text


def test_a_database_that_is_away_is_a_number_and_not_a_failure(home: Home) -> None:
    with home.serving("--workers", "1"):
        home.cluster.stop()
        try:
            status, text = home.ask("GET", "/metrics")
            ready = home.answer("GET", "/readyz")
        finally:
            home.cluster.start()
    assert (status, "tuntas_database_up 0.0" in text) == (200, True)
    assert ready[0] == 503
    assert ready[1]["content-type"] == "application/problem+json"
