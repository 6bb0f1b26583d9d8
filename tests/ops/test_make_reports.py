"""Reports made for load tests: copies of real lives, as sound as the lives themselves."""

import argparse
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import Cast
from tuntas.kit.time import current_time
from tuntas.ops import made_lives, make_reports
from tuntas.ops.trouble import Trouble
from tuntas.publications.models import Publication
from tuntas.reports.models import Deadline, Event, Notice, Report
from tuntas.rules.life import OPEN, State
from tuntas.steps.story import retell

REPORTS = 500


def order(*words: str) -> int:
    parser = argparse.ArgumentParser()
    make_reports.add_arguments(parser)
    return make_reports.run(parser.parse_args(words))


@pytest.fixture
def made(cast: Cast, capsys: pytest.CaptureFixture[str]) -> str:
    assert order(str(REPORTS)) == 0
    return capsys.readouterr().out


def test_makes_as_many_as_asked_and_then_only_the_rest(made: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert Report.objects.count() == REPORTS
    newest = Report.objects.order_by("-id").values_list("id", flat=True)[0]
    assert order(str(REPORTS)) == 0
    assert capsys.readouterr().out == "500 reports are there.\n"
    assert order(str(REPORTS + 20)) == 0
    assert Report.objects.count() == REPORTS + 20
    assert Report.objects.filter(id__gt=newest).count() == 20


def test_copies_are_like_reports_that_were_really_led(made: str) -> None:
    _nothing_dangles()
    states = Counter(Report.objects.values_list("state", flat=True))
    opened = sum(count for state, count in states.items() if State(state) in OPEN)
    assert 0.2 < opened / REPORTS < 0.4
    assert set(State) - set(states) == {State.UNDER_EXAMINATION, State.FORWARDED_EXTERNAL}
    assert Publication.objects.count() == REPORTS
    assert Report.objects.values("code_hash").distinct().count() == REPORTS
    assert not Notice.objects.exists()
    _no_clock_is_overlooked()
    _years_are_full()


def test_the_story_of_a_copy_told_anew_is_the_stored_one(made: str) -> None:
    for report in Report.objects.order_by("-id")[: REPORTS - 60 : (REPORTS - 60) // 20]:
        thread, published = report.thread, _published(report)
        assert report.number is not None
        assert report.number.startswith(f"{report.received_at + timedelta(hours=7):%y}-")
        retell(report)
        assert report.thread == thread
        assert _published(report) == published
        assert "Contoh" not in report.body


def test_real_reports_are_never_mixed_with_invented_ones(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    order("30")
    assert Report.objects.values_list("channel", flat=True).distinct().get() == made_lives.CHANNEL
    Report.objects.filter(pk=Report.objects.order_by("pk")[0].pk).update(channel="api")

    class Elsewhere:
        is_embedded = False

    monkeypatch.setattr(make_reports, "env", Elsewhere)
    with pytest.raises(Trouble, match="real reports"):
        order("40")


@pytest.mark.parametrize("words", [("0",), ("10", "--open", "2"), ("x",)])
def test_nonsense_is_wrong_usage(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        order(*words)
    assert stopped.value.code == 2


def _nothing_dangles() -> None:
    """Copies were made with foreign keys unchecked: look at each now."""
    with connection.cursor() as cursor:
        for model in (Report, Event, Deadline):
            for field in model._meta.local_concrete_fields:
                if field.related_model is None or isinstance(field.related_model, str):
                    continue
                other, mine = field.related_model._meta, model._meta.db_table
                key = other.pk.column if other.pk else "id"
                cursor.execute(
                    f'SELECT count(*) FROM {mine} m LEFT JOIN {other.db_table} o ON o."{key}" = m."{field.column}" '
                    f'WHERE m."{field.column}" IS NOT NULL AND o."{key}" IS NULL'
                )
                assert cursor.fetchone() == (0,), (mine, field.column)


def _no_clock_is_overlooked() -> None:
    """What has run out is marked; only a few of the last hour wait for the worker."""
    now = current_time()
    assert not Deadline.objects.to_miss(now - timedelta(hours=2)).exists()
    assert not Deadline.objects.to_climb(now - timedelta(hours=2)).exists()
    assert Deadline.objects.running().filter(due_at__gt=now).exists()
    assert not Event.objects.filter(at__gt=now).exists()


def _years_are_full() -> None:
    days = sorted(Report.objects.values_list("received_at", flat=True))
    assert timedelta(days=640) < days[-1] - days[0] < timedelta(days=731 + 30)


def _published(report: Report) -> dict[str, object]:
    return dict(Publication.objects.values().get(number=report.number))
