"""What a reporter takes home: proof that what they sent stands in the log, to be checked without us."""

from typing import Any

from tuntas.ledger.keys import origin
from tuntas.ledger.models import Source
from tuntas.ledger.queries import key_of, newest_checkpoint, proofs_of
from tuntas.ledger.rows import rows_of
from tuntas.reports.models import Event, Voice

KIND = "tuntas-bukti/1"
MOST = 100  # acts of one reporter


def receipts_of(report_id: int) -> dict[str, Any] | None:
    """Return proofs for what the reporter did, under the newest checkpoint; None while none of it is signed.

    Each comes with the plain columns of its row and the commitment to its words, of which its leaf is made. Neither
    the salt nor the words are in it: a file that is found tells nobody what the report says.
    """
    point = newest_checkpoint()
    if point is None:
        return None
    ids = list(Event.objects.filter(report=report_id, voice=Voice.REPORTER).order_by("id").values_list("id", flat=True))
    proofs = proofs_of(ids[:MOST], point.size)
    rows = {row.id: row for row in rows_of(Source.EVENT, [one["id"] for one in proofs])}
    leaves = [
        {**one, "row": rows[one["id"]].plain, "commitment": rows[one["id"]].commitment.hex()}
        for one in proofs
        if one["id"] in rows
    ]
    if not leaves:
        return None
    told = {"kind": KIND, "origin": origin(), "key": key_of(point), "checkpoint": point.note, "size": point.size}
    return {**told, "waiting": len(ids) - len(leaves), "leaves": leaves}
