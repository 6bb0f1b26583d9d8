"""The recovery key: listed, in every report, never left out; used with a reason that all readers see."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import make_restricted
from tests.sealed_room import Reader, make_readers, make_recovery, read_by
from tests.steps.test_publish_directory import HOST, changed, signed
from tuntas import steps
from tuntas.agencies.models import Government
from tuntas.kit import age
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.rules.sealed_purposes import Purpose, RoomLook
from tuntas.rules.who import STRANGER
from tuntas.sealed.appointed import lacks_key, may_open, next_list
from tuntas.sealed.models import ReaderKey, Seal, WrappedKey
from tuntas.sealed.queries import readers as listed
from tuntas.sealed.queries import seal_of
from tuntas.sealed.recovery import LASTS, recovering_until, recovery_key, room_trail, wrapped_for_recovery
from tuntas.steps.submit import Story

NAME, WHY = "Pemulihan Inspektorat", "Frasa sandi dan kertas kunci saya hilang."
A_SECOND = timedelta(seconds=1)


def used() -> int:
    return Government.objects.get().recoveries or 0


@pytest.fixture
def readers(cast: Cast) -> dict[int, Reader]:
    return make_readers()


def test_the_next_list_names_it_and_the_one_after_another(
    readers: dict[int, Reader], cast: Cast, now: datetime
) -> None:
    me, first = cast.appointed_inspector, age.recipient_of(age.new_identity())
    key = steps.keep_recovery_key(by=me, recipient=first, name=f" {NAME} ", now=now)
    again = steps.keep_recovery_key(by=me, recipient=first, name=NAME, now=now)
    assert (key.pk, key.name, bytes(key.locked)) == (again.pk, NAME, b"")
    steps.publish_directory(signed(next_list(HOST, now=now)), by=me, origin=HOST, now=now)
    assert [(each.name, each.role, each.recipient) for each in listed() if each.is_recovery] == [
        (NAME, "recovery", first)
    ]
    other = steps.keep_recovery_key(by=me, recipient=age.recipient_of(age.new_identity()), name=NAME, now=now)
    assert recovery_key() == other
    assert ReaderKey.objects.get(pk=key.pk).retired_at == now
    assert [each.what for each in room_trail()] == [RoomLook.RECOVERY_KEPT] * 2


def test_no_list_makes_a_person_of_it_or_it_of_a_person(readers: dict[int, Reader], cast: Cast, now: datetime) -> None:
    me = cast.appointed_inspector
    steps.keep_recovery_key(by=me, recipient=age.recipient_of(age.new_identity()), name=NAME, now=now)
    text = next_list(HOST, now=now)
    for line in (
        text.replace('"recovery"', '"inspectorate"'),
        text.replace('"inspectorate"', '"recovery"'),
        changed(text, readers=[{"name": NAME}]),
    ):
        with pytest.raises(Invalid):
            steps.publish_directory(signed(line), by=me, origin=HOST, now=now)


def test_a_list_of_it_alone_is_of_nobody(readers: dict[int, Reader], cast: Cast, now: datetime) -> None:
    me = cast.appointed_inspector
    key = steps.keep_recovery_key(by=me, recipient=age.recipient_of(age.new_identity()), name=NAME, now=now)
    alone = {"id": str(key.pk), "name": NAME, "role": "recovery", "recipient": key.recipient}
    with pytest.raises(Invalid, match="names nobody"):
        steps.publish_directory(signed(changed(next_list(HOST, now=now), readers=[alone])), by=me, origin=HOST, now=now)


def test_only_readers_add_one_and_only_a_good_one(readers: dict[int, Reader], cast: Cast, now: datetime) -> None:
    me, good = cast.appointed_inspector, age.recipient_of(age.new_identity())
    theirs = ReaderKey.objects.filter(person__isnull=False)[0].recipient
    for key, name in (("age1x", NAME), (good, " "), (good, "x" * 101), (theirs, NAME)):
        with pytest.raises(Invalid):
            steps.keep_recovery_key(by=me, recipient=key, name=name, now=now)
    with pytest.raises(NotAllowed):
        steps.keep_recovery_key(by=cast.inspector, recipient=good, name=NAME, now=now)
    assert recovery_key() is None


def test_reports_are_closed_to_it_and_nobody_leaves_it_out(readers: dict[int, Reader], now: datetime) -> None:
    recovery = make_recovery()
    out = next(iter(readers.values())).key_id
    story = Story(body="Petugas minta uang.", category="bribery_corruption", excluded=[out, recovery.key_id])
    report = steps.submit(story, by=STRANGER, now=now).report
    assert read_by(recovery, report.pk)[0][1]["body"] == "Petugas minta uang."
    assert not WrappedKey.objects.filter(report_id=report.pk, reader_id=out).exists()
    assert {each.id for each in may_open(seal_of(report.pk))} & {out, recovery.key_id} == {recovery.key_id}
    everybody = Story(body="Uang.", category="bribery_corruption", excluded=[each.key_id for each in readers.values()])
    with pytest.raises(Invalid):
        steps.submit(everybody, by=STRANGER, now=now)


def test_older_reports_are_wrapped_for_it_by_a_reader(readers: dict[int, Reader], cast: Cast, now: datetime) -> None:
    made, me = make_restricted(), cast.appointed_inspector
    recovery, mine = make_recovery(), readers[me.person_id or 0]
    seal = Seal.objects.get(pk=made.report.pk)
    assert [each.id for each in lacks_key(seal, may_open(seal))] == [recovery.key_id]
    steps.open_sealed(made.report, by=me, purpose=Purpose.OVERSEEING, now=now)
    identity = age.opened(bytes(WrappedKey.objects.get(reader_id=mine.key_id).data), mine.identity)
    data = age.close(identity, [age.recipient_of(recovery.identity)])
    assert steps.rewrap(made.report, by=me, keys={str(recovery.key_id): data}, now=now) == [NAME]
    assert read_by(recovery, made.report.pk)[0][1]["body"] == "Petugas loket meminta uang rokok."
    assert wrapped_for_recovery(made.report.pk) == [data]


def test_who_uses_it_says_why_for_an_hour(readers: dict[int, Reader], cast: Cast, now: datetime) -> None:
    me = cast.appointed_inspector
    with pytest.raises(WrongState):
        steps.use_recovery(by=me, why=WHY, now=now)
    make_recovery()
    for why in ("", "hilang"):
        with pytest.raises(Invalid):
            steps.use_recovery(by=me, why=why, now=now)
    with pytest.raises(NotAllowed):
        steps.use_recovery(by=cast.inspector, why=WHY, now=now)
    assert used() == 0
    assert steps.use_recovery(by=me, why=WHY, now=now) == now + LASTS
    assert recovering_until(me.person_id or 0, now=now + LASTS - A_SECOND) == now + LASTS
    assert recovering_until(me.person_id or 0, now=now + LASTS) is None
    assert recovering_until(cast.appointed_admin.person_id or 0, now=now) is None
    assert ([(each.what, each.why) for each in room_trail()], used()) == ([(RoomLook.RECOVERY_USED, WHY)], 1)
