"""Internal notes."""

import json
from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import HOUR, WHOLE_DESK, everybody, fresh, last, photo, published, refused, running, told, who_may
from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Language
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Act, State

EVERYWHERE = sorted(set(State) - {State.UNDER_EXAMINATION})


@pytest.mark.parametrize("state", EVERYWHERE)
def test_it_changes_nothing_and_staff_alone_read_it(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now, email="sari@mail.example")
    report = bring(made, state, cast)
    owed, due, thread = running(report), report.due_at, report.thread
    steps.note(report, by=cast.desk, text="Pelapor galak.", now=now + 9 * HOUR)
    report = fresh(report)
    assert (report.state, running(report), report.due_at, report.thread) == (state, owed, due, thread)
    assert (last(report).act, last(report).text) == ("note", "Pelapor galak.")
    assert told(report, now + 9 * HOUR) == set()
    publication = published(report)
    assert publication is not None
    assert "galak" not in f"{publication.thread} {publication.text} {publication.title}"
    assert "galak" not in str(track_view(report, language=Language.ID, now=now))
    assert "galak" in str(staff_view(report, cast.desk, language=Language.ID, now=now)["notes"])


def test_a_photo_in_a_note_stays_inside(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    file = photo(now)
    steps.note(made.report, by=cast.desk, text="Bandingkan.", file_ids=[file], now=now + HOUR)
    publication = published(made.report)
    assert publication is not None
    assert str(file) not in str(fresh(made.report).thread)
    assert str(file) not in str(publication.thread)


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.NOTE, report, cast, made, now + 9 * HOUR) == WHOLE_DESK | {
        "liaison",
        "handler",
        "validator",
        "leader",
    }
    assert "dpo" in everybody(cast, made)


def test_it_has_words(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    with refused(Invalid, report, "/text"):
        steps.note(report, by=cast.desk, text="", now=now)


class TestCalls:
    @pytest.mark.parametrize(("call", "reached"), [("reporter", True), ("reporter", False), ("agency", None)])
    def test_a_call_is_logged_and_staff_alone_read_of_it(
        self, cast: Cast, now: datetime, call: str, reached: bool | None
    ) -> None:
        made = make_report(now)
        event = steps.note(
            made.report, by=cast.desk, text="Menelepon dua kali.", call=call, reached=reached, now=now + HOUR
        )
        assert event.data == {"call": call, "reached": reached}
        (note,) = staff_view(fresh(made.report), cast.desk, language=Language.ID, now=now + HOUR)["notes"]
        assert (note["call"], note["reached"]) == (call, reached)
        assert '"call"' not in json.dumps(fresh(made.report).thread)

    def test_a_note_that_is_no_call_says_so(self, cast: Cast, now: datetime) -> None:
        report = make_report(now).report
        assert steps.note(report, by=cast.desk, text="Catatan.", now=now + HOUR).data == {}
        (note,) = staff_view(fresh(report), cast.desk, language=Language.ID, now=now + HOUR)["notes"]
        assert (note["call"], note["reached"]) == (None, None)

    @pytest.mark.parametrize(("call", "reached"), [("mayor", None), ("", True), ("", False)])
    def test_somebody_was_called(self, cast: Cast, now: datetime, call: str, reached: bool | None) -> None:
        report = make_report(now).report
        with refused(Invalid, report, "/call"):
            steps.note(report, by=cast.desk, text="Telepon.", call=call, reached=reached, now=now)
