"""The register of promises: limits that are never changed; a new one counts from its day on (rules.limits)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import models

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency, Category, Target
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.rules.clock import Unit
from tuntas.rules.life import Promise
from tuntas.rules.reason_words import CLASSIFICATIONS
from tuntas.rules.reasons import Classification
from tuntas.rules.registers import Row
from tuntas.rules.words import PROMISES
from tuntas.steps.book import Asked, Choices, Scope, agency_choices, tier_choices

WRITES_AHEAD = True
UNITS = {
    Unit.HOURS: Say("jam", "hours"),
    Unit.DAYS: Say("hari, libur ikut dihitung", "days, holidays too"),
    Unit.WORKING_DAYS: Say("hari kerja", "working days"),
}
SHORTEST = Say("Tulis 1 atau lebih", "Write 1 or more")
ONE_OF_BOTH = Say("Pilih instansi atau tingkat, jangan keduanya", "Choose an agency or a tier, not both")
ONE_MATTER = Say("Pilih topik atau jenis laporan, jangan keduanya", "Choose a topic or a kind, not both")
_Matter = tuple[str, str, str, str, str]


def rows(today: date) -> dict[str, Row]:
    """Return the limit in force for every matter; one that only begins later stands as it will be."""
    found = dict[str, Row]()
    targets = Target.objects.filter(is_active=True).select_related("category", "agency").order_by("id")
    for target in sorted(targets, key=lambda target: target.since or date.min):
        row = _row(target)
        if key_of(row) not in found or (target.since or date.min) <= today:
            found[key_of(row)] = row
    return dict(sorted(found.items(), key=lambda item: _order(item[1])))


def _row(target: Target) -> Row:
    return {
        "promise": target.promise,
        "category": target.category.code if target.category else "",
        "classification": target.classification,
        "agency": target.agency.slug if target.agency else "",
        "tier": target.tier,
        "amount": target.amount,
        "unit": target.unit,
        "since": target.since.isoformat() if target.since else "",
        "decree": target.decree,
    }


def _order(row: Row) -> tuple[int, _Matter]:
    return list(Promise).index(Promise(str(row["promise"]))), _matter(row)


def _matter(row: Row) -> _Matter:
    promise, category, kind, agency, tier = (
        str(row[name]) for name in ("promise", "category", "classification", "agency", "tier")
    )
    return promise, category, kind, agency, tier


def key_of(row: Row) -> str:
    """Return the key of a row: what the limit is for."""
    return ":".join(_matter(row)).rstrip(":")


def name_of(row: Row) -> str:
    """Return what people call a row."""
    promise, category, kind, agency, tier = _matter(row)
    here, parts = installation(), [PROMISES[Promise(promise)]]
    if category:
        parts.append(here.category_by_code[category].name if category in here.category_by_code else Say(category, ""))
    if kind:
        parts.append(CLASSIFICATIONS[Classification(kind)])
    if agency:
        parts.append(Say(here.agency_by_slug[agency].name if agency in here.agency_by_slug else agency, ""))
    if tier:
        parts.append(here.tiers.get(tier, Say(tier, "")))
    return ", ".join(part.id for part in parts)


def choices() -> Choices:
    """Return what can be chosen in each field."""
    topics = Category.objects.filter(is_active=True).order_by("position", "id")
    return {
        "promise": [(str(promise), PROMISES[promise]) for promise in Promise],
        "category": [(code, Say(a, b)) for code, a, b in topics.values_list("code", "name_id", "name_en")],
        "classification": [(str(kind), CLASSIFICATIONS[kind]) for kind in Classification],
        "agency": agency_choices(),
        "tier": tier_choices(),
        "unit": [(str(unit), say) for unit, say in UNITS.items()],
    }


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes promises: they are the whole government's."""
    return scope.is_root


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change."""
    if not asked.number("amount"):
        yield Mistake("/amount", SHORTEST)
    if asked.text("agency") and asked.text("tier"):
        yield Mistake("/tier", ONE_OF_BOTH)
    if asked.text("category") and asked.text("classification"):
        yield Mistake("/classification", ONE_MATTER)


def write(asked: Asked) -> str:
    """Add a limit that counts from its day on, in place of another one for the same matter and day."""
    _of(asked).filter(is_active=True).update(is_active=False)
    Target.objects.create(
        promise=asked.text("promise"),
        category=Category.objects.filter(code=asked.text("category")).first(),
        classification=asked.text("classification"),
        agency=Agency.objects.filter(slug=asked.text("agency")).first(),
        tier=asked.text("tier"),
        amount=asked.number("amount"),
        unit=asked.text("unit"),
        since=asked.on,
        decree=asked.decree,
    )
    return key_of(asked.after)


def take_back(asked: Asked) -> None:
    """Switch off a limit whose day has not come: no clock began with it."""
    _of(asked).filter(amount=asked.number("amount"), unit=asked.text("unit")).update(is_active=False)


def _of(asked: Asked) -> models.QuerySet[Target]:
    category, agency = asked.text("category") or None, asked.text("agency") or None
    return Target.objects.filter(
        promise=asked.text("promise"),
        classification=asked.text("classification"),
        tier=asked.text("tier"),
        since=asked.on,
        **({"category__code": category} if category else {"category": None}),
        **({"agency__slug": agency} if agency else {"agency": None}),
    )


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports point at each limit: clocks keep what was promised when they began."""
    return {}


def is_written(row: Row) -> bool:
    """Return whether a limit stands as a row says, now or from its day on."""
    targets = Target.objects.filter(is_active=True, promise=row["promise"], since=str(row["since"]) or None)
    return any(_row(target) == row for target in targets.select_related("category", "agency"))
