"""Checks that look at more than one row of a profile: who names whom, trees, calendars, promises, shapes on the map."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import shapely
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.located import ProfileMistake, Where, suggest
from tuntas.agencies.profile_ladder import mistakes_in_ladders
from tuntas.agencies.profile_promises import PROMISES
from tuntas.agencies.profile_rows import AgencyRow, AreaRow, CalendarRow, DayRow, Profile, PromiseRow

_OVERLAP = 1e-6  # of the smaller area: what rounding leaves, not a mistake
_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')

_Mistakes = Iterator[ProfileMistake]
_Named = tuple[str, Where]


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """One polygon of ``areas.geojson``."""

    code: str
    name: str
    shape: BaseGeometry
    where: Where


def mistakes_in(profile: Profile, shapes: Sequence[ShapeRow]) -> Iterable[ProfileMistake]:
    """Return what does not fit together in a profile whose rows were read."""
    return chain(
        _twice_in(profile),
        _unknown_in(profile),
        _agency_tree([agency for agency in profile.agencies if agency.slug]),
        _circles("category", [(c.code, c.parent, c.where) for c in profile.categories]),
        _owners(profile),
        _promises(profile),
        mistakes_in_ladders(profile.rungs),
        chain.from_iterable(_calendar(calendar) for calendar in profile.calendars),
        _zone(profile.government.zone, profile.government.where),
        _areas(profile),
        _shapes(profile.areas, shapes),
    )


def _twice_in(profile: Profile) -> _Mistakes:
    yield from _twice("tier", ((tier.code, tier.where) for tier in profile.tiers), "code")
    yield from _twice("agency", ((agency.slug, agency.where) for agency in profile.agencies), "slug")
    yield from _twice("area", ((area.code, area.where) for area in profile.areas), "code")
    yield from _twice("category", ((category.code, category.where) for category in profile.categories), "code")
    yield from _twice("promise", ((_called(promise), promise.where) for promise in profile.promises), "name")
    yield from _twice("calendar", ((calendar.name, calendar.where) for calendar in profile.calendars), "name")
    yield from _twice("template", ((template.code, template.where) for template in profile.templates), "code")
    yield from _twice("e-mail", ((person.email.lower(), person.where) for person in profile.people), "email")


def _called(promise: PromiseRow) -> str:
    """Return a promise's name with what it is for: for another agency, or from another day on, it may stand again."""
    for_whom = (promise.agency, promise.tier, promise.category, promise.since)
    return " ".join([promise.name, *(str(part) for part in for_whom if part is not None)])


def _twice(what: str, named: Iterable[_Named], key: str) -> _Mistakes:
    first: dict[str, Where] = {}
    for name, where in named:
        if name and (before := first.setdefault(name, where)) is not where:
            yield where.mistake(f"{what} “{name}” stands already on line {before.line_of(key)}", key)


def _unknown_in(profile: Profile) -> _Mistakes:
    agencies = {agency.slug for agency in profile.agencies} - {""}
    tiers = {tier.code for tier in profile.tiers} - {""}
    calendars = {calendar.name for calendar in profile.calendars} - {""}
    government = profile.government
    yield from _unknown("desk", government.desk, government.where, agencies, "an agency")
    yield from _unknown("ppid", government.ppid, government.where, agencies, "an agency")
    yield from _unknown("calendar", government.calendar, government.where, calendars, "a calendar")
    for agency in profile.agencies:
        yield from _unknown("parent", agency.parent, agency.where, agencies, "an agency")
        yield from _unknown("tier", agency.tier, agency.where, tiers, "a tier")
        yield from _unknown("calendar", agency.calendar, agency.where, calendars, "a calendar")
    categories = {category.code for category in profile.categories} - {""}
    for category in profile.categories:
        yield from _unknown("owner", category.owner, category.where, agencies, "an agency")
        yield from _unknown("parent", category.parent, category.where, categories, "a category")
    for promise in profile.promises:
        yield from _unknown("agency", promise.agency, promise.where, agencies, "an agency")
        yield from _unknown("tier", promise.tier, promise.where, tiers, "a tier")
        yield from _unknown("category", promise.category, promise.where, categories, "a category")
        if promise.agency and promise.tier:
            yield promise.where.mistake("name an agency or a tier, not both", "tier")
        if promise.category and promise.by_classification:
            yield promise.where.mistake("a category has one time: leave “by_classification” out", "category")
    for post in chain.from_iterable(person.posts for person in profile.people):
        yield from _unknown("agency", post.agency, post.where, agencies, "an agency")


def _unknown(key: str, name: str | None, where: Where, known: Collection[str], what: str) -> _Mistakes:
    # Nothing is known where that file could not be read: that alone is said then.
    if name and known and name not in known:
        yield where.mistake(f"{key} “{name}” is not {what} of this profile{suggest(name, known)}", key)


