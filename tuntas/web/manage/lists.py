"""One page lists the rows of any register: agencies and topics as a tree, all others one below the other."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas.rules.registers import Register, Row, in_tree
from tuntas.rules.registers_fields import FIELDS
from tuntas.steps.registers import Shown, book_of, shown_register, waiting_changes
from tuntas.web.manage.told import ABOUT, ADD, ADMINS, COLUMNS, HOME, NAMES, TREES, labels_of, register_at, say_value
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import see_other

MOST = 300  # rows on a page; more are found by their words


@for_staff(ADMINS, methods=("GET", "HEAD"))
def rows(request: HttpRequest, signed: Signed, slug: str) -> HttpResponse:
    """List a register. Raises NotFound."""
    register = register_at(slug)
    if register is Register.BRAND:
        return see_other(f"{HOME}/{slug}/{slug}")
    shown = shown_register(register, by=signed.actor, now=signed.now)
    asked = request.GET.get("cari", "").strip()[:100]
    found = {key: row for key, row in shown.rows.items() if _fits(row, asked)}
    comes = {change.key: change.valid_from for change in waiting_changes(by=signed.actor, register=register)}
    keys = list(found)[:MOST]
    told = {key: _told(register, key, found[key], shown, comes) for key in keys}
    is_tree = register in TREES and not asked and len(found) <= MOST
    given = {
        "nav": "kelola",
        "slug": slug,
        "name": NAMES[register],
        "about": ABOUT[register],
        "add": ADD.get(register),
        "asked": asked,
        "n": len(found),
        "more": max(0, len(found) - MOST),
        "tree": _tree(told, found) if is_tree else [],
        "rows": [] if is_tree else list(told.values()),
    }
    return office_page(request, signed, "manage/list.html", given)


def _fits(row: Row, asked: str) -> bool:
    """Return whether every word stands somewhere in the row."""
    text = " ".join(str(value) for value in row.values()).lower()
    return all(word in text for word in asked.lower().split())


def _told(register: Register, key: str, row: Row, shown: Shown, comes: Mapping[str, date]) -> dict[str, Any]:
    fields, labels = {field.name: field for field in FIELDS[register]}, labels_of(shown.choices)
    return {
        "key": key,
        "name": book_of(register).name_of(row),
        "more": [
            say_value(fields[name].kind, row[name], labels.get(name, {})) for name in COLUMNS[register] if row.get(name)
        ],
        "is_off": row.get("is_active") is False,
        "n": shown.pointing.get(key, 0),
        "comes": comes.get(key),
        "below": [],
    }


def _tree(told: Mapping[str, dict[str, Any]], rows: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Return the rows as branches: each with those below it."""
    parents = {key: str(rows[key]["parent"]) for key in told}
    top, line = list[dict[str, Any]](), list[dict[str, Any]]()
    for key, depth in in_tree(told, parents):
        (line[depth - 1]["below"] if depth else top).append(told[key])
        line[depth:] = [told[key]]
    return top
