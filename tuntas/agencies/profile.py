"""What differs between governments, read from a folder under ``profiles/`` and checked as a whole."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import chain
from pathlib import Path
from typing import TypeVar

import holidays

from tuntas.agencies.located import ProfileMistake, Row, Where, read_toml, suggest
from tuntas.agencies.profile_checks import mistakes_in, read_shapes, shapes_of_all
from tuntas.agencies.profile_ladder import read_rung
from tuntas.agencies.profile_promises import PROMISES
from tuntas.agencies.profile_rows import (
    AgencyRow,
    AreaRow,
    CalendarRow,
    CategoryRow,
    DayRow,
    GovernmentRow,
    PersonRow,
    PostRow,
    Profile,
    PromiseRow,
    SealedRow,
    TemplateRow,
    TierRow,
)
from tuntas.kit.words import Language
from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Act, Promise
from tuntas.rules.manners import WORD_LISTS, Manners
from tuntas.rules.reasons import Classification
from tuntas.rules.text import EMAIL
from tuntas.rules.who import Role

__all__ = ["BadProfile", "Profile", "ProfileMistake", "holidays_of", "read_profile"]

FILES = ("government", "agencies", "areas", "categories", "promises", "ladder", "calendar", "people", "answers")
NEED_NOT_BE = frozenset({"answers", "areas", "ladder"})
HAVE_TEMPLATES = (Act.INFORM, Act.ASK, Act.ARCHIVE, Act.PROPOSE_ANSWER, Act.START, Act.SCHEDULE, Act.NOTE)
PUBLIC_KEY_BYTES = 32  # Ed25519
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_AREA_CODE = re.compile(r"[0-9]+(\.[0-9]+)*")
_HTTPS = re.compile(r"https://[a-z0-9.-]+/\S*")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NO_LENGTH = Length(1, Unit.HOURS)


P = TypeVar("P", AgencyRow, AreaRow, CategoryRow)


class BadProfile(Exception):
    """A profile that cannot be used; every mistake is named, one a line."""

    def __init__(self, mistakes: Iterable[ProfileMistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def read_profile(folder: Path) -> Profile:
    """Read a government's folder, or name everything that is wrong with it.

    Raises BadProfile with every mistake, each with its file and line; the database is not needed.
    """
    if not folder.is_dir():
        raise BadProfile([ProfileMistake(str(folder), 1, "there is no such folder")])
    noted = list(_strange_files(folder))
    profile = _read_tables(folder, noted)
    names_parts = any(area.code != profile.government.area_code for area in profile.areas)  # else they are imported
    shapes = read_shapes(folder / "areas.geojson", noted) if names_parts else ()
    noted.extend(mistakes_in(profile, shapes))
    if noted:
        raise BadProfile(noted)
    shape_of = shapes_of_all([area.code for area in profile.areas], shapes)
    return replace(profile, areas=tuple(replace(area, shape=shape_of[area.code]) for area in profile.areas))


def holidays_of(calendar: CalendarRow) -> dict[date, str]:
    """Return the free days of a calendar with their names, Indonesian where the country's list has them.

    National holidays and joint leave are those of the PyPI package ``holidays``: 17 and 28 days in 2025 (DOMAIN 1.3).
    """
    national = holidays.country_holidays(
        calendar.holidays_country,
        years=range(calendar.first_year, calendar.last_year + 1),
        categories=calendar.holidays_categories,
        language="id",
    )
    extra = {day.date: day.name for day in calendar.extra}
    without = {day.date for day in calendar.without}
    return {day: name for day, name in sorted({**national, **extra}.items()) if day not in without}


def _strange_files(folder: Path) -> Iterator[ProfileMistake]:
    known = {"areas.geojson", "README.md", *(f"{name}.toml" for name in FILES)}
    for path in folder.iterdir():
        if path.name not in known and not path.name.startswith("."):
            yield ProfileMistake(path.name, 1, f"a profile has no such file{suggest(path.name, known)}")


def _read_tables(folder: Path, noted: list[ProfileMistake]) -> Profile:
    files = {name: read_toml(folder / f"{name}.toml", noted, needed=name not in NEED_NOT_BE) for name in FILES}
    profile = Profile(
        government=files["government"].row("government", _government),
        tiers=files["government"].rows("tier", _tier),
        agencies=_parents_first(files["agencies"].rows("agency", _agency), lambda agency: agency.slug),
        areas=files["areas"].rows("area", _area),
        categories=_parents_first(files["categories"].rows("category", _category), lambda category: category.code),
        promises=_with_usual(files["promises"].rows("promise", _promise)),
        rungs=tuple(row for row in files["ladder"].rows("rung", read_rung, needed=False) if row),
        calendars=files["calendar"].rows("calendar", _calendar),
        people=files["people"].rows("person", _person),
        manners=files["answers"].row("manners", _manners, needed=False),
        templates=tuple(row for row in files["answers"].rows("template", _template, needed=False) if row),
        sealed=files["government"].row("sealed", _sealed, needed=False),
    )
    for file in files.values():
        file.finish()
    whole = profile.government.area_code
    return replace(
        profile, areas=_parents_first([_below(whole, area) for area in profile.areas], lambda area: area.code)
    )


def _below(whole: str, area: AreaRow) -> AreaRow:
    """Hang an area below the whole where its code names none above it: a province in a nation."""
    above = area.parent or (whole if "." not in whole else None)
    return replace(area, parent=None if area.code == whole else above)


def _parents_first(rows: Sequence[P], key: Callable[[P], str]) -> tuple[P, ...]:
    """Order a tree from its root, keeping the file's order otherwise; what hangs on nothing comes last."""
    known = {key(row) for row in rows}
    below: dict[str | None, list[P]] = {}
    for row in rows:
        below.setdefault(row.parent if row.parent in known else None, []).append(row)
    ordered: list[P] = below.pop(None, [])
    for row in ordered:  # grows while it is walked
        ordered.extend(below.pop(key(row), []))
    return tuple(chain(ordered, *below.values()))


