"""The five lights where they count: what blocks is refused at every door, and what was passed on amber is noted."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.steps.seen import HOUR, do, fresh, last, photo, published, refused
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Language
from tuntas.reports.models import File, Report
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Act, State
from tuntas.rules.lit import Light, Result
from tuntas.rules.who import SYSTEM, Actor
from tuntas.steps.lights import evidence_of, judge_for, lit

GOOD = "Bapak/Ibu, terima kasih. Petugas kami menambal lubang itu besok pukul 09.00."
LONG = "Bapak/Ibu, terima kasih. " + "Kami tambal lubang itu besok. " * 60
JUDGED = {
    # act: where it is done, and by whom
    Act.INFORM: (State.SUBMITTED, "desk"),
    Act.ASK: (State.SUBMITTED, "desk"),
    Act.ARCHIVE: (State.SUBMITTED, "desk"),
    Act.START: (State.DISPATCHED, "liaison"),
    Act.SCHEDULE: (State.IN_PROGRESS, "liaison"),
    Act.PROPOSE_ANSWER: (State.IN_PROGRESS, "handler"),
    Act.CLOSE: (State.ANSWERED, "desk"),
    Act.FORWARD_EXTERNAL: (State.SUBMITTED, "desk"),
    Act.OUTSIDE_NEWS: (State.FORWARDED_EXTERNAL, "desk"),
}
LATER = 9 * HOUR


def bare_template(act: Act) -> str:
    """Return a template of the act; closing has none of its own and may be tried with any."""
    templates = installation().templates
    return next((each.text for each in templates if each.act is act), templates[0].text)


BLOCKED: dict[str, Callable[[Act], str]] = {
    "an insult": lambda act: f"{GOOD} Anda bodoh.",
    "over 300 words": lambda act: LONG,
    "a bare template": bare_template,
}


@pytest.mark.parametrize("why", BLOCKED)
@pytest.mark.parametrize("act", JUDGED)
def test_what_blocks_is_refused_whatever_was_confirmed(cast: Cast, now: datetime, act: Act, why: str) -> None:
    state, who = JUDGED[act]
    report = bring(make_report(now), state, cast)
    for is_confirmed in (True, False):
        with refused(Invalid, report, "/text"):
            do(act, report, by=getattr(cast, who), text=BLOCKED[why](act), is_confirmed=is_confirmed, now=now + LATER)


@pytest.mark.parametrize("act", JUDGED)
def test_numbers_of_persons_go_out_once_they_are_confirmed(cast: Cast, now: datetime, act: Act) -> None:
    state, who = JUDGED[act]
    report = bring(make_report(now), state, cast)
    text, by = f"{GOOD} Tanya 0812-3456-7890. Di mana?", getattr(cast, who)
    with refused(Invalid, report, "/text"):
        do(act, report, by=by, text=text, is_confirmed=False, now=now + LATER)
    event = do(act, report, by=by, text=text, now=now + LATER)  # programs confirm by calling
    assert event.data["advised"] == ["data_pribadi"]


@pytest.mark.parametrize("act", JUDGED)
def test_a_good_answer_leaves_no_trace(cast: Cast, now: datetime, act: Act) -> None:
    state, who = JUDGED[act]
    report = bring(make_report(now), state, cast)
    event = do(act, report, by=getattr(cast, who), text=f"{GOOD} Di mana?", is_confirmed=False, now=now + LATER)
    assert "advised" not in event.data


@pytest.mark.parametrize("act", JUDGED)
def test_lights_passed_on_amber_are_noted_and_told_to_nobody(cast: Cast, now: datetime, act: Act) -> None:
    state, who = JUDGED[act]
    made = make_report(now)
    report = bring(made, state, cast)
    event = do(act, report, by=getattr(cast, who), text="Ya.", now=now + LATER)
    assert event.data["advised"] == ["padat", "santun"]
    if act is Act.PROPOSE_ANSWER:
        steps.approve(report, by=cast.validator, now=now + LATER + HOUR)
    publication = published(report)
    assert publication is not None
    report = fresh(report)
    told = [report.thread, publication.thread, track_view(report, language=Language.ID, now=now + LATER)]
    told.append(staff_view(report, cast.desk, language=Language.ID, now=now + LATER))
    assert "advised" not in json.dumps(told, default=str)


def test_several_reasons_are_told_together(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    with pytest.raises(Invalid) as caught:
        steps.inform(report, by=cast.desk, text=f"{LONG} Dasar bodoh! 0812-3456-7890", is_confirmed=False, now=now)
    assert [mistake.pointer for mistake in caught.value.mistakes] == ["/text"] * 3
    said = [mistake.say.id for mistake in caught.value.mistakes]
    assert [sentence.split(":")[0] for sentence in said] == [
        "306 kata",
        "Hapus kata kasar",
        "Hapus atau pastikan boleh disebut",
    ]


def test_the_system_and_reporters_are_not_judged(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    for by in (SYSTEM, made.reporter):
        assert lit(made.report, Act.INFORM, "Anda bodoh", by=by, is_confirmed=False, now=now) == {}
    report = bring(made, State.ANSWERED, cast)
    steps.reply(report, by=made.reporter, text="Petugasnya bodoh.", now=now + LATER)
    assert last(report).data == {}


def test_an_internal_note_may_say_anything(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    steps.note(report, by=cast.desk, text=f"Pelapor dimaki “bodoh”. {LONG}", now=now + HOUR)
    assert "advised" not in last(report).data


def named(now: datetime, *, is_anonymous: bool) -> Made:
    return make_report(now, email="sari@mail.example", is_anonymous=is_anonymous)


def result_of(
    which: Light, report: Report, by: Actor, text: str = GOOD, now: datetime | None = None, **more: Any
) -> Any:
    lights = judge_for(report, Act.INFORM, text, by=by, now=now or report.received_at, **more)
    return next(light.result for light in lights if light.light is which)


def test_the_reporters_name_is_found_by_those_who_know_it(cast: Cast, now: datetime) -> None:
    report = named(now, is_anonymous=False).report
    assert result_of(Light.DATA_PRIBADI, report, cast.desk, "Terima kasih, Bu Sari.") is Result.BLOCK
    assert result_of(Light.DATA_PRIBADI, report, cast.desk, "Terima kasih, Bu Rina.") is Result.OK


def test_a_light_betrays_no_anonymous_name(cast: Cast, now: datetime) -> None:
    report = named(now, is_anonymous=True).report
    assert result_of(Light.DATA_PRIBADI, report, cast.desk, "Terima kasih, Bu Sari.") is Result.OK


@pytest.mark.parametrize(
    ("after", "text", "result"),
    [
        (timedelta(hours=48), GOOD, Result.OK),
        (timedelta(hours=49), GOOD, Result.ADVISE),
        (timedelta(hours=49), f"{GOOD} Maaf.", Result.OK),
    ],
)
def test_an_apology_is_due_once_the_answer_is_late(
    cast: Cast, now: datetime, after: timedelta, text: str, result: Result
) -> None:
    report = make_report(now).report
    assert result_of(Light.SANTUN, report, cast.desk, text, now + after) is result


def test_once_the_late_answer_was_given_no_apology_is_due(cast: Cast, now: datetime) -> None:
    report = make_report(now).report
    steps.inform(report, by=cast.desk, text=f"{GOOD} Maaf.", late_cause="staff", now=now + 49 * HOUR)
    assert "advised" not in last(report).data
    assert result_of(Light.SANTUN, fresh(report), cast.desk, GOOD, now + 50 * HOUR) is Result.OK


def test_proof_is_judged_by_what_is_known_of_the_photos(cast: Cast, now: datetime) -> None:
    made = make_report(now, category="road_bridge")
    report = bring(made, State.IN_PROGRESS, cast)
    Report.objects.filter(pk=report.pk).update(lat=-6.92, lng=106.93)
    report, file = fresh(report), photo(now + 2 * HOUR)
    assert result_of(Light.BUKTI, report, cast.handler, outcome="fixed") is Result.BLOCK
    assert (
        result_of(Light.BUKTI, report, cast.handler, outcome="fixed", photos=evidence_of([file], report))
        is Result.ADVISE
    )
    File.objects.filter(pk=file).update(taken_at=now, lat=-6.9201, lng=106.93)
    assert (
        result_of(Light.BUKTI, report, cast.handler, outcome="fixed", photos=evidence_of([file], report)) is Result.OK
    )
    assert lit(report, Act.PROPOSE_ANSWER, GOOD, by=cast.handler, outcome="fixed", now=now) == {}, "the step says so"
    with refused(Invalid, report, "/file_ids"):
        steps.propose_answer(report, by=cast.handler, text=GOOD, outcome="fixed", now=now + LATER)
    event = steps.propose_answer(report, by=cast.handler, text=GOOD, outcome="fixed", file_ids=[file], now=now + LATER)
    assert event.data == {"outcome": "fixed"}


def test_judging_costs_little(cast: Cast, now: datetime) -> None:
    report, by = named(now, is_anonymous=False).report, cast.desk
    installation()
    with CaptureQueriesContext(connection) as queries:
        judge_for(report, Act.INFORM, GOOD, by=by, now=now)
    assert len(queries) == 1, "the reporter's name"
