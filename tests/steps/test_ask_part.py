"""Asking another agency for a part of the work."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.sealed_room import make_readers
from tests.steps.seen import DAY, HOUR, WHOLE_DESK, do, fresh, last, on, open_part, published, refused, told, who_may
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.reports.models import Report, SideTask
from tuntas.reports.side_task_queries import parts_waiting_for
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role, may_know_name, may_read, may_read_notes, may_read_original
from tuntas.sealed.models import Envelope

DUE = date(2026, 3, 13)
SIGN = "Pasang rambu peringatan di kedua sisi lubang."


def ask(report: Report, cast: Cast, now: datetime, agency: str = "dishub", due_on: date = DUE) -> int:
    """Ask for a sign; return the part."""
    steps.ask_part(report, by=cast.liaison, agency=agency, text=SIGN, due_on=due_on, now=now)
    return open_part(report)


def slug_ids(*slugs: str) -> list[int]:
    return sorted(installation().agency_by_slug[slug].id for slug in slugs)


def test_the_other_agency_is_asked_and_nothing_changes_hands(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, email="sari@mail.example"), State.IN_PROGRESS, cast)
    before = (report.state, report.holder_id, report.due_at, report.hop_count)
    part = SideTask.objects.get(pk=ask(report, cast, now + 3 * HOUR))
    report, event = fresh(report), last(report)
    assert (report.state, report.holder_id, report.due_at, report.hop_count) == before
    assert report.asked_ids == report.helper_ids == slug_ids("dishub")
    assert (part.text, part.state, part.ended_at) == (SIGN, "asked", None)
    assert part.due_at == on(DUE, 16), "it ends when that agency closes"
    assert (event.act, event.text) == ("ask_part", SIGN)
    assert event.data == {"to_agency": "dishub", "on": "2026-03-13", "part": part.pk}
    assert told(report, now + 3 * HOUR) == {("part", "putri"), ("news", "sari@mail.example")}


def test_the_reporter_reads_what_is_asked_and_everybody_only_of_whom(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    ask(report, cast, now + 3 * HOUR)
    line = fresh(report).thread["timeline"][-1]
    assert (line["act"], line["to_agency"], line["on"], line["text"]) == ("ask_part", "dishub", "2026-03-13", SIGN)
    publication = published(report)
    assert publication is not None
    everybodys = publication.thread["timeline"][-1]
    assert (everybodys["act"], everybodys["to_agency"], "text" in everybodys) == ("ask_part", "dishub", False)
    assert "rambu" not in str(publication.thread)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_HANDLER])
def test_its_people_read_the_report_but_neither_notes_nor_who_reported_it(
    cast: Cast, now: datetime, role: Role
) -> None:
    report = bring(make_report(now, email="sari@mail.example", is_anonymous=False), State.IN_PROGRESS, cast)
    by = cast.actor(role, "dishub")
    assert not may_read(by, report)
    ask(report, cast, now + 3 * HOUR)
    report = fresh(report)
    assert may_read(by, report)
    assert Report.objects.visible_to(by).filter(pk=report.pk).exists()
    assert not may_read_notes(by, report)
    assert not may_know_name(by, report)
    assert not may_read_original(by, report)
    assert not may_read(cast.actor(role, "dlh"), report)


def test_it_stands_on_the_list_of_who_was_asked_by_its_day(cast: Cast, now: datetime) -> None:
    late, soon = (bring(make_report(now), State.IN_PROGRESS, cast) for _ in range(2))
    ask(late, cast, now + 3 * HOUR, due_on=date(2026, 3, 20))
    ask(soon, cast, now + 4 * HOUR)
    for role in (Role.LIAISON, Role.UNIT_HANDLER):
        assert [part.report_id for part in parts_waiting_for(cast.actor(role, "dishub"))] == [soon.pk, late.pk]
    assert parts_waiting_for(cast.other_liaison) == []
    Report.objects.filter(pk=soon.pk).update(is_suspected=True)
    assert [part.report_id for part in parts_waiting_for(cast.actor(Role.LIAISON, "dishub"))] == [late.pk]


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    assert who_may(Act.ASK_PART, report, cast, made, now + 3 * HOUR) == WHOLE_DESK | {"liaison"}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.NEEDS_INFO, State.FORWARDED_EXTERNAL, State.CLOSED])
def test_not_where_nobody_holds_it(cast: Cast, now: datetime, state: State) -> None:
    report = bring(make_report(now), state, cast)
    with refused(WrongState, report):
        do(Act.ASK_PART, report, by=cast.desk, now=now + 9 * HOUR)


def test_never_of_a_restricted_report(cast: Cast, now: datetime) -> None:
    report = make_restricted(now).report
    steps.dispatch(report, by=cast.appointed_inspector, agency="inspektorat", now=now + HOUR)
    for by in (cast.appointed_inspector, cast.appointed_admin, cast.desk):
        with refused(NotAllowed, report):
            do(Act.ASK_PART, report, by=by, now=now + 2 * HOUR)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"agency": "tidak-ada"}, "/agency"),
        ({"agency": "dinas-pupr"}, "/agency"),
        ({"agency": "bpbd"}, "/agency"),
        ({"text": " "}, "/text"),
        ({"text": "x" * 1001}, "/text"),
        ({"due_on": date(2026, 3, 5)}, "/due_on"),
        ({"due_on": date(2026, 9, 30)}, "/due_on"),
        ({"due_on": date.max}, "/due_on"),
    ],
)
def test_bad_input_names_its_field(cast: Cast, now: datetime, given: dict[str, object], pointer: str) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    with refused(Invalid, report, pointer):
        do(Act.ASK_PART, report, by=cast.desk, now=now + 3 * HOUR, **given)


def test_sealing_takes_the_parts_with_it(cast: Cast, now: datetime) -> None:
    make_readers()
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    ask(report, cast, now + 3 * HOUR)
    steps.seal(report, by=cast.desk, text="Ada pungli.", now=now + 4 * HOUR)
    report = fresh(report)
    assert (report.asked_ids, report.helper_ids, SideTask.objects.count()) == ([], [], 0)
    assert not may_read(cast.actor(Role.LIAISON, "dishub"), report)
    assert Envelope.objects.exists()
    assert "rambu" not in str(list(report.events.values_list("text", "data")))


def test_not_handled_ends_what_was_asked_and_undoing_takes_it_up(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    part = ask(report, cast, now + 3 * HOUR)
    steps.ask(report, by=cast.desk, text="Di mana tepatnya?", now=now + 4 * HOUR)
    assert fresh(report).asked_ids == slug_ids("dishub")
    at = now + 5 * HOUR
    steps.archive(report, by=cast.desk, reason_code="unclear", text="Tempatnya tidak jelas.", now=at)
    assert (SideTask.objects.get(pk=part).state, fresh(report).helper_ids) == ("withdrawn", [])
    steps.recall(report, by=cast.desk, now=at + timedelta(seconds=5))
    assert (SideTask.objects.get(pk=part).state, fresh(report).asked_ids) == ("asked", slug_ids("dishub"))


# Its day is over


def test_a_part_that_ran_out_is_told_to_both_sides_once(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    part = ask(report, cast, now + 3 * HOUR)
    over = on(DUE, 16)
    assert steps.miss_parts(now=over) == 0, "on the instant it still counts"
    assert steps.miss_parts(now=over + HOUR) == 1
    assert told(report, over + HOUR) == {("part_late", "putri"), ("part_late", "rudi")}
    assert SideTask.objects.get(pk=part).missed_at == over
    assert steps.miss_parts(now=over + DAY) == 0
    assert told(report, over + DAY) == set()


def test_what_ended_in_time_is_never_late(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    ask(report, cast, now + 3 * HOUR)
    do(Act.DO_PART, report, by=cast.actor(Role.LIAISON, "dishub"), now=now + 4 * HOUR)
    assert steps.miss_parts(now=now + 30 * DAY) == 0
