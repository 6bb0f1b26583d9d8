"""What happened gets its place in the log: once, behind all before it, and signed."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import Cast
from tests.conftest import T0
from tests.make import bring, make_report
from tuntas import steps
from tuntas.kit import merkle
from tuntas.kit.notes import open_note, read_statement
from tuntas.ledger import growing, keys
from tuntas.ledger.hashes import frontier_of, hashes_of
from tuntas.ledger.models import Checkpoint, Leaf, Node, Source
from tuntas.ledger.rows import rows_of
from tuntas.people.models import Look
from tuntas.reports.models import Event
from tuntas.rules.life import State
from tuntas.sealed.models import Directory


def leaves() -> list[bytes]:
    return [bytes(one) for one in Leaf.objects.order_by("seq").values_list("hash", flat=True)]


@pytest.fixture
def made(cast: Cast) -> None:
    bring(make_report(), State.CLOSED, cast)
    Look.objects.create(person_id=cast.desk.person_id or 0, role="desk", what="identity", at=T0)
    Directory.objects.create(version=999, document="{}", signature="x", signer="y", published_at=T0)


def test_every_row_gets_one_leaf_and_the_same_call_again_none(made: None) -> None:
    many = sum(table.objects.count() for table in (Event, Look, Directory))
    assert steps.sequence(now=T0) == many
    assert steps.sequence(now=T0) == 0
    assert list(Leaf.objects.order_by("seq").values_list("seq", flat=True)) == list(range(many))
    assert set(Leaf.objects.values_list("source", flat=True)) == set(Source)


def test_a_leaf_holds_nothing_readable(made: None) -> None:
    steps.sequence(now=T0)
    for leaf in Leaf.objects.all():
        data = bytes(leaf.data)
        assert data.startswith(b"tuntas-log/1\n")
        assert len(data) == len(b"tuntas-log/1\n") + 32


def test_two_rows_alike_have_leaves_that_nobody_can_guess(cast: Cast) -> None:
    person = cast.desk.person_id or 0
    for _ in range(2):
        Look.objects.create(person_id=person, role="desk", what="identity", why="Sama.", at=T0)
    one, other = Look.objects.order_by("id")
    assert bytes(one.salt or b"") != bytes(other.salt or b"")
    assert bytes(one.commitment or b"") != bytes(other.commitment or b"")


def test_it_is_signed_at_most_every_ten_minutes_and_only_when_it_grew(made: None) -> None:
    steps.sequence(now=T0)
    make_report()
    steps.sequence(now=T0 + timedelta(minutes=9))
    assert Checkpoint.objects.count() == 1
    steps.sequence(now=T0 + timedelta(minutes=10))
    assert Checkpoint.objects.count() == 2
    steps.sequence(now=T0 + timedelta(minutes=30))
    assert Checkpoint.objects.count() == 2
    make_report()
    steps.sequence(now=T0 + timedelta(minutes=31), is_asked=True)
    make_report()
    steps.sequence(now=T0 + timedelta(minutes=32), is_asked=True)
    assert Checkpoint.objects.count() == 4


def test_a_checkpoint_says_size_and_root_under_our_key(made: None) -> None:
    steps.sequence(now=T0)
    public = keys.own_public()
    assert public is not None
    said = read_statement(open_note(Checkpoint.objects.get().note, keys.origin(), public))
    assert (said.origin, said.size, said.root) == (keys.origin(), len(leaves()), merkle.root(leaves()))
    assert keys.key_file().stat().st_mode & 0o077 == 0


def test_a_row_that_was_committed_late_gets_the_next_place(made: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its id is lower than those of rows already in the log, even by more than is looked over each time."""
    monkeypatch.setattr(growing, "LOOKED_OVER", 1)
    late, *others = Event.objects.order_by("id").values_list("id", flat=True)
    steps.sequence(now=T0)
    with connection.cursor() as cursor:  # as if only the others had been there
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM ledger_leaf; DELETE FROM ledger_checkpoint")
        cursor.execute("SET LOCAL session_replication_role = origin")
    growing.append(rows_of(Source.EVENT, others))
    growing.sign_size(now=T0)
    make_report()
    steps.sequence(now=T0 + timedelta(minutes=1))
    assert not Leaf.objects.filter(source="event", source_id=late).exists()
    steps.sequence(now=T0 + timedelta(minutes=11))
    assert Leaf.objects.get(source="event", source_id=late).seq == Leaf.objects.count() - 1
    assert Leaf.objects.filter(source="event").count() == Event.objects.count()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_hashes_over_any_part_come_from_few_rows(db: None, size: int) -> None:
    made = [merkle.leaf_hash(b"%d" % n) for n in range(size)]
    Leaf.objects.bulk_create(Leaf(seq=n, source="event", source_id=n, data=b"", hash=one) for n, one in enumerate(made))
    tree = merkle.Frontier()
    for one in made:
        for level, whole in tree.add(one):
            if level == 8:
                Node.objects.create(level=8, index=(tree.size >> 8) - 1, hash=whole)
    assert frontier_of(size) == tree.hashes
    for seq in range(0, size, 37):
        ranges = merkle.inclusion_ranges(seq, size)
        assert hashes_of(ranges) == merkle.inclusion_proof(seq, size, merkle.over(made))