def _with_usual(read: Iterable[PromiseRow | None]) -> tuple[PromiseRow, ...]:
    """Add the promises a profile may leave out."""
    promises = [promise for promise in read if promise]
    named = {promise.name for promise in promises}
    usual = ((name, length) for name, length in PROMISES.items() if length and name not in named)
    return (*promises, *(PromiseRow(name, length, {}, Where("promises.toml")) for name, length in usual))


def _government(row: Row) -> GovernmentRow:
    return GovernmentRow(
        slug=_form(row, "slug", _SLUG, "kota-contoh"),
        name=row.words("name"),
        area_code=_form(row, "area_code", _AREA_CODE, "32.99"),
        zone=row.text("zone"),
        languages=tuple(one for word in row.texts("languages") if (one := row.pick(word, "languages", Language))),
        phone=row.text("phone", needed=False) or None,
        whatsapp=row.text("whatsapp", needed=False) or None,
        email=_form(row, "email", EMAIL, "nama@kota.example", most=254),
        exit=_form(row, "exit", _HTTPS, "https://www.bmkg.go.id/", needed=False) or None,
        desk=row.text("desk"),
        ppid=row.text("ppid", needed=False) or None,
        calendar=row.text("calendar"),
        where=row.where,
    )


def _sealed(row: Row) -> SealedRow:
    signer = row.text("signer", needed=False)
    if signer and not _is_public_key(signer):
        row.note(f"signer “{signer}” should be the key that “tuntas sign-readers” prints as signer", "signer")
    return SealedRow(signer)


def _is_public_key(text: str) -> bool:
    try:
        return len(b64decode(text, validate=True)) == PUBLIC_KEY_BYTES
    except ValueError:
        return False


def _tier(row: Row) -> TierRow:
    return TierRow(_form(row, "code", _CODE, "city_office"), row.words("name"), row.where)


def _agency(row: Row) -> AgencyRow:
    return AgencyRow(
        slug=_form(row, "slug", _SLUG, "dinas-contoh"),
        name=row.text("name"),
        short=row.text("short", most=60),
        tier=row.text("tier"),
        parent=row.text("parent", needed=False) or None,
        email=_form(row, "email", EMAIL, "nama@kota.example", most=254, needed=False) or None,
        calendar=row.text("calendar", needed=False) or None,
        examines=row.flag("examines"),
        liaison_signs=row.flag("liaison_signs"),
        where=row.where,
    )


def _area(row: Row) -> AreaRow:
    code = _form(row, "code", _AREA_CODE, "32.99.01.1001")
    return AreaRow(code, row.text("name"), code.rpartition(".")[0] or None, None, row.where)


def _category(row: Row) -> CategoryRow:
    return CategoryRow(
        code=_form(row, "code", _CODE, "road_bridge"),
        name=row.words("name"),
        owner=row.text("owner"),
        proof=row.flag("proof"),
        restricted=row.flag("restricted"),
        secret_suggested=row.flag("secret_suggested"),
        hides_reporter=row.flag("hides_reporter"),
        resolve=_written_length(row, "resolve"),
        parent=row.text("parent", needed=False) or None,
        words=tuple(word.lower() for word in row.texts("words", needed=False)),
        where=row.where,
    )


