"""The inbox: queues at the left, the list, and beside it the report that is open. All of it lives in the address."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotFound
from tuntas.kit.words import Say
from tuntas.people.duty import waiting_for
from tuntas.people.filters import filters_of
from tuntas.reports.inbox_queries import count_new, photo_counts, queue_counts
from tuntas.reports.queries import MATCH, desk_page
from tuntas.reports.search import words_found
from tuntas.rules.keys import NAMES, keys_of
from tuntas.rules.who import DESK_ROLES
from tuntas.web.office.filters import SORTS, View, choices, read_view, tags_of
from tuntas.web.office.office_page import office_page
from tuntas.web.office.peek import Sent, open_report, peek_of
from tuntas.web.office.queues import QUEUES, counted
from tuntas.web.office.rows import rows_of
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.since import instant_of
from tuntas.web.office.undo import Undoable, released, undoable
from tuntas.web.page import page

EVERYTHING = Say("Semua laporan", "All reports")
LOOK_ONLY = ("GET", "HEAD")


@for_staff(DESK_ROLES, methods=LOOK_ONLY)
def inbox(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the inbox."""
    view = read_view(request.GET, signed.zone)
    return inbox_page(request, signed, view, open_name=request.GET.get("buka", "")[:40])


def inbox_page(
    request: HttpRequest,
    signed: Signed,
    view: View,
    *,
    open_name: str = "",
    sent: Sent | None = None,
    refused: Say | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the inbox with one report open, or none; what is not there, or not theirs to open, is told with 404."""
    try:
        found = desk_page(signed.actor, view.wanted, now=signed.now, with_opening=True)
    except Invalid:  # a cursor that is none
        view = view.from_the_start()
        found = desk_page(signed.actor, view.wanted, now=signed.now, with_opening=True)
    rows = rows_of(found.items, photo_counts(found.items), zone=signed.zone, now=signed.now)
    peek, is_lost = None, False
    if open_name:
        try:
            peek = peek_of(open_report(signed, open_name), signed, sent)
        except NotFound:
            is_lost, status = True, 404
    names = [row.name for row in rows if not row.is_shut]
    texts = (text for row in rows if not row.is_shut for text in (str(row.title), row.story))
    counts = queue_counts(signed.actor, QUEUES, now=signed.now)
    given = {
        "nav": "meja",
        "q": view.typed.get("q", ""),
        "view": view,
        "keep": view.here,
        "from_start": view.query(),
        "mistakes": view.mistakes,
        "wrong": view.mistakes.by_field,
        "groups": counted(counts, view.queue),
        "here_counted": next((c for _, group in counted(counts, view.queue) for c in group if c.is_here), None),
        "heading": QUEUES[view.queue].name if view.queue else EVERYTHING,
        "saved": filters_of(signed.person.person_id),
        "tags": tags_of(view, signed.zone),
        "sorts": _sorts(view),
        **choices(installation(), view.wanted.area),
        "rows": rows,
        "found": words_found(view.wanted.q, texts),
        "more": view.query(lanjut=found.next_cursor) if found.next_cursor else "",
        "is_first_page": not view.wanted.cursor,
        "peek": peek,
        "is_lost": is_lost,
        "after_it": _next_of(names, peek["name"]) if peek else "",
        "undo": _undo(request, signed),
        "before": waiting_for(signed.person.person_id, now=signed.now),
        "refused": refused,
        **keys_given(signed),
    }
    return office_page(request, signed, "office/inbox.html", given, status=status)


@for_staff(DESK_ROLES, methods=LOOK_ONLY)
def peek(request: HttpRequest, signed: Signed, name: str) -> HttpResponse:
    """Return one report as it stands beside the list, for the script that swaps only that. Raises NotFound."""
    view = read_view(request.GET, signed.zone)
    given = {
        "peek": peek_of(open_report(signed, name), signed),
        "view": view,
        "keep": view.here,
        **keys_given(signed),
    }
    return office_page(request, signed, "ui/peek.html", given)


@for_staff(DESK_ROLES, methods=LOOK_ONLY, is_quiet=True)
def fresh(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Return the bar of what came into the list since it was made; nothing where nothing did."""
    view, since = read_view(request.GET, signed.zone), instant_of(request.GET.get("sejak", ""))
    n = 0 if since is None else count_new(signed.actor, view.wanted, since, now=signed.now)
    given = {"n": n, "root": signed.root, "keep": view.query()}
    return page(request, "ui/fresh.html", given, is_private=True, language=signed.language)


def keys_given(signed: Signed) -> dict[str, Any]:
    """Return somebody's shortcuts, for the hints on the page and for its script."""
    keys = keys_of(signed.person.keys)
    of = {does.name.lower(): key for does, key in keys.of.items()}
    return {
        "keys": {"full": "Enter", **{name: key.upper() for name, key in of.items()}} if keys.is_on else {},
        "keys_json": orjson.dumps({key: does.value for does, key in keys.of.items()} if keys.is_on else {}).decode(),
        "key_list": [(NAMES[does], key.upper()) for does, key in keys.of.items()],
    }


def _undo(request: HttpRequest, signed: Signed) -> "Undoable | None":
    if name := request.GET.get("lolos", "")[:40]:
        return released(signed, name)
    name = request.GET.get("sesudah", "")[:40]
    return undoable(signed, name) if name else None


def _next_of(names: list[str], name: str) -> str:
    """Return the row that opens once this one is done: the one below it, else the one above."""
    if name not in names:
        return names[0] if names else ""
    at = names.index(name)
    return names[at + 1] if at + 1 < len(names) else names[at - 1] if at else ""


def _sorts(view: View) -> list[tuple[Say, str, bool]]:
    """Return the orders a list can have, each with its address and whether it has it now."""
    orders = [(code, *order) for code, order in SORTS.items() if order[0] != MATCH or view.wanted.q]
    return [(say, view.query(urut=code), order == view.wanted.sort) for code, order, say in orders]
