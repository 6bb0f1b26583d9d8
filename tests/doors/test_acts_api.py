"""Acting on reports over the API: whole lives, the order of refusals, what is repeated and what is offered."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
ALLOWED_BODY_BYTES = 300_000  # more than any text of 10,000 characters needs
TEXT = {"text": "Besok kami periksa."}
GOOD: dict[Act, dict[str, Any]] = {
    Act.ASK: TEXT,
    Act.COMPLETE: TEXT,
    Act.INFORM: TEXT,
    Act.DISPATCH: {"agency": "dinas-pupr"},
    Act.ARCHIVE: {"reason_code": "unclear", **TEXT},
    Act.APPEAL: TEXT,
    Act.WITHDRAW: TEXT,
    Act.START: TEXT,
    Act.NOTE: TEXT,
    Act.RESUME: {},
    Act.PROPOSE_ANSWER: {"outcome": "answered", **TEXT},
    Act.SIGN: {},
    Act.APPROVE: {},
    Act.RETURN_ANSWER: TEXT,
    Act.SUPPLEMENT: TEXT,
    Act.REPLY: TEXT,
    Act.RATE: {"rating": 3},
    Act.CLOSE: {"outcome": "answered", **TEXT},
    Act.REOPEN: TEXT,
    Act.PUBLISH: {"title": "Lubang di depan pasar"},
    Act.SET_PRIVACY: {"is_anonymous": True},
    Act.FOLLOW: {},
    Act.ESCALATE: {"level": 2, **TEXT},
    Act.TRANSFER: {"agency": "dlh", "reason_code": "not_authority", **TEXT},
    Act.ACCEPT_TRANSFER: {},
    Act.DECLINE_TRANSFER: {"reason_code": "not_authority", **TEXT},
    Act.OUTSIDE_NEWS: {"to_us": True, **TEXT},
    Act.RECALL: {},
    Act.SEAL: TEXT,
    Act.CLEAR: {},
    Act.RELEASE: {},
    Act.ASK_IDENTITY: {"text": "Perlu bertemu untuk melihat buktinya."},
    Act.DECIDE_IDENTITY: {"is_granted": False},
}
PLAIN_STATES = [s for s in State if s is not State.UNDER_EXAMINATION]


def good(act: Act) -> dict[str, Any]:
    if act is Act.FORWARD_EXTERNAL:
        day = (current_time() + timedelta(days=7)).date().isoformat()
        return {"body": "PLN UP3 Bogor", "contact": "Bagian pengaduan", "next_news_on": day, **TEXT}
    if act is Act.ASK_PART:
        day = (current_time() + timedelta(days=7)).date().isoformat()
        return {"agency": "dishub", "due_on": day, **TEXT}
    if act in (Act.HAND_TO_PPID, Act.EXTEND_INFORMATION):
        return TEXT
    if act is Act.RECEIVE_LETTER:
        return {"kind": "village_letter", "sender": "Lurah Tegalsari", **TEXT}
    if act is Act.SPLIT:
        return {"parts": [{"title": "Lampu di depan kios", "body": "Lampunya juga mati."}]}
    if act is Act.SCHEDULE:
        return {"on": (current_time() + timedelta(days=20)).date().isoformat(), **TEXT}
    return GOOD[act]


class Desk:
    """Somebody at the API: the client, and who they say they are."""

    def __init__(self, client: Client, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    def get(self, path: str) -> Any:
        return self.client.get(f"{API}{path}", headers=self.headers)

    def do(self, act: str, number: str | None, body: object = None, **more: str) -> Any:
        """Do an act by number, or by one's own code where there is none."""
        path = f"{API}/track/acts/{act}" if number is None else f"{API}/reports/{number}/acts/{act}"
        raw = body if isinstance(body, str | bytes) else json.dumps(body if body is not None else {})
        return self.client.post(path, raw, content_type="application/json", headers={**self.headers, **more})

    def must(self, act: str, number: str | None, body: object = None) -> Any:
        answer = self.do(act, number, body)
        assert answer.status_code == 200, (act, answer.content)
        return answer.json()


As = Callable[..., Desk]


