"""Whoever changes, deletes or reorders a row of the past is found, and where is said; even a superuser."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from tests.conftest import T0
from tests.make import bring, make_report
from tuntas import steps
from tuntas.kit.crypto import public_of
from tuntas.kit.merkle import leaf_hash
from tuntas.kit.notes import Statement, sign_note, verifier_key
from tuntas.ledger import keys
from tuntas.ledger.models import Checkpoint, Leaf, Source
from tuntas.ledger.rows import rows_of
from tuntas.ops import verify_log
from tuntas.ops.trouble import Trouble
from tuntas.people.models import Look
from tuntas.reports.models import Event
from tuntas.rules.life import State
from tuntas.sealed.models import Directory

LATER = T0 + timedelta(hours=12)


@pytest.fixture(autouse=True)
def clock_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_log, "current_time", lambda: LATER)


@pytest.fixture
def name(cast: Cast) -> str:
    """Some lives and a look, in the log and signed; the number of the first report."""
    first = bring(make_report(), State.CLOSED, cast)
    for _ in range(3):
        bring(make_report(), State.DISPATCHED, cast)
    assert cast.desk.person_id is not None
    for why in ("Menelepon pelapor.", "Mengirim surat."):
        Look.objects.create(
            person_id=cast.desk.person_id, report_id=first.pk, role="desk", what="identity", why=why, at=T0
        )
    steps.sequence(now=T0)
    return first.name


def verify(*words: str) -> tuple[int, dict[str, Any]]:
    parser = argparse.ArgumentParser()
    verify_log.add_arguments(parser)
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", told.append)
        code = verify_log.run(parser.parse_args([*words, "--json"]))
    return code, json.loads(told[-1])


def places(told: dict[str, Any]) -> set[tuple[str, int]]:
    return {(one["source"], one["source_id"]) for one in told["findings"] if one["source_id"] is not None}


def said(told: dict[str, Any]) -> str:
    return "\n".join(one["says"] for one in told["findings"])


@contextmanager
def superuser() -> Iterator[Any]:
    """Whatever is done in here, no trigger sees."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def events(report: str) -> list[int]:
    return list(Event.objects.filter(report__number=report).order_by("id").values_list("id", flat=True))


