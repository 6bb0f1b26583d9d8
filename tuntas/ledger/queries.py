"""What anybody may ask the log: how long it was when it was signed, and proofs. No row it stands for is read here."""

import base64
from collections.abc import Sequence
from typing import Any

from tuntas.kit.merkle import consistency_ranges, inclusion_ranges
from tuntas.kit.notes import verifier_key
from tuntas.ledger.hashes import hashes_of
from tuntas.ledger.keys import origin
from tuntas.ledger.models import Checkpoint, Leaf, Source


def newest_checkpoint() -> Checkpoint | None:
    """Return the newest signed statement, or None where nothing was signed yet."""
    return Checkpoint.objects.order_by("-size").first()


def key_of(point: Checkpoint) -> str:
    """Return the public key that signed it, as checkers of notes take it: in one line."""
    return verifier_key(origin(), base64.b64decode(point.signer))


def inclusion_of(leaf_hash: bytes, size: int) -> tuple[int, list[bytes]] | None:
    """Return where a leaf stands and the proof that it is among the first *size*, or None. At most four queries."""
    found = Leaf.objects.filter(hash=leaf_hash, seq__lt=size).order_by("seq").values_list("seq", flat=True).first()
    return None if found is None else (found, hashes_of(inclusion_ranges(found, size)))


def consistency_of(old: int, new: int) -> list[bytes]:
    """Return the proof that the log of *new* leaves begins with the one of *old*. At most three queries."""
    return hashes_of(consistency_ranges(old, new))


def receipt_of(event_id: int) -> dict[str, Any] | None:
    """Return the proof that an event is in the log, for somebody who may know of it; None while it is not signed."""
    point = newest_checkpoint()
    found = [] if point is None else proofs_of([event_id], point.size)
    return {**found[0], "size": point.size, "checkpoint": point.note} if point is not None and found else None


def proofs_of(event_ids: Sequence[int], size: int) -> list[dict[str, Any]]:
    """Return for each event among the first *size* leaves its id, leaf, place and proof, as JSON takes them."""
    leaves = Leaf.objects.filter(source=Source.EVENT, source_id__in=event_ids, seq__lt=size).order_by("seq")
    ranges = {leaf.seq: inclusion_ranges(leaf.seq, size) for leaf in leaves}
    every = [one for part in ranges.values() for one in part]
    hashes = iter(hashes_of(every))
    return [
        {
            "id": leaf.source_id,
            "leaf": bytes(leaf.data).hex(),
            "seq": leaf.seq,
            "proof": [next(hashes).hex() for _ in ranges[leaf.seq]],
        }
        for leaf in leaves
    ]
