"""Worked examples of promised time: the tests of the clock compute each, ``docs/reference/clock.md`` prints them."""

from datetime import date

from tuntas.rules.clock import Unit

HOURS, DAYS, WORKING = Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS
# The office of all examples is open from 7:30 to 16:00, Monday to Friday, in WIB.
HOLIDAYS = {
    date(2025, 8, 18): "joint leave, a Monday",
    date(2025, 12, 25): "Christmas, a Thursday",
    date(2025, 12, 26): "joint leave, a Friday",
    date(2026, 1, 1): "New Year, a Thursday",
    date(2026, 2, 17): "Lunar New Year, a Tuesday",
}

# when it starts (local)   how long      when it is due (local)   why
DUE: list[tuple[str, int, Unit, str, str]] = [
    ("2025-11-03 09:14", 5, WORKING, "2025-11-10 16:00", "Monday to Monday: the first day is the one after"),
    ("2025-11-03 07:30", 1, WORKING, "2025-11-04 16:00", "at opening time the day itself still does not count"),
    ("2025-11-03 05:00", 1, WORKING, "2025-11-04 16:00", "before opening counts as that day"),
    ("2025-11-03 16:00", 1, WORKING, "2025-11-04 16:00", "at closing time too"),
    ("2025-11-03 22:40", 1, WORKING, "2025-11-04 16:00", "after closing too"),
    ("2025-11-03 23:59", 1, WORKING, "2025-11-04 16:00", "a minute before midnight it is still Monday"),
    ("2025-11-04 00:00", 1, WORKING, "2025-11-05 16:00", "at midnight it is Tuesday"),
    ("2025-11-07 09:14", 1, WORKING, "2025-11-10 16:00", "over a weekend"),
    ("2025-11-08 11:00", 1, WORKING, "2025-11-10 16:00", "from a Saturday"),
    ("2025-11-09 11:00", 3, WORKING, "2025-11-12 16:00", "from a Sunday"),
    ("2025-08-15 10:00", 1, WORKING, "2025-08-19 16:00", "over a weekend with joint leave behind it"),
    ("2025-08-18 10:00", 1, WORKING, "2025-08-19 16:00", "from a day of joint leave"),
    ("2025-12-24 15:00", 1, WORKING, "2025-12-29 16:00", "over Christmas, joint leave and a weekend"),
    ("2025-12-25 15:00", 2, WORKING, "2025-12-30 16:00", "from a national holiday"),
    ("2025-12-19 09:00", 14, WORKING, "2026-01-13 16:00", "over the end of the year"),
    ("2025-12-31 09:00", 1, WORKING, "2026-01-02 16:00", "over New Year"),
    ("2026-02-16 09:00", 1, WORKING, "2026-02-18 16:00", "over Lunar New Year"),
    ("2026-02-27 09:00", 1, WORKING, "2026-03-02 16:00", "February of 28 days"),
    ("2028-02-28 09:00", 1, WORKING, "2028-02-29 16:00", "February of 29 days"),
    ("2028-02-29 09:00", 1, WORKING, "2028-03-01 16:00", "from the 29th"),
    ("2025-11-07 09:14", 48, HOURS, "2025-11-09 09:14", "2×24 hours run over the weekend"),
    ("2025-12-24 23:30", 48, HOURS, "2025-12-26 23:30", "and over holidays"),
    ("2025-12-31 23:59", 2, HOURS, "2026-01-01 01:59", "and over the end of the year"),
    ("2028-02-28 12:00", 24, HOURS, "2028-02-29 12:00", "and into the 29th"),
    ("2025-11-07 09:14", 10, DAYS, "2025-11-17 09:14", "days are wall-clock days"),
]

# One working day from 2025-11-03 22:30 in the west: 23:30 in the middle, 00:30 of the next day in the east.
ZONES: list[tuple[str, str, str]] = [
    ("WIB", "Asia/Jakarta", "2025-11-04 16:00"),
    ("WITA", "Asia/Makassar", "2025-11-04 16:00"),
    ("WIT", "Asia/Jayapura", "2025-11-05 16:00"),
]

