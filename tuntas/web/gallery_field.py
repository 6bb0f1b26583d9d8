"""What the gallery shows of the agencies' pages: invented tasks and photos, in every state a part can have."""

from datetime import datetime, timedelta
from typing import Any

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.web.office.evidence import Proof, caption_of
from tuntas.web.office.task_rows import TaskRow, due_clock

TITLES = ("Jalan berlubang depan SDN Tegalsari", "Tutup drainase hilang", "Genangan gang 3", "Trotoar amblas")
NEAR_AND_FAR = (timedelta(days=-2), timedelta(hours=5), timedelta(days=4), None)
PHOTO = "00000000-0000-0000-0000-000000000000"
WRONG = Say("Topik ini perlu bukti: tambahkan foto.", "This category needs proof: add a photo.")


def field(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the agencies' pages are made of."""
    captions = [caption_of(now, metres, now=now, zone=here.zone) for metres in (6, 420, 12_000, None)]
    proofs = [Proof(PHOTO, caption) for caption in captions]
    clocks = [due_clock(None if left is None else now + left, now=now, zone=here.zone) for left in NEAR_AND_FAR]
    return {
        "rows": [
            TaskRow(f"26-{n}", title, "Tegalsari", clock, None, "#isi", "", None, None, is_reopened=n == 2)
            for n, (title, clock) in enumerate(zip(TITLES, clocks, strict=True))
        ],
        "proofs": proofs,
        "waiting": proofs[:1],
        "root": "",
        "number": "26-1",
        "wrong": {"foto": WRONG} if is_wrong else {},
    }
