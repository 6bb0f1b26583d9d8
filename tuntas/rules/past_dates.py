"""Days and instants as other systems write them. Pure.

``2022-01-01T02:42:00Z``, ``01-02-2022 09.30``, ``1 Februari 2022 pukul 09:30 WIB``, ``44593.39`` (a spreadsheet's own
number). The day stands before the month, unless that cannot be; an instant without a zone is in the government's.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "z": 0}
_CLOCK = (
    r"(?:(?:[,T]|\s)\s*(?:pukul|jam)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?\s*(?P<zone>wib|wita|wit|utc|gmt|z)?"
)
_NUMBERS = re.compile(rf"(?P<one>\d{{1,2}})[-/. ](?P<two>\d{{1,2}})[-/. ](?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?:[a-z’']+,?\s+)?(?P<one>\d{{1,2}})[-\s]+(?P<month>[a-z]+)\.?[-\s,]+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE
)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<two>\d{{1,2}})[-/.](?P<one>\d{{1,2}}){_CLOCK}", re.IGNORECASE)
_HOUR = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*(?:wib|wita|wit))?", re.IGNORECASE
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's day 0, in whatever zone
FIRST_SERIAL, LAST_SERIAL = 29_221, 73_051  # 1980 to 2100


@lru_cache(maxsize=4096)
def read_instant(text: str, zone: tzinfo = UTC, hour: str = "") -> datetime | None:
    """Return the instant a text stands for, or None where it is none.

    zone   of what names no zone itself
    hour   the time of day, where another column holds it
    """
    found = _read(text.strip())
    if found is None:
        return None
    if hour and (clock := _HOUR.fullmatch(hour.strip())):
        h, m, s = (int(part or 0) for part in clock.groups())
        if h < 24 and m < 60 and s < 60:
            found = found.replace(hour=h, minute=m, second=s)
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    return found.astimezone(UTC) if 1900 < found.year < 2200 else None


def _read(text: str) -> datetime | None:
    if _SERIAL.fullmatch(text):
        days = float(text)
        is_day = FIRST_SERIAL <= days <= LAST_SERIAL
        return _SERIAL_BEGINS + timedelta(seconds=round(days * 86_400)) if is_day else None
    if text.isdigit():
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in (_NUMBERS, _NAMED, _YEAR_FIRST):
        if found := form.fullmatch(text):
            return _built(found)
    return None


def _built(found: re.Match[str]) -> datetime | None:
    parts = found.groupdict()
    day, year = int(parts["one"]), int(parts["year"])
    month = _MONTHS.get(parts["month"].lower(), 0) if parts.get("month") else int(parts["two"])
    if month > 12 >= day:
        day, month = month, day
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"][0] in "pP" else 0)
    offset = _ZONES.get((parts["zone"] or "").lower())
    zone = None if offset is None else timezone(timedelta(hours=offset))
    try:
        return datetime(year, month, day, hour, int(parts["minute"] or 0), int(parts["second"] or 0), tzinfo=zone)
    except ValueError:
        return None