@pytest.fixture
def whoever(client: Client, cast: Cast) -> As:
    """``whoever(Role.LIAISON, "dlh")``: that person at the API, with one token for the whole test."""
    known: dict[tuple[Any, ...], Desk] = {}

    def find(role: Role, agency: str = "", also: Role | None = None) -> Desk:
        if (role, agency, also) not in known:
            known[role, agency, also] = Desk(client, cast.bearer(role, agency, also=also))
        return known[role, agency, also]

    return find


@pytest.fixture
def stranger(client: Client) -> Desk:
    return Desk(client, {})


def reporter_of(client: Client, code: str) -> Desk:
    return Desk(client, {"Authorization": f"Code {code}"})


def take_in(client: Client, **more: object) -> tuple[Any, Desk]:
    story = {"body": "Jalan di depan pasar berlubang. Telepon saya 081234567890.", **more}
    answer = client.post(f"{API}/reports", json.dumps(story), content_type="application/json")
    assert answer.status_code == 201, answer.content
    return answer.json(), reporter_of(client, answer.json()["code"])


def photo(client: Client) -> str:
    out = BytesIO()
    PIL.Image.new("RGB", (40, 30), "grey").save(out, "JPEG")
    answer = client.post(f"{API}/files", {"file": SimpleUploadedFile("bukti.jpg", out.getvalue())})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["file_id"])


def kept(view: Any, promise: str) -> list[str]:
    return [p["state"] for p in view["promises"] if p["promise"] == promise]


# Whole lives


def test_a_plain_report_lives_from_intake_through_a_reopening_to_satisfied(
    client: Client, whoever: As, clock: Path
) -> None:
    receipt, reporter = take_in(client, category="road_bridge")
    number = receipt["number"]
    admin, liaison, handler = (
        whoever(Role.AGENCY_ADMIN),
        whoever(Role.LIAISON, "dinas-pupr"),
        whoever(Role.UNIT_HANDLER, "dinas-pupr"),
    )
    validator = whoever(Role.RESPONSE_VALIDATOR)
    clock.write_text("+1h")
    assert admin.get(f"/reports/{number}").json()["face"] == "diperiksa"
    assert client.get(f"{API}/reports/{number}").json()["face"] == "diperiksa"
    sent = admin.must("dispatch", number, {"agency": "dinas-pupr", "title": "Jalan berlubang di pasar"})
    assert (sent["state"], sent["face"], kept(sent, "answer")) == ("dispatched", "diteruskan", ["running"])
    clock.write_text("+5h")
    started = handler.must("start", number, TEXT)
    assert (started["state"], kept(started, "answer"), kept(started, "respond")) == ("in_progress", ["kept"], ["kept"])
    clock.write_text("+2d")
    without_proof = liaison.do("propose_answer", number, {"text": "Sudah.", "outcome": "fixed"})
    assert (without_proof.status_code, without_proof.json()["errors"][0]["pointer"]) == (422, "/file_ids")
    proof = photo(client)
    proposed = handler.must("propose_answer", number, {"text": "Sudah.", "outcome": "fixed", "file_ids": [proof]})
    assert proposed["state"] == "awaiting_validation"
    assert handler.do("approve", number).status_code == 403
    assert validator.must("return_answer", number, {"text": "Foto kurang jelas."})["state"] == "in_progress"
    liaison.must("propose_answer", number, {"text": "Sudah ditambal.", "outcome": "fixed"})
    clock.write_text("+3d")
    approved = validator.must("approve", number)
    assert (approved["state"], approved["face"], kept(approved, "resolve")) == ("answered", "dijawab", ["kept"])
    clock.write_text("+4d")
    again = reporter.must("rate", None, {"rating": 1, "text": "Masih berlubang."})
    assert (again["state"], again["face"], again["reopen_count"]) == ("in_progress", "dibuka", 1)
    liaison.must("propose_answer", number, {"text": "Ditambal ulang.", "outcome": "answered"})
    assert validator.must("approve", number)["face"] == "dijawab"
    assert reporter.must("reply", None, {"text": "Satu lagi."})["state"] == "reporter_replied"
    liaison.must("propose_answer", number, {"text": "Semua ditambal.", "outcome": "answered"})
    validator.must("approve", number)
    done = reporter.must("rate", None, {"rating": 4})
    assert (done["state"], done["face"], done["closed_by"], done["rating"]) == ("closed", "tuntas", "reporter", 4)
    public = client.get(f"{API}/reports/{number}").json()
    assert (public["face"], public["rating"], public["title"]) == ("tuntas", 4, "Jalan berlubang di pasar")
    assert len(public["answers"]) == 3
    assert {"file_id": proof} not in public["photos"]  # it was returned, never let out


