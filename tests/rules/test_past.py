"""Tables of other systems: days as they are written, columns by their names, ends in our words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tuntas.rules.life import State
from tuntas.rules.past_columns import Column, columns_of, guess_columns, is_personal, shape_of
from tuntas.rules.past_dates import read_instant
from tuntas.rules.past_ends import (
    SP4N_ENDS,
    SP4N_REASONS,
    channel_of,
    class_of,
    end_of,
    reason_of,
    says_yes,
    status_of,
)
from tuntas.rules.past_rows import FAR_DAY, NO_DAY, Refused, key_of, read_row
from tuntas.rules.reasons import ArchiveReason, Classification, ClosedBy, Outcome

ZONE = ZoneInfo("Asia/Makassar")  # UTC+8
NOW = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-01-01T02:42:00Z", at(2022, 1, 1, 2, 42)),
        ("2022-01-01T10:42:00+08:00", at(2022, 1, 1, 2, 42)),
        ("2022-01-01 10:42", at(2022, 1, 1, 2, 42)),
        ("01-02-2022 09:30", at(2022, 2, 1, 1, 30)),
        ("1/2/2022 09.30.15", at(2022, 2, 1, 1, 30, 15)),
        ("01-02-2022", at(2022, 1, 31, 16, 0)),
        ("06/25/2022 11:59 PM", at(2022, 6, 25, 15, 59)),
        ("1 Februari 2022 pukul 09:30 WIB", at(2022, 2, 1, 2, 30)),
        ("Selasa, 1 Feb 2022, 09.30", at(2022, 2, 1, 1, 30)),
        ("17 Agustus 2022", at(2022, 8, 16, 16, 0)),
        ("2022/02/01 09:30 WIT", at(2022, 2, 1, 0, 30)),
        ("44593.395833333336", at(2022, 2, 1, 1, 30)),
        ("44593", at(2022, 1, 31, 16, 0)),
    ],
)
def test_an_instant_is_read_as_it_is_written(text: str, instant: datetime) -> None:
    assert read_instant(text, ZONE) == instant


@pytest.mark.parametrize("text", ["", "kemarin", "31-02-2022", "12345678", "7", "99999", "2022-13-45", "1 Foo 2022"])
def test_what_is_no_instant_is_none(text: str) -> None:
    assert read_instant(text, ZONE) is None


def test_the_hour_of_another_column_is_put_to_its_day() -> None:
    assert read_instant("01-02-2022", ZONE, "09:30:15") == at(2022, 2, 1, 1, 30, 15)
    assert read_instant("01-02-2022", ZONE, "pagi") == at(2022, 1, 31, 16, 0)


def named(*head: str, rows: tuple[tuple[str, ...], ...] = ()) -> dict[str, str]:
    return {what.value: head[n] for what, n in guess_columns(head, rows).items()}


def test_columns_are_known_by_indonesian_and_english_names() -> None:
    found = named("ID", "Isi_Laporan", "Tgl. Laporan", "OPD", "Kecamatan", "Kel.", "Status", "Nama Pelapor", "No HP")
    assert found == {
        "id": "ID",
        "body": "Isi_Laporan",
        "received": "Tgl. Laporan",
        "agency": "OPD",
        "subdistrict": "Kecamatan",
        "village": "Kel.",
        "status": "Status",
    }
    english = named("case_enquiry_id", "open_dt", "closed_dt", "description", "department", "latitude", "longitude")
    assert set(english) == {"id", "received", "closed", "body", "agency", "lat", "lng"}


def test_where_a_name_says_little_the_contents_do() -> None:
    rows = tuple((f"01-02-2022 0{n}:00", "x" * 60, "ya") for n in range(9))
    assert named("k1", "k2", "k3", rows=rows) == {"received": "k1", "body": "k2"}
    assert named("k1", "k2", "k3", rows=(("a", "b", "c"),)) == {}


def test_who_reported_is_never_taken_by_itself() -> None:
    for name in ("Nama Pelapor", "NIK", "No. HP", "E-mail", "telepon"):
        assert not is_personal("keluhan")
        assert is_personal(name) is (name != "telepon") or name == "telepon"
        assert named(name, rows=(("x" * 80,),)) in ({}, {"channel": name})


def test_a_map_by_hand_names_columns_of_the_head() -> None:
    assert columns_of({"body": "isi  laporan"}, ("No", "Isi Laporan")) == {Column.BODY: 1}
    for wrong in ({"body": "lain"}, {"badan": "No"}):
        with pytest.raises(LookupError):
            columns_of(wrong, ("No", "Isi Laporan"))


def test_tables_of_one_head_have_one_shape_however_it_is_written() -> None:
    assert shape_of(("Isi Laporan", "No")) == shape_of(("isi_laporan", "NO"))
    assert shape_of(("Isi Laporan", "No")) != shape_of(("No", "Isi Laporan"))


@pytest.mark.parametrize(
    ("status", "state", "by"),
    [
        ("Ditutup oleh Sistem", State.CLOSED, ClosedBy.SYSTEM),
        ("ditutup oleh pelapor", State.CLOSED, ClosedBy.REPORTER),
        ("Selesai", State.CLOSED, ClosedBy.AGENCY_ADMIN),
        ("Diarsipkan oleh Pelapor", State.ARCHIVED, ClosedBy.REPORTER),
        ("Tertunda", State.NEEDS_INFO, ClosedBy.SYSTEM),
        ("Sedang diproses", State.IN_PROGRESS, ClosedBy.SYSTEM),
        ("Belum", State.SUBMITTED, ClosedBy.SYSTEM),
    ],
)
def test_an_end_is_told_in_our_words(status: str, state: State, by: ClosedBy) -> None:
    end = end_of(status)
    assert end is not None
    assert (end.state, end.by) == (state, by)


def test_what_the_system_closed_is_never_told_as_an_answer() -> None:
    assert SP4N_ENDS["Ditutup oleh Sistem"].outcome is Outcome.NO_REPLY_FROM_REPORTER
    assert SP4N_ENDS["Ditutup oleh Pelapor"].outcome is Outcome.ANSWERED
    assert end_of("entahlah") is None


def test_each_end_and_reason_comes_back_from_its_own_words() -> None:
    for name, end in SP4N_ENDS.items():
        assert end_of(status_of(end.state, end.by if not end.is_open else "")) == end, name
    for reason, text in SP4N_REASONS.items():
        wanted = ArchiveReason.TEST_OR_PRANK if reason is ArchiveReason.TEST_OR_PRANK else reason
        assert reason_of(text) is wanted


def test_of_joined_reasons_the_first_counts() -> None:
    assert reason_of("Tidak jelas / terlalu umum; Mengandung SARA") is ArchiveReason.UNCLEAR
    assert reason_of("tanpa alasan") is None


def test_class_channel_and_yes() -> None:
    assert class_of("Pengaduan tidak berkadar pengawasan") is Classification.COMPLAINT_ORDINARY
    assert class_of("Pengaduan berkadar pengawasan") is Classification.COMPLAINT_SUPERVISORY
    assert class_of("") is None
    assert [channel_of(text) for text in ("Website - kota", "WhatsApp", "burung")] == ["web", "whatsapp", "import"]
    assert [says_yes(text, "anonim") for text in ("Ya", "Anonim", "Tidak anonim", "")] == [True, True, False, False]


def test_a_row_is_known_again_by_its_id_else_by_all_it_says() -> None:
    columns = {Column.ID: 0, Column.BODY: 1}
    assert key_of("s", columns, ("7", "a")) == key_of("s", columns, ("7", "b"))
    assert key_of("s", columns, ("7", "a")) != key_of("t", columns, ("7", "a"))
    assert key_of("s", columns, ("", "a")) != key_of("s", columns, ("", "b"))


def test_a_row_is_read_or_refused_with_a_reason() -> None:
    columns = {Column.BODY: 0, Column.RECEIVED: 1, Column.ANSWERED: 2, Column.LAT: 3, Column.LNG: 4}
    past = read_row("s", columns, ("Jalan rusak", "02-01-2022", "01-01-2022", "-6,9", "106,9"), zone=UTC, now=NOW)
    assert past.answered_at == past.received_at  # clocks that disagree
    assert (past.lat, past.lng) == (-6.9, 106.9)
    for row, say in ((("a", ""), NO_DAY), (("a", "2031-01-01"), FAR_DAY.fill(text="2031-01-01"))):
        with pytest.raises(Refused) as no:
            read_row("s", columns, row, zone=UTC, now=NOW)
        assert no.value.say == say
    with pytest.raises(Refused, match="no place on earth"):
        read_row("s", columns, ("a", "2022-01-01", "", "95", "10"), zone=UTC, now=NOW)
