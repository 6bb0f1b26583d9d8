"""Opening a seal, looking into it, and giving keys on: each happy path, and each refusal."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import Made, make_report, make_restricted
from tests.sealed_room import Reader, make_readers, read_by, third_reader
from tuntas import steps
from tuntas.kit import age
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.rules.sealed_purposes import Purpose, SealedLook
from tuntas.sealed.models import Opening, ReaderKey, Seal, WrappedKey
from tuntas.sealed.queries import live_opening

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def readers(cast: Cast) -> dict[int, Reader]:
    return make_readers()


@pytest.fixture
def made(readers: dict[int, Reader]) -> Made:
    return make_restricted()


def wrapped(reader: Reader, identity: str) -> bytes:
    return age.close(identity.encode(), [age.recipient_of(reader.identity)])


def test_it_stays_open_a_quarter_of_an_hour_and_the_reporter_sees_it(made: Made, cast: Cast, now: datetime) -> None:
    me = cast.appointed_inspector
    opening = steps.open_sealed(made.report, by=me, purpose=Purpose.FIRST_LOOK, now=now)
    assert live_opening(made.report.pk, me.person_id or 0, now=opening.ends_at - A_SECOND) is not None
    assert live_opening(made.report.pk, me.person_id or 0, now=opening.ends_at) is None
    assert live_opening(made.report.pk, cast.appointed_admin.person_id or 0, now=now) is None
    made.report.refresh_from_db()
    assert [look["why"] for look in made.report.thread["looks"]] == ["telaah awal"]
    assert made.report.fetched_at == now


@pytest.mark.parametrize("who", ["desk", "inspector", "liaison"])
def test_nobody_else_opens_it(made: Made, cast: Cast, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        steps.open_sealed(made.report, by=getattr(cast, who), purpose=Purpose.FIRST_LOOK, now=now)
    assert not Opening.objects.exists()


def test_an_ordinary_report_has_no_seal_to_open(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        steps.open_sealed(make_report().report, by=cast.appointed_inspector, purpose=Purpose.FIRST_LOOK, now=now)


def test_whom_the_reporter_left_out_never_opens_it_with_any_key(
    made: Made, readers: dict[int, Reader], cast: Cast, now: datetime
) -> None:
    me = cast.appointed_inspector
    Seal.objects.filter(pk=made.report.pk).update(excluded=[readers[me.person_id or 0].key_id])
    identity = age.new_identity()
    steps.keep_reader_key(
        by=me, recipient=age.recipient_of(identity), locked=b"age-encryption.org/v1\n-> scrypt x", now=now
    )
    with pytest.raises(NotAllowed):
        steps.open_sealed(made.report, by=me, purpose=Purpose.FIRST_LOOK, now=now)


def test_a_purpose_is_one_of_the_list(made: Made, cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid):
        steps.open_sealed(made.report, by=cast.appointed_inspector, purpose="iseng", now=now)


def test_a_look_into_it_needs_an_opening_and_a_part_needs_a_reason(made: Made, cast: Cast, now: datetime) -> None:
    me = cast.appointed_inspector
    with pytest.raises(NotAllowed):
        steps.look_at_sealed(made.report, by=me, what=SealedLook.FILE, now=now)
    steps.open_sealed(made.report, by=me, purpose=Purpose.EXAMINING, now=now)
    steps.look_at_sealed(made.report, by=me, what=SealedLook.FILE, why="foto.jpg", now=now)
    with pytest.raises(Invalid):
        steps.look_at_sealed(made.report, by=me, what=SealedLook.PART, why="Budi", now=now)


def test_a_changed_key_is_wrapped_for_all_who_are_left(
    made: Made, readers: dict[int, Reader], cast: Cast, now: datetime
) -> None:
    me = cast.appointed_inspector
    steps.open_sealed(made.report, by=me, purpose=Purpose.EXAMINING, now=now)
    mine = readers[me.person_id or 0]
    old = age.opened(bytes(WrappedKey.objects.get(reader_id=mine.key_id).data), mine.identity).decode()
    fresh = age.new_identity()
    both = f"{fresh}\n{old}"
    seal = Seal.objects.get(pk=made.report.pk)
    keys = {str(reader.key_id): wrapped(reader, both) for reader in readers.values()}
    if seal.reporter:
        with pytest.raises(Invalid):
            steps.rewrap(made.report, by=me, keys=keys, recipient=age.recipient_of(fresh), now=now)
        keys["reporter"] = age.close(both.encode(), [seal.reporter])
    steps.rewrap(made.report, by=me, keys=keys, recipient=age.recipient_of(fresh), now=now)
    assert Seal.objects.get(pk=made.report.pk).recipient == age.recipient_of(fresh)
    for reader in readers.values():
        assert read_by(reader, made.report.pk)[0][1]["body"] == "Petugas loket meminta uang rokok."


@pytest.mark.parametrize("data", [b"AGE-SECRET-KEY-1", b"age-encryption.org/v1\n-> scrypt x"])
def test_only_wrapped_keys_of_listed_readers_are_kept(
    made: Made, readers: dict[int, Reader], cast: Cast, now: datetime, data: bytes
) -> None:
    me = cast.appointed_inspector
    steps.open_sealed(made.report, by=me, purpose=Purpose.EXAMINING, now=now)
    key_id = readers[me.person_id or 0].key_id
    for keys in ({str(key_id): data}, {"999999": wrapped(readers[me.person_id or 0], "x")}, {}):
        with pytest.raises(Invalid):
            steps.rewrap(made.report, by=me, keys=keys, now=now)


def test_who_leaves_loses_every_wrapped_key(made: Made, readers: dict[int, Reader], cast: Cast, now: datetime) -> None:
    leaves = readers[cast.appointed_admin.person_id or 0]
    with pytest.raises(NotAllowed):
        steps.retire_reader_key(leaves.key_id, by=cast.desk, now=now)
    steps.ask_reader_leaving(leaves.key_id, by=third_reader(cast.liaison), why="Pindah ke dinas lain.", now=now)
    assert steps.retire_reader_key(leaves.key_id, by=cast.appointed_inspector, now=now) == 1
    assert ReaderKey.objects.get(pk=leaves.key_id).retired_at == now
    assert not WrappedKey.objects.filter(reader_id=leaves.key_id).exists()
    assert WrappedKey.objects.filter(report_id=made.report.pk).exists()
