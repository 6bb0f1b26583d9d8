"""The government this installation serves, held in memory: read often, changed by a profile load.

Every few seconds one small query asks whether the profile changed; only then is it read again.
"""

import time as machine_time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db import connection
from shapely import STRtree
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from tuntas.agencies import models
from tuntas.kit.words import Say
from tuntas.rules.clock import Calendar, Length, Unit
from tuntas.rules.life import Act, Promise
from tuntas.rules.manners import Manners

SECONDS_BETWEEN_LOOKS = 5.0
NEAR_BORDER = 0.002  # degrees, about 200 m: phones miss by that much


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency of the tree."""

    id: int
    slug: str
    name: str
    tier: str
    parent_id: int | None
    calendar_id: int
    is_desk: bool
    examines: bool
    is_active: bool  # a body that is gone stays here, because old reports point to it
    liaison_signs: bool = False  # a handler's answer here waits for a liaison's signature
    short: str = ""  # as the staff call it in lists


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category."""

    id: int
    code: str
    name: Say
    parent_code: str | None
    owner_id: int
    proof: bool
    is_restricted: bool
    suggests_secret: bool
    words: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """An answer to begin with, offered for one act; “…” stands where words are missing."""

    code: str
    act: Act
    name: Say
    text: str


@dataclass(frozen=True)
class Installation:
    """Everything about a government that steps and doors ask for again and again."""

    version: int
    name: Say
    area_code: str
    zone: ZoneInfo
    desk_id: int
    contact: Mapping[str, str]
    agencies: Mapping[int, AgencyLine]
    categories: Mapping[int, CategoryLine]
    areas: Mapping[str, int]
    area_names: Mapping[int, tuple[str, str]]  # id: (code, name)
    areas_inside: Mapping[int | None, tuple[int, ...]]  # those right inside one, in the order of their codes
    outlines: tuple[tuple[int, BaseGeometry], ...]
    calendars: Mapping[int, Calendar]
    targets: Mapping[tuple[str, int | None, str], Length]
    manners: Manners
    templates: tuple[TemplateLine, ...]

    @property
    def number_prefix(self) -> str:
        """The area code as it stands in front of numbers: 3273 for 32.73."""
        return self.area_code.replace(".", "")

    @cached_property
    def agency_by_slug(self) -> Mapping[str, AgencyLine]:
        return {agency.slug: agency for agency in self.agencies.values()}

    @cached_property
    def category_by_code(self) -> Mapping[str, CategoryLine]:
        return {category.code: category for category in self.categories.values()}

    @cached_property
    def below(self) -> Mapping[int, frozenset[int]]:
        """For every agency, itself and all agencies below it."""
        found: dict[int, set[int]] = defaultdict(set)
        for agency in self.agencies.values():
            for above in self.line_up(agency.id):
                found[above].add(agency.id)
        return {key: frozenset(ids) for key, ids in found.items()}

    @cached_property
    def _tree(self) -> STRtree:
        return STRtree([outline for _, outline in self.outlines])

    def line_up(self, agency_id: int) -> Iterable[int]:
        """Yield the agency and each one above it, up to the root."""
        current: int | None = agency_id
        while current is not None:
            yield current
            current = self.agencies[current].parent_id

    def asks_signature(self, agency_id: int) -> bool:
        """Return whether a handler's answer waits for a liaison there: as the agency, or one above it, has said."""
        return any(self.agencies[above].liaison_signs for above in self.line_up(agency_id))

    def slug_of(self, agency_id: int | None) -> str:
        return "" if agency_id is None else self.agencies[agency_id].slug

    def calendar_of(self, agency_id: int) -> Calendar:
        return self.calendars[self.agencies[agency_id].calendar_id]

    def length_of(self, promise: Promise, category_id: int | None, classification: str) -> Length | None:
        """Return how long a promise takes: its category's own time, else its classification's, else the usual one."""
        usual = ((promise, None, classification), (promise, None, ""))
        for key in usual if category_id is None else ((promise, category_id, ""), *usual):
            if (found := self.targets.get(key)) is not None:
                return found
        return None

    def area_at(self, lat: float, lng: float) -> int | None:
        """Return the finest area at a point, or the nearest within the error of a phone; None is outside."""
        point = Point(lng, lat)
        inside = self._tree.query(point, predicate="intersects")
        if len(inside):
            return self.outlines[int(min(inside))][0]
        near = [self.outlines[i] for i in self._tree.query(point, predicate="dwithin", distance=NEAR_BORDER)]
        distance_to = {area_id: outline.distance(point) for area_id, outline in near}
        return min(distance_to, key=distance_to.__getitem__) if near else None