def test_an_anonymous_report_with_a_contact_is_asked_scheduled_handed_on_and_closed_by_the_window(
    client: Client, whoever: As, clock: Path
) -> None:
    receipt, reporter = take_in(
        client, is_anonymous=True, reporter={"name": "Sari Wulandari", "email": "sari.w@contoh.example"}
    )
    number = receipt["number"]
    admin, pupr, dlh = whoever(Role.AGENCY_ADMIN), whoever(Role.LIAISON, "dinas-pupr"), whoever(Role.LIAISON, "dlh")
    clock.write_text("+10h")
    asked = admin.must("ask", number, {"text": "Di sebelah mana?"})
    assert (asked["state"], asked["face"], kept(asked, "answer")) == ("needs_info", "menunggu", ["paused"])
    clock.write_text("+5d")
    back = reporter.must("complete", None, {"text": "Depan kios 3."})
    assert (back["state"], kept(back, "answer")) == ("submitted", ["running"])
    admin.must("dispatch", number, {"agency": "dinas-pupr"})
    pupr.must("start", number, TEXT)
    on = (current_time() + timedelta(days=30)).date().isoformat()
    assert pupr.must("schedule", number, {"on": on, "text": "Menunggu aspal."})["state"] == "scheduled"
    clock.write_text("+20d")
    assert pupr.must("resume", number, {})["state"] == "in_progress"
    offered = pupr.must("transfer", number, {"agency": "dlh", "reason_code": "not_authority", "text": "Urusan DLH."})
    assert (offered["state"], offered["agency"]) == ("transfer_pending", "dinas-pupr")
    assert dlh.must("accept_transfer", number)["agency"] == "dlh"
    assert pupr.do("start", number, TEXT).status_code == 403
    dlh.must("start", number, TEXT)
    dlh.must("propose_answer", number, {"text": "Sudah diangkut.", "outcome": "answered"})
    views = [who.get(f"/reports/{number}").content for who in (admin, dlh, whoever(Role.RESPONSE_VALIDATOR))]
    views += [whoever(role).get(f"/reports/{number}").content for role in (Role.INSPECTORATE, Role.LEADER, Role.DPO)]
    assert not any(b"Sari" in view or b"sari.w" in view for view in views)
    whoever(Role.RESPONSE_VALIDATOR).must("approve", number)
    clock.write_text("+60d")
    while steps.miss_next(now=current_time()):
        pass
    ended = reporter.get("/track").json()
    assert (ended["state"], ended["closed_by"], ended["close_outcome"]) == (
        "closed",
        "system",
        "no_reply_from_reporter",
    )
    assert reporter.must("reopen", None, TEXT)["face"] == "dibuka"


def test_a_secret_report_lives_unseen_through_refusal_and_appeal(client: Client, whoever: As, clock: Path) -> None:
    receipt, reporter = take_in(client, is_secret=True)
    number = receipt["number"]
    admin, pupr = whoever(Role.AGENCY_ADMIN), whoever(Role.LIAISON, "dinas-pupr")

    def unseen() -> bool:
        others = [client.get(f"{API}/reports/{number}"), whoever(Role.LIAISON, "dlh").get(f"/reports/{number}")]
        listed = client.get(f"{API}/reports").json()["items"]
        return {view.status_code for view in others} == {404} and number not in [row["number"] for row in listed]

    assert unseen()
    clock.write_text("+3h")
    admin.must("archive", number, {"reason_code": "archive.unclear", "text": "Tempatnya tidak jelas."})
    assert unseen()
    assert reporter.get("/track").json()["face"] == "ditolak"
    clock.write_text("+1d")
    assert reporter.must("appeal", None, {"text": "Di depan pasar."})["state"] == "submitted"
    admin.must("dispatch", number, {"agency": "dinas-pupr"})
    assert unseen()
    pupr.must("start", number, TEXT)
    pupr.must("transfer", number, {"agency": None, "reason_code": "wrong_agency", "text": "Bukan kami."})
    taken = admin.must("accept_transfer", number)
    assert (taken["state"], taken["agency"]) == ("submitted", None)
    assert pupr.get(f"/reports/{number}").status_code == 404
    admin.must("dispatch", number, {"agency": "dlh"})
    dlh = whoever(Role.LIAISON, "dlh")
    dlh.must("start", number, TEXT)
    dlh.must("propose_answer", number, {"text": "Sudah.", "outcome": "answered"})
    admin.must("approve", number)
    assert client.get(f"{API}/reports/{number}").status_code == 404
    assert reporter.must("rate", None, {"rating": 2})["state"] == "closed"
    shown = reporter.must("set_privacy", None, {"is_secret": False})
    assert shown["is_secret"] is False
    assert client.get(f"{API}/reports/{number}").status_code == 200
    reporter.must("set_privacy", None, {"is_secret": True})
    assert client.get(f"{API}/reports/{number}").status_code == 404


