"""The demo's rakor is made by the real steps: one held with decisions, one planned, a case brought to it."""

from datetime import datetime

from tests.cast import Cast
from tests.make import bring, make_report
from tests.steps.seen import DAY
from tuntas.meetings.models import Brought, Decision, Meeting
from tuntas.ops.demo_meetings import AGO, make_meetings
from tuntas.ops.demo_reports import _staff
from tuntas.rules.life import State


def test_one_was_held_one_is_planned_and_a_case_was_brought(cast: Cast, now: datetime) -> None:
    late = bring(make_report(now - 60 * DAY), State.DISPATCHED, cast, now - 60 * DAY)
    make_meetings(_staff(), now=now)
    states = list(Meeting.objects.order_by("held_on").values_list("held_on", "state"))
    assert [state for _, state in states] == ["ended", "planned"]
    assert states[0][0] == (now - AGO).date()
    assert states[1][0] > now.date()
    today = now.date()
    done = [(each.done_at is not None, each.is_late(today)) for each in Decision.objects.order_by("by_when")]
    assert done == [(True, False), (False, True), (False, False)]
    assert Brought.objects.get(item=None).report_id == late.pk


def test_a_city_where_nothing_is_late_has_meetings_all_the_same(cast: Cast, now: datetime) -> None:
    make_meetings(_staff(), now=now)
    assert Meeting.objects.count() == 2
    assert not Decision.objects.exists()
