"""Reading over the API: what each sees of a report, lists and their filters, reference data, figures."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Area
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Role
from tuntas.statistics.models import DayFigure
from tuntas.steps.submit import Story, Told

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
BODY = "Nama saya Sari, telepon 081234567890. Lubang di depan rumah saya, surat ke sari.w@contoh.example."
POINT = (-6.92131, 106.92817)
STATES = [s for s in State if s is not State.UNDER_EXAMINATION]


def hours_ago(hours: float) -> Any:
    return current_time() - timedelta(hours=hours)


@pytest.fixture
def point(client: Client) -> tuple[float, float]:
    """A point inside the first area with an outline."""
    inside = installation().outlines[0][1].representative_point()
    return inside.y, inside.x


@pytest.fixture
def named(point: tuple[float, float]) -> Callable[..., Made]:
    """Make a report whose reporter left name, phone and e-mail, with an exact point."""

    def make(*, is_anonymous: bool, is_secret: bool = False, hours: float = 20, **more: Any) -> Made:
        story = Story(
            body=BODY,
            title="Telepon 081234567890",
            lat=point[0],
            lng=point[1],
            is_anonymous=is_anonymous,
            is_secret=is_secret,
            reporter=Told("Sari Wulandari", "081234567890", "sari.w@contoh.example"),
            **more,
        )
        receipt = steps.submit(story, by=STRANGER, now=hours_ago(hours))
        return Made(receipt.report, receipt.code)

    return make


def get(client: Client, path: str, headers: dict[str, str] | None = None) -> Any:
    return client.get(f"{API}{path}", headers=headers or {})


def listed(client: Client, query: str = "", headers: dict[str, str] | None = None, path: str = "/reports") -> list[str]:
    answer = get(client, f"{path}?{query}", headers)
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["items"]]


# What everybody sees

PUBLIC = {
    "number",
    "face",
    "state_label",
    "title",
    "text",
    "category",
    "area",
    "cell",
    "agency",
    "holder",
    "timeline",
    "answers",
    "photos",
    "promises",
    "rating",
    "followers",
}
INTERNAL = {"body", "messages", "notes", "proposed_answer", "lat", "lng", "reporter", "location_text", "looks", "code"}


def test_the_public_view_has_what_the_contract_names_and_nothing_internal(
    client: Client, cast: Cast, named: Callable[..., Made]
) -> None:
    view = get(client, f"/reports/{named(is_anonymous=False).report.number}").json()
    assert PUBLIC - {"rating"} <= set(view)
    assert not INTERNAL & set(view)


@pytest.mark.parametrize("state", STATES)
def test_no_public_answer_holds_the_original_a_message_or_the_reporter(
    client: Client, cast: Cast, named: Callable[..., Made], state: State
) -> None:
    made = named(is_anonymous=False)
    bring(made, state, cast, hours_ago(19))
    steps.note(made.report, by=cast.desk, text="CATATAN-DALAM", now=hours_ago(1))
    for path in (f"/reports/{made.report.number}", "/reports", "/statistics"):
        raw = get(client, path).content.decode()
        for hidden in ("081234567890", "sari.w@", "Sari Wulandari", "CATATAN-DALAM", "Di sebelah mana?", "note"):
            assert hidden not in raw, (path, hidden)
        assert str(made.report.lat) not in raw
        assert str(made.report.lng) not in raw


def test_a_proposal_is_not_public_before_a_second_person_let_it_out(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    number = bring(made, State.AWAITING_VALIDATION, cast, hours_ago(20)).number
    assert "Sudah ditambal." not in get(client, f"/reports/{number}").content.decode()
    assert "Sudah ditambal." not in get(client, "/track", made.header).content.decode()
    steps.approve(made.report, by=cast.validator, now=hours_ago(1))
    assert get(client, f"/reports/{number}").json()["answers"][0]["text"] == "Sudah ditambal."


def test_title_and_text_are_null_until_dispatch_lets_them_out(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20), body=BODY)
    for _ in range(2):
        view = get(client, f"/reports/{made.report.number}").json()
        assert (view["title"], view["text"]) == (None, None)
        steps.inform(made.report, by=cast.desk, text="Sudah kami baca.", now=hours_ago(19))
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=hours_ago(18))
    view = get(client, f"/reports/{made.report.number}").json()
    assert "Lubang di depan rumah" in view["text"]
    assert "081234567890" not in json.dumps(view)
    assert view["title"]


def test_the_desks_own_public_text_stands_instead_of_the_story(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20), body=BODY)
    steps.dispatch(made.report, by=cast.desk, agency="dlh", title="Judul", public_text="Teks umum.", now=hours_ago(18))
    view = get(client, f"/reports/{made.report.number}").json()
    assert (view["title"], view["text"]) == ("Judul", "Teks umum.")


def test_an_unknown_number_a_secret_and_a_restricted_one_look_the_same(client: Client, cast: Cast) -> None:
    secret, restricted = make_report(hours_ago(2), is_secret=True).report, make_restricted(hours_ago(2)).report
    for headers in ({}, cast.bearer(Role.LIAISON, "dlh"), make_report(hours_ago(1)).header, {"Authorization": "x y"}):
        answers = [get(client, f"/reports/{name}", headers) for name in ("26-999999", secret.number, restricted.ref)]
        assert {(a.status_code, a.content, a["Content-Type"]) for a in answers} == {
            (404, answers[0].content, "application/problem+json")
        }


def test_a_public_report_shown_with_bad_credentials_is_401(client: Client) -> None:
    number = make_report(hours_ago(2)).report.number
    for value in ("Bearer x", "Code 234-567-89A7", "Basic x", "x"):
        assert get(client, f"/reports/{number}", {"Authorization": value}).status_code == 401


def test_what_became_secret_leaves_the_public_at_once(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    number = bring(made, State.ANSWERED, cast, hours_ago(20)).number
    assert listed(client) == [number]
    steps.set_privacy(made.report, by=made.reporter, is_secret=True, now=hours_ago(1))
    assert listed(client) == []
    assert get(client, f"/reports/{number}").status_code == 404


def test_a_token_that_may_see_no_more_still_sees_the_public_view(client: Client) -> None:
    cast, number = Cast(), make_report(hours_ago(2)).report.number
    public = get(client, f"/reports/{number}").json()
    view = get(client, f"/reports/{number}", cast.bearer(Role.SYSADMIN)).json()
    assert {key: view[key] for key in public} == public
    assert not INTERNAL & set(view)


# What staff sees


def test_staff_sees_what_it_may_act_upon(client: Client, cast: Cast, named: Callable[..., Made]) -> None:
    made = named(is_anonymous=False)
    bring(made, State.IN_PROGRESS, cast, hours_ago(19))
    steps.note(made.report, by=cast.desk, text="Catatan.", now=hours_ago(1))
    view = get(client, f"/reports/{made.report.number}", cast.bearer(Role.AGENCY_ADMIN)).json()
    assert PUBLIC | {"state", "body", "messages", "notes", "acts", "reporter"} <= set(view)
    assert (view["state"], view["body"], view["notes"][0]["text"]) == ("in_progress", BODY, "Catatan.")
    assert view["reporter"] == {
        "name": "Sari Wulandari",
        "phone": "081234567890",
        "email": "sari.w@contoh.example",
    }
    assert {"at", "from", "text", "files"} <= set(view["messages"][0])


EVERYBODY = [
    (role, "dinas-pupr" if role in (Role.LIAISON, Role.UNIT_HANDLER) else "")
    for role in Role
    if role != "sealed_reader"
]


@pytest.mark.parametrize(("role", "agency"), EVERYBODY)
def test_an_anonymous_reporters_contact_is_shown_to_nobody(
    client: Client, cast: Cast, named: Callable[..., Made], role: Role, agency: str
) -> None:
    made = named(is_anonymous=True)
    bring(made, State.ANSWERED, cast, hours_ago(19))
    headers = cast.bearer(role, agency)
    for path in (f"/reports/{made.report.number}", "/desk/reports", "/reports"):
        raw = get(client, path, headers).content.decode()
        assert "Sari Wulandari" not in raw
        assert '"reporter"' not in raw


@pytest.mark.parametrize("state", [State.REPORTER_REPLIED, State.DISPATCHED, State.NEEDS_INFO])
@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_HANDLER])
def test_agencies_read_an_anonymous_reporters_words_with_numbers_masked(
    client: Client, cast: Cast, named: Callable[..., Made], role: Role, state: State
) -> None:
    made = named(is_anonymous=True)
    number = bring(made, State.DISPATCHED, cast, hours_ago(19)).number
    if state is not State.DISPATCHED:
        steps.ask(made.report, by=cast.liaison, text="Telepon Anda?", now=hours_ago(9))
    if state is State.REPORTER_REPLIED:
        steps.complete(made.report, by=made.reporter, text="Telepon saya 089876543210.", now=hours_ago(8))
        steps.start(made.report, by=cast.liaison, text="Baik.", now=hours_ago(7))
        steps.propose_answer(made.report, by=cast.liaison, text="Sudah.", outcome="answered", now=hours_ago(6))
        steps.approve(made.report, by=cast.validator, now=hours_ago(5))
        steps.reply(made.report, by=made.reporter, text="Hubungi 089876543210.", now=hours_ago(4))
    headers = cast.bearer(role, "dinas-pupr")
    for path in (f"/reports/{number}", "/desk/reports"):
        raw = get(client, path, headers).content.decode()
        assert "081234567890" not in raw, path
        assert "089876543210" not in raw, path
    desk = get(client, f"/reports/{number}", cast.bearer(Role.AGENCY_ADMIN)).content.decode()
    assert "081234567890" in desk


@pytest.mark.parametrize("path", ["/desk/reports", "/reports/{number}"])
def test_a_leader_reads_titles_and_stories_masked(
    client: Client, cast: Cast, named: Callable[..., Made], path: str
) -> None:
    made = named(is_anonymous=True, is_secret=True)
    raw = get(client, path.format(number=made.report.number), cast.bearer(Role.LEADER)).content.decode()
    assert made.report.number in raw
    assert "081234567890" not in raw


def test_notes_are_not_for_whoever_typed_the_report_in(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(9), by=cast.actor(Role.CALL_OPERATOR))
    steps.note(made.report, by=cast.desk, text="Catatan dalam.", now=hours_ago(8))
    raw = get(client, f"/reports/{made.report.number}", cast.bearer(Role.CALL_OPERATOR)).content.decode()
    assert "Catatan dalam." not in raw  # DOMAIN 2.1: internal note, call_op: none


# Looks


def test_a_look_at_who_the_reporter_is_is_told_to_the_reporter(
    client: Client, cast: Cast, named: Callable[..., Made]
) -> None:
    made = named(is_anonymous=False)
    get(client, f"/reports/{made.report.number}", cast.bearer(Role.AGENCY_ADMIN))
    looks = get(client, "/track", made.header).json()["looks"]
    assert [(look["role"], look["what"]) for look in looks] == [("agency_admin", "identity")]
    assert looks[0]["at"]


def test_doing_something_is_a_look_as_well(client: Client, cast: Cast, named: Callable[..., Made]) -> None:
    made = named(is_anonymous=False)
    answer = client.post(
        f"{API}/reports/{made.report.number}/acts/note",
        '{"text": "x"}',
        content_type="application/json",
        headers=cast.bearer(Role.AGENCY_ADMIN),
    )
    assert "reporter" in answer.json()
    assert [look["what"] for look in get(client, "/track", made.header).json()["looks"]] == ["identity"]


def test_who_reads_a_restricted_report_is_told_to_the_reporter(client: Client, cast: Cast) -> None:
    made = make_restricted(hours_ago(2))
    headers = cast.bearer(Role.INSPECTORATE)
    for _ in range(3):
        assert get(client, f"/reports/{made.report.ref}", headers).status_code == 200
    looks = get(client, "/track", made.header).json()["looks"]
    assert [(look["role"], look["what"]) for look in looks] == [("inspectorate", "restricted")]


def test_reading_an_anonymous_report_is_no_look_at_anybody(
    client: Client, cast: Cast, named: Callable[..., Made]
) -> None:
    made = named(is_anonymous=True)
    get(client, f"/reports/{made.report.number}", cast.bearer(Role.AGENCY_ADMIN))
    assert get(client, "/track", made.header).json()["looks"] == []


# Faces and promises


@pytest.mark.parametrize("role", [Role.AGENCY_ADMIN, Role.ASSISTANT_ADMIN, Role.NATIONAL_ADMIN])
def test_a_report_is_being_checked_once_somebody_of_the_desk_opened_it(client: Client, cast: Cast, role: Role) -> None:
    made = make_report(hours_ago(2))
    path = f"/reports/{made.report.number}"
    get(client, path)
    get(client, path, cast.bearer(Role.LEADER))
    get(client, path, made.header)
    assert get(client, path).json()["face"] == "diterima"
    get(client, path, cast.bearer(role))
    assert get(client, path).json()["face"] == "diperiksa"
    assert get(client, "/track", made.header).json()["face"] == "diperiksa"
    assert listed(client, "state=diperiksa") == [made.report.number]
    assert listed(client, "state=diterima") == []


FACES = {
    State.SUBMITTED: "diterima",
    State.NEEDS_INFO: "menunggu",
    State.DISPATCHED: "diteruskan",
    State.TRANSFER_PENDING: "diteruskan",
    State.IN_PROGRESS: "dikerjakan",
    State.SCHEDULED: "dikerjakan",
    State.AWAITING_VALIDATION: "dikerjakan",
    State.REPORTER_REPLIED: "dikerjakan",
    State.FORWARDED_EXTERNAL: "dirujuk",
    State.ANSWERED: "dijawab",
    State.CLOSED: "tuntas",
    State.ARCHIVED: "ditolak",
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_wears_the_face_of_the_contract(client: Client, cast: Cast, state: State) -> None:
    number = bring(make_report(hours_ago(20)), state, cast, hours_ago(20)).number
    view = get(client, f"/reports/{number}").json()
    assert view["face"] == FACES[state]
    assert (view["holder"] is None) == (state in (State.CLOSED, State.ARCHIVED))
    assert view["timeline"][-1]["face"] == FACES[state]


def test_a_promise_stands_as_the_clock_stands(client: Client, clock: Path) -> None:
    made = make_report(current_time())

    def stands() -> set[str]:
        views = [get(client, "/track", made.header), get(client, f"/reports/{made.report.number}")]
        return {p["state"] for v in views for p in v.json()["promises"] if p["promise"] == "answer"}

    clock.write_text("+47h59m")
    assert stands() == {"running"}
    clock.write_text("+48h1m")
    assert stands() == {"missed"}
    clock.write_text("+0h")
    assert stands() == {"running"}


@pytest.mark.parametrize(("shift", "state"), [("+47h59m", "kept"), ("+48h1m", "missed")])
def test_the_answer_is_kept_a_minute_before_and_missed_a_minute_after(
    client: Client, cast: Cast, clock: Path, shift: str, state: str
) -> None:
    made = make_report(current_time())
    headers = cast.bearer(Role.AGENCY_ADMIN)
    clock.write_text(shift)
    cause = {"late_cause": "volume"} if state == "missed" else {}
    done = client.post(
        f"{API}/reports/{made.report.number}/acts/inform",
        json.dumps({"text": "Kami periksa.", **cause}),
        content_type="application/json",
        headers=headers,
    )
    assert done.status_code == 200, done.content
    clock.write_text("+30d")
    promise = next(p for p in get(client, "/track", made.header).json()["promises"] if p["promise"] == "answer")
    assert promise["state"] == state
    assert promise["kept_at"]
    assert promise.get("cause") == cause.get("late_cause")


def test_a_paused_promise_has_no_instant(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    bring(made, State.NEEDS_INFO, cast, hours_ago(20))
    promise = next(p for p in get(client, "/track", made.header).json()["promises"] if p["promise"] == "answer")
    assert (promise["state"], promise["due_at"]) == ("paused", None)


# Reference data


def test_the_life_table_is_told_without_wildcards(client: Client) -> None:
    life = get(client, "/life").json()
    states = {row["state"] for row in life["states"]}
    assert states == {
        "submitted",
        "needs_info",
        "dispatched",
        "transfer_pending",
        "in_progress",
        "scheduled",
        "under_examination",
        "awaiting_validation",
        "answered",
        "reporter_replied",
        "forwarded_external",
        "closed",
        "archived",
    }
    assert all({"state", "face", "label"} <= set(row) for row in life["states"])
    for row in life["acts"]:
        assert {"act", "who", "from", "to", "starts", "stops", "pauses", "resumes", "tells"} <= set(row)
        for key in ("who", "from", "to", "starts", "stops", "pauses", "resumes", "tells"):
            assert isinstance(row[key], list), (row["act"], key)
        assert set(row["from"]) | set(row["to"]) <= states
        assert row["who"]


def test_the_life_table_has_the_acts_of_this_issue(client: Client) -> None:
    acts = {row["act"] for row in get(client, "/life").json()["acts"]}
    assert acts >= {
        "submit",
        "ask",
        "complete",
        "inform",
        "dispatch",
        "archive",
        "appeal",
        "withdraw",
        "start",
        "note",
        "schedule",
        "resume",
        "propose_answer",
        "approve",
        "return_answer",
        "reply",
        "rate",
        "close",
        "reopen",
        "set_privacy",
        "escalate",
        "transfer",
        "accept_transfer",
        "decline_transfer",
        "arbitrate",
        "follow",
        "supplement",
    }


def test_predicates_carry_the_roles_name(client: Client) -> None:
    known = {str(role) for role in Role} | {"reporter", "anyone", "system"}
    for row in get(client, "/life").json()["acts"]:
        assert all(any(who.startswith(name) for name in known) for who in row["who"]), row["who"]


def test_agencies_and_categories_are_told_as_the_contract_says(client: Client) -> None:
    agencies = get(client, "/agencies").json()
    slugs = {row["slug"] for row in agencies}
    assert all({"slug", "name", "tier", "parent"} <= set(row) for row in agencies)
    assert all(row["parent"] is None or row["parent"] in slugs for row in agencies)
    assert [row["slug"] for row in agencies if row["parent"] is None] == ["kota-cempaka"]
    categories = {row["code"]: row for row in get(client, "/categories").json()}
    assert all({"code", "name", "parent", "restricted", "proof"} <= set(row) for row in categories.values())
    assert (categories["bribery_corruption"]["restricted"], categories["road_bridge"]["proof"]) == (True, True)
    english = get(client, "/categories", {"Accept-Language": "en"}).json()
    assert {row["name"] for row in english} != {row["name"] for row in categories.values()}


def test_areas_are_told_level_by_level_in_the_order_of_their_codes(client: Client) -> None:
    (city,) = get(client, "/areas").json()
    assert set(city) == {"code", "name"}
    districts = get(client, f"/areas?parent={city['code']}").json()
    assert len(districts) > 1
    assert [area["code"] for area in districts] == sorted(area["code"] for area in districts)
    assert {area["code"].rpartition(".")[0] for area in districts} == {city["code"]}
    villages = get(client, f"/areas?parent={districts[0]['code']}").json()
    assert all(area["code"].startswith(f"{districts[0]['code']}.") for area in villages)
    assert villages
    assert get(client, f"/areas?parent={villages[0]['code']}").json() == [], "nothing lies in a village"


@pytest.mark.parametrize("parent", ["99", "32.99.", "x", "%00", "9" * 500])
def test_areas_within_one_that_is_none_are_refused(client: Client, parent: str) -> None:
    answer = get(client, f"/areas?parent={parent}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/parent")


def test_an_area_that_is_gone_is_neither_told_nor_asked_for(client: Client) -> None:
    gone = Area.objects.exclude(parent=None).order_by("code")[0]
    above = gone.parent.code if gone.parent else ""
    Area.objects.filter(pk=gone.pk).update(is_active=False)
    forget_installation()
    try:
        assert gone.code not in [area["code"] for area in get(client, f"/areas?parent={above}").json()]
        assert get(client, f"/areas?parent={gone.code}").status_code == 422
    finally:
        forget_installation()


# Figures


def figure(category: str, agency: str, received: int, on: date) -> None:
    DayFigure.objects.create(on=on, category=category, agency=agency, received=received)


def test_small_cells_are_hidden_and_none_can_be_worked_out(client: Client) -> None:
    today = current_time().date()
    for category, received in (("road_bridge", 30), ("street_light", 3), ("health", 9)):
        figure(category, "dinas-pupr", received, today)
    told = get(client, f"/statistics?since={today}&until={today}").json()
    cells = {row["category"]: row["received"] for row in told["by_category"]}
    assert cells == {"road_bridge": 30, "street_light": None, "health": None}


def test_a_lone_small_cell_is_not_told_by_its_total(client: Client) -> None:
    today = current_time().date()
    figure("health", "dinkes", 2, today)
    told = get(client, f"/statistics?since={today}&until={today}").json()
    assert told["by_category"][0]["received"] is None
    assert told["totals"]["received"] != 2


def test_figures_count_restricted_reports_in_the_total_alone(client: Client) -> None:
    for _ in range(6):
        make_restricted(current_time() - timedelta(days=8))  # they are counted once their week is over
    steps.count(now=current_time())
    told = get(client, "/statistics").json()
    assert told["totals"]["received"] == 6
    assert "bribery_corruption" not in json.dumps(told)


@pytest.mark.parametrize(
    "query", ["since=x", "until=2026-13-01", "since=2026-02-02&until=2026-02-01", "since=99999999"]
)
def test_figures_of_days_that_are_none_are_refused(client: Client, query: str) -> None:
    assert get(client, f"/statistics?{query}").status_code == 422


# Lists


def test_the_public_list_shows_the_newest_first_and_nothing_hidden(client: Client) -> None:
    numbers = [make_report(hours_ago(hours)).report.number for hours in (3, 2, 1)]
    make_report(hours_ago(1), is_secret=True)
    make_restricted(hours_ago(1))
    assert listed(client) == numbers[::-1]
    answer = get(client, "/reports").json()
    assert set(answer) == {"items", "next_cursor"}
    assert answer["next_cursor"] is None


@pytest.fixture
def various(cast: Cast, point: tuple[float, float]) -> dict[str, str]:
    """Four reports that every filter can tell apart, by what is special about them."""

    def made(hours: float, **more: Any) -> Made:
        receipt = steps.submit(Story(**{"body": "Cerita.", **more}), by=STRANGER, now=hours_ago(hours))
        return Made(receipt.report, receipt.code)

    road = made(100, body="Trotoar rusak di pasar", category="road_bridge")
    bring(road, State.IN_PROGRESS, cast, hours_ago(99))
    placed = made(70, lat=point[0], lng=point[1])
    area = made(40, area="32.99.02.1001")
    done = made(20)
    bring(done, State.CLOSED, cast, hours_ago(19), agency="pupr-jalan")
    return {
        "road": road.report.number or "",
        "placed": placed.report.number or "",
        "area": area.report.number or "",
        "done": done.report.number or "",
    }


FILTERS: list[tuple[str, set[str]]] = [
    ("state=in_progress", {"road"}),
    ("state=dikerjakan", {"road"}),
    ("state=tuntas", {"done"}),
    ("state=submitted", {"placed", "area"}),
    ("state=diterima", {"placed", "area"}),
    ("category=road_bridge", {"road"}),
    ("agency=dinas-pupr", {"road", "done"}),
    ("agency=pupr-jalan", {"done"}),
    ("agency=dlh", set()),
    ("area=32.99.02.1001", {"area"}),
    ("area=32.99.02", {"area"}),
    ("q=trotoar", {"road"}),
    ("q=trotoar+rusak", {"road"}),
    ("q=tidakadasamasekali", set()),
    ("bbox=-180,-90,180,90", {"placed"}),
    ("bbox=0,0,1,1", set()),
    ("limit=100", {"road", "placed", "area", "done"}),
    ("state=tuntas&category=road_bridge", set()),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_each_filter_finds_its_own_in_both_lists(
    client: Client, cast: Cast, various: dict[str, str], query: str, found: set[str]
) -> None:
    assert set(listed(client, query)) == {various[name] for name in found}
    desk = listed(client, query, cast.bearer(Role.AGENCY_ADMIN), "/desk/reports")
    assert set(desk) == {various[name] for name in found}


def test_since_and_until_bound_the_receipt(client: Client, cast: Cast, various: dict[str, str]) -> None:
    since, until = hours_ago(80).isoformat(), hours_ago(30).isoformat()
    for path, headers in (("/reports", None), ("/desk/reports", cast.bearer(Role.AGENCY_ADMIN))):
        assert set(listed(client, f"since={since}", headers, path)) == {various[n] for n in ("placed", "area", "done")}
        assert set(listed(client, f"until={until}", headers, path)) == {various[n] for n in ("road", "placed", "area")}
        between = listed(client, f"since={since}&until={until}", headers, path)
        assert set(between) == {various["placed"], various["area"]}


@pytest.mark.parametrize("path", ["/reports", "/desk/reports"])
@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "limit=1e9",
        "cursor=x",
        "cursor=%00",
        "cursor=" + "A" * 200,
        "cursor=bnx8MQ",
        "state=nonsense",
        "state=%00",
        "category=nonsense",
        "agency=nonsense",
        "area=nonsense",
        "area=99.99",
        "bbox=1,2,3",
        "bbox=nan,nan,nan,nan",
        "bbox=5,0,1,1",
        "bbox=0,0,1e999,1",
        "bbox=a,b,c,d",
        "since=yesterday",
        "until=0001-01-01",
        "since=2026-02-30",
        "q=" + "a" * 301,
    ],
)
def test_a_filter_or_cursor_that_is_none_is_refused(client: Client, cast: Cast, path: str, query: str) -> None:
    headers = cast.bearer(Role.AGENCY_ADMIN) if path == "/desk/reports" else {}
    if query == "cursor=bnx8MQ" and path == "/desk/reports":
        query += "&sort=received"  # "n||1" names rows without a due time, which only that order has
    answer = get(client, f"{path}?{query}", headers)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json"), answer.content[:200]
    assert answer.json()["errors"][0]["pointer"] == f"/{query.split('=')[0]}"


@pytest.mark.parametrize("query", ["queue=nonsense", "sort=nonsense", "overdue=perhaps", "queue=%00"])
def test_what_only_the_desk_can_ask_is_checked_as_well(client: Client, cast: Cast, query: str) -> None:
    assert get(client, f"/desk/reports?{query}", cast.bearer(Role.AGENCY_ADMIN)).status_code == 422


@pytest.mark.parametrize("query", ["", "limit=0", "queue=nonsense", "cursor=x"])
@pytest.mark.parametrize("value", ["", "Bearer x", "Code 234-567-89A6", "Basic x"])
def test_the_desk_asks_who_comes_before_it_looks_at_filters(client: Client, query: str, value: str) -> None:
    answer = get(client, f"/desk/reports?{query}", {"Authorization": value} if value else {})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "sort"),
    [("/reports", ""), ("/desk/reports", "due"), ("/desk/reports", "received"), ("/desk/reports", "updated")],
)
@pytest.mark.parametrize("limit", [1, 2, 5, 7])
def test_pages_lose_and_repeat_nothing(
    client: Client, cast: Cast, clock: Path, path: str, sort: str, limit: int
) -> None:
    same = hours_ago(5)
    made = [make_report(same) for _ in range(4)] + [make_report(hours_ago(hours)) for hours in (1, 9)]
    bring(made[0], State.CLOSED, cast, same)  # nothing is owed: no due time
    steps.archive(made[1].report, by=cast.desk, reason_code="spam", text="Iklan.", now=hours_ago(1))
    headers = cast.bearer(Role.AGENCY_ADMIN) if path == "/desk/reports" else {}
    seen, cursor = [], ""
    for _ in range(10):
        page = get(client, f"{path}?limit={limit}&cursor={cursor}" + (f"&sort={sort}" if sort else ""), headers).json()
        seen += [row["number"] for row in page["items"]]
        assert len(page["items"]) <= limit
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(m.report.number or "" for m in made)
    whole = listed(client, f"limit=100{f'&sort={sort}' if sort else ''}", headers, path)
    assert seen == whole


def test_the_desk_sees_the_nearest_promise_first(client: Client, cast: Cast) -> None:
    late, soon, fresh = (make_report(hours_ago(hours)).report.number for hours in (60, 30, 1))
    headers = cast.bearer(Role.AGENCY_ADMIN)
    assert listed(client, "", headers, "/desk/reports") == [late, soon, fresh]
    assert listed(client, "sort=received", headers, "/desk/reports") == [fresh, soon, late]
    assert listed(client, "overdue=true", headers, "/desk/reports") == [late]
    assert listed(client, "overdue=false", headers, "/desk/reports") == [late, soon, fresh]


QUEUES: dict[str, set[State]] = {
    "perlu-dipilah": {State.SUBMITTED},
    "cek-jawaban": {State.AWAITING_VALIDATION},
    "dikembalikan": {State.TRANSFER_PENDING},
    "menunggu-pelapor": {State.NEEDS_INFO},
    "di-instansi": {State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED, State.REPORTER_REPLIED},
    "dirujuk": {State.FORWARDED_EXTERNAL},
    "dibuka-lagi": set(),
    "tuntas": {State.CLOSED},
}


@pytest.mark.parametrize(("queue", "states"), QUEUES.items(), ids=QUEUES)
def test_every_queue_holds_what_its_name_says(client: Client, cast: Cast, queue: str, states: set[State]) -> None:
    numbers: dict[State, str | None] = {
        state: bring(make_report(hours_ago(9)), state, cast, hours_ago(9)).number for state in STATES
    }
    found = listed(client, f"queue={queue}&limit=100", cast.bearer(Role.AGENCY_ADMIN), "/desk/reports")
    assert set(found) == {numbers[state] for state in states}


def test_the_queues_of_ones_own_of_the_late_and_of_the_reopened(client: Client, cast: Cast) -> None:
    mine, late, reopened, other = (make_report(hours_ago(hours)) for hours in (3, 60, 20, 2))
    steps.note(mine.report, by=cast.desk, text="Saya urus.", now=hours_ago(1))
    steps.note(mine.report, by=cast.desk, text="Masih saya.", now=hours_ago(1))
    bring(reopened, State.ANSWERED, cast, hours_ago(20))
    steps.rate(reopened.report, by=reopened.reporter, rating=1, now=hours_ago(1))
    headers = cast.bearer(Role.AGENCY_ADMIN)
    own = listed(client, "queue=milik-saya", headers, "/desk/reports")
    assert own.count(mine.report.number or "") == 1
    assert other.report.number not in own
    assert listed(client, "queue=lewat-batas", headers, "/desk/reports") == [late.report.number]
    assert listed(client, "queue=dibuka-lagi", headers, "/desk/reports") == [reopened.report.number]


def test_the_queue_of_what_is_due_within_six_hours(client: Client, cast: Cast) -> None:
    headers = cast.bearer(Role.AGENCY_ADMIN)
    _, soon, _ = (make_report(hours_ago(hours)).report for hours in (60, 45, 30))
    Report.objects.update(due_at=F("received_at") + timedelta(hours=48))
    assert listed(client, "queue=kurang-dari-6-jam", headers, "/desk/reports") == [soon.number]
    steps.archive(soon, by=cast.desk, reason_code="spam", text="Iklan.", now=hours_ago(1))
    assert listed(client, "queue=kurang-dari-6-jam", headers, "/desk/reports") == []


def test_everybodys_work_is_their_own(client: Client, cast: Cast) -> None:
    held = bring(make_report(hours_ago(9)), State.DISPATCHED, cast, hours_ago(9)).number
    fresh = make_report(hours_ago(1), is_secret=True).report.number
    restricted = make_restricted(hours_ago(2)).report
    expected: list[tuple[Role, str, set[str | None]]] = [
        (Role.AGENCY_ADMIN, "", {held, fresh}),
        (Role.LIAISON, "dinas-pupr", {held}),
        (Role.LIAISON, "dlh", set()),
        (Role.RESPONSE_VALIDATOR, "", {held}),
        (Role.INSPECTORATE, "", {held, fresh, None}),
        (Role.SYSADMIN, "", set()),
        (Role.INTEGRATION, "", set()),
        (Role.DPO, "", set()),
    ]
    for role, agency, numbers in expected:
        assert set(listed(client, "", cast.bearer(role, agency), "/desk/reports")) == numbers, role
    rows = get(client, "/desk/reports", cast.bearer(Role.INSPECTORATE)).json()["items"]
    assert restricted.ref in [row["ref"] for row in rows]


# How many queries


@pytest.mark.parametrize(
    "path",
    [
        "/reports?q=jalan",
        "/reports",
        "/desk/reports",
        "/desk/reports?queue=milik-saya",
        "/desk/reports?queue=lewat-batas&sort=received",
    ],
)
def test_a_list_asks_no_more_of_the_database_for_three_rows_than_for_one(client: Client, cast: Cast, path: str) -> None:
    headers = cast.bearer(Role.AGENCY_ADMIN) if path.startswith("/desk") else {}

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(get(client, path, headers).json()["items"]) == Report.objects.count()
        return len(queries)

    def add() -> None:
        made = make_report(hours_ago(70))
        bring(made, State.DISPATCHED, cast, hours_ago(60))

    add()
    installation()
    asked()
    one = asked()
    add()
    add()
    installation()
    assert asked() == one <= 4  # who calls, which profile, what is owed, what nobody owes now


def test_tracking_asks_twice_and_the_public_view_once(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    number = bring(made, State.ANSWERED, cast, hours_ago(20)).number
    for path, headers, many in (("/track", made.header, 2), (f"/reports/{number}", {}, 1)):
        get(client, path, headers)
        with CaptureQueriesContext(connection) as queries:
            assert get(client, path, headers).status_code == 200
        assert len(queries) == many, [query["sql"] for query in queries]
