"""Draw areas anew, from a file that says where each begins and ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import cos, radians

from django.db import transaction
from shapely.geometry import mapping
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from tuntas.agencies.area_files import OutlineRow
from tuntas.agencies.areas import OWN
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Area
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound
from tuntas.kit.words import Say
from tuntas.people.models import Change
from tuntas.rules.registers import Register, Row
from tuntas.rules.registers_fields import OUTLINE
from tuntas.rules.who import Actor
from tuntas.steps.book import scope_of
from tuntas.steps.book_areas import read_again
from tuntas.steps.change_register import NO_DECREE, noticed
from tuntas.steps.load_profile import lock_profile
from tuntas.steps.registers import today_of

DEGREE = 111.32  # kilometres of latitude
NOTHING = Say("Berkas ini tidak mengubah batas apa pun.", "This file changes no outline.")


@dataclass(slots=True)
class Drawn:
    """What a file of outlines does."""

    changes: list[Change] = field(default_factory=list)  # with how large each area was and is
    unknown: list[str] = field(default_factory=list)  # codes that are not in the list
    own: list[str] = field(default_factory=list)  # codes the profile draws itself
    repaired: int = 0


def try_outlines(outlines: Sequence[OutlineRow], *, by: Actor, now: datetime) -> Drawn:
    """Say what a file would draw, and write nothing. Raises NotFound for whoever may not."""
    if not scope_of(by).is_root:
        raise NotFound(NOT_FOUND)
    drawn = Drawn(repaired=sum(row.was_broken for row in outlines))
    for _ in _changes(outlines, drawn, by, now, ""):
        pass
    return drawn


def bring_outlines(outlines: Sequence[OutlineRow], *, by: Actor, now: datetime, decree: str) -> Drawn:
    """Draw the areas of a file that changed, all or none, and keep who did.

    Raises NotFound, Invalid at /decree, /file.
    """
    if not scope_of(by).is_root:
        raise NotFound(NOT_FOUND)
    if not decree.strip():
        raise Invalid.field("/decree", NO_DECREE)
    with transaction.atomic():
        lock_profile()
        drawn = Drawn(repaired=sum(row.was_broken for row in outlines))
        for area, shape in _changes(outlines, drawn, by, now, decree.strip()):
            Area.objects.filter(pk=area.pk).update(outline=mapping(shape))
        if not drawn.changes:
            raise Invalid.field("/file", NOTHING)
        Change.objects.bulk_create(drawn.changes)
        read_again()
        noticed()
    forget_installation()
    return drawn


def _changes(
    outlines: Sequence[OutlineRow], drawn: Drawn, by: Actor, now: datetime, decree: str
) -> Iterator[tuple[Area, BaseGeometry]]:
    """Yield the areas to draw anew, and note in *drawn* what becomes of each row."""
    known = {area.code: area for area in Area.objects.filter(code__in=[row.code for row in outlines], is_active=True)}
    for row in {row.code: row for row in outlines}.values():
        area = known.get(row.code)
        if area is None:
            drawn.unknown.append(row.code)
        elif area.source == OWN:
            drawn.own.append(row.code)
        elif (old := _shape(area)) is None or not old.equals_exact(row.shape, 0):
            drawn.changes.append(
                Change(
                    register=Register.AREAS,
                    key=area.code,
                    name=area.name,
                    before=_row(area, old),
                    after=_row(area, row.shape),
                    decree=decree[:200],
                    by_id=by.person_id,
                    at=now,
                    valid_from=today_of(now),
                    applied_at=now,
                )
            )
            yield area, row.shape


def _shape(area: Area) -> BaseGeometry | None:
    return shape_of(area.outline) if area.outline else None


def _row(area: Area, shape: BaseGeometry | None) -> Row:
    size = 0.0 if shape is None else float(shape.area * DEGREE**2 * cos(radians(shape.centroid.y)))
    return {"code": area.code, "name": area.name, "is_active": area.is_active, OUTLINE.name: f"{size:.2f} km²"}
