"""Hashes over any part of the log, from few rows: every whole subtree of 256 leaves has a row of its own, and so on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from tuntas.kit.merkle import Range, fold, root, subtrees

STRIDE = 8  # levels from one stored row to the next: 256 leaves, 65,536, …
Place = tuple[int, int]  # a level and an index

LEAVES = """
SELECT l.seq, l.hash FROM unnest(%s::bigint[], %s::bigint[]) part (low, high)
JOIN ledger_leaf l ON l.seq >= part.low AND l.seq < part.high
"""
NODES = """
SELECT n.index, n.hash FROM unnest(%s::bigint[], %s::bigint[]) part (low, high)
JOIN ledger_node n ON n.level = %s AND n.index >= part.low AND n.index < part.high
"""


def hashes_of(ranges: Sequence[Range]) -> list[bytes]:
    """Return the hash over each range, each beginning where a subtree as large as it begins. A few queries in all."""
    parts = [list(subtrees(start, end)) for start, end in ranges]
    found = _of_subtrees({place for part in parts for place in part})
    return [fold([found[place] for place in part]) for part in parts]


def frontier_of(size: int) -> list[bytes]:
    """Return the hashes of the whole subtrees that a log of *size* leaves consists of, the largest first."""
    places = list(subtrees(0, size))
    found = _of_subtrees(set(places))
    return [found[place] for place in places]


def _of_subtrees(places: Iterable[Place]) -> dict[Place, bytes]:
    by_stored: dict[int, list[Place]] = defaultdict(list)
    for level, index in places:
        by_stored[level - level % STRIDE].append((level, index))
    found = {}
    for stored, wanted in by_stored.items():
        below = {place: _children(place, stored) for place in wanted}
        hashes = _stored(stored, list(below.values()))
        for place, (low, high) in below.items():
            found[place] = root(hashes[index] for index in range(low, high))
    return found


def _children(place: Place, stored: int) -> Range:
    """Return from which to which stored row a subtree reaches."""
    level, index = place
    return index << (level - stored), (index + 1) << (level - stored)


def _stored(level: int, ranges: Sequence[Range]) -> dict[int, bytes]:
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    with connection.cursor() as cursor:
        if level == 0:
            cursor.execute(LEAVES, [lows, highs])
        else:
            cursor.execute(NODES, [lows, highs, level])
        return {index: bytes(one) for index, one in cursor.fetchall()}
