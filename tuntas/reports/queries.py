"""Reading reports. To fetch is to ask permission: nothing here returns what the actor may not know of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Area
from tuntas.kit.after import after
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound
from tuntas.kit.ids import read_number
from tuntas.kit.one_row import one_row
from tuntas.kit.paging import BAD_FILTER, ListFilter, read_cursor, read_ranked, write_cursor, write_ranked
from tuntas.reports.codes import hash_of_typed, lookup_hash
from tuntas.reports.models import OPEN_STATES, Event, File, FileKind, Report, ReportQuerySet
from tuntas.reports.search import ENOUGH, Hits, found_by
from tuntas.rules.faces import Face, states_of
from tuntas.rules.hops import COORDINATOR_AT
from tuntas.rules.life import OPEN, State
from tuntas.rules.who import Actor, Role, is_public, may_read

HEAVY = ("body", "public_text", "thread")  # what a row of a list does not show
LISTED_AREAS = 200  # that a filter names one by one; more are found by their code
SOON = timedelta(hours=6)
A_WEEK = timedelta(days=7)
_LOOKUP = re.compile("[0-9a-f]{64}")
BEST = 999_999_999  # a rank above all
MATCH = "match"  # the order of a search: what fits best, then the newest
OPENING_LETTERS = 300  # of a story: what a row says and guesses by
_COLUMN = {"due": "due_at", "received": "received_at", "updated": "updated_at"}


def report_named(name: str) -> Report | None:
    """Return the report of a number or ref, whoever asks: for doors that then ask ``may_read``."""
    known = read_number(name, installation().number_prefix)
    if known is None:
        return None
    wanted = Q(ref=known) if known.startswith("B") else Q(number=known)
    return Report.objects.select_related("contact").filter(wanted).first()


def report_with_code(code: str) -> Report | None:
    """Return the report a typed code opens, or None. One query, by unique key."""
    hashed = hash_of_typed(code)
    return None if hashed is None else one_row(Report, "code_hash", hashed)


def report_with_lookup(lookup: str) -> Report | None:
    """Return the sealed report that a lookup (64 hex digits) finds, or None. One query, by unique key."""
    return one_row(Report, "code_hash", lookup_hash(lookup)) if _LOOKUP.fullmatch(lookup) else None


def report_for(actor: Actor, name: str) -> Report:
    """Return a report of which *actor* may know at least what everybody may. Raises NotFound."""
    report = report_named(name)
    if report is None or not (may_read(actor, report) or is_public(report)):
        raise NotFound(NOT_FOUND)
    return report


def file_of(file_id: UUID) -> File | None:
    """Return a file with its report."""
    return File.objects.select_related("report").filter(pk=file_id).first()


@dataclass(frozen=True, slots=True)
class DeskFilter(ListFilter):
    """What the desk looks for besides."""

    queue: str = ""
    overdue: bool = False
    sort: str = "due"
    channel: str = ""
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the cursor behind which it goes on."""

    items: Sequence[Report]
    next_cursor: str | None


def _worked_on(actor: Actor) -> "QuerySet[Event, Any]":
    """Return the reports somebody did something to; after a hand-over, those of whom they took over from as well."""
    mine = Q(by__in=(actor.person_id, *actor.took_over)) if actor.took_over else Q(by=actor.person_id)
    return Event.objects.filter(mine).values("report")


def _of_states(*states: State) -> Callable[[Actor], Q]:
    return lambda actor: Q(state__in=states)


def _tasks(actor: Actor) -> Q:
    """Return what waits for somebody of an agency: to be worked on, taken over, or signed."""
    liaison = actor.reach.get(Role.LIAISON, frozenset())
    works = liaison | actor.reach.get(Role.UNIT_HANDLER, frozenset())
    at_work = (State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED, State.REPORTER_REPLIED)
    return (
        Q(state__in=at_work, holder__in=works)
        | Q(state=State.TRANSFER_PENDING, offered_to__in=liaison)
        | QUEUES["tanda-tangan"](actor)
    )


