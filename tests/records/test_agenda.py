"""The agenda as the data gives it: what stands on it, what never does, and what it costs on ten thousand reports."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import bring, make_report, refuse_three_times
from tests.meeting import brought_case, held, plan
from tests.steps.seen import DAY, HOUR, fresh
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.agencies.models import Area, Category
from tuntas.meetings.agenda import draft_agenda
from tuntas.meetings.queries import cases_of, meetings_of, tasks_of
from tuntas.reports.models import Report
from tuntas.rules.agenda import Draft, Kind
from tuntas.rules.life import State

MANY = 10_000


def agenda(now: datetime) -> list[Draft]:
    return draft_agenda(installation().desk_id, now=now)


def facts_of(kind: Kind, now: datetime) -> list[dict[str, Any]]:
    return [draft.facts for draft in agenda(now) if draft.kind is kind]


def slug(agency_id: int) -> str:
    return installation().slug_of(agency_id)


def copies(report: Report, n: int, **changed: Any) -> list[Report]:
    """Write a report many times over, as if many such had come."""
    row: dict[str, Any] = {**Report.objects.filter(pk=report.pk).values().get()}
    row.pop("id")
    rows = []
    for serial in range(n):
        mine = {name: value(serial) if callable(value) else value for name, value in changed.items()}
        own = {"number": f"26-9{serial:05}", "code_hash": f"copy-{serial}-{report.pk}"}
        rows.append(Report(**(row | own | mine)))
    return Report.objects.bulk_create(rows)


def test_nothing_happened_nothing_to_discuss(cast: Cast, now: datetime) -> None:
    make_report(now)
    assert agenda(now) == []


def test_what_is_late_stands_by_agency_the_most_first_with_its_oldest(cast: Cast, now: datetime) -> None:
    late = [bring(make_report(now + n * HOUR), State.DISPATCHED, cast, now + n * HOUR) for n in range(4)]
    other = bring(make_report(now), State.DISPATCHED, cast, now, "dlh")
    then = now + 60 * DAY
    (facts,) = facts_of(Kind.OVERDUE, then)
    assert facts["n"] == 5
    assert [(slug(row["agency"]), row["n"]) for row in facts["rows"]] == [("dinas-pupr", 4), ("dlh", 1)]
    assert facts["rows"][0]["cases"] == [report.pk for report in late[:3]]
    assert facts["rows"][1]["cases"] == [other.pk]
    assert facts["rows"][0]["days"] == (then - Report.objects.get(pk=late[0].pk).due_at).days  # type: ignore[operator]
    assert facts_of(Kind.OVERDUE, now + 5 * HOUR) == []


def test_restricted_and_suspected_reports_are_nowhere_on_it(cast: Cast, now: datetime) -> None:
    made = [make_report(now) for _ in range(2)]
    for each in made:
        bring(each, State.DISPATCHED, cast, now)
    steps.bring_to_meeting(made[0].report, by=cast.desk, text="Siapa?", now=now)
    steps.seal(fresh(made[0].report), by=cast.desk, text="Menyebut petugas.", now=now + DAY)
    Report.objects.filter(pk=made[1].report.pk).update(is_suspected=True)
    assert agenda(now + 60 * DAY) == []
    assert cases_of([made[0].report.pk, made[1].report.pk]) == {}


def test_a_secret_report_is_a_number_without_words(cast: Cast, now: datetime) -> None:
    secret = bring(make_report(now, is_secret=True), State.DISPATCHED, cast, now)
    plain = bring(make_report(now), State.DISPATCHED, cast, now)
    told = cases_of([secret.pk, plain.pk])
    assert (told[secret.pk].number, told[secret.pk].title) == (secret.number, "")
    assert told[plain.pk].title == plain.public_title != ""


def test_many_reports_of_one_topic_in_one_place_are_a_cluster(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now, category="road_bridge"), State.DISPATCHED, cast, now)
    area = Area.objects.filter(outline__isnull=False).order_by("id")[0]
    Report.objects.filter(pk=report.pk).update(area=area)
    then = now + DAY
    copies(report, 8, area_id=area.pk, received_at=now)
    assert facts_of(Kind.CLUSTER, then) == []
    copies(
        report,
        1,
        area_id=area.pk,
        received_at=now,
        number="26-800001",
        code_hash="x1",
        state="closed",
        closed_by="agency_admin",
    )
    (facts,) = facts_of(Kind.CLUSTER, then)
    assert (facts["n"], facts["answered"], facts["scheduled"]) == (10, 1, 0)
    assert facts["area"] == area.pk
    assert facts["category"] == Category.objects.get(code="road_bridge").pk
    assert [slug(agency) for agency in facts["agencies"]] == ["dinas-pupr"]
    assert len(facts["cases"]) == 3
    assert facts_of(Kind.CLUSTER, then + 15 * DAY) == []


def test_a_report_that_many_stand_behind_is_a_cluster_of_its_own(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast, now)
    Report.objects.filter(pk=report.pk).update(follower_count=6, merged_count=2)
    assert facts_of(Kind.CLUSTER, now + DAY) == []
    Report.objects.filter(pk=report.pk).update(follower_count=7)
    (facts,) = facts_of(Kind.CLUSTER, now + DAY)
    assert (facts["n"], facts["cases"]) == (10, [report.pk])


def test_two_agencies_that_push_a_case_to_each_other_are_a_pair(cast: Cast, now: datetime) -> None:
    cases = [make_report(now) for _ in range(2)]
    for each in cases:
        bring(each, State.DISPATCHED, cast, now)
        refuse_three_times(each.report, cast, now)
    once = make_report(now)
    bring(once, State.TRANSFER_PENDING, cast, now)
    (facts,) = facts_of(Kind.CONTESTED, now + 2 * DAY)
    assert {slug(agency) for agency in facts["agencies"]} == {"dinas-pupr", "dlh"}
    assert (facts["n"], facts["refusals"], facts["days"]) == (2, 6, 2)
    assert facts["cases"] == [each.report.pk for each in cases]


def test_bodies_outside_are_silent_after_ten_working_days(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.FORWARDED_EXTERNAL, cast, now)  # news promised for the 13th, a Friday
    assert facts_of(Kind.SILENT, now + 20 * DAY) == []
    (facts,) = facts_of(Kind.SILENT, now + 40 * DAY)
    (row,) = facts["rows"]
    assert (row["body"], row["n"], row["cases"]) == ("PLN UP3 Bogor", 1, [report.pk])
    assert row["days"] >= 10


def test_scheduled_work_stands_by_agency_and_budget_year(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.SCHEDULED, cast, now)
    (facts,) = facts_of(Kind.BUDGET, now + DAY)
    assert facts["n"] == 1
    (row,) = facts["rows"]
    assert (slug(row["agency"]), row["year"], row["first"]) == ("dinas-pupr", 2026, "2026-04-01")
    assert row["first"] == row["last"]
    assert Report.objects.get(pk=report.pk).state == State.SCHEDULED


def test_decisions_come_back_first_until_they_are_done_and_seen_once_more(cast: Cast, now: datetime) -> None:
    open_one = held(cast, now)
    done = held(cast, now + DAY, what="Pasang rambu.")
    steps.finish_decision(done, by=cast.liaison, text="Terpasang.", now=now + 2 * DAY)
    first = agenda(now + 3 * DAY)[0]
    assert first.kind is Kind.LAST
    assert first.facts["of"] == (now + DAY).date().isoformat()
    assert [(row["what"], row["done_on"]) for row in first.facts["rows"]] == [
        (open_one.what, None),
        ("Pasang rambu.", "2026-03-08"),
    ]
    held(cast, now + 4 * DAY, what="Ketiga.")
    assert [row["what"] for row in agenda(now + 5 * DAY)[0].facts["rows"]] == [open_one.what, "Ketiga."]


def test_a_case_that_was_brought_stands_at_the_end_with_its_holder(cast: Cast, now: datetime) -> None:
    made = brought_case(cast, now)
    last = agenda(now)[-1]
    assert last.kind is Kind.BROUGHT
    assert last.facts["cases"] == [made.report.pk]
    assert [slug(agency) for agency in last.facts["agencies"]] == ["dinas-pupr"]


def test_the_list_counts_decisions_and_tasks_are_those_of_ended_meetings(cast: Cast, now: datetime) -> None:
    made = held(cast, now)
    plan(cast, now, held_on=now.date() + DAY)
    listed = [(each.meeting.state, each.decisions, each.still_open) for each in meetings_of(installation().desk_id)]
    assert listed == [("planned", 0, 0), ("ended", 1, 1)]
    assert [task.pk for task in tasks_of({made.agency_id})] == [made.pk]
    assert tasks_of(()) == []
    steps.finish_decision(made, by=cast.liaison, text="Sudah.", now=now + DAY)
    assert tasks_of({made.agency_id}) == []
    assert [(each.decisions, each.still_open) for each in meetings_of(installation().desk_id)] == [(0, 0), (1, 0)]


@pytest.mark.slow
def test_on_ten_thousand_reports_it_takes_a_dozen_queries_each_of_them_limited(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.DISPATCHED, cast, now)
    rest = {"received_at": lambda n: now + timedelta(minutes=n), "due_at": lambda n: now + timedelta(minutes=n)}
    copies(report, MANY, refusal_count=lambda n: 2 if n % 50 == 0 else 0, **rest)
    held(cast, now)
    brought_case(cast, now + DAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reports_report")
    installation()
    with CaptureQueriesContext(connection) as asked:
        drafts = agenda(now + 30 * DAY)
    sent = [query["sql"] for query in asked.captured_queries if "agencies_government" not in query["sql"]]
    assert {draft.kind for draft in drafts} >= {Kind.LAST, Kind.OVERDUE, Kind.BROUGHT}
    assert len(sent) <= 12
    unlimited = [sql for sql in sent if "LIMIT" not in sql]
    assert len(unlimited) <= 2, unlimited  # the oldest of twenty agencies, three each; events of cases that are limited
    assert sum(float(query["time"]) for query in asked.captured_queries) < 5
