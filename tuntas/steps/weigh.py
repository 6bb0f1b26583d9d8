"""What speaks for a report being sent by a machine or to annoy: who is asked for effort, which one is looked at first.

Nobody is refused. A busy network or a doubtful story asks the sender's phone for a small computation; who shows none
waits a little, and the report is held until somebody has looked. Source: INTEGRATION 5.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.rules.doubts import ASKS_EFFORT, IS_HELD, Doubt, Facts, doubts_about, known_words, points_of
from tuntas.steps.effort import asked_for_effort, spend_effort
from tuntas.steps.limit import REPORTS_AN_HOUR, seconds_to_wait, times_before
from tuntas.steps.submit import Story

log = logging.getLogger(__name__)

REPORTS = "reports"  # the purpose of the effort, and of the network's count
PATIENCE = 20  # seconds that who cannot compute waits instead


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of a stranger who sends a report, besides the report. Nothing of it is kept."""

    address: str
    form: str  # what a proof is good for: one draft, form or body
    real_now: datetime
    proof: str = ""  # of the computation that was asked for; "" where none is shown
    has_waited: bool = False  # instead of computing
    seconds: float | None = None  # from the first step to sending; None where there are no steps
    is_program: bool = False  # at the API: asked for effort by its network alone, not by what it says


@transaction.atomic  # a report that does not go on now is not counted
def weigh(story: Story, sender: Sender) -> Story:
    """Return the story with the doubts for which it is held, most often none; counts it for its network.

    Raises TooOften, with the challenge, where effort is asked for and neither shown nor waited for instead.
    """
    has_effort, seconds = _let_on(sender)
    category = installation().category_by_code.get(story.category or "")
    if category is not None and category.is_restricted:  # of a closed report nobody counts a word
        return story
    doubts = _doubts_about(story, sender, is_busy=seconds > 0)
    if points_of(doubts) >= ASKS_EFFORT and not has_effort:
        if not sender.has_waited and not sender.is_program:
            raise asked_for_effort(REPORTS, sender.form, PATIENCE, real_now=sender.real_now)
        doubts.append(Doubt.NO_EFFORT)
    if points_of(doubts) < IS_HELD:
        return story
    log.warning("held report doubts=%s", ",".join(doubts))
    return replace(story, doubts=doubts)


@transaction.atomic
def weigh_closed(sender: Sender) -> None:
    """Count a report that comes closed for its network; nothing else of it can be weighed. Raises TooOften."""
    _let_on(sender)


def _let_on(sender: Sender) -> tuple[bool, int]:
    """Return whether good effort is shown, and for how many seconds more the network is busy. Raises TooOften."""
    has_effort = spend_effort(sender.proof, REPORTS, sender.form, real_now=sender.real_now)
    seconds = seconds_to_wait(REPORTS, sender.address, most=REPORTS_AN_HOUR, per_seconds=3600, real_now=sender.real_now)
    if seconds and not has_effort and not sender.has_waited:
        raise asked_for_effort(REPORTS, sender.form, seconds, real_now=sender.real_now)
    return has_effort, seconds


def _doubts_about(story: Story, sender: Sender, *, is_busy: bool) -> list[Doubt]:
    words = known_words(f"{story.title}\n{story.body}")
    facts = Facts(
        text=f"{story.title}\n{story.body}",
        email=story.reporter.email if story.reporter else "",
        seconds=sender.seconds,
        times_before=times_before(words, real_now=sender.real_now) if words else 0,
        is_busy_network=is_busy,
    )
    return doubts_about(facts)
