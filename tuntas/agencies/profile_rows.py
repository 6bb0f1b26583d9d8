"""The rows of a profile: what a government says about itself, checked and typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from shapely.geometry.base import BaseGeometry

from tuntas.agencies.located import Where
from tuntas.kit.words import Language, Say
from tuntas.rules.clock import Length
from tuntas.rules.ladder import Rung
from tuntas.rules.life import Act, Promise
from tuntas.rules.manners import Manners
from tuntas.rules.reasons import Classification
from tuntas.rules.who import Role


@dataclass(frozen=True, slots=True)
class GovernmentRow:
    """The government itself: one installation serves one."""

    slug: str
    name: Say
    area_code: str
    zone: str
    languages: tuple[Language, ...]  # the first is shown unless another is asked for
    phone: str | None
    whatsapp: str | None
    email: str
    exit: str | None  # the harmless page that “leave quickly” opens
    desk: str  # slug of the agency whose people sort what comes in
    ppid: str | None  # slug of the agency that answers formal requests for information
    calendar: str  # of every agency without one of its own
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SealedRow:
    """What is fixed for the sealed room; all of it may be left out."""

    signer: str = ""  # the public key, base64, that alone signs the list of readers


@dataclass(frozen=True, slots=True)
class TierRow:
    """A kind of agency, such as office or district; a free word of the government."""

    code: str
    name: Say
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One body of the government, or a unit of one."""

    slug: str
    name: str
    short: str
    tier: str
    parent: str | None  # None for the root alone
    email: str | None
    calendar: str | None  # None: the government's
    examines: bool  # may hold restricted reports
    liaison_signs: bool  # a handler's answer waits for a liaison's signature
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A place of the government, from the whole down to the village."""

    code: str
    name: str
    parent: str | None  # None for the whole
    shape: BaseGeometry | None  # longitude and latitude in degrees; never None in a profile that was read
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """What a report can be about, and who answers for it."""

    code: str
    name: Say
    owner: str
    proof: bool
    restricted: bool
    secret_suggested: bool
    hides_reporter: bool
    resolve: Length | None  # None: by classification
    parent: str | None
    words: tuple[str, ...]  # that make a story sound as if it were about this
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """How long one promise runs; for some classifications another time than for the rest."""

    name: Promise
    length: Length
    by_classification: Mapping[Classification, Length]
    where: Where = field(repr=False, compare=False)
    agency: str | None = None  # None: every agency
    tier: str | None = None
    category: str | None = None
    since: date | None = None  # None: always
    decree: str = ""


@dataclass(frozen=True, slots=True)
class RungRow:
    """One rung of the ladder that clocks climb."""

    promises: tuple[Promise, ...]  # none: of every promise that has no rung of its own
    rung: Rung
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day put into a calendar, or taken out, and the decree that says so."""

    date: date
    name: str
    decree: str
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """When an agency is open."""

    name: str
    zone: str
    opens: time
    closes: time
    weekdays: frozenset[int]  # 0 is Monday
    holidays_country: str
    holidays_categories: tuple[str, ...]
    first_year: int
    last_year: int
    extra: tuple[DayRow, ...]
    without: tuple[DayRow, ...]
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A role in an agency; it reaches that agency and all below it."""

    role: Role
    agency: str
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who works with the program, and with which posts."""

    name: str
    email: str
    posts: tuple[PostRow, ...]
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """An answer to begin with; whoever uses it adds words of their own."""

    code: str
    act: Act  # for which it is offered
    name: Say
    text: str
    where: Where = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """All that differs between governments; agencies, areas and categories have parents before children."""

    government: GovernmentRow
    tiers: tuple[TierRow, ...]
    agencies: tuple[AgencyRow, ...]
    areas: tuple[AreaRow, ...]
    categories: tuple[CategoryRow, ...]
    promises: tuple[PromiseRow, ...]
    rungs: tuple[RungRow, ...]
    calendars: tuple[CalendarRow, ...]
    people: tuple[PersonRow, ...]
    manners: Manners
    templates: tuple[TemplateRow, ...]
    sealed: SealedRow