QUEUES: dict[str, Callable[[Actor], Q]] = {
    # ux 3.2; the keys are the slugs in the address.
    "perlu-dipilah": lambda actor: Q(state=State.SUBMITTED, doubts=[]),
    "perlu-dilihat": lambda actor: Q(state__in=OPEN_STATES) & ~Q(doubts=[]),
    "milik-saya": lambda actor: Q(state__in=OPEN, pk__in=_worked_on(actor)),
    "cek-jawaban": lambda actor: Q(state=State.AWAITING_VALIDATION, awaits_signature=False),
    "tanda-tangan": lambda actor: (
        Q(state=State.AWAITING_VALIDATION, awaits_signature=True, holder__in=actor.reach.get(Role.LIAISON, ()))
        & ~Q(proposed_by=actor.person_id)
    ),
    "tugas": lambda actor: _tasks(actor),
    "dikembalikan": lambda actor: (
        Q(state=State.TRANSFER_PENDING)
        | Q(state=State.SUBMITTED, hop_count__gt=0)
        | Q(state__in=[State.DISPATCHED, State.IN_PROGRESS], refusal_count__gte=COORDINATOR_AT)
    ),
    "audiensi": lambda actor: Q(state__in=OPEN_STATES, awaits_audience=True),
    "arbitrase": lambda actor: Q(awaits_arbiter=True),
    "menunggu-pelapor": _of_states(State.NEEDS_INFO),
    "lewat-batas": _of_states(*OPEN),
    "kurang-dari-6-jam": _of_states(*OPEN),
    "di-instansi": _of_states(
        State.DISPATCHED, State.IN_PROGRESS, State.SCHEDULED, State.UNDER_EXAMINATION, State.REPORTER_REPLIED
    ),
    "dirujuk": _of_states(State.FORWARDED_EXTERNAL),
    "dibuka-lagi": lambda actor: Q(state__in=OPEN, is_reopened=True),
    "tuntas": _of_states(State.CLOSED),
    "tuntas-pekan-ini": _of_states(State.CLOSED),
}
# Where work waits, a report that goes along with another does not stand beside it: there is nothing to do to it.
OF_LEADS = frozenset(
    {
        *("perlu-dipilah", "cek-jawaban", "tanda-tangan", "tugas", "dikembalikan", "arbitrase"),
        *("di-instansi", "dirujuk"),
    }
)


def desk_page(actor: Actor, wanted: DeskFilter, *, now: datetime, with_opening: bool = False) -> Page:
    """Return the caller's work, the nearest promise first unless another order is asked for. Raises Invalid.

    with_opening   each row carries the first words of its story as ``opening``; the story itself is never loaded
    """
    if wanted.sort == MATCH and not wanted.q:
        wanted = replace(wanted, sort="due")
    rows = desk_rows(actor, wanted, now=now)
    if with_opening:
        rows = opened(rows)
    if wanted.q and wanted.sort == MATCH:
        return _best_page(actor, rows, wanted)
    if wanted.q:
        rows = rows.filter(pk__in=found_by(wanted.q, actor, rows).ids)
    found = _rows_by_due(rows, wanted) if wanted.sort == "due" else _rows_newest(rows, wanted)
    more, found = len(found) > wanted.limit, found[: wanted.limit]
    cursor = write_cursor(getattr(found[-1], _COLUMN[wanted.sort]), found[-1].pk) if more else None
    return Page(found, cursor)


def _best_page(actor: Actor, rows: ReportQuerySet, wanted: DeskFilter) -> Page:
    """Return the reports that fit best, of the newest that fit; then those of the ones before them, and so on.

    What comes in meanwhile moves no page.
    """
    top, *last = read_ranked(wanted.cursor) if wanted.cursor else (None,)
    hits = found_by(wanted.q, actor, rows, up_to=top, enough=max(ENOUGH, wanted.limit))
    ranked = sorted((place for place in hits.ranked if not last or place < tuple(last)), reverse=True)
    shown = ranked[: wanted.limit]
    by_id = rows.defer(*HEAVY).in_bulk([id_ for _, id_ in shown])
    return Page([by_id[id_] for _, id_ in shown if id_ in by_id], _behind(hits, top, shown, is_last=shown == ranked))


def _behind(hits: Hits, top: int | None, shown: list[tuple[int, int]], *, is_last: bool) -> str | None:
    """Return the cursor behind the rows that are shown; behind the last, that of the next older reports."""
    if not is_last:
        return write_ranked(top or max(hits.ids), *shown[-1])
    return None if hits.is_all or not hits.ids else write_ranked(min(hits.ids) - 1, BEST, BEST)


def opened(rows: ReportQuerySet) -> ReportQuerySet:
    """Give each row the first words of its story as ``opening``."""
    return rows.annotate(opening=Left("body", OPENING_LETTERS))


