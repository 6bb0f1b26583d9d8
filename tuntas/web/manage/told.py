"""How the registers are called and shown: their slugs and words, a row's values, a change's before and after."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.kit.words import Say
from tuntas.rules.registers import WEEKDAY_WORDS, WEEKDAYS, Kind, Register, Value, changed_in, write_value
from tuntas.rules.registers_fields import FIELDS, OUTLINE
from tuntas.rules.who import Role
from tuntas.web.office.office_page import ROLES

if TYPE_CHECKING:
    from tuntas.people.models import Change

ADMINS = frozenset({Role.AGENCY_ADMIN})
HOME = "/kelola"
SLUGS: Mapping[str, Register] = {
    "instansi": Register.AGENCIES,
    "orang": Register.PEOPLE,
    "topik": Register.TOPICS,
    "janji": Register.PROMISES,
    "kalender": Register.CALENDARS,
    "hari": Register.DAYS,
    "templat": Register.TEMPLATES,
    "merek": Register.BRAND,
    "wilayah": Register.AREAS,
}
SLUG_OF = {register: slug for slug, register in SLUGS.items()}
NAMES: Mapping[Register, Say] = {
    Register.AGENCIES: Say("Instansi", "Agencies"),
    Register.PEOPLE: Say("Orang dan tugas", "People and posts"),
    Register.TOPICS: Say("Topik", "Topics"),
    Register.PROMISES: Say("Janji layanan", "Promises"),
    Register.CALENDARS: Say("Kalender kerja", "Calendars"),
    Register.DAYS: Say("Hari libur", "Closed days"),
    Register.TEMPLATES: Say("Templat jawaban", "Answer templates"),
    Register.BRAND: Say("Merek", "Brand"),
    Register.AREAS: Say("Wilayah", "Areas"),
}
ABOUT: Mapping[Register, Say] = {
    Register.AGENCIES: Say(
        "Siapa memegang laporan, dan siapa di atasnya.", "Who holds reports, and who is above them."
    ),
    Register.PEOPLE: Say("Siapa bekerja di mana, dan boleh apa.", "Who works where, and may do what."),
    Register.TOPICS: Say("Laporan tentang apa, dan milik siapa.", "What reports are about, and whose they are."),
    Register.PROMISES: Say("Berapa lama setiap janji, mulai hari apa.", "How long each promise takes, from which day."),
    Register.CALENDARS: Say("Jam dan hari kerja.", "Working hours and days."),
    Register.DAYS: Say("Libur dan cuti bersama, dengan nomor keputusannya.", "Days off, with their decrees."),
    Register.TEMPLATES: Say("Jawaban untuk dimulai dari sana.", "Answers to begin with."),
    Register.BRAND: Say("Nama, nomor, dan warna.", "Name, numbers and colours."),
    Register.AREAS: Say("Nama wilayah dan batasnya.", "Areas and their outlines."),
}
ADD: Mapping[Register, Say] = {
    Register.AGENCIES: Say("Tambah instansi", "Add an agency"),
    Register.PEOPLE: Say("Tambah orang", "Add a person"),
    Register.TOPICS: Say("Tambah topik", "Add a topic"),
    Register.PROMISES: Say("Tambah batas khusus", "Add a limit of its own"),
    Register.CALENDARS: Say("Tambah kalender", "Add a calendar"),
    Register.DAYS: Say("Tambah hari libur", "Add a closed day"),
    Register.TEMPLATES: Say("Tambah templat", "Add a template"),
    Register.AREAS: Say("Tambah wilayah", "Add an area"),
}
COLUMNS: Mapping[Register, tuple[str, ...]] = {
    Register.AGENCIES: ("tier",),
    Register.PEOPLE: ("email", "posts"),
    Register.TOPICS: ("owner",),
    Register.PROMISES: ("amount", "unit", "since", "decree"),
    Register.CALENDARS: ("zone", "opens", "closes", "weekdays"),
    Register.DAYS: ("calendar", "on", "decree"),
    Register.TEMPLATES: ("act",),
    Register.AREAS: ("code",),
}
TREES = frozenset({Register.AGENCIES, Register.TOPICS})
BY_PROFILE = Say("profil pemerintah", "the government's profile")
EMPTY = Say("kosong", "empty")
YES, NO = Say("ya", "yes"), Say("tidak", "no")
Labels = Mapping[str, Mapping[str, Say]]


def register_at(slug: str) -> Register:
    """Return the register of an address. Raises NotFound."""
    if slug not in SLUGS:
        raise NotFound(NOT_FOUND)
    return SLUGS[slug]


def labels_of(choices: Mapping[str, list[tuple[str, Say]]]) -> Labels:
    """Return the words of what can be chosen, by field."""
    return {name: dict(given) for name, given in choices.items()}


def say_value(kind: Kind, value: Value | None, labels: Mapping[str, Say]) -> Say:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return YES if value else NO
    if kind is Kind.WEEKDAYS and isinstance(value, list):
        return _joined([WEEKDAY_WORDS[WEEKDAYS.index(day)] for day in value])
    if kind is Kind.POSTS and isinstance(value, list):
        return _joined([_say_post(post, labels) for post in value])
    text = write_value(value)
    return labels.get(text, Say(text, text)) if text else EMPTY


def _say_post(post: str, labels: Mapping[str, Say]) -> Say:
    role, _, slug = post.partition("@")
    said, place = ROLES[Role(role)] if role in set(Role) else Say(role, role), labels.get(slug, Say(slug, slug))
    return Say(f"{said.id}, {place.id}", f"{said.en}, {place.en}")


def _joined(says: list[Say]) -> Say:
    return Say("; ".join(say.id for say in says), "; ".join(say.en for say in says)) if says else EMPTY


def told_change(change: "Change", labels: Labels, *, now: datetime) -> dict[str, Any]:
    """Return a change as the pages show it: each field that differs, before and after."""
    register = Register(change.register)
    fields = {field.name: field for field in (*FIELDS[register], OUTLINE)}
    lines = [
        {
            "say": fields[name].say,
            "before": _shown(change.before, name, fields[name].kind, labels),
            "after": _shown(change.after, name, fields[name].kind, labels),
        }
        for name in changed_in(change.before, change.after)
        if name in fields
    ]
    return {
        "id": change.pk,
        "register": NAMES[register],
        "slug": SLUG_OF[register],
        "key": change.key,
        "name": change.name,
        "lines": lines,
        "is_new": change.before is None,
        "decree": change.decree,
        "by": change.by.name if change.by else None,
        "at": change.at,
        "from": change.valid_from,
        "is_waiting": change.applied_at is None and change.withdrawn_at is None,
        "withdrawn": change.withdrawn_by.name if change.withdrawn_by else None,
        "trouble": Say(**change.trouble) if change.trouble else None,
    }


def _shown(row: Mapping[str, Value] | None, name: str, kind: Kind, labels: Labels) -> Say | None:
    return None if row is None else say_value(kind, row.get(name), labels.get(name, {}))
