"""The register of agencies: a tree in which nothing that holds work is switched off."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, Q

from tuntas.agencies.models import Agency, Calendar, Category, Government
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.registers import Row, is_in_circle
from tuntas.rules.stranding import Held, why_not_off
from tuntas.steps.book import Asked, Choices, Scope, agency_choices, tier_choices

WRITES_AHEAD = False
NO_PARENT = Say("Pilih instansi di atasnya", "Choose the agency above it")
ONE_ROOT = Say("Instansi paling atas tidak punya atasan", "The topmost agency has none above it")
CIRCLE = Say("Instansi ini akan berada di bawah dirinya sendiri", "This agency would stand below itself")
PARENT_OFF = Say("Instansi di atasnya tidak dipakai lagi", "The agency above it is no longer in use")


def rows(today: date) -> dict[str, Row]:
    """Return every agency as a row."""
    found = Agency.objects.select_related("parent", "calendar").order_by("id")
    return {agency.slug: _row(agency) for agency in found}


def _row(agency: Agency) -> Row:
    return {
        "slug": agency.slug,
        "name": agency.name,
        "short": agency.short,
        "tier": agency.tier,
        "parent": agency.parent.slug if agency.parent else "",
        "calendar": agency.calendar.name,
        "email": agency.email,
        "liaison_signs": agency.liaison_signs,
        "is_active": agency.is_active,
    }


def key_of(row: Row) -> str:
    """Return the key of a row."""
    return str(row["slug"])


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name"])


def choices() -> Choices:
    """Return what can be chosen in each field."""
    calendars = Calendar.objects.order_by("name").values_list("name", flat=True)
    return {
        "tier": tier_choices(),
        "parent": agency_choices(active_only=False),
        "calendar": [(name, Say(name, name)) for name in calendars],
    }


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes this agency: the whole government's admin, or one above it."""
    return scope.is_root or row["parent"] in scope.at


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change."""
    yield from _tree(asked)
    if asked.switches_off and (say := why_not_off(_held(asked.text("slug")))) is not None:
        yield Mistake("/is_active", say)


def _tree(asked: Asked) -> Iterator[Mistake]:
    slug, parent = asked.text("slug"), asked.text("parent")
    parents = {child: above or "" for child, above in Agency.objects.values_list("slug", "parent__slug")}
    is_root = asked.before is not None and not asked.before["parent"]
    if is_root and parent:
        yield Mistake("/parent", ONE_ROOT)
    elif not is_root and not parent:
        yield Mistake("/parent", NO_PARENT)
    elif is_in_circle(slug, {**parents, slug: parent}):
        yield Mistake("/parent", CIRCLE)
    elif parent and asked.after["is_active"] and not Agency.objects.filter(slug=parent, is_active=True).exists():
        yield Mistake("/parent", PARENT_OFF)


def _held(slug: str) -> Held:
    agency = Agency.objects.get(slug=slug)
    touching = Q(holder=agency) | Q(offered_to=agency) | Q(desk=agency) | Q(helper_ids__contains=[agency.pk])
    government = Government.objects.get()
    return Held(
        reports=Report.objects.filter(touching, state__in=OPEN_STATES).count(),
        topics=Category.objects.filter(owner=agency, is_active=True).count(),
        children=Agency.objects.filter(parent=agency, is_active=True).count(),
        is_needed=agency.is_desk or agency.pk in {government.root_id, government.desk_id, government.ppid_id},
    )


def write(asked: Asked) -> str:
    """Write a row and return its key."""
    Agency.objects.update_or_create(
        slug=asked.text("slug"),
        defaults={
            "name": asked.text("name"),
            "short": asked.text("short"),
            "tier": asked.text("tier"),
            "parent": Agency.objects.get(slug=asked.text("parent")) if asked.text("parent") else None,
            "calendar": Calendar.objects.get(name=asked.text("calendar")),
            "email": asked.text("email"),
            "liaison_signs": asked.yes("liaison_signs"),
            "is_active": asked.yes("is_active"),
        },
    )
    return asked.text("slug")


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports each agency holds."""
    held = Report.objects.filter(state__in=OPEN_STATES, holder__slug__in=list(keys))
    return dict(held.values_list("holder__slug").annotate(n=Count("pk")).order_by())
