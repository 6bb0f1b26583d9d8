"""A city written out and taken in by an empty installation is the same city: its figures, texts and promises."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.past import bring_in, sp4n_table, write_csv
from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Target
from tuntas.agencies.profile import read_profile
from tuntas.kit.tables import read_table
from tuntas.ops import export_city, export_reports
from tuntas.ops.trouble import Trouble
from tuntas.people.models import Person, Post
from tuntas.publications.models import Publication
from tuntas.reports.models import Event, Notice, Report
from tuntas.rules.life import State
from tuntas.statistics import queries
from tuntas.statistics.models import AreaFigure, DayFigure, GroupFigure, WeekFigure
from tuntas.statistics.work import work_of

STATES = (
    State.SUBMITTED,
    State.NEEDS_INFO,
    State.DISPATCHED,
    State.TRANSFER_PENDING,
    State.IN_PROGRESS,
    State.SCHEDULED,
    State.AWAITING_VALIDATION,
    State.ANSWERED,
    State.REPORTER_REPLIED,
    State.CLOSED,
    State.ARCHIVED,
    State.FORWARDED_EXTERNAL,
)
IDS = {"id", "words"}


def run(module: Any, *words: str) -> int:
    parser = ArgumentParser()
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(words)))


@pytest.fixture
def lived(cast: Cast, now: datetime) -> datetime:
    """A small city in which everything happened once; return when its figures are counted."""
    for state in STATES:
        for _ in range(2):
            bring(make_report(now, category="road_bridge"), state, cast, now)
    made = make_report(now)
    steps.rate(bring(made, State.CLOSED, cast, now), by=made.reporter, rating=1, now=now + timedelta(hours=9))
    merged = bring(make_report(now), State.DISPATCHED, cast, now)
    lead = bring(make_report(now), State.DISPATCHED, cast, now)
    steps.merge(merged, by=cast.desk, into=lead.number or "", now=now + timedelta(hours=3))
    make_report(now, is_secret=True)
    make_restricted(now)
    later = now + timedelta(days=4)
    while steps.miss_next(now=later):
        pass
    return later


def texts() -> list[dict[str, Any]]:
    rows = Publication.objects.order_by("number").values()
    return [{name: value for name, value in row.items() if name not in IDS} for row in rows]


def figures(at: datetime) -> list[Any]:
    steps.count(now=at)
    since, until = date(2026, 1, 1), at.date()
    tables: list[Any] = [
        sorted(tuple(row.values())[1:] for row in kind._default_manager.order_by("pk").values())
        for kind in (DayFigure, AreaFigure, WeekFigure, GroupFigure)
    ]
    told = queries.figures(since, until), queries.whole_of(since, until), queries.by_agency(since, until, "d30")
    work = work_of(at - timedelta(days=60), at, agencies=list(installation().agencies), person_id=None)
    named = [(one.name, one.whole, sorted((w.name, w.work) for w in one.workers)) for one in work]
    return [tables, told, sorted(named)]


def empty_the_city() -> None:
    """Take away everything but the tables, as in a database that was only just made."""
    tables = [t for t in connection.introspection.table_names() if t not in ("django_migrations",)]
    names = ", ".join(connection.ops.quote_name(t) for t in tables if not t.startswith("procrastinate"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {names} CASCADE")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ALTER SEQUENCE report_number RESTART")
    forget_installation()


@pytest.fixture
def another_city() -> Iterator[None]:
    yield
    forget_installation()


@pytest.mark.usefixtures("another_city")
def test_a_city_taken_in_elsewhere_has_the_same_figures_and_texts(lived: datetime, tmp_path: Path) -> None:
    before = figures(lived), texts(), sorted(Report.objects.values_list("number", "state"), key=str)
    people = set(Post.objects.values_list("person__email", "role", "agency__slug"))
    highest = max(int(number.split("-")[1]) for number, _ in before[2] if number)
    targets = _targets()
    assert run(export_city, str(tmp_path / "kota")) == 0
    empty_the_city()
    assert not Person.objects.exists()
    steps.load_profile(read_profile(tmp_path / "kota" / "profile"))
    assert bring_in(tmp_path / "kota" / "reports.csv.gz", "--as", "tuntas", "--open") == 0
    assert texts() == before[1]
    assert figures(lived)[0] == before[0][0]
    assert figures(lived) == before[0]
    assert set(Post.objects.values_list("person__email", "role", "agency__slug")) == people
    assert _targets() == targets
    kept = [pair for pair in before[2] if pair[0]]  # the restricted one comes without its words, and ended
    assert [p for p in sorted(Report.objects.values_list("number", "state"), key=str) if p[0]] == kept
    assert not Notice.objects.exists()
    fresh = make_report(lived).report.number or ""
    assert int(fresh.split("-")[1]) > highest
    assert bring_in(tmp_path / "kota" / "reports.csv.gz", "--as", "tuntas", "--open") == 0
    assert Report.objects.count() == len(before[2]) + 1


def _targets() -> set[tuple[Any, ...]]:
    rows = Target.objects.filter(is_active=True)
    return set(
        rows.values_list("promise", "category__code", "classification", "agency__slug", "amount", "unit", "since")
    )


def test_no_words_of_the_sealed_room_and_no_contact_leave(cast: Cast, now: datetime, tmp_path: Path) -> None:
    make_restricted(now)
    make_report(now, email="sari@contoh.example")
    make_report(now, body="Ada pungli di loket.")
    run(export_reports, str(tmp_path / "all.csv"), "--as", "tuntas")
    run(export_reports, str(tmp_path / "lapor.csv"), "--as", "sp4n")
    for name in ("all.csv", "lapor.csv"):
        text = (tmp_path / name).read_text("utf-8-sig")
        assert "uang rokok" not in text
        assert "pungli di loket" not in text
        assert "sari@" not in text
        assert "Jalan di depan pasar" in text


@pytest.mark.parametrize("name", ["lapor.csv", "lapor.xlsx", "lapor.csv.gz"])
def test_21_columns_go_out_and_come_in_with_states_reasons_times_and_texts(
    cast: Cast, tmp_path: Path, name: str
) -> None:
    rows = sp4n_table(21)
    rows[1][5] = "=HYPERLINK(1) bukan rumus"
    bring_in(write_csv(tmp_path / "first.csv", rows), "--publish", "--as", "sp4n")
    first = _told()
    run(export_reports, str(tmp_path / name), "--as", "sp4n")
    assert len(next(read_table(tmp_path / name))) == 21
    bring_in(tmp_path / name, "--publish", "--as", "sp4n")
    both = _told()
    assert len(both) == 2 * len(first)
    assert sorted(both, key=str) == sorted([*first, *first], key=str)


def _told() -> list[tuple[Any, ...]]:
    fields = ("state", "closed_by", "close_outcome", "reason_code", "received_at", "title", "body", "public_text")
    more = ("classification", "channel", "is_anonymous", "is_secret", "holder__slug")
    return sorted(Report.objects.values_list(*fields, *more), key=str)


def test_a_workbook_runs_nothing(cast: Cast, now: datetime, tmp_path: Path) -> None:
    make_report(now, body="=1+1 adalah dua")
    run(export_reports, str(tmp_path / "a.csv"), "--as", "sp4n")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as file:
        assert [row["Isi Laporan Awal"] for row in csv.DictReader(file)] == ["'=1+1 adalah dua"]


def test_strange_names_are_one_sentence(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="should end in"):
        run(export_reports, str(tmp_path / "a.pdf"), "--as", "sp4n")
    with pytest.raises(Trouble, match="cells are too short"):
        run(export_reports, str(tmp_path / "a.xlsx"), "--as", "tuntas")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("")
    with pytest.raises(Trouble, match="not empty"):
        run(export_city, str(tmp_path / "full"))


@pytest.mark.usefixtures("another_city")
def test_open_reports_of_a_city_end_where_they_are_not_to_stay_open(lived: datetime, tmp_path: Path) -> None:
    run(export_reports, str(tmp_path / "all.csv.gz"), "--as", "tuntas")
    empty_the_city()
    steps.load_profile(read_profile(Path(__file__).parents[2] / "profiles" / "kota-contoh"))
    bring_in(tmp_path / "all.csv.gz")
    assert set(Report.objects.values_list("state", flat=True)) == {"archived", "closed"}
    assert Event.objects.filter(act="archive", data__reason_code="expired").count() > 10