def test_a_restricted_report_is_examined_by_the_inspectorate_alone(client: Client, whoever: As, clock: Path) -> None:
    receipt, reporter = take_in(client, category="bribery_corruption")
    assert receipt["number"] is None
    inspector = whoever(Role.INSPECTORATE, also=None)
    second = whoever(Role.INSPECTORATE, also=Role.SEALED_READER)
    appointed = whoever(Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    ref = inspector.get("/desk/reports").json()["items"][0]["ref"]
    assert ref.startswith("B-")
    closed_to = [Desk(client, {}), reporter_of(client, "zzz"), whoever(Role.LEADER), whoever(Role.AGENCY_ADMIN)]
    closed_to += [whoever(Role.LIAISON, "dinas-pupr"), whoever(Role.SYSADMIN), whoever(Role.DPO)]
    unknown = client.get(f"{API}/reports/B-99-999").content
    for who in closed_to:
        answer = who.get(f"/reports/{ref}")
        assert (answer.status_code, answer.content) == (404, unknown)
        acted = who.do("note", ref, TEXT)
        assert (acted.status_code, acted.content) == (404, unknown)
    clock.write_text("+2h")
    wrong = appointed.do("dispatch", ref, {"agency": "dinas-pupr"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/agency")
    assert appointed.must("dispatch", ref, {"agency": "inspektorat"})["state"] == "dispatched"
    assert inspector.must("start", ref, TEXT)["state"] == "under_examination"
    assert inspector.must("propose_answer", ref, {"text": "Terbukti.", "outcome": "answered"})["number"] is None
    assert inspector.do("approve", ref).status_code == 403
    assert second.must("return_answer", ref, TEXT)["state"] == "under_examination"
    inspector.must("propose_answer", ref, {"text": "Terbukti, ditindak.", "outcome": "answered"})
    assert second.must("approve", ref)["state"] == "answered"
    mine = reporter.get("/track").json()
    assert (mine["number"], mine["ref"], mine["answers"][0]["text"]) == (None, None, "Terbukti, ditindak.")
    assert [look["what"] for look in mine["looks"]] == ["restricted"] * len(mine["looks"]) != []
    assert reporter.must("rate", None, {"rating": 3})["state"] == "closed"
    assert client.get(f"{API}/reports").json()["items"] == []


def test_lowercase_refs_are_the_same_ref(whoever: As) -> None:
    ref = make_restricted(current_time()).report.ref or ""
    assert whoever(Role.INSPECTORATE).get(f"/reports/{ref.lower()}").json()["ref"] == ref


def test_the_area_code_may_stand_in_front_and_another_one_may_not(whoever: As, stranger: Desk) -> None:
    number = make_report(current_time()).report.number
    assert stranger.get(f"/reports/3299-{number}").json()["number"] == number
    assert whoever(Role.AGENCY_ADMIN).must("note", f"3299-{number}", TEXT)["number"] == number
    assert stranger.get(f"/reports/3273-{number}").status_code == 404


# The order of refusals: 404, 401, 403, 409, 413, 422


@pytest.fixture
def answered(cast: Cast) -> Made:
    made = make_report(current_time() - timedelta(hours=9))
    bring(made, State.ANSWERED, cast, current_time() - timedelta(hours=9))
    return made


HUGE = json.dumps({"text": "a" * ALLOWED_BODY_BYTES})
BODIES = {"none": "", "broken": "{", "wrong": '{"text": 3}', "good": '{"text": "x"}', "huge": HUGE}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("header", ["", "Bearer nobody", "Code 234-567-89A7", "a person"])
@pytest.mark.parametrize("number", ["26-999999", "B-26-001", "x", "secret"])
def test_what_is_unknown_or_not_yours_is_404_before_all_else(
    client: Client, whoever: As, number: str, header: str, body: str
) -> None:
    if number == "secret":
        number = make_report(current_time(), is_secret=True).report.number or ""
    stranger = Desk(client, {"Authorization": header} if header else {})
    who = whoever(Role.LIAISON, "dlh") if header == "a person" else stranger
    answer = who.do("inform", number, body)
    assert answer.status_code == 404, answer.content
    assert answer.content == client.get(f"{API}/reports/26-999998").content


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_unknown_act_is_404_before_all_else(client: Client, whoever: As, answered: Made, body: str) -> None:
    for who in (whoever(Role.AGENCY_ADMIN), Desk(client, {}), Desk(client, {"Authorization": "Bearer nobody"})):
        assert who.do("explode", answered.report.number, body).status_code == 404
        assert who.do("explode", None, body).status_code == 404


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("header", ["", "Bearer nobody", "Code 234-567-89A7", "Basic eDp5"])
def test_a_public_report_asks_for_credentials_next(client: Client, answered: Made, header: str, body: str) -> None:
    who = Desk(client, {"Authorization": header} if header else {})
    for act in ("start", "note", "rate"):
        answer = who.do(act, answered.report.number, body)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert "Bearer" in answer["WWW-Authenticate"]
        assert who.do(act, None, body).status_code == 401


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_who_may_see_but_not_do_it_is_told_so_next(client: Client, whoever: As, answered: Made, body: str) -> None:
    number = answered.report.number
    assert whoever(Role.LIAISON, "dlh").do("start", number, body).status_code == 403  # also the wrong state
    assert whoever(Role.SYSADMIN).do("note", number, body).status_code == 403
    assert Desk(client, answered.header).do("dispatch", number, body).status_code == 403
    assert Desk(client, make_report(current_time()).header).do("rate", number, body).status_code == 403


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_wrong_state_comes_next(client: Client, whoever: As, answered: Made, body: str) -> None:
    number = answered.report.number
    assert whoever(Role.LIAISON, "dinas-pupr").do("start", number, body).status_code == 409
    assert Desk(client, answered.header).do("complete", None, body).status_code == 409


def test_too_large_comes_before_invalid(client: Client, whoever: As, answered: Made) -> None:
    assert whoever(Role.AGENCY_ADMIN).do("note", answered.report.number, HUGE).status_code == 413
    assert Desk(client, answered.header).do("reply", None, HUGE).status_code == 413


def test_invalid_comes_last_and_names_the_field(client: Client, whoever: As, answered: Made) -> None:
    admin, mine = whoever(Role.AGENCY_ADMIN), Desk(client, answered.header)
    for who, act, body, pointer in (
        (admin, "note", {}, "/text"),
        (admin, "note", {"text": " "}, "/text"),
        (admin, "note", {"text": "\x00"}, "/text"),
        (admin, "note", [], ""),
        (admin, "close", {"text": "x", "outcome": "happy"}, "/outcome"),
        (admin, "inform", {"text": "Anda bodoh."}, "/text"),
        (admin, "inform", {"text": "kata " * 301}, "/text"),
        (admin, "escalate", {"text": "x", "level": 5}, "/level"),
        (admin, "escalate", {"text": "x", "level": 10**40}, "/level"),
        (admin, "escalate", {"text": "x", "level": "2"}, "/level"),
        (mine, "rate", {}, "/rating"),
        (mine, "rate", {"rating": 0}, "/rating"),
        (mine, "rate", {"rating": 5}, "/rating"),
        (mine, "rate", {"rating": 3.5}, "/rating"),
        (mine, "rate", {"rating": True}, "/rating"),
        (mine, "rate", {"rating": 3, "fixed": "no"}, "/fixed"),
        (mine, "set_privacy", {"is_secret": "yes"}, "/is_secret"),
    ):
        answer = who.do(act, answered.report.number, body)
        assert answer.status_code == 422, (act, body, answer.content)
        assert pointer in [error["pointer"] for error in answer.json()["errors"]], (act, body, answer.content)
    assert Report.objects.get(pk=answered.report.pk).state == State.ANSWERED


def test_a_bad_key_is_no_reason_to_leave_the_order(client: Client, whoever: As, answered: Made) -> None:
    bad = {"Idempotency-Key": "k" * 300}
    number = answered.report.number
    assert Desk(client, {}).do("note", "26-999999", TEXT, **bad).status_code == 404
    assert Desk(client, {}).do("note", number, TEXT, **bad).status_code == 401
    assert whoever(Role.SYSADMIN).do("note", number, TEXT, **bad).status_code == 403
    assert whoever(Role.LIAISON, "dinas-pupr").do("start", number, TEXT, **bad).status_code == 409
    assert whoever(Role.AGENCY_ADMIN).do("note", number, TEXT, **bad).status_code == 422
    assert not Event.objects.filter(act=Act.NOTE).exists()


def test_a_key_used_again_is_no_reason_to_leave_the_order(client: Client, whoever: As, answered: Made) -> None:
    key = {"Idempotency-Key": "dua"}
    for who, number, status in (
        (Desk(client, {}), "26-999999", 404),
        (Desk(client, {}), answered.report.number, 401),
        (whoever(Role.SYSADMIN), answered.report.number, 403),
    ):
        assert who.do("note", number, TEXT, **key).status_code == status
        assert who.do("note", number, {"text": "lain"}, **key).status_code == status


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.SUBMIT])
def test_no_act_is_done_by_reading(client: Client, whoever: As, answered: Made, act: Act) -> None:
    answer = whoever(Role.AGENCY_ADMIN).get(f"/reports/{answered.report.number}/acts/{act}")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


def test_submit_is_no_act_upon_a_report(whoever: As, answered: Made) -> None:
    assert whoever(Role.AGENCY_ADMIN).do("submit", answered.report.number, TEXT).status_code in (404, 409)


# What is offered is what can be done


@pytest.mark.parametrize("state", PLAIN_STATES)
def test_every_act_that_is_offered_succeeds(client: Client, cast: Cast, whoever: As, state: State) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun)
    number = bring(made, state, cast, begun).number
    lead = bring(make_report(begun), State.DISPATCHED, cast, begun).number
    people = [
        Desk(client, made.header),
        whoever(Role.AGENCY_ADMIN),
        whoever(Role.LIAISON, "dinas-pupr"),
        whoever(Role.UNIT_HANDLER, "dinas-pupr"),
        whoever(Role.LIAISON, "dlh"),
        whoever(Role.RESPONSE_VALIDATOR),
        whoever(Role.LEADER),
    ]
    done = 0
    for who in people:
        for act in who.get(f"/reports/{number}").json().get("acts", []):
            with transaction.atomic():
                answer = who.do(act, number, {"into": lead} if act == Act.MERGE else good(Act(act)))
                assert answer.status_code == 200, (state, act, answer.content)
                transaction.set_rollback(True)
            done += 1
    assert done >= 3


