"""Who is asked for effort, which report is held, and what is kept of it."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.effort import light, solved
from tests.steps.seen import published
from tuntas import steps
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.people.models import Bucket
from tuntas.reports.models import Report
from tuntas.rules.doubts import REPEATED_FROM, Doubt
from tuntas.rules.who import STRANGER
from tuntas.steps.limit import REPORTS_AN_HOUR, seconds_to_wait, times_before
from tuntas.steps.submit import Story, Told
from tuntas.steps.weigh import PATIENCE, REPORTS, Sender, weigh, weigh_closed

pytestmark = pytest.mark.usefixtures("city")

__all__ = ["light"]
WORDS = "Lampu jalan di depan sekolah mati sejak tiga hari."
LINKS = "https://murah.example/a https://murah.example/b"
ADDRESS = "203.0.113.7"
NOW = real_time()


def sender(**more: Any) -> Sender:
    given: dict[str, Any] = {"address": ADDRESS, "form": "form", "real_now": NOW, "seconds": 60.0}
    return Sender(**given | more)


def fill(address: str = ADDRESS) -> None:
    """Send from a network as much as passes."""
    for _ in range(REPORTS_AN_HOUR):
        seconds_to_wait(REPORTS, address, most=REPORTS_AN_HOUR, per_seconds=3600, real_now=NOW)


def asked(story: Story, by: Sender) -> TooOften:
    with pytest.raises(TooOften) as refused:
        weigh(story, by)
    return refused.value


def proof(story: Story, by: Sender) -> str:
    challenge = asked(story, by).challenge
    assert challenge is not None
    return solved(challenge)


def test_an_ordinary_report_is_not_asked_for_anything() -> None:
    story = Story(WORDS)
    assert weigh(story, sender()) is story


def test_the_first_report_of_a_network_passes_however_fast_it_came() -> None:
    assert weigh(Story(WORDS), sender(seconds=0.5)).doubts == ()


def test_a_busy_network_is_asked_and_goes_on_with_its_proof() -> None:
    fill()
    story = Story(WORDS)
    slower = asked(story, sender())
    assert 1 <= slower.seconds <= 120
    assert weigh(story, sender(proof=proof(story, sender()))).doubts == (), "a neighbour's flood alone holds nothing"
    assert weigh(story, sender(address="198.51.100.1")) is story


@pytest.mark.parametrize("shown", ["", "x", "A" * 200])
def test_a_wrong_proof_is_none(shown: str) -> None:
    fill()
    asked(Story(WORDS), sender(proof=shown))


def test_a_proof_shown_again_or_for_another_form_is_none() -> None:
    fill()
    story = Story(WORDS)
    good = proof(story, sender())
    asked(story, sender(proof=good, form="other"))
    weigh(story, sender(proof=good))
    asked(story, sender(proof=good))


def test_who_waited_instead_goes_on_and_is_looked_at() -> None:
    fill()
    assert weigh(Story(WORDS), sender(has_waited=True)).doubts == [Doubt.NETWORK, Doubt.NO_EFFORT]


def test_who_waited_without_need_is_not_looked_at() -> None:
    assert weigh(Story(WORDS), sender(has_waited=True)).doubts == ()


def test_links_from_a_quiet_network_ask_for_effort_and_no_more() -> None:
    story = Story(LINKS)
    assert asked(story, sender()).seconds == PATIENCE
    assert weigh(story, sender(proof=proof(story, sender()))).doubts == ()
    assert weigh(story, sender(has_waited=True)).doubts == [Doubt.LINKS, Doubt.NO_EFFORT]


def test_much_at_once_is_held_in_spite_of_effort() -> None:
    fill()
    story = Story(LINKS)
    assert weigh(story, sender(proof=proof(story, sender()))).doubts == [Doubt.LINKS, Doubt.NETWORK]


def test_too_many_with_the_same_words_are_asked() -> None:
    bodies = (WORDS, WORDS.upper(), f"{WORDS}!!", f"{WORDS} ")
    for body in bodies * (REPEATED_FROM // len(bodies)):
        weigh(Story(body), sender())
    asked(Story(WORDS), sender())
    weigh(Story("Sampah menumpuk di belakang pasar sejak kemarin."), sender())


def test_a_throw_away_address_counts_beside_another_doubt() -> None:
    story = Story(WORDS, reporter=Told(email="a@mailinator.com"))
    assert weigh(story, sender()).doubts == ()
    asked(story, sender(seconds=1.0))


def test_a_program_is_asked_by_its_network_alone_and_looked_at_for_the_rest() -> None:
    program = sender(is_program=True, seconds=None)
    assert weigh(Story(LINKS), program).doubts == [Doubt.LINKS, Doubt.NO_EFFORT]
    fill()
    asked(Story(WORDS), program)


def test_of_a_closed_report_only_the_network_counts() -> None:
    restricted = Story(LINKS, category="bribery_corruption")
    for _ in range(5):
        assert weigh(restricted, sender(seconds=0.0)) is restricted
    assert Bucket.objects.count() == 1, "no words of it are counted"
    fill()
    asked(restricted, sender())
    assert weigh(restricted, sender(has_waited=True)) is restricted
    with pytest.raises(TooOften):
        weigh_closed(sender())
    weigh_closed(sender(has_waited=True))


def test_words_are_counted_for_a_day_from_the_first_time() -> None:
    hour = timedelta(hours=1)
    assert [times_before("a b c d e", real_now=NOW + n * hour) for n in (0, 12, 23)] == [0, 1, 2]
    assert times_before("a b c d f", real_now=NOW) == 0
    assert [times_before("a b c d e", real_now=NOW + n * hour) for n in (25, 26)] == [0, 1]


def test_nothing_of_the_words_or_the_sender_is_kept_or_told(caplog: pytest.LogCaptureFixture) -> None:
    fill()
    with caplog.at_level(logging.INFO):
        weigh(Story(WORDS, reporter=Told(name="Sari", email="sari@warga.example")), sender(has_waited=True))
    assert [record.getMessage() for record in caplog.records] == ["held report doubts=network,no_effort"]
    kept = repr(list(Bucket.objects.values()))
    assert not [word for word in ("Lampu", "lampu", "203.0.113", "sari") if word in kept]


def test_what_is_held_stands_on_the_report_but_never_on_a_closed_one(now: datetime) -> None:
    doubts = [Doubt.LINKS, Doubt.NO_EFFORT]
    held = steps.submit(Story(WORDS, doubts=doubts), by=STRANGER, now=now).report
    assert Report.objects.get(pk=held.pk).doubts == ["links", "no_effort"]
    assert published(held) is None
    closed = steps.submit(Story(WORDS, category="bribery_corruption", doubts=doubts), by=STRANGER, now=now).report
    assert Report.objects.get(pk=closed.pk).doubts == []