def desk_rows(
    actor: Actor, wanted: DeskFilter, *, now: datetime, among: ReportQuerySet | None = None
) -> ReportQuerySet:
    """Return what a filter finds of the caller's work, in no order, whatever its words. Raises Invalid.

    among   what is visible to the actor, where several filters are asked of it: to write it out takes as long as to ask
    """
    rows = (Report.objects.visible_to(actor) if among is None else among).filter(_filters(actor, wanted))
    if wanted.overdue or wanted.queue == "lewat-batas":
        rows = rows.filter(state__in=OPEN, due_at__lt=now)
    if wanted.queue == "kurang-dari-6-jam":
        rows = rows.filter(due_at__range=(now, now + SOON))
    if wanted.queue == "tuntas-pekan-ini":
        rows = rows.filter(updated_at__gte=now - A_WEEK)
    return rows


def _rows_by_due(rows: ReportQuerySet, wanted: DeskFilter) -> list[Report]:
    """Return one row more than a page: first what is owed, by the nearest instant, then what nobody owes now.

    Two statements, each along its own index: one that sorts both would read every row there is.
    """
    at, id_ = read_cursor(wanted.cursor) if wanted.cursor else (None, 0)
    found: list[Report] = []
    if at is not None or not wanted.cursor:
        owed = rows.filter(state__in=OPEN_STATES, due_at__isnull=False).order_by("due_at", "id")
        if at is not None:
            owed = owed.filter(after("due_at", at, id_))
        found = list(owed.defer(*HEAVY)[: wanted.limit + 1])
        id_ = 0
    if len(found) <= wanted.limit:
        rest = rows.filter(due_at=None, id__gt=id_).order_by("id").defer(*HEAVY)
        found += rest[: wanted.limit + 1 - len(found)]
    return found


def _rows_newest(rows: ReportQuerySet, wanted: DeskFilter) -> list[Report]:
    """Return one row more than a page, the newest first."""
    column = _COLUMN[wanted.sort]
    rows = rows.order_by(f"-{column}", "-id")
    if wanted.cursor:
        at, id_ = read_cursor(wanted.cursor)
        if at is None:
            raise Invalid.field("/cursor", BAD_FILTER)
        rows = rows.filter(after(column, at, id_, is_down=True))
    return list(rows.defer(*HEAVY)[: wanted.limit + 1])


def _filters(actor: Actor, wanted: DeskFilter) -> Q:
    if wanted.queue and wanted.queue not in QUEUES:
        raise Invalid.field("/queue", BAD_FILTER)
    both = QUEUES[wanted.queue](actor) if wanted.queue else Q()
    if wanted.queue in OF_LEADS:
        both &= Q(is_led=False)
    if wanted.state:
        both &= _state(wanted.state)
    for name, there in (("category", _category), ("agency", _agency), ("area", _area)):
        if value := getattr(wanted, name):
            both &= there(value)
    if wanted.bbox:
        west, south, east, north = wanted.bbox
        both &= Q(lng__range=(west, east), lat__range=(south, north))
    if wanted.since:
        both &= Q(received_at__gte=wanted.since)
    if wanted.until:
        both &= Q(received_at__lt=wanted.until)
    return both & _how_it_came(wanted)


def _how_it_came(wanted: DeskFilter) -> Q:
    both = Q(channel=wanted.channel) if wanted.channel else Q()
    return (
        both & Q(Exists(File.objects.filter(report=OuterRef("pk"), kind=FileKind.PHOTO))) if wanted.has_photo else both
    )


def _state(value: str) -> Q:
    if value in set(State):
        return Q(state=value)
    if value not in set(Face):
        raise Invalid.field("/state", BAD_FILTER)
    face = Face(value)
    states = Q(state__in=states_of(face))
    match face:
        case Face.DITERIMA | Face.DIPERIKSA:
            return states & Q(fetched_at__isnull=face is Face.DITERIMA)
        case Face.DIKERJAKAN | Face.DIBUKA:
            return states & Q(is_reopened=face is Face.DIBUKA)
    return states


def _category(code: str) -> Q:
    found = installation().category_by_code.get(code)
    if found is None:
        raise Invalid.field("/category", BAD_FILTER)
    return Q(category_id=found.id)


def _agency(slug: str) -> Q:
    found = installation().agency_by_slug.get(slug)
    if found is None:
        raise Invalid.field("/agency", BAD_FILTER)
    return Q(holder_id__in=installation().below[found.id])


def _area(code: str) -> Q:
    """Return the filter of an area and all within it."""
    places = installation().places
    if code not in places.ids:
        raise Invalid.field("/area", BAD_FILTER)
    inside = places.below(code, most=LISTED_AREAS)
    if inside is not None:
        return Q(area_id__in=inside)
    if code == installation().area_code:
        return Q(area_id__isnull=False)
    return Q(area_id__in=Area.objects.filter(Q(code=code) | Q(code__startswith=f"{code}.")).values("id"))
