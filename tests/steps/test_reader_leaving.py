"""A reader leaves: alone if they wish to, or when one asks and another agrees. Nobody throws out a reader alone."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.sealed_room import Reader, make_readers, make_recovery, third_reader
from tuntas import steps
from tuntas.kit import age
from tuntas.kit.errors import Invalid, NotAllowed, NotFound, WrongState
from tuntas.rules.sealed_purposes import RoomLook
from tuntas.rules.who import Actor
from tuntas.sealed.models import ReaderKey
from tuntas.sealed.recovery import room_trail

WHY = "Ia pindah ke dinas lain."


@pytest.fixture
def readers(cast: Cast) -> dict[int, Reader]:
    return make_readers()


@pytest.fixture
def leaves(readers: dict[int, Reader], cast: Cast) -> int:
    return readers[cast.appointed_admin.person_id or 0].key_id


@pytest.fixture
def third(readers: dict[int, Reader], cast: Cast) -> Actor:
    return third_reader(cast.liaison)


def is_in_use(key_id: int) -> bool:
    return ReaderKey.objects.get(pk=key_id).retired_at is None


def test_who_leaves_needs_nobody_else(leaves: int, cast: Cast, now: datetime) -> None:
    steps.retire_reader_key(leaves, by=cast.appointed_admin, now=now)
    assert not is_in_use(leaves)
    assert [each.what for each in room_trail()] == [RoomLook.LEFT]
    with pytest.raises(WrongState):
        steps.retire_reader_key(leaves, by=cast.appointed_admin, now=now)


def test_one_asks_and_another_agrees(leaves: int, third: Actor, cast: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        steps.retire_reader_key(leaves, by=cast.appointed_inspector, now=now)
    steps.ask_reader_leaving(leaves, by=cast.appointed_inspector, why=WHY, now=now)
    with pytest.raises(NotAllowed):
        steps.retire_reader_key(leaves, by=cast.appointed_inspector, now=now)
    with pytest.raises(WrongState):
        steps.ask_reader_leaving(leaves, by=third, why=WHY, now=now)
    assert is_in_use(leaves)
    steps.retire_reader_key(leaves, by=third, now=now)
    assert not is_in_use(leaves)
    assert [each.what for each in room_trail()] == [RoomLook.LEFT, RoomLook.LEAVING_ASKED]
    assert [WHY in each.why for each in room_trail()] == [True, True]


def test_what_was_asked_is_refused_or_taken_back(leaves: int, third: Actor, cast: Cast, now: datetime) -> None:
    for by in (third, cast.appointed_inspector):
        steps.ask_reader_leaving(leaves, by=cast.appointed_inspector, why=WHY, now=now)
        with pytest.raises(NotAllowed):
            steps.refuse_reader_leaving(leaves, by=cast.appointed_admin, now=now)
        steps.refuse_reader_leaving(leaves, by=by, now=now)
        with pytest.raises(NotAllowed):
            steps.retire_reader_key(leaves, by=third, now=now)
        with pytest.raises(WrongState):
            steps.refuse_reader_leaving(leaves, by=by, now=now)
    assert is_in_use(leaves)


def test_another_key_does_not_get_rid_of_it(leaves: int, third: Actor, cast: Cast, now: datetime) -> None:
    steps.ask_reader_leaving(leaves, by=cast.appointed_inspector, why=WHY, now=now)
    recipient = age.recipient_of(age.new_identity())
    locked = b"age-encryption.org/v1\n-> scrypt x"
    fresh = steps.keep_reader_key(by=cast.appointed_admin, recipient=recipient, locked=locked, now=now)
    assert (fresh.leaving_why, ReaderKey.objects.get(pk=leaves).leaving_why) == (WHY, "")
    steps.retire_reader_key(fresh.pk, by=third, now=now)
    assert not is_in_use(fresh.pk)


def test_the_recovery_key_takes_two_as_well(third: Actor, cast: Cast, now: datetime) -> None:
    key_id = make_recovery().key_id
    for by in (third, cast.appointed_inspector):
        with pytest.raises(NotAllowed):
            steps.retire_reader_key(key_id, by=by, now=now)
    steps.ask_reader_leaving(key_id, by=third, why="Satu amplop hilang dari brankas.", now=now)
    steps.retire_reader_key(key_id, by=cast.appointed_inspector, now=now)
    assert not is_in_use(key_id)
    assert ReaderKey.objects.filter(retired_at=None, person__isnull=False).exists()


@pytest.mark.parametrize("who", ["desk", "inspector", "liaison"])
def test_only_readers_ask_and_decide(leaves: int, cast: Cast, now: datetime, who: str) -> None:
    by = getattr(cast, who)
    with pytest.raises(NotAllowed):
        steps.ask_reader_leaving(leaves, by=by, why=WHY, now=now)
    with pytest.raises(NotAllowed):
        steps.refuse_reader_leaving(leaves, by=by, now=now)
    with pytest.raises(NotAllowed):
        steps.retire_reader_key(leaves, by=by, now=now)


def test_a_reason_and_a_key_there_must_be(leaves: int, cast: Cast, now: datetime) -> None:
    me = cast.appointed_inspector
    for why in ("", "pindah", "x" * 301):
        with pytest.raises(Invalid):
            steps.ask_reader_leaving(leaves, by=me, why=why, now=now)
    with pytest.raises(NotFound):
        steps.ask_reader_leaving(999_999, by=me, why=WHY, now=now)
    assert list(room_trail()) == []