def test_a_log_that_nobody_touched_is_whole(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = verify()
    assert (code, told["findings"], told["waiting"]) == (0, [], 0)
    rows = sum(table.objects.count() for table in (Event, Look, Directory))
    assert told["leaves"] == rows == Leaf.objects.count()
    assert told["checkpoints"] == 1
    assert verify_log.run(argparse.Namespace(checkpoint=None, key=None, json=False)) == 0
    assert "The log is whole." in capsys.readouterr().out


@pytest.mark.parametrize(
    "change", ["act = 'note'", "at = at - interval '1 day'", "voice = 'system'", "\"to\" = 'closed'", "by_id = NULL"]
)
def test_an_event_that_was_edited_is_named(name: str, change: str) -> None:
    touched = events(name)[2]
    with superuser() as cursor:
        cursor.execute(f"UPDATE reports_event SET {change} WHERE id = %s", [touched])
    code, told = verify()
    assert code == 1
    assert places(told) == {("event", touched)}
    assert told["findings"][0]["report"] == name
    assert told["findings"][0]["seq"] == Leaf.objects.get(source="event", source_id=touched).seq


@pytest.mark.parametrize("change", ["text = 'Lain'", "data = '{\"x\": 1}'", "salt = sha256('x')"])
def test_words_that_were_edited_are_named(name: str, change: str) -> None:
    touched = events(name)[1]
    with superuser() as cursor:
        cursor.execute(f"UPDATE reports_event SET {change} WHERE id = %s", [touched])
    code, told = verify()
    assert (code, places(told)) == (1, {("event", touched)})
    assert "its words were changed" in said(told)


def test_words_that_were_edited_with_a_new_commitment_are_named(name: str) -> None:
    touched = events(name)[1]
    with superuser() as cursor:
        cursor.execute("UPDATE reports_event SET text = 'Lain' WHERE id = %s", [touched])
        cursor.execute(
            "UPDATE reports_event SET commitment = sha256(salt || convert_to(text || E'\\n' || data::text, 'UTF8')) "
            "WHERE id = %s",
            [touched],
        )
    code, told = verify()
    assert (code, places(told)) == (1, {("event", touched)})


def test_a_look_that_was_edited_or_deleted_is_named(name: str) -> None:
    one, other = Look.objects.order_by("id").values_list("id", flat=True)
    with superuser() as cursor:
        cursor.execute("UPDATE people_look SET why = 'Lain' WHERE id = %s", [one])
        cursor.execute("DELETE FROM people_look WHERE id = %s", [other])
    code, told = verify()
    assert (code, places(told)) == (1, {("look", one), ("look", other)})


def test_an_event_that_was_deleted_is_named(name: str) -> None:
    touched = events(name)[3]
    with superuser() as cursor:
        cursor.execute("DELETE FROM reports_event WHERE id = %s", [touched])
    code, told = verify()
    assert (code, places(told)) == (1, {("event", touched)})
    assert "is missing" in said(told)


def test_a_look_deleted_with_all_leaves_from_its_own_on_is_missed(name: str) -> None:
    look = Look.objects.latest("id").pk
    seq = Leaf.objects.get(source="look", source_id=look).seq
    with superuser() as cursor:
        cursor.execute("DELETE FROM people_look WHERE id = %s", [look])
        cursor.execute("DELETE FROM ledger_leaf WHERE seq >= %s", [seq])
    code, told = verify()
    assert code == 1
    assert f"signed, and only {seq} leaves are there" in said(told)


def test_a_leaf_deleted_from_the_middle_leaves_a_gap(name: str) -> None:
    with superuser() as cursor:
        cursor.execute("DELETE FROM ledger_leaf WHERE seq = 4")
    code, told = verify()
    assert code == 1
    assert "leaf 4 should stand" in said(told)


def test_two_events_whose_contents_were_swapped_are_both_named(name: str) -> None:
    one, other = events(name)[1:3]
    with superuser() as cursor:
        for columns in ('act, by_id, voice, agency_id, at, frm, "to", face, text, data, salt, commitment',):
            cursor.execute(
                f"UPDATE reports_event e SET ({columns}) = (SELECT {columns} FROM reports_event o "
                "WHERE o.id = %s + %s - e.id) WHERE e.id IN (%s, %s)",
                [one, other, one, other],
            )
    code, told = verify()
    assert (code, places(told)) == (1, {("event", one), ("event", other)})


def test_two_leaves_that_changed_places_are_found(name: str) -> None:
    one, other = Leaf.objects.filter(source="event").order_by("seq")[2:4]
    with superuser() as cursor:
        cursor.execute("UPDATE ledger_leaf SET seq = -5 WHERE seq = %s", [one.seq])
        cursor.execute("UPDATE ledger_leaf SET seq = %s WHERE seq = %s", [one.seq, other.seq])
        cursor.execute("UPDATE ledger_leaf SET seq = %s WHERE seq = -5", [other.seq])
    code, told = verify()
    assert code == 1
    assert ("event", one.source_id) in places(told), "it stands behind one that came later"
    assert "do not make the root" in said(told)


def test_an_event_edited_together_with_its_leaf_does_not_make_the_signed_root(name: str) -> None:
    touched = events(name)[2]
    with superuser() as cursor:
        cursor.execute("UPDATE reports_event SET voice = 'system' WHERE id = %s", [touched])
        (row,) = rows_of(Source.EVENT, [touched])
        cursor.execute(
            "UPDATE ledger_leaf SET data = %s, hash = %s WHERE source = 'event' AND source_id = %s",
            [row.leaf, leaf_hash(row.leaf), touched],
        )
    code, told = verify()
    assert code == 1
    assert "something from leaf 0 on" in said(told)


def test_where_in_the_log_is_narrowed_by_the_checkpoints(name: str, cast: Cast) -> None:
    before = Leaf.objects.count()
    report = bring(make_report(), State.DISPATCHED, cast)
    steps.sequence(now=T0 + timedelta(minutes=10))
    with superuser() as cursor:
        touched = events(report.name)[0]
        cursor.execute("UPDATE reports_event SET voice = 'system' WHERE id = %s", [touched])
        (row,) = rows_of(Source.EVENT, [touched])
        cursor.execute(
            "UPDATE ledger_leaf SET data = %s, hash = %s WHERE source = 'event' AND source_id = %s",
            [row.leaf, leaf_hash(row.leaf), touched],
        )
    assert f"something from leaf {before} on" in said(verify()[1])


def test_a_checkpoint_signed_by_another_key_is_refused(name: str) -> None:
    point = Checkpoint.objects.get()
    forged = sign_note(Statement(keys.origin(), point.size, bytes(point.root)).text(), keys.origin(), b"f" * 32)
    with superuser() as cursor:
        cursor.execute("UPDATE ledger_checkpoint SET note = %s", [forged])
    code, told = verify()
    assert code == 1
    assert "not signed by this key" in said(told)


def test_a_checkpoint_whose_columns_lie_is_refused(name: str) -> None:
    with superuser() as cursor:
        cursor.execute("UPDATE ledger_checkpoint SET root = sha256('x')")
    code, told = verify()
    assert code == 1
    assert "says something else than what was signed" in said(told)


def test_a_history_made_anew_is_found_with_a_checkpoint_kept_elsewhere(name: str, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint"
    kept.write_text(Checkpoint.objects.get().note)
    trusted = verifier_key(keys.origin(), public_of(keys.signing_key()))
    assert verify("--checkpoint", str(kept), "--key", trusted)[0] == 0
    with superuser() as cursor:  # who also has the key makes everything anew
        cursor.execute("DELETE FROM ledger_leaf; DELETE FROM ledger_checkpoint")
        cursor.execute("UPDATE reports_event SET voice = 'system' WHERE id = %s", [events(name)[0]])
    steps.sequence(now=T0)
    assert verify()[0] == 0
    code, told = verify("--checkpoint", str(kept))
    assert code == 1
    assert "has another root" in said(told)


def test_words_may_go_only_with_the_report_into_the_sealed_room(name: str) -> None:
    touched = events(name)[1]
    Event.objects.filter(pk=touched).update(text="", data={}, salt=None)
    code, told = verify()
    assert (code, places(told)) == (1, {("event", touched)})
    assert "was not moved into the sealed room" in said(told)
    event = Event.objects.get(pk=touched)
    event.pk, event.act, event.at = None, "seal", LATER
    event.save(force_insert=True)
    code, told = verify()
    assert (told["findings"], told["removed"], code) == ([], 1, 0)


def test_a_row_that_waits_is_told_and_after_an_hour_warned_of(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = make_report(LATER - timedelta(minutes=59)).report
    code, told = verify()
    assert (code, told["findings"], told["waiting"]) == (0, [], 1)
    monkeypatch.setattr(verify_log, "current_time", lambda: LATER + timedelta(minutes=2))
    code, told = verify()
    assert (code, places(told)) == (2, {("event", report.events.get().pk)})


def test_what_cannot_be_read_is_said(name: str, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be read"):
        verify("--checkpoint", str(tmp_path / "none"))
    with pytest.raises(Trouble, match="key cannot be read"):
        verify("--key", "abc")