def _promise(row: Row) -> PromiseRow | None:
    name, unit = row.member("name", Promise, PROMISES), row.member("unit", Unit) or Unit.HOURS
    length = _length(row, "length", row.get("length", int), unit)
    by_classification = dict(_by_classification(row, unit))
    agency, tier, category = (row.text(key, needed=False) or None for key in ("agency", "tier", "category"))
    since, decree = row.get("since", date, needed=False), row.text("decree", needed=False)
    if not name:
        return None
    return PromiseRow(name, length, by_classification, row.where, agency, tier, category, since, decree)


def _by_classification(row: Row, unit: Unit) -> Iterator[tuple[Classification, Length]]:
    key = "by_classification"
    given: Mapping[str, object] = row.get(key, dict, needed=False) or {}
    for word, amount in given.items():
        length = _length(row, key, amount, unit)
        if (classification := row.pick(word, key, Classification)) is not None:
            yield classification, length


def _calendar(row: Row) -> CalendarRow:
    return CalendarRow(
        name=_form(row, "name", _SLUG, "kota-contoh"),
        zone=row.text("zone"),
        opens=_hour(row, "opens", otherwise=time.min),
        closes=_hour(row, "closes", otherwise=time.max),
        weekdays=frozenset(_weekdays(row)),
        holidays_country=row.text("holidays_country"),
        holidays_categories=row.texts("holidays_categories"),
        first_year=_year(row, "first_year", otherwise=1),
        last_year=_year(row, "last_year", otherwise=9999),
        extra=row.rows("extra", _day, needed=False),
        without=row.rows("without", _day, needed=False),
        where=row.where,
    )


def _day(row: Row) -> DayRow:
    return DayRow(row.get("date", date) or date.min, row.text("name"), row.text("decree"), row.where)


def _person(row: Row) -> PersonRow:
    posts = row.rows("posts", _post)
    email = _form(row, "email", EMAIL, "nama@kota.example", most=254)
    return PersonRow(row.text("name"), email, tuple(post for post in posts if post), row.where)


def _post(row: Row) -> PostRow | None:
    role, agency = row.member("role", Role), row.text("agency")
    return PostRow(role, agency, row.where) if role else None


def _manners(row: Row) -> Manners:
    lists = {key: row.texts(key, needed=False) for key in WORD_LISTS}
    return Manners(**lists, phrases=row.pairs("phrases"))


def _template(row: Row) -> TemplateRow | None:
    code, act = _form(row, "code", _CODE, "being_checked"), row.member("act", Act, HAVE_TEMPLATES)
    name, text = row.words("name"), row.text("text", most=2000)
    return TemplateRow(code, act, name, text, row.where) if act else None


def _form(row: Row, key: str, form: re.Pattern[str], example: str, *, most: int = 60, needed: bool = True) -> str:
    value = row.text(key, most=most, needed=needed)
    if value and not form.fullmatch(value):
        row.note(f"{key} “{value}” should look like “{example}”", key)
    return value


def _written_length(row: Row, key: str) -> Length | None:
    amount, _, unit = row.text(key, needed=False).partition(" ")
    if not amount:
        return None
    if not amount.removeprefix("-").isdecimal() or not unit:
        row.note(f"“{key}” should look like “14 working_days” or “3 hours”", key)
        return None
    known = row.pick(unit, key, Unit)
    return _length(row, key, int(amount), known or Unit.HOURS)


def _length(row: Row, key: str, amount: object, unit: Unit) -> Length:
    if type(amount) is int and 1 <= amount <= 10_000:
        return Length(amount, unit)
    if amount is not None:
        row.note(f"“{key}” should count from 1 to 10000, not {amount}", key)
    return _NO_LENGTH


def _hour(row: Row, key: str, *, otherwise: time) -> time:
    value = _form(row, key, _HOUR, "07:30")
    return time.fromisoformat(value) if _HOUR.fullmatch(value) else otherwise


def _year(row: Row, key: str, *, otherwise: int) -> int:
    year = row.get(key, int)
    if year is not None and 1990 <= year <= 2100:
        return year
    if year is not None:
        row.note(f"“{key}” should lie between 1990 and 2100", key)
    return otherwise


def _weekdays(row: Row) -> Iterator[int]:
    for word in row.texts("weekdays"):
        if word in WEEKDAYS:
            yield WEEKDAYS.index(word)
        else:
            row.note(f"weekday “{word}” is not known{suggest(word, WEEKDAYS)}", "weekdays")