def test_a_question_that_may_no_longer_be_asked_is_not_offered(cast: Cast, whoever: As) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun)
    bring(made, State.NEEDS_INFO, cast, begun)
    steps.complete(made.report, by=made.reporter, text="Depan kios.", now=begun + timedelta(hours=2))
    admin = whoever(Role.AGENCY_ADMIN)
    offered = admin.get(f"/reports/{made.report.number}").json()["acts"]
    assert ("ask" in offered) is (admin.do("ask", made.report.number, TEXT).status_code == 200)


@pytest.mark.parametrize(
    ("state", "act"), [(State.CLOSED, "reopen"), (State.CLOSED, "rate"), (State.ARCHIVED, "appeal")]
)
def test_what_is_over_is_not_offered(client: Client, cast: Cast, clock: Path, state: State, act: str) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun)
    bring(made, state, cast, begun)
    mine = Desk(client, made.header)
    assert act in mine.get("/track").json()["acts"]
    clock.write_text("+90d")
    assert mine.do(act, None, good(Act(act))).status_code == 409
    assert act not in mine.get("/track").json()["acts"]


# Late


def test_the_first_words_after_a_missed_promise_must_say_why(client: Client, whoever: As, clock: Path) -> None:
    receipt, reporter = take_in(client)
    number, admin = receipt["number"], whoever(Role.AGENCY_ADMIN)
    clock.write_text("+48h1m")
    without = admin.do("inform", number, TEXT)
    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "/late_cause")
    assert admin.do("inform", number, {**TEXT, "late_cause": "lazy"}).status_code == 422
    told = admin.must("inform", number, {**TEXT, "late_cause": "volume"})
    promise = next(p for p in told["promises"] if p["promise"] == "answer")
    assert (promise["state"], promise["cause"]) == ("missed", "volume")
    assert reporter.get("/track").json()["promises"][0]["cause"] == "volume"
    admin.must("inform", number, TEXT)  # once is enough


