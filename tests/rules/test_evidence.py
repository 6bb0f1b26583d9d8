"""What photos leave open: used before, too early, too far."""

from datetime import UTC, datetime, timedelta

import pytest

from tuntas.kit.words import Say
from tuntas.rules.evidence import EARLY, FAR, NO_TIME, REUSED, Evidence, Reuse, doubts_about
from tuntas.rules.lights import judge_proof
from tuntas.rules.lit import Result

RECEIVED = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
HERE = (-6.926, 106.928)
LATER = RECEIVED + timedelta(hours=5)
GOOD = Evidence(LATER, HERE)


@pytest.mark.parametrize(
    ("photo", "doubts"),
    [
        (GOOD, []),
        (Evidence(RECEIVED - timedelta(seconds=1), HERE), [EARLY]),
        (Evidence(None, HERE), [NO_TIME]),
        (Evidence(LATER, (-6.936, 106.928)), [FAR.fill(metres=1113)]),
        (Evidence(LATER, HERE, (Reuse.REPORTERS,)), [REUSED[Reuse.REPORTERS]]),
        (Evidence(LATER, HERE, (Reuse.ELSEWHERE, Reuse.EARLIER)), [REUSED[Reuse.EARLIER], REUSED[Reuse.ELSEWHERE]]),
    ],
)
def test_each_is_said(photo: Evidence, doubts: list[Say]) -> None:
    assert doubts_about([GOOD, photo], HERE, RECEIVED) == doubts


@pytest.mark.parametrize("reuse", Reuse)
def test_a_photo_that_was_used_before_is_advised_against_and_blocks_nothing(reuse: Reuse) -> None:
    lit = judge_proof([Evidence(LATER, HERE, (reuse,))], HERE, RECEIVED, outcome="fixed", needs_proof=True)
    assert (lit.result, lit.say) == (Result.ADVISE, REUSED[reuse])
