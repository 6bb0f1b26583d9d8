"""What the gallery shows of the agencies' pages: invented tasks and photos, in every state a part can have."""

from datetime import datetime, timedelta
from typing import Any

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.rules.alike import marked
from tuntas.web.office.doubted import COPIED_ELSEWHERE, HINTED, REPORTERS, Copied, SeenBefore
from tuntas.web.office.evidence import Proof
from tuntas.web.office.parts_told import ENDED, PartRow
from tuntas.web.office.task_rows import TaskRow, due_clock
from tuntas.web.shots import before_of, caption_of

TITLES = ("Jalan berlubang depan SDN Tegalsari", "Tutup drainase hilang", "Genangan gang 3", "Trotoar amblas")
NEAR_AND_FAR = (timedelta(days=-2), timedelta(hours=5), timedelta(days=4), None)
PHOTO = "00000000-0000-0000-0000-000000000000"
ANSWER = "Lubang di Jalan Melati kami tambal hari Senin pukul 08.00."
LIKE_IT = "Lubang di Jalan Kenanga kami tambal hari Rabu pukul 10.00."
PARTS = (("Dishub", ENDED["declined"]),)
WRONG = Say("Topik ini perlu bukti: tambahkan foto.", "This category needs proof: add a photo.")


def field(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the agencies' pages are made of."""
    captions = [caption_of(now, metres, now=now, zone=here.zone) for metres in (6, 420, 12_000, None)]
    proofs = [Proof(PHOTO, caption) for caption in captions]
    clocks = [due_clock(None if left is None else now + left, now=now, zone=here.zone) for left in NEAR_AND_FAR]
    return {
        "rows": [
            TaskRow(f"26-{n}", title, "Tegalsari", clock, None, "#isi", "", None, None, n == 2, PARTS if n == 1 else ())
            for n, (title, clock) in enumerate(zip(TITLES, clocks, strict=True))
        ],
        "part_rows": [PartRow(TITLES[0], "Pasang rambu.", clocks[0], Say("bagian dari 26-1", "part of 26-1"), "#isi")],
        "proofs": proofs,
        "waiting": proofs[:1],
        "before": Proof(*before_of(PHOTO, now - timedelta(days=3), now=now, zone=here.zone)),
        "seen_before": [
            SeenBefore(REPORTERS, is_red=True, mine="#isi", theirs="#isi"),
            SeenBefore(HINTED.fill(hints="trainedAlgorithmicMedia"), mine="#isi"),
        ],
        "copied": Copied(COPIED_ELSEWHERE, "#isi", marked(ANSWER, LIKE_IT), marked(LIKE_IT, ANSWER)),
        "root": "",
        "number": "26-1",
        "wrong": {"foto": WRONG} if is_wrong else {},
    }
