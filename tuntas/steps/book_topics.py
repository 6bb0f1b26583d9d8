"""The register of topics: each has an owner that is in use."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count

from tuntas.agencies.models import Agency, Category
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.registers import Row, is_in_circle
from tuntas.steps.book import Asked, Choices, Scope, agency_choices

WRITES_AHEAD = False
CIRCLE = Say("Topik ini akan menjadi bagian dari dirinya sendiri", "This topic would be part of itself")
PARENT_OFF = Say("Topik di atasnya tidak dipakai lagi", "The topic above it is no longer in use")
OWNER_OFF = Say("Pilih instansi yang masih dipakai", "Choose an agency that is in use")
NOT_EXAMINING = Say(
    "Topik tersegel hanya bisa dimiliki instansi pemeriksa", "A sealed topic belongs to an agency that examines"
)
HAS_PARTS = Say(
    "Masih ada {n} topik yang menjadi bagiannya. Pindahkan dulu.",
    "There are still {n} topics below it. Move them first.",
)


def rows(today: date) -> dict[str, Row]:
    """Return every topic as a row."""
    found = Category.objects.select_related("parent", "owner").order_by("position", "id")
    return {topic.code: _row(topic) for topic in found}


def _row(topic: Category) -> Row:
    return {
        "code": topic.code,
        "name_id": topic.name_id,
        "name_en": topic.name_en,
        "parent": topic.parent.code if topic.parent else "",
        "owner": topic.owner.slug,
        "proof": topic.proof,
        "suggests_secret": topic.suggests_secret,
        "words": list(topic.words),
        "position": topic.position,
        "is_active": topic.is_active,
    }


def key_of(row: Row) -> str:
    """Return the key of a row."""
    return str(row["code"])


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name_id"])


def choices() -> Choices:
    """Return what can be chosen in each field."""
    topics = Category.objects.order_by("position", "id").values_list("code", "name_id", "name_en")
    return {
        "parent": [(code, Say(name_id, name_en)) for code, name_id, name_en in topics],
        "owner": agency_choices(active_only=False),
    }


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes topics: they are the whole government's."""
    return scope.is_root


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change."""
    after = asked.after
    code, parent = str(after["code"]), str(after["parent"])
    parents = {child: above or "" for child, above in Category.objects.values_list("code", "parent__code")}
    if is_in_circle(code, {**parents, code: parent}):
        yield Mistake("/parent", CIRCLE)
    elif parent and after["is_active"] and not Category.objects.filter(code=parent, is_active=True).exists():
        yield Mistake("/parent", PARENT_OFF)
    owner = Agency.objects.get(slug=asked.text("owner"))
    if after["is_active"] and not owner.is_active:
        yield Mistake("/owner", OWNER_OFF)
    elif not owner.examines and Category.objects.filter(code=code, is_restricted=True).exists():
        yield Mistake("/owner", NOT_EXAMINING)
    if asked.switches_off and (n := Category.objects.filter(parent__code=code, is_active=True).count()):
        yield Mistake("/is_active", HAS_PARTS.fill(n=n))


def write(asked: Asked) -> str:
    """Write a row and return its key."""
    Category.objects.update_or_create(
        code=asked.text("code"),
        defaults={
            "name_id": asked.text("name_id"),
            "name_en": asked.text("name_en"),
            "parent": Category.objects.get(code=asked.text("parent")) if asked.text("parent") else None,
            "owner": Agency.objects.get(slug=asked.text("owner")),
            "proof": asked.yes("proof"),
            "suggests_secret": asked.yes("suggests_secret"),
            "words": asked.many("words"),
            "position": asked.number("position"),
            "is_active": asked.yes("is_active"),
        },
    )
    return asked.text("code")


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports are about each topic."""
    about = Report.objects.filter(state__in=OPEN_STATES, category__code__in=list(keys))
    return dict(about.values_list("category__code").annotate(n=Count("pk")).order_by())
