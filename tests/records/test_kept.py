"""What happened stays: the database refuses to change or delete rows of events, looks and the log."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast
from tests.conftest import T0
from tests.make import bring, make_report
from tuntas import steps
from tuntas.people.models import Look
from tuntas.reports.models import Event
from tuntas.rules.life import State

TABLES = {
    "reports_event": "voice = 'system'",
    "people_look": "why = ''",
    "ledger_leaf": "source_id = 0",
    "ledger_checkpoint": "note = ''",
}


@pytest.fixture
def event(cast: Cast) -> Event:
    report = bring(make_report(), State.NEEDS_INFO, cast)
    Look.objects.create(person_id=cast.desk.person_id or 0, role="desk", what="identity", why="Ada.", at=T0)
    steps.sequence(now=T0)
    return report.events.latest("id")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_changed_or_deleted(event: Event, table: str) -> None:
    for statement in (f"UPDATE {table} SET {TABLES[table]}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="added, never changed"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.usefixtures("event")
def test_no_row_of_the_stored_hashes_is_changed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_node (level, index, hash) VALUES (8, 0, '')")
        with pytest.raises(IntegrityError, match="added, never changed"), transaction.atomic():
            cursor.execute("UPDATE ledger_node SET hash = 'x'")


def test_words_can_be_taken_away_and_nothing_else(event: Event) -> None:
    rows = Event.objects.filter(pk=event.pk)
    assert event.text
    mistaken: tuple[dict[str, Any], ...] = (
        {"text": "", "data": {}},  # with its salt
        {"text": "Lain", "data": {}, "salt": None},
        {"text": "", "data": {"more": 1}, "salt": None},
        {"text": "", "data": {}, "salt": None, "act": "note"},
        {"text": "", "data": {}, "salt": None, "commitment": b"x"},
    )
    for wrong in mistaken:
        with pytest.raises(IntegrityError, match="added, never changed"), transaction.atomic():
            rows.update(**wrong)
    rows.update(text="", data={}, salt=None, is_sealed=True)
    with pytest.raises(IntegrityError, match="added, never changed"), transaction.atomic():
        rows.update(is_sealed=False)


def test_salt_and_commitment_are_the_databases_own(event: Event) -> None:
    made = Event.objects.get(pk=event.pk)
    made.pk, made.salt, made.commitment = None, b"chosen", b"chosen"
    made.save(force_insert=True)
    kept = Event.objects.get(pk=made.pk)
    assert len(kept.salt or b"") == 16
    assert len(kept.commitment or b"") == 32
