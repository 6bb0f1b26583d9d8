"""Moving an ordinary report into the sealed room: nothing readable stays behind."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report
from tests.sealed_room import make_readers, read_by
from tests.steps.merged import make_cluster
from tests.steps.seen import HOUR, everybody, fresh, photo, published, refused
from tests.stored import rows_with
from tuntas import steps
from tuntas.kit import age
from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.reports.models import Contact, Event, File, Report
from tuntas.reports.opened import reporters_identity
from tuntas.reports.told import track_view
from tuntas.rules.life import Act, State, acts_of
from tuntas.sealed.models import Seal, WrappedKey
from tuntas.steps.open_by_code import open_by_code

MARK = "zqmarkah"


def test_what_was_readable_is_gone_and_the_readers_have_it(cast: Cast, now: datetime) -> None:
    made = make_report(now, body=f"Petugas {MARK} di loket.", email=f"{MARK}@mail.example")
    steps.ask(made.report, by=cast.appointed_admin, text=f"Siapa {MARK}?", now=now + HOUR)
    steps.complete(made.report, by=made.reporter, text=f"Namanya {MARK}.", file_ids=[photo(now)], now=now + 2 * HOUR)
    steps.note(made.report, by=cast.desk, text=f"Catat {MARK}.", now=now + 3 * HOUR)
    number = fresh(made.report).number
    assert rows_with(MARK)
    steps.seal(made.report, by=cast.desk, text=f"Ini pungli {MARK}.", now=now + 4 * HOUR)
    assert rows_with(MARK) == []
    report = fresh(made.report)
    assert (report.is_restricted, report.number, report.state) == (True, None, "submitted")
    assert published(report) is None
    assert rows_with(str(number)) == []
    assert not File.objects.filter(report=report).exists()
    assert not Contact.objects.filter(report=report).exists()
    for reader in make_readers().values():
        said = read_by(reader, report.pk)
        assert said[0][1]["body"] == f"Petugas {MARK} di loket."
        assert said[0][1]["was_number"] == number
        assert said[0][1]["email"] == f"{MARK}@mail.example"
        assert [words["text"] for _, words in said[1:]] == [
            f"Siapa {MARK}?",
            f"Namanya {MARK}.",
            f"Catat {MARK}.",
            f"Ini pungli {MARK}.",
        ]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.TRANSFER_PENDING, State.IN_PROGRESS, State.ANSWERED])
def test_it_begins_again_in_the_room_whatever_stood_before(cast: Cast, now: datetime, state: State) -> None:
    made = make_report(now)
    bring(made, state, cast, now)
    steps.seal(fresh(made.report), by=cast.desk, text="Ini pungli.", now=now + 9 * HOUR)
    report = fresh(made.report)
    assert (report.state, report.holder_id, report.ref is not None) == ("submitted", None, True)
    people = everybody(cast, made)
    assert acts_of(people["desk"], report) == []
    assert Act.DISPATCH in acts_of(people["appointed_admin"], report)


def test_the_desk_seals_and_agencies_do_not(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.IN_PROGRESS, cast, now)
    for outsider in (cast.liaison, cast.handler, cast.validator, made.reporter):
        with refused(NotAllowed, made.report):
            steps.seal(made.report, by=outsider, text="Ini pungli.", now=now + 9 * HOUR)
    steps.seal(made.report, by=cast.inspector, text="Ini pungli.", now=now + 9 * HOUR)
    with refused(NotAllowed, made.report):
        steps.seal(made.report, by=cast.desk, text="Lagi.", now=now + 10 * HOUR)


def test_what_is_over_is_not_sealed(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    bring(made, State.CLOSED, cast, now)
    with refused(WrongState, made.report):
        steps.seal(made.report, by=cast.desk, text="Ini pungli.", now=now + 9 * HOUR)


def test_the_code_still_finds_it_and_opens_it_once_a_reader_has_wrapped_the_key(cast: Cast, now: datetime) -> None:
    made = make_report(now, body="Petugas di loket.")
    steps.seal(made.report, by=cast.desk, text="Ini pungli.", now=now + HOUR)
    report = open_by_code(made.code, address="203.0.113.7", real_now=now)
    assert report.pk == made.report.pk
    assert track_view(report, language=Language.ID, now=now, code=made.code)["body"] == ""
    seal = Seal.objects.get(pk=report.pk)
    assert seal.reporter == age.recipient_of(reporters_identity(made.code))
    reader = next(iter(make_readers().values()))
    mine = WrappedKey.objects.get(report_id=report.pk, reader=reader.key_id)
    identity = age.opened(bytes(mine.data), reader.identity)
    WrappedKey.objects.create(report_id=report.pk, data=age.close(identity, [seal.reporter]))
    view = track_view(fresh(report), language=Language.ID, now=now, code=made.code)
    assert view["body"] == "Petugas di loket."


def test_the_log_can_still_be_checked_after_words_are_gone(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    before = Event.objects.get(report=made.report)
    steps.seal(made.report, by=cast.desk, text="Ini pungli.", now=now + HOUR)
    after = Event.objects.get(pk=before.pk)
    assert (after.text, after.salt) == ("", None)
    assert after.commitment is not None
    assert bytes(after.commitment) == bytes(before.commitment or b"")


def test_one_that_goes_along_is_taken_out_first(cast: Cast, now: datetime) -> None:
    lead, (one, other) = make_cluster(cast, now)
    bring(lead, State.IN_PROGRESS, cast)
    make_readers()
    steps.seal(one.report, by=cast.desk, text="Ini pungli.", now=now + 9 * HOUR)
    report = fresh(one.report)
    assert (report.is_restricted, report.is_led, report.merged_into_id) == (True, False, None)
    assert (fresh(lead.report).merged_count, fresh(other.report).is_led) == (1, True)


def test_those_that_went_along_stand_where_they_stood(cast: Cast, now: datetime) -> None:
    lead, others = make_cluster(cast, now)
    bring(lead, State.IN_PROGRESS, cast)
    make_readers()
    steps.seal(lead.report, by=cast.desk, text="Ini pungli.", now=now + 9 * HOUR)
    assert fresh(lead.report).merged_count == 0
    for one in others:
        report = fresh(one.report)
        assert (report.state, report.holder_id, report.is_led) == ("submitted", None, False)
        assert report.merged_into_id is None
        assert published(report) is not None


def test_parts_of_a_sealed_report_no_longer_point_to_it(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    steps.split(made.report, by=cast.desk, parts=[steps.Part("Lampu", "Lampu mati.")], now=now + HOUR)
    make_readers()
    steps.seal(made.report, by=cast.desk, text="Ini pungli.", now=now + 2 * HOUR)
    assert not Report.objects.filter(split_from__isnull=False).exists()
