"""The government this installation serves, held in memory: read often, changed by a profile load.

Every few seconds one small query asks whether the profile changed; only then is it read again.
"""

import time as machine_time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db import connection

from tuntas.agencies import models
from tuntas.agencies.areas import Areas, Outline
from tuntas.kit.words import Say
from tuntas.rules.brand import css_of, hash_of
from tuntas.rules.clock import Calendar, Length, Unit
from tuntas.rules.ladder import Ladder, ladder_of
from tuntas.rules.life import Act, Promise
from tuntas.rules.limits import ALWAYS, Limit, Limits, Matter
from tuntas.rules.manners import Manners

SECONDS_BETWEEN_LOOKS = 5.0


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
    ppid_id: int | None  # who answers formal requests for information
    contact: Mapping[str, str]
    tiers: Mapping[str, Say]
    agencies: Mapping[int, AgencyLine]
    categories: Mapping[int, CategoryLine]
    places: Areas
    calendars: Mapping[int, Calendar]
    limits: Limits
    ladders: Mapping[int, Ladder]  # those of old clocks, too
    ladder_ids: Mapping[str, int]  # by promise: what a new clock climbs
    manners: Manners
    templates: tuple[TemplateLine, ...]
    signer: str  # base64: the one key that signs the list of readers; empty where the profile names none
    brand: Mapping[str, str]  # colours of its own: rules.brand
    recoveries: int | None  # how often the recovery key of the sealed room was used; everybody may know

    @property
    def number_prefix(self) -> str:
        """The area code as it stands in front of numbers: 3273 for 32.73."""
        return self.area_code.replace(".", "")

    @cached_property
    def brand_hash(self) -> str:
        """What the style sheet of its own colours is called; empty where it has none."""
        css = css_of(self.brand)
        return hash_of(css) if css else ""

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

    @property
    def areas(self) -> Mapping[str, int]:
        return self.places.ids

    @property
    def area_names(self) -> Mapping[int, tuple[str, str]]:
        """By id: code and name."""
        return self.places.names

    @property
    def areas_inside(self) -> Mapping[int | None, tuple[int, ...]]:
        """Those right inside one, in the order of their codes."""
        return self.places.inside

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The finest outlines that are known."""
        return self.places.outlines

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

    def length_of(
        self,
        promise: Promise,
        now: datetime,
        *,
        category_id: int | None = None,
        classification: str = "",
        agency_id: int | None = None,
    ) -> Length | None:
        """Return how long a promise takes that begins now at an agency, the desk where none is named: rules.limits."""
        agency_id = agency_id or self.desk_id
        return self.limits.length_of(
            promise,
            category_id=category_id,
            classification=classification,
            line=tuple(self.line_up(agency_id)),
            tier=self.agencies[agency_id].tier,
            on=now.astimezone(self.zone).date(),
        )

    def ladder(self, ladder_id: int) -> Ladder:
        """Return a ladder that a clock climbs; one that was loaded within these seconds is read again."""
        if ladder_id not in self.ladders:
            return ladder_of(models.Ladder.objects.values_list("rungs", flat=True).get(pk=ladder_id))
        return self.ladders[ladder_id]

    def area_at(self, lat: float, lng: float) -> int | None:
        """Return the finest area at a point, or the nearest within the error of a phone; None is outside."""
        return self.places.at(lat, lng)


# By the database it was read from: the practice city is another one, with numbers of its own for the same agencies.
_held: dict[str, tuple[float, Installation]] = {}
_places: dict[str, Areas] = {}  # apart, because they are many and seldom change


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
    _places.clear()


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _read() -> Installation:
    """Read it whole. Words of newer code, which may have loaded the profile already, are passed over."""
    government = models.Government.objects.get()
    ladders = list(models.Ladder.objects.all())
    return Installation(
        version=government.version,
        name=Say(government.name_id, government.name_en),
        area_code=government.area_code,
        zone=ZoneInfo(government.zone),
        desk_id=government.desk_id,
        ppid_id=government.ppid_id,
        contact=government.contact,
        tiers={tier["code"]: Say(tier["id"], tier["en"]) for tier in government.tiers},
        agencies={agency.pk: _agency(agency) for agency in models.Agency.objects.order_by("id")},
        categories={c.pk: _category(c) for c in models.Category.objects.select_related("parent").order_by("position")},
        places=_read_places(government.areas_version),
        calendars={calendar.pk: _calendar(calendar) for calendar in models.Calendar.objects.all()},
        limits=Limits(_limit(each) for each in models.Target.objects.filter(is_active=True, promise__in=list(Promise))),
        ladders={ladder.pk: ladder_of(ladder.rungs) for ladder in ladders},
        ladder_ids={ladder.promise: ladder.pk for ladder in ladders if ladder.is_active},
        manners=Manners.of(government.manners),
        templates=tuple(
            _template(each)
            for each in models.Template.objects.filter(is_active=True, act__in=list(Act)).order_by("position")
        ),
        signer=government.signer,
        brand=government.brand,
        recoveries=government.recoveries,
    )


def _limit(target: models.Target) -> Limit:
    matter = Matter(Promise(target.promise), target.category_id, target.classification, target.agency_id, target.tier)
    return Limit(matter, Length(target.amount, Unit(target.unit)), target.since or ALWAYS)


def _read_places(version: int) -> Areas:
    held = _places.get(_database())
    if held is None or held.version != version:
        held = _places[_database()] = Areas(version)
    return held


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
