"""A Merkle tree as RFC 6962 has it: roots, proofs that something is in it, proofs that it only grew. Pure.

A tree is cut into whole subtrees, each a power of two of leaves: subtree *i* of level *k* begins at leaf ``i << k``.
Whoever keeps some of their hashes can make every proof without reading all leaves.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

Range = tuple[int, int]  # from a leaf up to, without, another
HashOf = Callable[[int, int], bytes]  # the hash over a range of leaves

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees: SHA-256 of 0x01 and both."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Frontier:
    """The whole subtrees at the right edge of a growing tree, the largest first: all that is needed to go on."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """Take up a tree of *size* leaves; *hashes* are those of ``subtrees(0, size)``."""
        self.size = size
        self.parts = [(level, one) for (level, _), one in zip(subtrees(0, size), hashes, strict=True)]

    def add(self, leaf: bytes) -> list[tuple[int, bytes]]:
        """Append the hash of a leaf; return the level and hash of each subtree it made whole, the smallest first."""
        level, made, whole = 0, leaf, []
        while self.parts and self.parts[-1][0] == level:
            made = node_hash(self.parts.pop()[1], made)
            level += 1
            whole.append((level, made))
        self.parts.append((level, made))
        self.size += 1
        return whole

    @property
    def hashes(self) -> list[bytes]:
        return [one for _, one in self.parts]

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        return fold(self.hashes)


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the root over whole subtrees that stand side by side, the largest first."""
    if not hashes:
        return EMPTY
    made = hashes[-1]
    for one in reversed(hashes[:-1]):
        made = node_hash(one, made)
    return made


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the hashes of leaves."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range into whole subtrees (level, index), the largest first.

    *start* must be where a subtree begins that is as large as the range, as it is in every proof.
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def inclusion_ranges(seq: int, size: int) -> list[Range]:
    """Return whose hashes prove that leaf *seq* is in a tree of *size* leaves, from the leaf to the root."""
    if not 0 <= seq < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {seq}")
    found, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if seq < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Return whose hashes prove that a tree of *new* leaves begins with one of *old* leaves."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} leaves did not grow from one of {old}")
    found, start, end, is_known = [], 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start, is_known = middle, False
    if not is_known:  # else it is the old root itself, which the asker has
        found.append((start, end))
    return found[::-1]


def inclusion_proof(seq: int, size: int, hash_of: HashOf) -> list[bytes]:
    """Return the proof that leaf *seq* is in a tree of *size* leaves."""
    return [hash_of(start, end) for start, end in inclusion_ranges(seq, size)]


def consistency_proof(old: int, new: int, hash_of: HashOf) -> list[bytes]:
    """Return the proof that a tree of *new* leaves begins with one of *old* leaves."""
    return [hash_of(start, end) for start, end in consistency_ranges(old, new)]


def over(leaves: Sequence[bytes]) -> HashOf:
    """Return what gives the hash over any range of a list of leaves' hashes."""
    return lambda start, end: root(leaves[start:end])


def is_included(leaf: bytes, seq: int, size: int, proof: Sequence[bytes], whole: bytes) -> bool:
    """Return whether *proof* shows that a leaf's hash stands at *seq* under the root *whole*."""
    if not 0 <= seq < size:
        return False
    ranges = inclusion_ranges(seq, size)
    if len(ranges) != len(proof):
        return False
    made = leaf
    for (start, _), one in zip(ranges, proof, strict=True):
        made = node_hash(made, one) if start > seq else node_hash(one, made)
    return made == whole


def is_consistent(old: int, new: int, proof: Sequence[bytes], before: bytes, after: bytes) -> bool:
    """Return whether *proof* shows that the tree with root *after* begins with the one with root *before*."""
    if not 0 < old <= new:
        return False
    ranges = consistency_ranges(old, new)
    if len(ranges) != len(proof):
        return False
    hashes = dict(zip(ranges, proof, strict=True))
    if ranges and ranges[0][1] == old:
        made_old = made_new = proof[0]
        rest = ranges[1:]
    else:
        made_old = made_new = before
        rest = ranges
    for part in rest:
        if part[0] >= old:  # came later
            made_new = node_hash(made_new, hashes[part])
        else:
            made_old, made_new = node_hash(hashes[part], made_old), node_hash(hashes[part], made_new)
    return made_old == before and made_new == after


def _split(many: int) -> int:
    """Return the largest power of two below *many*."""
    return 1 << (many - 1).bit_length() - 1