# paused at            due                 open time left     started again        then due            why
PAUSES: list[tuple[str, str, float, str, str, str]] = [
    ("2025-11-07 14:00", "2025-11-10 16:00", 2 + 8.5, "2025-11-10 07:30", "2025-11-11 09:30", "over a weekend"),
    ("2025-11-08 12:00", "2025-11-10 16:00", 8.5, "2025-11-09 12:00", "2025-11-10 16:00", "within a weekend"),
    ("2025-12-24 15:00", "2025-12-29 16:00", 1 + 8.5, "2025-12-26 10:00", "2025-12-30 08:30", "over holidays"),
    ("2025-11-10 15:59", "2025-11-10 16:00", 1 / 60, "2025-11-12 20:00", "2025-11-13 07:31", "a last minute"),
    ("2025-11-10 05:00", "2025-11-10 16:00", 8.5, "2025-11-11 05:00", "2025-11-11 16:00", "before opening"),
    ("2025-11-10 17:00", "2025-11-10 16:00", 0, "2025-11-11 20:00", "2025-11-11 20:00", "when already missed"),
]

# when it starts (local)   how long      rung                 when (local)          why
RUNGS: list[tuple[str, int, Unit, str, str, str]] = [
    ("2025-11-03 09:14", 48, HOURS, "75%", "2025-11-04 21:14", "36 of 48 hours, by night too"),
    ("2025-11-03 23:00", 4, HOURS, "75%", "2025-11-04 02:00", "over midnight"),
    ("2025-11-07 09:14", 10, DAYS, "90%", "2025-11-16 09:14", "nine of ten days, a Sunday too"),
    ("2025-11-03 07:30", 3, WORKING, "50%", "2025-11-04 16:00", "half of 34 open hours, counted from the start"),
    ("2025-11-03 07:30", 3, WORKING, "75%", "2025-11-05 16:00", "at closing time"),
    ("2025-11-03 07:30", 3, WORKING, "90%", "2025-11-06 12:36", "30.6 open hours"),
    ("2025-11-03 07:30", 3, WORKING, "100%", "2025-11-06 16:00", "the promise itself"),
    (
        "2025-11-07 14:00",
        1,
        WORKING,
        "80%",
        "2025-11-10 13:54",
        "over a weekend: two hours of Friday first",
    ),
    ("2025-11-08 11:00", 1, WORKING, "90%", "2025-11-10 15:09", "from a Saturday"),
    ("2025-08-15 16:00", 1, WORKING, "90%", "2025-08-19 15:09", "over joint leave"),
    ("2025-12-24 16:00", 1, WORKING, "90%", "2025-12-29 15:09", "over Christmas, joint leave and a weekend"),
    ("2025-12-31 16:00", 1, WORKING, "90%", "2026-01-02 15:09", "over the end of the year"),
    ("2025-11-03 07:30", 3, WORKING, "+3 working_days", "2025-11-11 16:00", "behind the end, over a weekend"),
    ("2025-11-07 09:14", 48, HOURS, "+3 working_days", "2025-11-12 16:00", "the promise ends on a Sunday"),
    ("2025-11-03 09:14", 48, HOURS, "+24 hours", "2025-11-06 09:14", "in hours behind the end"),
]
# Three working days from 2025-11-03 07:30, stopped after half of them and started again on Christmas Eve at noon.
STOPPED, STARTED_AGAIN = "2025-11-05 07:30", "2025-12-24 12:00"
RUNGS_AFTER_A_PAUSE: list[tuple[str, str, str]] = [
    ("75%", "2025-12-29 12:00", "a quarter is to go: four hours on the 24th, the rest behind holidays and weekend"),
    ("90%", "2025-12-30 08:36", "the pause counts for nothing"),
    ("100%", "2025-12-30 12:00", "the promise itself, moved by the pause"),
    ("+3 working_days", "2026-01-05 16:00", "31 December, 2 and 5 January"),
]
