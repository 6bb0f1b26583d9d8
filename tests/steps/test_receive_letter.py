"""Letters that come about a report."""

from datetime import date, datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import HOUR, WHOLE_DESK, clock, do, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.reports.told import staff_view
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Role
from tuntas.web.citizen.track_told import tell

GIST = "Warga RT 3 meminta lubang ditutup sebelum panen."


def test_a_village_heads_letter_is_kept_and_the_reporter_learns_who_wrote(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    steps.receive_letter(
        report,
        by=cast.desk,
        kind="village_letter",
        sender="Lurah Tegalsari, 0812-3456-7890",
        number="140/12/TGS",
        dated=date(2026, 3, 5),
        text=GIST,
        file_ids=[photo(now + 3 * HOUR)],
        now=now + 3 * HOUR,
    )
    report, event = fresh(report), last(report)
    assert (event.act, event.text) == ("receive_letter", GIST)
    assert event.data | {"sender": ""} == {
        "kind": "village_letter",
        "sender": "",
        "letter_number": "140/12/TGS",
        "dated": "2026-03-05",
    }
    assert "7890" not in event.data["sender"]
    assert event.files.count() == 1
    assert told(report, now + 3 * HOUR) == {("work", "rudi")}
    assert (report.awaits_audience, Promise.AUDIENCE in running(report)) == (False, False)
    knot = tell(report, language=Language.ID, now=now + 4 * HOUR)["knots"][3]
    assert knot.head.id.startswith("Surat dari Lurah Tegalsari")
    assert (knot.words, knot.photos) == ("", ())
    assert "panen" not in str(report.thread)
    publication = published(report)
    assert publication is not None
    assert "receive_letter" not in str(publication.thread)
    notes = staff_view(report, cast.desk, language=Language.ID, now=now + 4 * HOUR)["notes"]
    assert [note["text"] for note in notes] == [GIST]


def test_a_request_to_be_heard_waits_for_an_answer(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    do(Act.RECEIVE_LETTER, report, by=cast.desk, kind="audience_request", now=now + 3 * HOUR)
    report = fresh(report)
    assert report.awaits_audience
    assert clock(report, Promise.AUDIENCE).started_at == now + 3 * HOUR
    assert {name for _, name in told(report, now + 3 * HOUR)} == {"hendra", "yuni", "bagas"}
    do(Act.RECEIVE_LETTER, report, by=cast.desk, now=now + 4 * HOUR)
    assert fresh(report).awaits_audience, "another letter answers nothing"
    with refused(Invalid, report, "/kind"):
        do(Act.RECEIVE_LETTER, report, by=cast.desk, kind="audience_request", now=now + 4 * HOUR)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"kind": "postcard"}, "/kind"),
        ({"sender": " "}, "/sender"),
        ({"sender": "x" * 121}, "/sender"),
        ({"number": "x" * 61}, "/number"),
        ({"dated": date(2026, 3, 7)}, "/dated"),
        ({"text": ""}, "/text"),
    ],
)
def test_bad_input_names_its_field(cast: Cast, now: datetime, given: dict[str, object], pointer: str) -> None:
    report = make_report(now).report
    with refused(Invalid, report, pointer):
        do(Act.RECEIVE_LETTER, report, by=cast.desk, now=now + HOUR, **given)


def test_never_about_a_restricted_report_and_not_once_it_ended(cast: Cast, now: datetime) -> None:
    sealed = make_restricted(now).report
    with refused(NotAllowed, sealed):
        do(Act.RECEIVE_LETTER, sealed, by=cast.appointed_inspector, now=now + HOUR)
    closed = bring(make_report(now), State.CLOSED, cast)
    with refused(WrongState, closed):
        do(Act.RECEIVE_LETTER, closed, by=cast.desk, now=now + 9 * HOUR)


@pytest.mark.parametrize("role", [Role.CALL_OPERATOR, Role.INTAKE_PARTNER])
def test_who_typed_the_report_in_notes_its_letter(cast: Cast, now: datetime, role: Role) -> None:
    made = make_report(now, by=cast.actor(role))
    name = {Role.CALL_OPERATOR: "operator", Role.INTAKE_PARTNER: "partner"}[role]
    assert who_may(Act.RECEIVE_LETTER, made.report, cast, made, now + HOUR) == WHOLE_DESK | {name}
