"""Reports of other systems: every row with its times, places and agencies, once; or refused with a reason."""

import csv
import gzip
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db.models import F

from tests.cast import Cast
from tests.past import OFFICE, bring_in, sp4n_table, write_csv
from tuntas import steps
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Agency, Area, Government
from tuntas.kit.errors import Invalid
from tuntas.kit.time import current_time
from tuntas.ops.trouble import Trouble
from tuntas.publications.models import Publication
from tuntas.reports.models import ColumnMap, Deadline, Event, Import, Imported, Notice, Report
from tuntas.rules.life import OPEN
from tuntas.statistics.models import DayFigure

SHARED = Path(__file__).parents[3] / "shared" / "data"
SURABAYA = SHARED / "complaints" / "surabaya_2022.csv.gz"
needs_data = pytest.mark.skipif(not SURABAYA.exists(), reason="the shared data is not on this machine")
SEALED = "Pungli, korupsi, penyalahgunaan wewenang"
HEAD = ("id", "keluhan", "alamat", "tanggal_keluhan", "tanggal_ditanggapi", "topik", "instansi")
ROWS = [
    HEAD,
    ("7", "Jalan berlubang di depan pasar", "Jl. Melati", "2022-01-01T02:42:00Z", "2022-01-02T02:00:00Z", "", OFFICE),
    ("8", "Jalan berlubang di depan pasar", "Jl. Melati", "2022-01-01T02:42:00Z", "2022-01-09T02:00:00Z", "", OFFICE),
    ("9", "Lampu mati di gang", "", "02-01-2022 09.30", "", "Lampu", "Dinas Lama"),
    ("10", "", "", "2022-01-03T00:00:00Z", "", "", OFFICE),
    ("11", "Sampah menumpuk", "", "kemarin", "", "", OFFICE),
    ("12", "Sampah menumpuk", "", "2031-01-01", "", "", OFFICE),
    ("13", "Minta uang di loket", "", "2022-01-03", "", SEALED, OFFICE),
]


@pytest.fixture
def surabaya(changed_profile: None) -> None:
    """The codes and names of that city's districts and villages, in the place of the invented ones."""
    with gzip.open(SHARED / "geo" / "wilayah_kode_2025.csv.gz", "rt") as file:
        rows = [row for row in csv.reader(file) if row[0].startswith("35.78")]
    Area.objects.bulk_create(Area(code=code, name=name) for code, name, *_ in rows)
    Government.objects.update(area_code="35.78", version=F("version") + 1, areas_version=F("areas_version") + 1)
    forget_installation()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "lama.csv", ROWS)


@needs_data
@pytest.mark.slow
def test_a_real_year_comes_in_whole_within_a_minute(surabaya: None, cast: Cast) -> None:
    began = time.process_time()
    assert bring_in(SURABAYA, "--make-agencies") == 0
    assert time.process_time() - began < 60
    with gzip.open(SURABAYA, "rt") as file:
        rows = list(csv.DictReader(file))
    assert Report.objects.count() == len(rows) == 8690
    received = sorted(datetime.fromisoformat(row["tanggal_keluhan"]) for row in rows)
    assert list(Report.objects.order_by("received_at").values_list("received_at", flat=True)) == received
    assert Report.objects.filter(area=None).count() == 0
    assert Report.objects.filter(holder=None).count() == 0
    assert Deadline.objects.filter(promise="answer").count() == len(rows)
    assert Deadline.objects.running().count() == 0
    assert Notice.objects.count() == 0
    steps.sequence(now=current_time(), is_asked=True)
    assert bring_in(SURABAYA, "--make-agencies") == 0
    assert Report.objects.count() == len(rows)


