"""Let the log grow: find rows that have no leaf yet, give them leaves, sign how long it is. Called by one at a time."""

import base64
from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Max

from tuntas.kit.crypto import public_of
from tuntas.kit.merkle import Frontier, leaf_hash
from tuntas.kit.notes import Statement, sign_note
from tuntas.ledger.hashes import STRIDE, frontier_of
from tuntas.ledger.keys import origin, signing_key
from tuntas.ledger.models import Checkpoint, Leaf, Node, Source
from tuntas.ledger.rows import TABLES, Row, rows_of

# Ids are given before the commit, so a lower one may turn up later. Those turn up within the last ids for all but the
# longest transactions; what is older still is found before each checkpoint, when everything is looked over.
LOOKED_OVER = 20_000
# Two sorted lists, one taken from the other: the planner cannot choose a way that takes for ever.
WAITING = """
(SELECT r.id FROM {table} r WHERE r.id > %(low)s ORDER BY r.id LIMIT %(window)s)
EXCEPT
SELECT l.source_id FROM ledger_leaf l WHERE l.source = %(source)s AND l.source_id > %(low)s
ORDER BY 1 LIMIT %(most)s
"""


def size_now() -> int:
    """Return how many leaves there are."""
    last = Leaf.objects.aggregate(last=Max("seq"))["last"]
    return 0 if last is None else last + 1


def waiting(source: Source, *, most: int | None, whole: bool) -> list[int]:
    """Return the ids of rows without a leaf, the lowest first.

    whole   look at all rows, not only at the newest and a good many before
    """
    last = Leaf.objects.filter(source=source).aggregate(last=Max("source_id"))["last"] or 0
    low = 0 if whole else max(0, last - LOOKED_OVER)
    sql = WAITING.format(table=TABLES[source]._meta.db_table)  # a name of our own models
    with connection.cursor() as cursor:
        window = None if whole or most is None else LOOKED_OVER + most
        cursor.execute(sql, {"low": low, "source": source.value, "most": most, "window": window})
        return [row_id for (row_id,) in cursor.fetchall()]


def append(found: Sequence[Row]) -> None:
    """Give each row a leaf behind the last one."""
    tree = Frontier(size := size_now(), frontier_of(size))
    leaves, nodes = [], []
    for row in found:
        data = row.leaf
        hashed = leaf_hash(data)
        leaves.append(Leaf(seq=tree.size, source=row.source, source_id=row.id, data=data, hash=hashed))
        whole = tree.add(hashed)
        nodes += [
            Node(level=level, index=(tree.size >> level) - 1, hash=one) for level, one in whole if level % STRIDE == 0
        ]
    Leaf.objects.bulk_create(leaves, batch_size=5000)
    Node.objects.bulk_create(nodes)


def append_waiting(source: Source, *, most: int, whole: bool) -> int:
    """Give leaves to the next rows of one kind; return to how many."""
    ids = waiting(source, most=most, whole=whole)
    if ids:
        append(rows_of(source, ids))
    return len(ids)


def newest_checkpoint() -> Checkpoint | None:
    """Return the newest signed statement."""
    return Checkpoint.objects.order_by("-size").first()


def has_grown() -> bool:
    """Return whether anything came since the newest signed statement."""
    last = newest_checkpoint()
    return size_now() > (0 if last is None else last.size)


def sign_size(*, now: datetime) -> Checkpoint:
    """Sign how long the log is and what its root is."""
    size = size_now()
    tree, key = Frontier(size, frontier_of(size)), signing_key()
    said = Statement(origin(), size, tree.root())
    return Checkpoint.objects.create(
        size=size,
        root=said.root,
        signer=base64.b64encode(public_of(key)).decode(),
        note=sign_note(said.text(), said.origin, key),
        frontier=[one.hex() for one in tree.hashes],
        at=now,
    )