@pytest.mark.parametrize("act", [Act.INFORM, Act.START, Act.ARCHIVE, Act.PROPOSE_ANSWER])
def test_each_act_that_can_keep_a_missed_answer_asks_for_its_cause(
    cast: Cast, whoever: As, clock: Path, act: Act
) -> None:
    begun = current_time()
    made = make_report(begun)
    if act is Act.START:
        bring(made, State.DISPATCHED, cast, begun)
    if act is Act.PROPOSE_ANSWER:
        bring(made, State.IN_PROGRESS, cast, begun)
    who = whoever(Role.AGENCY_ADMIN) if act in (Act.INFORM, Act.ARCHIVE) else whoever(Role.LIAISON, "dinas-pupr")
    clock.write_text("+3d")
    answer = who.do(act, made.report.number, good(act))
    if act is Act.PROPOSE_ANSWER:  # started in time: the answer was kept, no cause is owed
        assert answer.status_code == 200
        return
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/late_cause")
    assert who.do(act, made.report.number, {**good(act), "late_cause": "staff"}).status_code == 200


def test_dispatch_and_the_automatic_receipt_do_not_keep_the_answer(client: Client, whoever: As, clock: Path) -> None:
    receipt, reporter = take_in(client, reporter={"email": "sari@contoh.example"})
    whoever(Role.AGENCY_ADMIN).must("dispatch", receipt["number"], {"agency": "dinas-pupr", **TEXT})
    clock.write_text("+48h1m")
    assert kept(reporter.get("/track").json(), "answer") == ["missed"]