def test_a_table_comes_in_with_times_places_and_agencies(cast: Cast, table: Path) -> None:
    assert bring_in(table) == 0
    first, second, third = Report.objects.order_by("received_at", "id")
    assert first.received_at == datetime(2022, 1, 1, 2, 42, tzinfo=UTC)
    assert third.received_at == datetime(2022, 1, 2, 2, 30, tzinfo=UTC)  # without a zone: the government's
    assert (first.location_text, first.holder and first.holder.name) == ("Jl. Melati", OFFICE)
    assert (first.state, first.closed_by, first.close_outcome) == ("closed", "system", "answered")
    assert (third.state, third.reason_code, third.holder) == ("archived", "expired", None)
    assert {report.number[:3] for report in (first, second, third) if report.number} == {"22-"}
    told = [(e.act, e.frm, e.to) for e in Event.objects.filter(report=first).order_by("id")]
    assert told == [
        ("submit", "", "submitted"),
        ("dispatch", "submitted", "dispatched"),
        ("start", "dispatched", "in_progress"),
        ("close", "in_progress", "closed"),
    ]
    assert Event.objects.get(report=third, act="submit").data["past"] == {"topic": "Lampu", "agency": "Dinas Lama"}


def test_the_promise_to_answer_is_kept_or_missed_as_it_was_then(cast: Cast, table: Path) -> None:
    bring_in(table)
    first, second, third = (Deadline.objects.get(report=r) for r in Report.objects.order_by("received_at", "id"))
    assert (first.missed_at, first.kept_at) == (None, datetime(2022, 1, 2, 2, 0, tzinfo=UTC))
    assert (second.missed_at, second.kept_at) == (
        datetime(2022, 1, 3, 2, 42, tzinfo=UTC),
        datetime(2022, 1, 9, 2, 0, tzinfo=UTC),
    )
    assert third.kept_at is None
    assert third.missed_at is not None
    assert third.ended_at is not None


def test_nothing_runs_nobody_is_told_and_no_queue_grows(cast: Cast, table: Path) -> None:
    bring_in(table, "--publish")
    assert Notice.objects.count() == 0
    assert Deadline.objects.running().count() == 0
    assert not Report.objects.filter(state__in=OPEN).exists()
    assert not steps.miss_next(now=current_time())
    assert not steps.climb_next(now=current_time())


def test_figures_count_the_old_days(cast: Cast, table: Path) -> None:
    bring_in(table)
    told = DayFigure.objects.values_list("on__year", "received", "answer_kept", "answer_missed")
    assert sorted(told) == [(2022, 1, 0, 1), (2022, 2, 1, 1)]


