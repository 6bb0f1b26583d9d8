"""Write out what a government says about itself, as a folder that ``tuntas load-profile`` reads: from the database, so
with all that was changed since the folder it once came from. Passwords, tokens and keys stay here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tuntas.agencies.areas import OWN
from tuntas.agencies.located import Where
from tuntas.agencies.models import Agency, Area, Calendar, Category, Government, Ladder, Target, Template
from tuntas.agencies.profile import WEEKDAYS, holidays_of
from tuntas.agencies.profile_rows import CalendarRow
from tuntas.kit.toml import as_toml
from tuntas.people.models import Person
from tuntas.rules.life import Promise

COUNTRY, KINDS = "ID", ["public", "government"]  # of free days; what differs is written as extra and without
NOT_KEPT = "tidak tercatat"  # the decree of a free day that came without one
Table = dict[str, Any]


def export_profile(folder: Path) -> None:
    """Write the folder. Areas of an official list stay out: ``tuntas import-areas`` brings them in."""
    government = Government.objects.select_related("desk__calendar", "root__calendar", "ppid").get()
    usual = government.root.calendar
    _write(folder / "government.toml", _government(government, usual), tier=_tiers(government))
    _write(folder / "agencies.toml", {}, agency=_agencies(usual))
    _write(folder / "categories.toml", {}, category=_categories())
    _write(folder / "promises.toml", {}, promise=_promises())
    _write(folder / "ladder.toml", {}, rung=_rungs())
    _write(folder / "calendar.toml", {}, calendar=map(_calendar, Calendar.objects.order_by("pk")))
    _write(folder / "people.toml", {}, person=_people())
    _write(folder / "answers.toml", _manners(government.manners), template=_templates())
    areas = list(Area.objects.filter(is_active=True, source=OWN).order_by("code"))
    _write(folder / "areas.toml", {}, area=({"code": area.code, "name": area.name} for area in areas))
    drawn = [_feature(area) for area in areas if area.outline]
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": drawn}))


def _write(path: Path, single: Mapping[str, Table], **several: Iterable[Table]) -> None:
    """Write a file of tables: the single ones first, then lists of tables; what says nothing is left out."""
    told: dict[str, Table | list[Table]] = {name: _said_of(table) for name, table in single.items()}
    rows = {name: [_said_of(table) for table in tables] for name, tables in several.items()}
    path.write_text(as_toml({**told, **{name: some for name, some in rows.items() if some}}))


def _said_of(table: Table) -> Table:
    return {name: value for name, value in table.items() if value not in ("", None, [], {}, False)}


def _said(id_: str, en: str) -> Table:
    return {"id": id_, "en": en}


def _government(row: Government, usual: Calendar) -> dict[str, Table]:
    told: Table = {
        "slug": row.slug,
        "name": _said(row.name_id, row.name_en),
        "area_code": row.area_code,
        "zone": row.zone,
        "languages": ["id", "en"],
        **{key: row.contact.get(key, "") for key in ("phone", "whatsapp", "email", "exit")},
        "desk": row.desk.slug,
        "ppid": row.ppid.slug if row.ppid else "",
        "calendar": usual.name,
    }
    return {"government": told} | ({"sealed": {"signer": row.signer}} if row.signer else {})


def _tiers(row: Government) -> list[Table]:
    return [{"code": tier["code"], "name": _said(tier["id"], tier["en"])} for tier in row.tiers]


def _agencies(usual: Calendar) -> Iterator[Table]:
    for row in Agency.objects.filter(is_active=True).select_related("parent", "calendar").order_by("pk"):
        yield {
            "slug": row.slug,
            "name": row.name,
            "short": row.short,
            "tier": row.tier,
            "parent": row.parent.slug if row.parent else "",
            "email": row.email,
            "calendar": "" if row.calendar_id == usual.pk else row.calendar.name,
            "examines": row.examines,
            "liaison_signs": row.liaison_signs,
        }


def _categories() -> Iterator[Table]:
    own = {target.category_id: target for target in _targets() if _is_of_category(target)}
    rows = Category.objects.filter(is_active=True).select_related("parent", "owner").order_by("position")
    for row in rows:
        length = own.get(row.pk)
        yield {
            "code": row.code,
            "name": _said(row.name_id, row.name_en),
            "owner": row.owner.slug,
            "parent": row.parent.code if row.parent else "",
            "words": row.words,
            "proof": row.proof,
            "restricted": row.is_restricted,
            "secret_suggested": row.suggests_secret,
            "resolve": f"{length.amount} {length.unit}" if length else "",
        }


def _targets() -> list[Target]:
    return list(Target.objects.filter(is_active=True).select_related("category", "agency").order_by("pk"))


def _is_of_category(target: Target) -> bool:
    """Return whether it is a category's own time to resolve, which stands with the category."""
    plain = not (target.classification or target.agency_id or target.tier or target.since or target.decree)
    return target.promise == Promise.RESOLVE and target.category_id is not None and plain


