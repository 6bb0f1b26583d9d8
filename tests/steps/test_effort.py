"""A proof of effort counts once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.effort import light, solved
from tuntas import steps
from tuntas.kit.effort import new_challenge
from tuntas.kit.time import real_time
from tuntas.people.models import Spent
from tuntas.steps.effort import asked_for_effort, spend_effort

__all__ = ["light"]


def proof_for(form: str = "form") -> str:
    return solved(new_challenge("reports", form, real_now=real_time()))


@pytest.mark.django_db
def test_a_proof_counts_once() -> None:
    now, proof = real_time(), proof_for()
    assert spend_effort(proof, "reports", "form", real_now=now)
    assert not spend_effort(proof, "reports", "form", real_now=now)
    assert spend_effort(proof_for(), "reports", "form", real_now=now)


@pytest.mark.django_db
def test_what_is_shown_for_another_form_is_not_spent() -> None:
    now, proof = real_time(), proof_for()
    assert not spend_effort(proof, "reports", "other", real_now=now)
    assert not spend_effort("", "reports", "form", real_now=now)
    assert Spent.objects.count() == 0
    assert spend_effort(proof, "reports", "form", real_now=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_counts() -> None:
    now, proof, taken = real_time(), proof_for(), list[bool]()

    def spend() -> None:
        try:
            taken.append(spend_effort(proof, "reports", "form", real_now=now))
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, False, False, True]


@pytest.mark.django_db
def test_the_refusal_carries_the_way_on() -> None:
    now = real_time()
    slower = asked_for_effort("reports", "form", 42, real_now=now)
    assert slower.seconds == 42
    assert "42" in slower.say.id
    assert slower.challenge is not None
    assert spend_effort(solved(slower.challenge), "reports", "form", real_now=now)


@pytest.mark.usefixtures("city")
def test_what_was_spent_is_forgotten_when_it_is_too_old_to_count() -> None:
    now = real_time()
    spend_effort(proof_for(), "reports", "form", real_now=now)
    steps.tidy(now=now, real_now=now + timedelta(minutes=30))
    assert Spent.objects.count() == 1
    steps.tidy(now=now, real_now=now + timedelta(minutes=61))
    assert Spent.objects.count() == 0
