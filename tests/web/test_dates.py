"""Days, times, spans and numbers as people say them here."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tuntas.web.dates import say_ago, say_day, say_day_long, say_instant, say_month, say_number, say_span

AT = datetime(2025, 11, 20, 2, 14, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("seconds", "id_", "en"),
    [
        (0, "kurang dari 1 menit", "less than a minute"),
        (60, "1 menit", "1 minute"),
        (5 * 3600 + 48 * 60, "5 jam 48 menit", "5 hours 48 minutes"),
        (30 * 3600, "1 hari 6 jam", "1 day 6 hours"),
        (86_400 + 300, "1 hari", "1 day"),  # minutes no longer matter
        (-3600, "1 jam", "1 hour"),
    ],
)
def test_spans(seconds: float, id_: str, en: str) -> None:
    assert (say_span(seconds).id, say_span(seconds).en) == (id_, en)


def test_instants_are_told_in_the_governments_own_time() -> None:
    assert say_instant(AT, JAKARTA, now=AT).id == "Kamis 20 Nov, 09.14"
    assert say_instant(AT, JAKARTA, now=AT).en == "Thu 20 Nov, 09:14"
    assert say_instant(AT, ZoneInfo("Asia/Jayapura"), now=AT).id == "Kamis 20 Nov, 11.14"


def test_another_year_is_named() -> None:
    assert say_day(date(2025, 8, 17), today=date(2026, 1, 1)).id == "Minggu 17 Agu 2025"
    assert say_day(date(2025, 8, 17), today=date(2025, 1, 1)).id == "Minggu 17 Agu"
    assert say_day_long(date(2025, 11, 20)).id == "Kamis, 20 November 2025"
    assert say_month(date(2025, 5, 1)).id == "Mei 2025"


@pytest.mark.parametrize(("past", "id_"), [(10, "baru saja"), (7200, "2 jam lalu"), (3 * 86_400, "3 hari lalu")])
def test_how_long_ago(past: int, id_: str) -> None:
    assert say_ago(AT - timedelta(seconds=past), AT).id == id_


def test_numbers_have_the_signs_of_their_language() -> None:
    assert (say_number(1226).id, say_number(1226).en) == ("1.226", "1,226")
    assert (say_number(3.14, 1).id, say_number(3.14, 1).en) == ("3,1", "3.1")