def _promises() -> Iterator[Table]:
    groups: dict[tuple[object, ...], list[Target]] = {}
    for target in _targets():
        if not _is_of_category(target):
            of = (target.promise, target.category_id, target.agency_id, target.tier, target.since, target.decree)
            groups.setdefault((*of, target.unit), []).append(target)
    for targets in groups.values():
        lengths = {target.classification: target.amount for target in targets}
        first = targets[0]
        yield {
            "name": first.promise,
            "length": lengths.pop("", first.amount),
            "unit": first.unit,
            "by_classification": lengths,
            "category": first.category.code if first.category else "",
            "agency": first.agency.slug if first.agency else "",
            "tier": first.tier,
            "since": first.since,
            "decree": first.decree,
        }


def _rungs() -> Iterator[Table]:
    for ladder in Ladder.objects.filter(is_active=True).order_by("pk"):
        for rung in ladder.rungs:
            yield {"promises": [ladder.promise], **rung}


def _calendar(row: Calendar) -> Table:
    free = {day.on: day for day in row.holidays.order_by("on")}
    years = [day.year for day in free] or [2024]
    blank = CalendarRow(
        row.name,
        row.zone,
        row.opens,
        row.closes,
        frozenset(row.weekdays),
        COUNTRY,
        tuple(KINDS),
        min(years),
        max(years),
        (),
        (),
        Where(""),
    )
    usual = holidays_of(blank)
    return {
        "name": row.name,
        "zone": row.zone,
        "opens": f"{row.opens:%H:%M}",
        "closes": f"{row.closes:%H:%M}",
        "weekdays": [WEEKDAYS[day] for day in row.weekdays],
        "holidays_country": COUNTRY,
        "holidays_categories": KINDS,
        "first_year": min(years),
        "last_year": max(years),
        "extra": [
            {"date": on, "name": day.name, "decree": day.decree or NOT_KEPT}
            for on, day in free.items()
            if on not in usual or usual[on][:200] != day.name
        ],
        "without": [{"date": on, "name": usual[on], "decree": NOT_KEPT} for on in usual if on not in free],
    }


def _people() -> Iterator[Table]:
    for person in Person.objects.filter(posts__isnull=False).distinct().order_by("pk"):
        posts = person.posts.select_related("agency").filter(agency__is_active=True).order_by("pk")
        told = [{"role": post.role, "agency": post.agency.slug} for post in posts]
        if told:
            yield {"name": person.name, "email": person.email, "posts": told}


def _manners(given: Mapping[str, Any]) -> dict[str, Table]:
    return {"manners": dict(given)} if given else {}


def _templates() -> Iterator[Table]:
    for row in Template.objects.filter(is_active=True).order_by("position"):
        yield {"code": row.code, "act": row.act, "name": _said(row.name_id, row.name_en), "text": row.text}


def _feature(area: Area) -> Table:
    return {"type": "Feature", "properties": {"code": area.code, "name": area.name}, "geometry": area.outline}