def _agency_tree(agencies: Sequence[AgencyRow]) -> _Mistakes:
    roots = [agency for agency in agencies if agency.parent is None]
    for other in roots[1:]:
        yield other.where.mistake(f"“{other.slug}” has no parent, but “{roots[0].slug}” is the root already")
    if agencies and not roots:
        yield Where(agencies[0].where.file).mistake("no agency is the root: one must have no parent")
    yield from _circles("agency", [(agency.slug, agency.parent, agency.where) for agency in agencies])


def _circles(what: str, rows: Sequence[tuple[str, str | None, Where]]) -> _Mistakes:
    """Name each circle once, at the row of it that stands first in the file."""
    parent_of = {key: parent for key, parent, _ in rows}
    told: set[str] = set()
    for key, _, where in sorted(rows, key=lambda row: row[2].line):
        way = _way_up(key, parent_of)
        if way[-1] == key and len(way) > 1 and key not in told:
            told.update(way)
            yield where.mistake(f"{what} “{key}” stands below itself: {' → '.join(way)}", "parent")


def _way_up(key: str, parent_of: Mapping[str, str | None]) -> list[str]:
    way = [key]
    while (above := parent_of.get(way[-1])) is not None:
        way.append(above)
        if above in way[:-1]:
            break
    return way


def _owners(profile: Profile) -> _Mistakes:
    examining = {agency.slug for agency in profile.agencies if agency.examines}
    known = {agency.slug for agency in profile.agencies}
    for category in profile.categories:
        if category.restricted and category.owner in known - examining:
            say = f"“{category.code}” is restricted, but its owner “{category.owner}” has no “examines = true”"
            yield category.where.mistake(say, "owner")


def _promises(profile: Profile) -> _Mistakes:
    named = {p.name for p in profile.promises if not (p.agency or p.tier or p.category or p.since)}
    for name, usual in PROMISES.items():
        if usual is None and name not in named and any(promise.where.keys for promise in profile.promises):
            yield Where("promises.toml").mistake(f"promise “{name}” is missing")


def _calendar(calendar: CalendarRow) -> _Mistakes:
    where = calendar.where
    yield from _zone(calendar.zone, where)
    if calendar.opens >= calendar.closes:
        yield where.mistake(f"closes at {calendar.closes:%H:%M}, but opens at {calendar.opens:%H:%M}", "closes")
    if calendar.last_year < calendar.first_year:
        yield where.mistake(f"last_year {calendar.last_year} lies before first_year {calendar.first_year}", "last_year")
    yield from _national_list(calendar)
    yield from _days(calendar, calendar.extra)
    yield from _days(calendar, calendar.without)


def _zone(zone: str, where: Where) -> _Mistakes:
    try:
        ZoneInfo(zone or "UTC")
    except (OSError, ValueError, KeyError):  # KeyError: not found; the others: a path that is no zone
        yield where.mistake(f"zone “{zone}” is not known; write it like “Asia/Jakarta”", "zone")


def _national_list(calendar: CalendarRow) -> _Mistakes:
    country = calendar.holidays_country
    if not country:
        return
    try:
        known = holidays.country_holidays(country).supported_categories
    except NotImplementedError:
        yield calendar.where.mistake(f"no holidays are known of country “{country}”", "holidays_country")
        return
    for category in calendar.holidays_categories:
        if category not in known:
            say = f"holidays of “{category}” are not known for {country}{suggest(category, known)}"
            yield calendar.where.mistake(say, "holidays_categories")


def _days(calendar: CalendarRow, days: Sequence[DayRow]) -> _Mistakes:
    counts = Counter(day.date for day in days)
    for day in days:
        if day.date == date.min:
            continue  # not read, and said so already
        if not calendar.first_year <= day.date.year <= calendar.last_year:
            years = f"{calendar.first_year} to {calendar.last_year}"
            yield day.where.mistake(f"{day.date} lies outside the calendar's years, {years}", "date")
        if counts[day.date] > 1:
            yield day.where.mistake(f"{day.date} stands {counts[day.date]} times in this calendar", "date")


def _areas(profile: Profile) -> _Mistakes:
    codes = {area.code for area in profile.areas}
    whole = profile.government.area_code
    if not whole:
        return  # not read, and said so already
    if codes and whole not in codes:
        yield profile.government.where.mistake(f"area_code “{whole}” is not an area of this profile", "area_code")
    for area in profile.areas:
        if area.code and area.code != whole and area.parent not in codes:
            yield area.where.mistake(f"area “{area.code}” does not lie below another area of this profile", "code")