# Sent twice


def test_an_act_sent_twice_is_done_once_and_answered_alike(client: Client, whoever: As) -> None:
    receipt, _ = take_in(client)
    admin, key = whoever(Role.AGENCY_ADMIN), {"Idempotency-Key": "kirim-1"}
    first = admin.do("dispatch", receipt["number"], {"agency": "dinas-pupr"}, **key)
    again = admin.do("dispatch", receipt["number"], {"agency": "dinas-pupr"}, **key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.status_code == 200
    assert admin.do("dispatch", receipt["number"], {"agency": "dinas-pupr"}).status_code == 409
    assert admin.do("dispatch", receipt["number"], {"agency": "dlh"}, **key).status_code == 409
    assert Event.objects.filter(act=Act.DISPATCH).count() == 1


def test_an_act_is_answered_alike_after_the_report_left_ones_hands(client: Client, cast: Cast, whoever: As) -> None:
    begun = current_time() - timedelta(hours=9)
    made = make_report(begun, is_secret=True)
    bring(made, State.TRANSFER_PENDING, cast, begun)
    dlh, key = whoever(Role.LIAISON, "dlh"), {"Idempotency-Key": "tolak"}
    body = {"reason_code": "not_authority", "text": "Bukan kami."}
    first = dlh.do("decline_transfer", made.report.number, body, **key)
    assert first.status_code == 200, first.content
    again = dlh.do("decline_transfer", made.report.number, body, **key)
    assert (again.status_code, again.content) == (200, first.content)
    assert dlh.do("decline_transfer", made.report.number, body).status_code == 404


def test_a_refused_act_is_refused_alike_for_the_same_key(client: Client, whoever: As, answered: Made) -> None:
    liaison, key = whoever(Role.LIAISON, "dinas-pupr"), {"Idempotency-Key": "mulai"}
    first = liaison.do("start", answered.report.number, TEXT, **key)
    steps.reply(answered.report, by=answered.reporter, text="Belum.", now=current_time())
    again = liaison.do("start", answered.report.number, TEXT, **key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert liaison.do("start", answered.report.number, TEXT).status_code == 200


def test_an_act_with_the_code_can_be_sent_twice_as_well(client: Client, answered: Made) -> None:
    mine, key = Desk(client, answered.header), {"Idempotency-Key": "nilai"}
    first, again = (mine.do("rate", None, {"rating": 3}, **key) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert Event.objects.filter(act=Act.RATE).count() == 1


# With the code


def test_the_reporter_acts_by_code_or_by_number_and_code(client: Client, answered: Made) -> None:
    mine = Desk(client, answered.header)
    assert mine.must("reply", answered.report.number, {"text": "Masih ada."})["state"] == "reporter_replied"
    assert mine.must("withdraw", None, {"text": "Sudah beres."})["state_label"].startswith("Ditarik")


def test_the_view_after_an_act_by_code_is_the_track_view(client: Client, answered: Made) -> None:
    mine = Desk(client, answered.header)
    after = mine.must("reply", None, {"text": "Masih ada."})
    assert after == mine.get("/track").json()
    assert {"acts", "looks", "messages", "body", "title", "holder", "promises", "timeline"} <= set(after)


@pytest.mark.parametrize(
    ("rating", "fixed", "state"),
    [
        (4, None, "closed"),
        (3, True, "closed"),
        (2, None, "closed"),
        (1, None, "in_progress"),
        (1, True, "in_progress"),
        (4, False, "in_progress"),
    ],
)
def test_a_rating_closes_or_takes_up_again(
    client: Client, answered: Made, rating: int, fixed: bool | None, state: str
) -> None:
    body = {"rating": rating} if fixed is None else {"rating": rating, "fixed": fixed}
    assert Desk(client, answered.header).must("rate", None, body)["state"] == state


def test_a_report_reopened_long_ago_can_still_be_rated_and_reopened(
    client: Client, whoever: As, answered: Made, clock: Path
) -> None:
    mine, pupr = Desk(client, answered.header), whoever(Role.LIAISON, "dinas-pupr")
    mine.must("rate", None, {"rating": 3})
    clock.write_text("+10d")
    mine.must("reopen", None, TEXT)
    clock.write_text("+50d")
    pupr.must("propose_answer", answered.report.number, {"outcome": "answered", **TEXT})
    whoever(Role.RESPONSE_VALIDATOR).must("approve", answered.report.number)
    assert {"rate", "reopen"} <= set(mine.get("/track").json()["acts"])
    assert mine.must("rate", None, {"rating": 3})["state"] == "closed"
    assert mine.must("reopen", None, TEXT)["state"] == "in_progress"


def test_forgetting_the_contact_is_for_good(client: Client, whoever: As) -> None:
    receipt, reporter = take_in(client, is_anonymous=False, reporter={"name": "Sari", "email": "sari@contoh.example"})
    admin = whoever(Role.AGENCY_ADMIN)
    assert admin.get(f"/reports/{receipt['number']}").json()["reporter"]["name"] == "Sari"
    reporter.must("set_privacy", None, {"forget_contact": True})
    assert b"Sari" not in admin.get(f"/reports/{receipt['number']}").content


# Taking back


def test_a_dispatch_is_taken_back_over_the_api_once(city: None, whoever: As) -> None:
    number = make_report(current_time() - timedelta(hours=1)).report.number
    desk = whoever(Role.AGENCY_ADMIN)
    assert "recall" not in desk.get(f"/reports/{number}").json()["acts"]
    assert desk.do("recall", number).status_code == 409
    assert "recall" in desk.must("dispatch", number, {"agency": "dlh"})["acts"]
    view = desk.must("recall", number)
    assert (view["state"], view["holder"]["slug"] == "dlh", "recall" in view["acts"]) == ("submitted", False, False)
    assert [line["act"] for line in view["timeline"]] == ["submit"]
    assert desk.do("recall", number).status_code == 409
    assert whoever(Role.LIAISON, "dlh").do("recall", number).status_code == 403


def test_a_call_is_logged_over_the_api(whoever: As, answered: Made) -> None:
    desk, number = whoever(Role.AGENCY_ADMIN), answered.report.number
    note = desk.must("note", number, {"call": "reporter", "reached": False, **TEXT})["notes"][-1]
    assert (note["call"], note["reached"]) == ("reporter", False)
    assert desk.do("note", number, {"call": "mayor", **TEXT}).status_code == 422
    assert desk.do("note", number, {"reached": True, **TEXT}).status_code == 422