# By the database it was read from: the practice city is another one, with numbers of its own for the same agencies.
_held: dict[str, tuple[float, Installation]] = {}


def installation() -> Installation:
    """Return the government of this installation. Raises LookupError where no profile was loaded."""
    now, database = machine_time.monotonic(), _database()
    held = _held.get(database)
    if held is not None and now - held[0] < SECONDS_BETWEEN_LOOKS:
        return held[1]
    version = models.Government.objects.values_list("version", flat=True).first()
    if version is None:
        raise LookupError("no profile was loaded")
    found = _read() if held is None or held[1].version != version else held[1]
    _held[database] = (now, found)
    return found


def held_installation() -> Installation | None:
    """Return the government as it was last read, without asking the database; None where it never was."""
    held = _held.get(_database())
    return None if held is None else held[1]


def forget_installation() -> None:
    """Read it again at the next use: the profile was just loaded by this very process."""
    _held.clear()


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _read() -> Installation:
    government = models.Government.objects.get()
    areas = list(models.Area.objects.order_by("id"))  # one that is gone keeps its name, because old reports lie in it
    return Installation(
        version=government.version,
        name=Say(government.name_id, government.name_en),
        area_code=government.area_code,
        zone=ZoneInfo(government.zone),
        desk_id=government.desk_id,
        contact=government.contact,
        agencies={agency.pk: _agency(agency) for agency in models.Agency.objects.order_by("id")},
        categories={c.pk: _category(c) for c in models.Category.objects.select_related("parent").order_by("position")},
        areas={area.code: area.pk for area in areas if area.is_active},
        area_names={area.pk: (area.code, area.name) for area in areas},
        areas_inside=_inside([area for area in areas if area.is_active]),
        outlines=tuple((area.pk, shape(area.outline)) for area in areas if area.is_active and area.outline),
        calendars={calendar.pk: _calendar(calendar) for calendar in models.Calendar.objects.all()},
        targets={
            (target.promise, target.category_id, target.classification): Length(target.amount, Unit(target.unit))
            for target in models.Target.objects.all()
        },
        manners=Manners.of(government.manners),
        templates=tuple(
            _template(each) for each in models.Template.objects.filter(is_active=True).order_by("position")
        ),
    )


def _inside(areas: list[models.Area]) -> dict[int | None, tuple[int, ...]]:
    found: dict[int | None, list[int]] = defaultdict(list)
    for area in sorted(areas, key=lambda area: area.code):
        found[area.parent_id].append(area.pk)
    return {parent_id: tuple(ids) for parent_id, ids in found.items()}


def _agency(agency: models.Agency) -> AgencyLine:
    return AgencyLine(
        agency.pk,
        agency.slug,
        agency.name,
        agency.tier,
        agency.parent_id,
        agency.calendar_id,
        agency.is_desk,
        agency.examines,
        agency.is_active,
        agency.liaison_signs,
        agency.short or agency.name,
    )


def _category(category: models.Category) -> CategoryLine:
    return CategoryLine(
        category.pk,
        category.code,
        Say(category.name_id, category.name_en),
        category.parent.code if category.parent else None,
        category.owner_id,
        category.proof,
        category.is_restricted,
        category.suggests_secret,
        tuple(category.words),
        category.is_active,
    )


def _template(template: models.Template) -> TemplateLine:
    return TemplateLine(template.code, Act(template.act), Say(template.name_id, template.name_en), template.text)


def _calendar(calendar: models.Calendar) -> Calendar:
    days = models.Holiday.objects.filter(calendar=calendar).values_list("on", flat=True)
    return Calendar(
        zone=ZoneInfo(calendar.zone),
        opens=calendar.opens,
        closes=calendar.closes,
        weekdays=frozenset(calendar.weekdays),
        holidays=frozenset(days),
    )
