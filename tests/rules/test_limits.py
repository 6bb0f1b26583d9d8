"""How long a promise takes is asked of the nearest limit: by topic first, then by who holds it, then by the day."""

from datetime import date, timedelta

import pytest

from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Promise
from tuntas.rules.limits import ALWAYS, Limit, Limits, Matter

ROAD, LIGHT = 1, 2
LANES, WORKS, CITY = 30, 20, 10  # a unit, its office, the whole
TODAY = date(2026, 11, 20)
R = Promise.RESPOND


def days(n: int) -> Length:
    return Length(n, Unit.WORKING_DAYS)


LIMITS = Limits(
    [
        Limit(Matter(R), days(5)),
        Limit(Matter(R, classification="aspiration"), days(6)),
        Limit(Matter(R, category_id=ROAD), days(7)),
        Limit(Matter(R, tier="village"), days(8)),
        Limit(Matter(R, agency_id=WORKS), days(9)),
        Limit(Matter(R, agency_id=LANES, classification="aspiration"), days(10)),
        Limit(Matter(R, agency_id=WORKS, category_id=ROAD), days(11)),
        Limit(Matter(Promise.VERIFY, agency_id=WORKS), days(1)),
    ]
)


@pytest.mark.parametrize(
    ("category_id", "classification", "line", "tier", "amount"),
    [
        (None, "", (CITY,), "city", 5),
        (LIGHT, "", (CITY,), "city", 5),
        (None, "aspiration", (CITY,), "city", 6),
        (ROAD, "aspiration", (CITY,), "city", 7),  # what it is about counts before what kind it is
        (None, "", (40, CITY), "village", 8),
        (None, "aspiration", (40, CITY), "village", 6),  # and before who holds it
        (None, "", (WORKS, CITY), "office", 9),
        (None, "", (LANES, WORKS, CITY), "unit", 9),  # what the office above has promised counts below it
        (None, "", (WORKS, CITY), "village", 9),  # the agency itself before its tier
        (None, "aspiration", (LANES, WORKS, CITY), "unit", 10),
        (ROAD, "aspiration", (LANES, WORKS, CITY), "unit", 11),
        (LIGHT, "aspiration", (LANES, WORKS, CITY), "unit", 10),
    ],
)
def test_the_nearest_limit_counts(
    category_id: int | None, classification: str, line: tuple[int, ...], tier: str, amount: int
) -> None:
    found = LIMITS.length_of(R, category_id=category_id, classification=classification, line=line, tier=tier, on=TODAY)
    assert found == days(amount)


def test_where_nothing_is_promised_nothing_is_found() -> None:
    assert LIMITS.length_of(Promise.VERIFY, line=(CITY,), tier="city", on=TODAY) is None
    assert LIMITS.length_of(Promise.VERIFY, line=(WORKS, CITY), tier="office", on=TODAY) == days(1)


@pytest.mark.parametrize(
    ("on", "amount"), [(date(2026, 11, 30), 5), (date(2026, 12, 1), 3), (date(2026, 12, 31), 3), (date(2027, 1, 1), 4)]
)
def test_a_limit_counts_from_its_day_until_the_next(on: date, amount: int) -> None:
    rows = [
        Limit(Matter(R), days(5)),
        Limit(Matter(R), days(4), date(2027, 1, 1)),
        Limit(Matter(R), days(3), date(2026, 12, 1)),
    ]
    assert Limits(rows).length_of(R, on=on) == days(amount)


def test_an_agency_whose_limit_has_not_begun_has_everybodys() -> None:
    rows = [Limit(Matter(R), days(5)), Limit(Matter(R, agency_id=WORKS), days(2), TODAY + timedelta(days=1))]
    limits = Limits(rows)
    assert limits.length_of(R, line=(WORKS, CITY), on=TODAY) == days(5)
    assert limits.exceptions(TODAY) == []
    assert limits.exceptions(TODAY + timedelta(days=1)) == [rows[1]]


def test_exceptions_are_those_of_agencies_and_tiers() -> None:
    assert [row.length.amount for row in LIMITS.exceptions(TODAY)] == [8, 9, 10, 11, 1]
    assert {row.since for row in LIMITS.exceptions(TODAY)} == {ALWAYS}
