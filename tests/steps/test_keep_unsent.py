"""Words that were typed and not sent are kept: one's own, and those the desk and the agency write together."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY, HOUR
from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, NotFound
from tuntas.reports.desk_queries import unsent_of
from tuntas.reports.models import Report, Unsent
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Actor, Role
from tuntas.steps.keep_unsent import WrittenMeanwhile

SECOND = timedelta(seconds=1)


def typed(report: Report, by: Actor, *, shared: bool = False) -> list[tuple[str, dict[str, str], int]]:
    return [(u.form, u.fields, u.version) for u in unsent_of(report, by.person_id or 0, with_shared=shared)]


@pytest.fixture
def report(cast: Cast, now: datetime) -> Report:
    return bring(make_report(now), State.IN_PROGRESS, cast)


def test_the_newest_words_are_kept_per_form_and_person(cast: Cast, report: Report, now: datetime) -> None:
    for number, words in enumerate(("Kami", "Kami akan")):
        steps.keep_unsent(report, by=cast.desk, form="inform", fields={"text": words}, now=now + number * SECOND)
    steps.keep_unsent(report, by=cast.desk, form="note", fields={"text": "Telepon dulu."}, now=now)
    steps.keep_unsent(report, by=cast.liaison, form="inform", fields={"text": "Lain"}, now=now)
    assert typed(report, cast.desk) == [("inform", {"text": "Kami akan"}, 2), ("note", {"text": "Telepon dulu."}, 1)]
    assert typed(report, cast.liaison, shared=True) == [("inform", {"text": "Lain"}, 1)]


def test_the_same_again_changes_nothing(cast: Cast, report: Report, now: datetime) -> None:
    for second in (0, 1):
        steps.keep_unsent(report, by=cast.desk, form="inform", fields={"text": "Kami"}, now=now + second * SECOND)
    unsent = Unsent.objects.get(report=report)
    assert (unsent.version, unsent.saved_at) == (1, now)


def test_ones_own_words_are_never_refused_for_their_version(cast: Cast, report: Report, now: datetime) -> None:
    for words in ("satu", "dua"):  # from two devices
        steps.keep_unsent(report, by=cast.desk, form="ask", fields={"text": words}, version=0, now=now)
    assert typed(report, cast.desk) == [("ask", {"text": "dua"}, 2)]


class TestTogether:
    def share(self, report: Report, by: Actor, words: str, version: int, now: datetime) -> Unsent:
        fields = {"text": words, "outcome": "fixed"}
        return steps.keep_unsent(
            report, by=by, form="propose_answer", fields=fields, is_shared=True, version=version, now=now
        )

    def test_the_desk_and_the_agency_write_one_text(self, cast: Cast, report: Report, now: datetime) -> None:
        first = self.share(report, cast.liaison, "Sudah", 0, now)
        second = self.share(report, cast.desk, "Sudah ditambal", first.version, now + SECOND)
        assert (first.pk, second.version, second.last_by_id) == (second.pk, 2, cast.desk.person_id)
        assert typed(report, cast.handler, shared=True) == [
            ("propose_answer", {"text": "Sudah ditambal", "outcome": "fixed"}, 2)
        ]
        assert typed(report, cast.liaison) == [], "those who may not read notes ask without the shared ones"

    def test_who_types_over_an_older_version_is_shown_both(self, cast: Cast, report: Report, now: datetime) -> None:
        seen = self.share(report, cast.liaison, "Sudah", 0, now).version
        self.share(report, cast.desk, "Sudah ditambal", seen, now + SECOND)
        with pytest.raises(WrittenMeanwhile) as refusal:
            self.share(report, cast.liaison, "Sudah selesai", seen, now + 2 * SECOND)
        assert refusal.value.theirs.fields["text"] == "Sudah ditambal"
        assert cast.person(Role.AGENCY_ADMIN).name in refusal.value.say.id
        assert typed(report, cast.desk, shared=True)[0][1]["text"] == "Sudah ditambal"
        mine = self.share(report, cast.liaison, "Sudah selesai", refusal.value.theirs.version, now + 3 * SECOND)
        assert mine.version == 3

    def test_the_same_sent_twice_is_no_collision(self, cast: Cast, report: Report, now: datetime) -> None:
        for second in (0, 1):
            unsent = self.share(report, cast.liaison, "Sudah", 0, now + second * SECOND)
        assert unsent.version == 1

    def test_only_those_who_read_notes_and_only_an_answer(self, cast: Cast, report: Report, now: datetime) -> None:
        operator = cast.actor(Role.CALL_OPERATOR)
        entered = make_report(now, by=operator).report
        with pytest.raises(NotAllowed):
            self.share(entered, operator, "Sudah", 0, now)
        with pytest.raises(NotAllowed):
            steps.keep_unsent(report, by=cast.desk, form="inform", fields={"text": "a"}, is_shared=True, now=now)
        assert not Unsent.objects.exists()


def test_strangers_and_reporters_keep_nothing_here(cast: Cast, report: Report, now: datetime) -> None:
    for by in (STRANGER, Actor(report_id=report.pk), cast.other_liaison):
        with pytest.raises(NotFound):
            steps.keep_unsent(report, by=by, form="inform", fields={"text": "a"}, now=now)
    assert not Unsent.objects.exists()


@pytest.mark.parametrize("fields", [{"text": "\x00"}, {"text": "\ud800"}, {"text": "a" * 20_001}, {"": "a"}])
def test_what_cannot_be_stored_is_refused(cast: Cast, report: Report, now: datetime, fields: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        steps.keep_unsent(report, by=cast.desk, form="inform", fields=fields, now=now)


def test_sent_words_are_forgotten_and_only_those(cast: Cast, report: Report, now: datetime) -> None:
    for by, form in ((cast.desk, "inform"), (cast.desk, "note"), (cast.liaison, "inform")):
        steps.keep_unsent(report, by=by, form=form, fields={"text": "a"}, now=now)
    steps.keep_unsent(report, by=cast.desk, form="propose_answer", fields={"text": "a"}, is_shared=True, now=now)
    steps.forget_unsent(report, by=cast.desk, form="inform")
    assert [form for form, _, _ in typed(report, cast.desk, shared=True)] == ["note", "propose_answer"]
    assert typed(report, cast.liaison) == [("inform", {"text": "a"}, 1)]
    steps.forget_unsent(report, by=cast.other_liaison, form="propose_answer")
    assert len(typed(report, cast.desk, shared=True)) == 2, "not by those who may not read them"
    steps.forget_unsent(report, by=cast.liaison, form="propose_answer")
    assert [form for form, _, _ in typed(report, cast.desk, shared=True)] == ["note"]


def test_words_nobody_came_back_for_are_forgotten(cast: Cast, report: Report, now: datetime) -> None:
    steps.keep_unsent(report, by=cast.desk, form="inform", fields={"text": "lama"}, now=now)
    steps.keep_unsent(report, by=cast.desk, form="note", fields={"text": "baru"}, now=now + HOUR)
    steps.tidy(now=now + 30 * DAY, real_now=now)
    assert len(typed(report, cast.desk)) == 2
    steps.tidy(now=now + 30 * DAY + SECOND, real_now=now)
    assert typed(report, cast.desk) == [("note", {"text": "baru"}, 1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_however_many(cast: Cast, report: Report, now: datetime, rows: int) -> None:
    for form in ("inform", "note", "ask")[:rows]:
        steps.keep_unsent(report, by=cast.desk, form=form, fields={"text": "a"}, now=now)
    with CaptureQueriesContext(connection) as asked:
        assert len([u.last_by.name for u in unsent_of(report, cast.desk.person_id or 0, with_shared=True)]) == rows
    assert len(asked) == 1
