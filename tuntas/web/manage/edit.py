"""One form changes a row of any register, or adds one: at once, or from a day on, with the decree that says so."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.rules.registers import WEEKDAY_WORDS, WEEKDAYS, Field, Kind, Register, Row, mark_of, write_value
from tuntas.rules.registers_fields import FIELDS
from tuntas.rules.who import Role
from tuntas.steps.change_register import Stale
from tuntas.steps.registers import Shown, book_of, changes_of, shown_register, today_of
from tuntas.web.forms import Mistakes
from tuntas.web.manage.told import ADD, ADMINS, HOME, NAMES, labels_of, register_at, say_value, told_change
from tuntas.web.office.leave import day, number
from tuntas.web.office.office_page import ROLES, office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import once_only

LISTS = frozenset({Kind.WEEKDAYS, Kind.POSTS})
MORE_POSTS = 2  # empty pairs below those somebody holds
DAY, DECREE = "mulai-berlaku", "dasar"
NO_DAY = Say("Tulis tanggal seperti 2026-12-24", "Write a day like 2026-12-24")


@for_staff(ADMINS)
def add(request: HttpRequest, signed: Signed, slug: str) -> HttpResponse:
    """Add a row to a register. Raises NotFound."""
    register = register_at(slug)
    if register not in ADD:
        raise NotFound(NOT_FOUND)
    return _page(request, signed, register, slug, "")


@for_staff(ADMINS)
def edit(request: HttpRequest, signed: Signed, slug: str, key: str) -> HttpResponse:
    """Change a row of a register, or withdraw a change that waits. Raises NotFound."""
    return _page(request, signed, register_at(slug), slug, key)


def _page(request: HttpRequest, signed: Signed, register: Register, slug: str, key: str) -> HttpResponse:
    shown = shown_register(register, by=signed.actor, now=signed.now)
    if key and key not in shown.rows:
        raise NotFound(NOT_FOUND)
    mistakes, row, stale = Mistakes(), shown.rows.get(key), False
    if request.method == "POST":
        if register is Register.PEOPLE and (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        try:
            return once_only(
                request, caller=signed.key, do=lambda: _change(request, signed, register, slug, key), now=signed.now
            )
        except Invalid as no:
            ids = {f"/{field.name}": field.slug for field in FIELDS[register]}
            mistakes.add_step(no, {"/decree": DECREE, "/valid_from": DAY} | ids, FIELDS[register][0].slug)
        except Stale as no:
            stale, row = True, no.row
            mistakes.add(next(field.slug for field in FIELDS[register] if not field.fixed), no.say)
        except WrongState as no:
            mistakes.add(DAY, no.say)
    typed = _typed(request, FIELDS[register]) if request.method == "POST" else _written(FIELDS[register], row)
    labels, fields = labels_of(shown.choices), FIELDS[register]
    names = {field.name for field in fields}
    given = {
        "nav": "kelola",
        "slug": slug,
        "key": key,
        "action": f"{HOME}/{slug}/{key}" if key else f"{HOME}/tambah/{slug}",
        "register": NAMES[register],
        "title": Say(name := book_of(register).name_of(row), name) if row else ADD[register],
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "fields": [_field(field, typed, shown, mistakes, is_new=row is None) for field in fields],
        "seen": mark_of(row),
        "now_is": [(f.say, say_value(f.kind, row.get(f.name), labels.get(f.name, {}))) for f in fields]
        if stale and row
        else [],
        "has_day": "since" not in names,
        "has_decree": "decree" not in names,
        "said_day": request.POST.get(DAY, ""),
        "said_decree": request.POST.get(DECREE, ""),
        "day_wrong": mistakes.by_field.get(DAY),
        "today": today_of(signed.now),
        "n": shown.pointing.get(key, 0),
        "is_person": bool(key) and register is Register.PEOPLE and key != str(signed.person.person_id),
        "is_invited": "diundang" in request.GET,
        "changes": [told_change(each, labels, now=signed.now) for each in changes_of(register, key)] if key else [],
    }
    return office_page(request, signed, "manage/edit.html", given, status=422 if mistakes else 200)


def _change(request: HttpRequest, signed: Signed, register: Register, slug: str, key: str) -> str:
    """Do what the form says, and return where to go on. Raises NotFound, Invalid, WrongState."""
    post = request.POST
    if (withdrawn := number(post.get("tarik", ""))) is not None:
        steps.withdraw_change(withdrawn, by=signed.actor, now=signed.now)
        return f"{HOME}/{slug}/{key}"
    if "undang" in post and register is Register.PEOPLE:
        steps.invite(number(key) or 0, by=signed.actor, now=signed.now)
        return f"{HOME}/{slug}/{key}?diundang"
    wanted = post.get(DAY, "").strip()
    if wanted and day(wanted) is None:
        raise Invalid.field("/valid_from", NO_DAY)
    done = steps.change_register(
        register,
        key,
        _typed(request, FIELDS[register]),
        by=signed.actor,
        now=signed.now,
        decree=post.get(DECREE, ""),
        valid_from=day(wanted),
        seen=post.get("versi", ""),
    )
    if register is Register.PEOPLE and not key and done.applied_at:
        with suppress(NotFound):  # at an agency made just now: the button does it in a minute
            steps.invite(number(done.key) or 0, by=signed.actor, now=signed.now)
            return f"{HOME}/{slug}/{done.key}?diundang"
    return f"{HOME}/{slug}/{done.key}" if done.applied_at or key else f"{HOME}/{slug}"


def _written(fields: tuple[Field, ...], row: Row | None) -> dict[str, str]:
    if row is None:
        return {field.name: "ya" if field.name in ("is_active", "is_closed") else "" for field in fields}
    return {field.name: write_value(row.get(field.name)) for field in fields}


def _typed(request: HttpRequest, fields: tuple[Field, ...]) -> dict[str, str]:
    """Return what the form holds, by field; what stands in several controls is made one text."""
    post, typed = request.POST, dict[str, str]()
    for field in fields:
        if field.kind is Kind.YES:
            typed[field.name] = "ya" if field.slug in post else "tidak"
        elif field.kind is Kind.POSTS:
            pairs = zip(post.getlist(f"{field.slug}-peran"), post.getlist(f"{field.slug}-instansi"), strict=False)
            typed[field.name] = ", ".join(f"{role}@{slug}" for role, slug in pairs if role and slug)
        elif field.kind in LISTS:
            typed[field.name] = ", ".join(post.getlist(field.slug))
        else:
            typed[field.name] = post.get(field.slug, "")
    return typed


def _field(field: Field, typed: Mapping[str, str], shown: Shown, mistakes: Mistakes, *, is_new: bool) -> dict[str, Any]:
    """Return a field as the form shows it."""
    text = typed.get(field.name, "")
    options = shown.choices.get(field.name, [])
    parts = [part.strip() for part in text.split(",") if part.strip()] if field.kind in LISTS else []
    labels = dict(options)
    return {
        "slug": field.slug,
        "say": field.say,
        "kind": str(field.kind),
        "text": text,
        "most": field.most,
        "hint": field.hint,
        "needed": field.needed,
        "is_fixed": field.fixed and not is_new,
        "shown": labels.get(text, Say(text, text)),
        "options": options,
        "days": [(day, say, day in parts) for day, say in zip(WEEKDAYS, WEEKDAY_WORDS, strict=True)],
        "pairs": _pairs(parts) if field.kind is Kind.POSTS else [],
        "places": shown.choices.get("agency", []),
        "roles": [(str(role), ROLES[role]) for role in Role] if field.kind is Kind.POSTS else [],
        "wrong": mistakes.by_field.get(field.slug),
        "described": " ".join(f"{field.slug}-{mark}" for mark in _marks(field, mistakes)),
    }


def _marks(field: Field, mistakes: Mistakes) -> list[str]:
    """Return what stands beside a field and tells of it: its hint, what is wrong with it."""
    return ["h"] * (field.hint is not None) + ["e"] * mistakes.has(field.slug)


def _pairs(posts: list[str]) -> list[tuple[int, str, str]]:
    held = [tuple(post.partition("@")[::2]) for post in posts] + [("", "")] * MORE_POSTS
    return [(n, role, slug) for n, (role, slug) in enumerate(held, 1)]