def read_shapes(path: Path, noted: list[ProfileMistake]) -> tuple[ShapeRow, ...]:
    """Read the polygons of a GeoJSON file; the line of each is right where each stands on a line of its own.

    What cannot be read is added to *noted*. Coordinates are longitude and latitude in degrees (RFC 7946).
    """
    file = Where(path.name)
    try:
        text = path.read_text("utf-8-sig")
        features = json.loads(text)["features"]
    except FileNotFoundError:
        noted.append(file.mistake("this file is missing"))
    except UnicodeDecodeError:
        noted.append(file.mistake("this file is not UTF-8 text"))
    except json.JSONDecodeError as error:
        noted.append(Where(path.name, error.lineno).mistake(f"this is not JSON: {error.msg}"))
    except (TypeError, KeyError):
        noted.append(file.mistake("this is not a GeoJSON FeatureCollection"))
    else:
        return _features(features, file, text, noted)
    return ()


def _features(features: Any, file: Where, text: str, noted: list[ProfileMistake]) -> tuple[ShapeRow, ...]:
    if not isinstance(features, list) or not features:
        noted.append(file.mistake("there is no polygon in this file"))
        return ()
    starts = [text.count("\n", 0, match.start()) + 1 for match in _FEATURE.finditer(text)]
    lines = starts if len(starts) == len(features) else [1] * len(features)
    read = [_feature(feature, Where(file.file, line), noted) for feature, line in zip(features, lines, strict=True)]
    return tuple(shape for shape in read if shape)


def _feature(feature: Any, where: Where, noted: list[ProfileMistake]) -> ShapeRow | None:
    try:
        code, name = str(feature["properties"]["code"]), str(feature["properties"]["name"])
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    except (TypeError, KeyError):
        noted.append(where.mistake("a feature needs the properties “code” and “name”, and a geometry"))
    except shapely.errors.GEOSException:
        noted.append(where.mistake(f"the geometry of {code} cannot be read"))
    else:
        return ShapeRow(code, name, shape, where)
    return None


def shapes_of_all(codes: Iterable[str], shapes: Sequence[ShapeRow]) -> dict[str, BaseGeometry]:
    """Return the shape of every area: its own, or all below it made one."""
    own = {shape.code: shape.shape for shape in shapes}
    return {code: own.get(code) or shapely.union_all([own[c] for c in own if _lies_below(c, code)]) for code in codes}


def _lies_below(code: str, above: str) -> bool:
    return code.startswith(f"{above}.")


def _shapes(areas: Sequence[AreaRow], shapes: Sequence[ShapeRow]) -> _Mistakes:
    yield from _twice("polygon", ((shape.code, shape.where) for shape in shapes), "code")
    yield from _missing_shapes(areas, shapes)
    area_of = {area.code: area for area in areas}
    for shape in shapes if areas else ():
        yield from _stray_shape(shape, area_of)
    sound = []
    for shape in shapes:
        wrong = _wrong_with(shape.shape)
        if wrong:
            yield shape.where.mistake(f"the polygon of {shape.code} {wrong}")
        else:
            sound.append(shape)
    yield from _overlaps(sound)


def _missing_shapes(areas: Sequence[AreaRow], shapes: Sequence[ShapeRow]) -> _Mistakes:
    drawn = {shape.code for shape in shapes}
    above = {area.parent for area in areas}
    for area in areas if shapes else ():
        if area.code and area.code not in above | drawn:
            yield area.where.mistake(f"area “{area.code}” has no polygon in areas.geojson", "code")


def _stray_shape(shape: ShapeRow, area_of: Mapping[str, AreaRow]) -> _Mistakes:
    area = area_of.get(shape.code)
    if area is None:
        yield shape.where.mistake(
            f"polygon “{shape.code}” is not an area of this profile{suggest(shape.code, area_of)}"
        )
    elif area.name != shape.name:
        yield shape.where.mistake(f"{shape.code} is called “{shape.name}” here, but “{area.name}” in {area.where.file}")
    elif any(_lies_below(code, shape.code) for code in area_of):
        yield shape.where.mistake(f"{shape.code} has areas below it: its shape is made of theirs")


def _wrong_with(shape: BaseGeometry) -> str:
    if shape.is_empty:
        return "is empty"
    if shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return f"is a {shape.geom_type}"
    west, south, east, north = shape.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        return "lies off the earth: write longitude, then latitude, in degrees"
    return "" if shape.is_valid else f"is not sound: {shapely.is_valid_reason(shape)}"


def _overlaps(shapes: Sequence[ShapeRow]) -> _Mistakes:
    if not shapes:
        return  # no tree can be built of nothing
    geometries = [shape.shape for shape in shapes]
    first, second = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    for one, other in sorted((int(a), int(b)) for a, b in zip(first, second, strict=True) if a < b):
        share = _shared(geometries[one], geometries[other])
        if share > _OVERLAP and shapes[one].code != shapes[other].code:
            say = f"the polygon of {shapes[other].code} overlaps that of {shapes[one].code} by {share:.2%}"
            yield shapes[other].where.mistake(say)


def _shared(one: BaseGeometry, other: BaseGeometry) -> float:
    return one.intersection(other).area / min(one.area, other.area)
