"""Days, times, spans and numbers as people say them here. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tuntas.kit.words import Say

DAYS_ID = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_ID = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAY, HOUR, MINUTE = 86_400, 3_600, 60


def say_day(on: date, *, today: date | None = None) -> Say:
    """Return ``Kamis 20 Nov``; with the year where it is another than today's."""
    year = f" {on.year}" if today is None or on.year != today.year else ""
    id_, en = (_short(on, MONTHS_ID), _short(on, MONTHS_EN))
    return Say(
        f"{DAYS_ID[on.weekday()]} {on.day} {id_}{year}",
        f"{DAYS_EN[on.weekday()][:3]} {on.day} {en}{year}",
    )


def say_day_long(on: date) -> Say:
    """Return ``Kamis, 20 November 2025``."""
    return Say(
        f"{DAYS_ID[on.weekday()]}, {on.day} {MONTHS_ID[on.month - 1]} {on.year}",
        f"{DAYS_EN[on.weekday()]}, {on.day} {MONTHS_EN[on.month - 1]} {on.year}",
    )


def say_month(on: date) -> Say:
    """Return ``November 2025``."""
    return Say(f"{MONTHS_ID[on.month - 1]} {on.year}", f"{MONTHS_EN[on.month - 1]} {on.year}")


def say_instant(at: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> Say:
    """Return ``Kamis 20 Nov, 09.14`` in the government's own time; hours with a full stop, as is usual here."""
    here = at.astimezone(zone)
    day = say_day(here.date(), today=None if now is None else now.astimezone(zone).date())
    return Say(f"{day.id}, {here:%H.%M}", f"{day.en}, {here:%H:%M}")


def say_span(seconds: float) -> Say:
    """Return ``5 jam 48 menit``, two units at most; under a minute it says so."""
    whole = int(abs(seconds))
    days, hours, minutes = whole // DAY, whole % DAY // HOUR, whole % HOUR // MINUTE
    parts = [(days, "hari", "day"), (hours, "jam", "hour"), (minutes, "menit", "minute")]
    said = [(n, id_, en) for n, id_, en in parts if n][:2]
    if not said:
        return Say("kurang dari 1 menit", "less than a minute")
    if said[0][1] == "hari":
        said = [part for part in said if part[1] != "menit"]
    return Say(
        " ".join(f"{n} {id_}" for n, id_, _ in said),
        " ".join(f"{n} {en}{'' if n == 1 else 's'}" for n, _, en in said),
    )


def say_ago(at: datetime, now: datetime) -> Say:
    """Return ``3 hari lalu``: how long ago, in whole days or hours."""
    past = max(now - at, timedelta())
    if past < timedelta(hours=1):
        return Say("baru saja", "just now")
    if past < timedelta(days=1):
        hours = past // timedelta(hours=1)
        return Say(f"{hours} jam lalu", f"{hours} hour{'' if hours == 1 else 's'} ago")
    return Say(f"{past.days} hari lalu", f"{past.days} day{'' if past.days == 1 else 's'} ago")


def say_number(number: float, places: int = 0) -> Say:
    """Return ``1.226`` or ``3,1``; English has the signs the other way round."""
    english = f"{number:,.{places}f}"
    return Say(english.translate(str.maketrans(",.", ".,")), english)


def _short(on: date, months: tuple[str, ...]) -> str:
    name = months[on.month - 1]
    return "Agu" if name == "Agustus" else name[:3]
