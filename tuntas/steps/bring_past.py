"""Bring in a table that somebody of the root uploaded: look, correct, try, start; a job works it off in slices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from tuntas.agencies.models import Government
from tuntas.kit import files
from tuntas.kit.errors import NOT_FOUND, Invalid, NotAllowed, NotFound, WrongState
from tuntas.kit.queue import Job, later
from tuntas.kit.tables import BadTable
from tuntas.kit.words import Say
from tuntas.reports.models import Import, ImportState
from tuntas.rules.who import Actor, Role
from tuntas.steps.import_reports import Order, RefusedRow, Tally, import_reports, read_rows
from tuntas.steps.import_whole import import_whole, read_records
from tuntas.steps.past_names import read_past_names
from tuntas.steps.past_tables import (
    Table,
    begin_import,
    count_rows,
    finish_import,
    keep_map,
    look_at_table,
    order_of,
    slices_of,
)

MOST_BYTES = 50 * 1024 * 1024
MOST_SHOWN = 20
SLICES_A_JOB = 10
KEEP_FILE = timedelta(days=30)
HOW = ("make_agencies", "keep_open", "publish")
NOT_YOURS = Say(
    "Hanya admin seluruh pemerintah yang membawa masuk laporan lama.",
    "Only an admin of the whole government brings in old reports.",
)
TOO_BIG = Say("Berkas ini lebih dari 50 MB. Bagi menjadi beberapa.", "This file is over 50 MB. Make several of it.")
UNDER_WAY = Say("Berkas ini sedang atau sudah dibawa masuk.", "This file is being brought in, or was already.")
GONE = Say("Berkas ini tidak disimpan lagi. Unggah lagi.", "This file is no longer kept. Upload it again.")


@dataclass(frozen=True, slots=True)
class Bringing:
    """How bringing in one table stands."""

    id: int
    name: str
    state: str
    rows: int
    done: int
    tally: Tally
    order: Mapping[str, Any]
    made_at: datetime
    tried: bool  # somebody saw what would happen
    has_file: bool


def take_past_table(data: bytes, name: str, *, by: Actor, now: datetime) -> int:
    """Keep an uploaded table, and return the number under which it is brought in. Raises NotAllowed, Invalid."""
    _refuse_others(by)
    if len(data) > MOST_BYTES:
        raise Invalid.field("/file", TOO_BIG)
    _drop_old(now)
    kept = f"{uuid4()}.past"
    files.put(kept, data)
    try:
        rows = count_rows(_path(kept))
        look_at_table(_path(kept))
    except BadTable as no:
        files.drop(kept)
        raise Invalid.field("/file", no.say) from no
    return begin_import(name, rows=rows, order={}, now=now, by_id=by.person_id, file=kept).pk


def past_tables(*, by: Actor) -> list[Bringing]:
    """Return the tables that were brought in last, the newest first. Raises NotAllowed."""
    _refuse_others(by)
    return [_bringing(one) for one in Import.objects.order_by("-pk")[:MOST_SHOWN]]


def past_table(import_id: int, *, by: Actor) -> tuple[Bringing, Table | None]:
    """Return one table, and what is in its file while that is kept. Raises NotAllowed, NotFound."""
    _refuse_others(by)
    found = Import.objects.filter(pk=import_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    try:
        return _bringing(found), look_at_table(_path(found.file)) if found.file else None
    except FileNotFoundError:
        return _bringing(found), None


def set_past_map(import_id: int, columns: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Keep by hand what the columns of a table are. Raises NotAllowed, NotFound, Invalid, WrongState."""
    bringing, table = past_table(import_id, by=by)
    if bringing.state != ImportState.READ:
        raise WrongState(UNDER_WAY)
    if table is None:
        raise WrongState(GONE)
    keep_map(table, columns, now=now)