def test_the_same_file_adds_nothing_a_second_time(cast: Cast, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(table)
    bring_in(table)
    assert Report.objects.count() == Imported.objects.count() == 3
    assert "0 reports were taken in, 3 had come before, 4 were refused." in capsys.readouterr().out
    assert Import.objects.filter(state="done").count() == 2


def test_a_run_that_was_broken_off_goes_on(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_csv(tmp_path / "half.csv", ROWS[:2]))
    bring_in(write_csv(tmp_path / "whole.csv", ROWS))
    assert Report.objects.count() == 3


def test_rows_without_an_id_are_told_apart_by_what_they_say(cast: Cast, tmp_path: Path) -> None:
    rows = [row[1:] for row in ROWS[:3]]
    path = write_csv(tmp_path / "no-id.csv", [*rows, rows[1]])
    bring_in(path)
    bring_in(path)
    assert Report.objects.count() == 2


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    cast: Cast, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agencies = Agency.objects.count()
    bring_in(table, "--dry-run", "--make-agencies")
    told = capsys.readouterr().out
    assert "3 reports would be taken in, 0 had come before, 4 were refused." in told
    assert "1 agencies would be made" in told
    assert not Report.objects.exists()
    assert not Import.objects.exists()
    assert Agency.objects.count() == agencies


def test_refused_rows_go_to_a_file_with_reasons(cast: Cast, table: Path, tmp_path: Path) -> None:
    bring_in(table, "--refused", str(tmp_path / "refused.csv"))
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig") as file:
        head, *rows = csv.reader(file)
    assert head == ["row", "reason", *HEAD]
    assert [(row[0], row[1]) for row in rows] == [
        ("5", "This row has no text of a report."),
        ("6", "“kemarin” is no date that can be read."),
        ("7", "The date of receipt 2031-01-01 cannot be."),
        ("8", f"The topic “{SEALED}” is sealed. This report cannot come in as an ordinary one."),
    ]


def test_missing_agencies_are_made_closed_to_new_work(cast: Cast, table: Path) -> None:
    bring_in(table, "--make-agencies")
    made = Agency.objects.get(name="Dinas Lama")
    assert (made.slug, made.is_active, made.parent and made.parent.parent) == ("dinas-lama", False, None)
    assert Report.objects.get(holder=made).state == "archived"


def test_texts_are_read_by_all_only_where_it_was_asked(cast: Cast, tmp_path: Path) -> None:
    row = ("1", "Jalan rusak, hubungi 0812 3456 7890", "", "2022-01-01", "2022-01-02", "", OFFICE)
    bring_in(write_csv(tmp_path / "a.csv", [HEAD, row]))
    assert Publication.objects.get().text is None
    bring_in(write_csv(tmp_path / "b.csv", [HEAD, ("2", *row[1:])]), "--publish")
    text = Publication.objects.exclude(text=None).get().text or ""
    assert "Jalan rusak" in text
    assert "7890" not in text


def test_open_reports_stay_in_work_only_where_it_was_asked(cast: Cast, tmp_path: Path) -> None:
    head = ("id", "isi laporan", "tanggal laporan", "instansi", "status")
    row = ("1", "Jalan rusak di pasar", "2026-03-01 10:00", OFFICE, "Sedang Diproses")
    bring_in(write_csv(tmp_path / "a.csv", [head, row]))
    bring_in(write_csv(tmp_path / "b.csv", [head, ("2", *row[1:])]), "--open")
    assert sorted(Report.objects.values_list("state", flat=True)) == ["archived", "in_progress"]
    open_one = Report.objects.get(state="in_progress")
    assert open_one.due_at is not None
    assert Notice.objects.count() == 0


def test_a_map_by_hand_is_kept_for_the_next_table_of_that_shape(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ("k1", "k2", "k3", "nama pelapor")
    path = write_csv(tmp_path / "odd.csv", [head, ("Jalan rusak", "2022-01-05", "PU Lama", "Contoh")])
    with pytest.raises(Invalid, match="No column was found"):
        bring_in(path)
    by_hand = tmp_path / "map.toml"
    by_hand.write_text('[columns]\nbody = "k1"\nreceived = "k2"\nagency = "k3"\n[agencies]\n"PU Lama" = "dinas-pupr"\n')
    bring_in(path, "--map", str(by_hand))
    assert ColumnMap.objects.count() == 1
    bring_in(write_csv(tmp_path / "next.csv", [head, ("Lampu mati", "2022-02-05", "PU Lama", "Contoh")]))
    holders = Report.objects.values_list("holder__slug", flat=True)
    assert list(holders) == ["dinas-pupr", "dinas-pupr"]
    assert "Not taken, because they say who reported: nama pelapor." in capsys.readouterr().out


def test_an_export_of_21_columns_comes_in_with_its_ends_and_reasons(cast: Cast, tmp_path: Path) -> None:
    bring_in(write_csv(tmp_path / "sp4n.csv", sp4n_table(28), delimiter=";"), "--as", "sp4n")
    ends = {(r.state, r.closed_by, r.reason_code) for r in Report.objects.all()}
    assert ends == {
        ("closed", "system", ""),
        ("closed", "reporter", ""),
        ("closed", "agency_admin", ""),
        ("archived", "", "no_evidence"),  # of joined reasons the first
        ("archived", "", "expired"),
        ("archived", "", "by_reporter"),
    }
    archived = Event.objects.filter(act="archive", data__reason_code="no_evidence")[0]
    assert archived.text == "Tidak memiliki bukti dukung; Tidak jelas / terlalu umum; Mengandung SARA"
    assert Report.objects.filter(is_secret=True).count() == 14
    assert not Deadline.objects.exists()  # the table says nothing about answers, so nothing is said here


def test_a_strange_file_or_map_is_one_sentence(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no file"):
        bring_in(tmp_path / "none.csv")
    bad = tmp_path / "map.toml"
    bad.write_text("[column]\n")
    with pytest.raises(Trouble, match="not “column”"):
        bring_in(write_csv(tmp_path / "a.csv", ROWS), "--map", str(bad))
    with pytest.raises(Trouble, match="was not written by"):
        bring_in(write_csv(tmp_path / "a.csv", ROWS), "--as", "tuntas")


def test_the_log_holds_what_was_brought_in(cast: Cast, table: Path) -> None:
    bring_in(table)
    assert steps.sequence(now=current_time(), is_asked=True) >= Event.objects.count()
