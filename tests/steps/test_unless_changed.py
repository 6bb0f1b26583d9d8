"""Sending after somebody else wrote shows both texts and asks."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import DAY, HOUR, everything_about, last, refused
from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.models import Event
from tuntas.rules.life import Act, State
from tuntas.rules.who import Actor, Role
from tuntas.steps.unless_changed import Changed, News

SECOND = timedelta(seconds=1)


def send(made: Made, by: Actor, seen: int, at: datetime, text: str = "Kabar.") -> Event:
    return steps.unless_changed(made.report, seen, lambda: steps.inform(made.report, by=by, text=text, now=at), by=by)


def news_for(made: Made, by: Actor, seen: int, at: datetime) -> list[News]:
    before = everything_about(made.report)
    with pytest.raises(Changed) as refusal:
        send(made, by, seen, at)
    assert everything_about(made.report) == before
    return refusal.value.news


@pytest.fixture
def made(cast: Cast, now: datetime) -> Made:
    made = make_report(now)
    bring(made, State.IN_PROGRESS, cast)
    return made


def test_where_nothing_is_new_it_is_done(cast: Cast, made: Made, now: datetime) -> None:
    seen = last_event_of(made.report)
    assert send(made, cast.desk, seen, now + DAY) == last(made.report)
    assert last_event_of(made.report) > seen


def test_what_another_person_wrote_is_shown(cast: Cast, made: Made, now: datetime) -> None:
    seen = last_event_of(made.report)
    steps.note(made.report, by=cast.desk, text="Punya saya.", now=now + 3 * HOUR)
    steps.note(made.report, by=cast.handler, text="Besok.", now=now + 4 * HOUR)
    steps.supplement(made.report, by=made.reporter, text="Dua lubang.", now=now + 5 * HOUR)
    note, supplement = made.report.events.order_by("-id")[1], last(made.report)
    handler = cast.person(Role.UNIT_HANDLER, "dinas-pupr").name
    assert news_for(made, cast.desk, seen, now + DAY) == [
        News(note.pk, Act.NOTE, handler, now + 4 * HOUR, "Besok."),
        News(supplement.pk, Act.SUPPLEMENT, None, now + 5 * HOUR, "Dua lubang."),
    ]
    assert send(made, cast.desk, supplement.pk, now + DAY).act == "inform", "once it was seen, it is sent"


def test_ones_own_words_are_no_news(cast: Cast, made: Made, now: datetime) -> None:
    seen = last_event_of(made.report)
    steps.note(made.report, by=cast.desk, text="Punya saya.", now=now + 3 * HOUR)
    assert send(made, cast.desk, seen, now + DAY).act == "inform"


def test_what_the_system_noted_is_no_news(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.ANSWERED, cast)
    seen = last_event_of(made.report)
    steps.miss_next(now=now + 90 * DAY)
    assert last(made.report).voice == "system"
    note = lambda: steps.note(made.report, by=cast.desk, text="Catatan.", now=now + 91 * DAY)  # noqa: E731
    assert steps.unless_changed(made.report, seen, note, by=cast.desk).act == "note"


def test_what_was_undone_at_once_is_no_news(cast: Cast, made: Made, now: datetime) -> None:
    seen = last_event_of(made.report)
    other = cast.actor(Role.ASSISTANT_ADMIN)
    steps.inform(made.report, by=other, text="Salah laporan.", now=now + 3 * HOUR)
    assert [news.text for news in news_for(made, cast.desk, seen, now + DAY)] == ["Salah laporan."]
    steps.recall(made.report, by=other, now=now + 3 * HOUR + SECOND)
    assert send(made, cast.desk, seen, now + DAY).act == "inform"


def test_an_agency_reads_an_anonymous_reporters_numbers_masked(cast: Cast, made: Made, now: datetime) -> None:
    seen = last_event_of(made.report)
    steps.supplement(made.report, by=made.reporter, text="Telepon 0812-3456-7890.", now=now + 3 * HOUR)
    assert "0812" in news_for(made, cast.desk, seen, now + DAY)[0].text
    assert "0812" not in news_for(made, cast.liaison, seen, now + DAY)[0].text


def test_a_refusal_of_the_act_itself_is_that_refusal(cast: Cast, made: Made, now: datetime) -> None:
    with refused(Invalid, made.report, "/text"):
        send(made, cast.desk, last_event_of(made.report), now + DAY, text=" ")