def start_past(import_id: int, how: Mapping[str, bool], *, is_dry: bool, by: Actor, now: datetime) -> None:
    """Let a job try a table, or bring it in. Raises NotAllowed, NotFound, Invalid, WrongState."""
    bringing, table = past_table(import_id, by=by)
    if table is None:
        raise WrongState(GONE)
    order_of(table)  # refuses a table without its columns
    order = {name: bool(how.get(name)) for name in HOW} | {"is_dry": is_dry}
    with transaction.atomic():
        waiting = Import.objects.select_for_update().filter(pk=bringing.id, state=ImportState.READ)
        if not waiting.update(state=ImportState.RUNNING, order=order, tally={}, done=0):
            raise WrongState(UNDER_WAY)
        later(Job.BRING_PAST, import_id=bringing.id)


def bring_past(import_id: int, *, now: datetime) -> None:
    """Work off some slices of a table that was started, and ask for the rest. Safe to call twice."""
    found = Import.objects.filter(pk=import_id, state=ImportState.RUNNING).first()
    if found is None:
        return
    try:
        table = look_at_table(_path(found.file))
    except (FileNotFoundError, BadTable):
        Import.objects.filter(pk=import_id).update(state=ImportState.FAILED, ended_at=now)
        return
    order = order_of(table, **found.order)
    for n, rows in enumerate(slices_of(table.path, done=found.done)):
        if n == SLICES_A_JOB:
            later(Job.BRING_PAST, import_id=import_id)
            return
        if not _bring_slice(found, table, order, rows, now):
            return  # another worker is ahead
    _end(import_id, order, now)


def _bring_slice(found: Import, table: Table, order: Order, rows: Any, now: datetime) -> bool:
    """Bring in one slice with what is noted of it, in one transaction; False where somebody else did."""
    take = import_whole if table.is_whole else import_reports
    with transaction.atomic():
        fresh = Import.objects.select_for_update().get(pk=found.pk)
        if fresh.done != found.done or fresh.state != ImportState.RUNNING:
            return False
        told, _ = take(rows, order, brought_by=None if order.is_dry else fresh, now=now)
        tally = Tally.of(fresh.tally)
        tally.add(told)
        found.done = fresh.done = min(fresh.done + len(rows), fresh.rows)
        fresh.tally = tally.as_data()
        fresh.save(update_fields=["done", "tally"])
    return True


def _end(import_id: int, order: Order, now: datetime) -> None:
    found = Import.objects.get(pk=import_id)
    if order.is_dry:
        Import.objects.filter(pk=import_id).update(state=ImportState.READ, done=0)
    else:
        finish_import(found, Tally.of(found.tally), now=now)


def refused_of(import_id: int, *, by: Actor, now: datetime) -> tuple[tuple[str, ...], Iterator[RefusedRow]]:
    """Return the head of a table and the rows of it that cannot be taken. Raises NotAllowed, NotFound, WrongState."""
    _, table = past_table(import_id, by=by)
    if table is None:
        raise WrongState(GONE)
    return table.head, _refused(table, now)


def _refused(table: Table, now: datetime) -> Iterator[RefusedRow]:
    order, names = order_of(table), read_past_names(table.agencies, table.topics)
    for rows in slices_of(table.path):
        yield from (read_records(rows) if table.is_whole else read_rows(rows, order, names, now))[1]


def _bringing(one: Import) -> Bringing:
    tally = Tally.of(one.tally) if one.tally else Tally()
    tried = bool(one.tally) and one.order.get("is_dry", False)
    return Bringing(
        one.pk, one.name, one.state, one.rows, one.done, tally, one.order, one.made_at, tried, bool(one.file)
    )


def _refuse_others(by: Actor) -> None:
    root_id = Government.objects.values_list("root", flat=True).get()
    if by.person_id is None or not by.has(Role.AGENCY_ADMIN, root_id):
        raise NotAllowed(NOT_YOURS)


def _path(name: str) -> Path:
    with files.open_clean(name) as file:
        return Path(file.name)


def _drop_old(now: datetime) -> None:
    for one in Import.objects.filter(made_at__lt=now - KEEP_FILE).exclude(file=""):
        files.drop(one.file)
        Import.objects.filter(pk=one.pk).update(file="")
