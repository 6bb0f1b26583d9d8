"""A liaison stands by what a handler of the agency wrote."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import DESK_ADMINS, HOUR, clock, fresh, last, published, refused, running, told, who_may
from tuntas import steps
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Agency
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.people.models import Post
from tuntas.people.queries import actor_of
from tuntas.reports.models import Report
from tuntas.reports.queries import DeskFilter, desk_page
from tuntas.reports.told import possible_acts, staff_view
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.who import Actor, Role

TEXT = "Lubang sudah kami tambal tadi pagi."


@pytest.fixture(autouse=True)
def signing(city: None) -> Iterator[None]:
    """The agency of roads wants its liaison to sign what a handler writes."""
    Agency.objects.update(liaison_signs=False)
    ask_of("dinas-pupr")
    yield
    forget_installation()


def ask_of(slug: str) -> None:
    Agency.objects.filter(slug=slug).update(liaison_signs=True)
    forget_installation()


def unsigned(cast: Cast, now: datetime, *, email: str = "") -> Report:
    report = bring(make_report(now, email=email), State.IN_PROGRESS, cast)
    steps.propose_answer(report, by=cast.handler, text=TEXT, outcome="answered", now=now + 3 * HOUR)
    return fresh(report)


def queue(actor: Actor, name: str, now: datetime) -> list[str | None]:
    return [row.number for row in desk_page(actor, DeskFilter(queue=name), now=now).items]


def test_a_handlers_answer_waits_for_the_liaison_who_is_told(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now, email="sari@mail.example")
    assert (report.state, report.awaits_signature) == ("awaiting_validation", True)
    assert told(report, now + 3 * HOUR) == {("work", "rudi")}
    assert Promise.VALIDATE in running(report)


def test_the_second_person_is_told_once_it_is_signed_and_may_let_it_out(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    before = fresh(report).thread
    steps.sign(report, by=cast.liaison, now=now + 4 * HOUR)
    report = fresh(report)
    assert (report.state, report.awaits_signature, last(report).text) == ("awaiting_validation", False, "")
    assert report.thread == before, "the reporter learns nothing of it"
    assert {template for template, _ in told(report, now + 4 * HOUR)} == {"work"}
    assert ("work", "rudi") not in told(report, now + 4 * HOUR)
    assert clock(report, Promise.VALIDATE).started_at == now + 3 * HOUR
    steps.approve(report, by=cast.validator, now=now + 5 * HOUR)
    assert fresh(report).thread["answers"][0]["text"] == TEXT


def test_the_liaisons_words_are_the_answer(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    steps.sign(report, by=cast.liaison, text=" Lubang sudah ditambal. ", now=now + 4 * HOUR)
    view = staff_view(fresh(report), cast.validator, language=Language.ID, now=now + 4 * HOUR)
    assert view["proposed_answer"]["text"] == "Lubang sudah ditambal."
    assert (view["proposed_answer"]["awaits_signature"], view["proposed_answer"]["signed_by"]) == (
        False,
        cast.person(Role.LIAISON, "dinas-pupr").name,
    )
    steps.approve(report, by=cast.validator, now=now + 5 * HOUR)
    publication = published(report)
    assert publication is not None
    told_to = (fresh(report).thread, publication.thread)
    assert [thread["answers"][0]["text"] for thread in told_to] == ["Lubang sudah ditambal."] * 2
    assert [thread["answers"][0]["agency"] for thread in told_to] == ["dinas-pupr"] * 2
    assert TEXT not in str(told_to)


def test_nobody_approves_what_is_not_signed(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    for by in (cast.validator, cast.desk):
        with refused(WrongState, report):
            steps.approve(report, by=by, now=now + 4 * HOUR)
        acts = possible_acts(by, report, now=now + 4 * HOUR)
        assert (Act.APPROVE in acts, Act.RETURN_ANSWER in acts, Act.SIGN in acts) == (False, True, False)
    view = staff_view(report, cast.liaison, language=Language.ID, now=now + 4 * HOUR)
    assert (view["proposed_answer"]["awaits_signature"], view["proposed_answer"]["signed_by"]) == (True, None)
    assert {"sign", "return_answer"} <= set(view["acts"])


def test_who_signed_it_is_no_second_person(cast: Cast, now: datetime) -> None:
    person, validator = cast.person(Role.LIAISON, "dinas-pupr"), cast.person(Role.RESPONSE_VALIDATOR)
    another = cast.validator
    report = unsigned(cast, now)
    Post.objects.create(person=person, role=Role.RESPONSE_VALIDATOR, agency_id=validator.posts.get().agency_id)
    steps.sign(report, by=actor_of(person), now=now + 4 * HOUR)
    with refused(NotAllowed, fresh(report)):
        steps.approve(report, by=actor_of(person), now=now + 5 * HOUR)
    steps.approve(report, by=another, now=now + 5 * HOUR)


def test_it_leaves_the_queue_of_answers_to_check_until_it_is_signed(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    later = now + 4 * HOUR
    assert (queue(cast.liaison, "tanda-tangan", later), queue(cast.validator, "cek-jawaban", later)) == (
        [report.number],
        [],
    )
    for by in (cast.handler, cast.other_liaison, cast.validator, cast.desk):
        assert queue(by, "tanda-tangan", later) == []
    steps.sign(report, by=cast.liaison, now=later)
    assert (queue(cast.liaison, "tanda-tangan", later), queue(cast.validator, "cek-jawaban", later)) == (
        [],
        [report.number],
    )


def test_the_liaison_sends_it_back_and_its_writer_hears_of_it(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    steps.return_answer(report, by=cast.liaison, text="Tambah foto.", now=now + 4 * HOUR)
    report = fresh(report)
    assert (report.state, report.awaits_signature) == ("in_progress", False)
    writer = cast.person(Role.UNIT_HANDLER, "dinas-pupr").email.removesuffix("@kota-cempaka.example")
    assert told(report, now + 4 * HOUR) == {("work", writer)}
    steps.propose_answer(report, by=cast.liaison, text="Saya tulis sendiri.", outcome="answered", now=now + 5 * HOUR)
    assert not fresh(report).awaits_signature
    with refused(NotAllowed, fresh(report)):
        steps.return_answer(report, by=cast.liaison, text="Salah.", now=now + 6 * HOUR)


def test_each_answer_is_signed_anew(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    steps.sign(report, by=cast.liaison, text="Pertama.", now=now + 4 * HOUR)
    steps.return_answer(report, by=cast.validator, text="Kurang.", now=now + 5 * HOUR)
    steps.propose_answer(report, by=cast.handler, text="Kedua.", outcome="answered", now=now + 6 * HOUR)
    view = staff_view(fresh(report), cast.validator, language=Language.ID, now=now + 6 * HOUR)["proposed_answer"]
    assert (view["text"], view["awaits_signature"], view["signed_by"]) == ("Kedua.", True, None)


def test_a_question_keeps_it_waiting_and_a_withdrawal_ends_it(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    steps.propose_answer(report, by=cast.handler, text=TEXT, outcome="answered", now=now + 3 * HOUR)
    steps.ask(report, by=cast.liaison, text="Yang mana?", now=now + 4 * HOUR)
    assert fresh(report).awaits_signature
    with refused(WrongState, fresh(report)):
        steps.sign(report, by=cast.liaison, now=now + 5 * HOUR)
    steps.complete(report, by=made.reporter, text="Yang kiri.", now=now + 5 * HOUR)
    assert (fresh(report).state, fresh(report).awaits_signature) == ("awaiting_validation", True)
    steps.withdraw(report, by=made.reporter, text="Sudah beres.", now=now + 6 * HOUR)
    assert not fresh(report).awaits_signature


def test_it_waits_for_nobody_where_the_agency_does_not_ask(cast: Cast, now: datetime) -> None:
    Agency.objects.update(liaison_signs=False)
    ask_of("dlh")
    report = unsigned(cast, now)
    assert not report.awaits_signature
    assert ("work", "rudi") not in told(report, now + 3 * HOUR)


def test_it_waits_where_an_agency_above_asks(cast: Cast, now: datetime) -> None:
    Agency.objects.update(liaison_signs=False)
    above = Agency.objects.get(slug="dinas-pupr").parent
    assert above is not None
    ask_of(above.slug)
    assert unsigned(cast, now).awaits_signature


def test_it_waits_for_nobody_where_there_is_no_liaison(cast: Cast, now: datetime) -> None:
    liaison = cast.liaison
    report = bring(make_report(now), State.IN_PROGRESS, cast)
    Post.objects.filter(role=Role.LIAISON).delete()
    steps.propose_answer(report, by=cast.handler, text=TEXT, outcome="answered", now=now + 3 * HOUR)
    assert not fresh(report).awaits_signature
    with refused(NotAllowed, fresh(report)):
        steps.sign(report, by=liaison, now=now + 4 * HOUR)


def test_a_liaisons_own_answer_needs_no_signature(cast: Cast, now: datetime) -> None:
    report = bring(make_report(now), State.AWAITING_VALIDATION, cast)
    assert not report.awaits_signature


def test_a_restricted_report_is_signed_by_nobody(cast: Cast, now: datetime) -> None:
    ask_of("inspektorat")
    report, inspector = make_restricted(now).report, cast.inspector
    steps.dispatch(report, by=inspector, agency="inspektorat", now=now + HOUR)
    steps.start(report, by=inspector, text="Kami periksa.", now=now + 2 * HOUR)
    steps.propose_answer(report, by=inspector, text="Sudah.", outcome="answered", now=now + 3 * HOUR)
    assert not fresh(report).awaits_signature


def test_who_may(cast: Cast, now: datetime) -> None:
    made = make_report(now)
    report = bring(made, State.IN_PROGRESS, cast)
    steps.propose_answer(report, by=cast.handler, text=TEXT, outcome="answered", now=now + 3 * HOUR)
    assert who_may(Act.SIGN, fresh(report), cast, made, now + 9 * HOUR) == {"liaison"}
    assert who_may(Act.RETURN_ANSWER, fresh(report), cast, made, now + 9 * HOUR) == DESK_ADMINS | {
        "validator",
        "liaison",
    }


def test_words_that_cannot_be_kept_are_refused(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    with refused(Invalid, report, "/text"):
        steps.sign(report, by=cast.liaison, text="\x00", now=now + 4 * HOUR)


def test_other_words_are_held_to_what_the_first_were_held_to(cast: Cast, now: datetime) -> None:
    report = unsigned(cast, now)
    with refused(Invalid, report, "/text"):
        steps.sign(report, by=cast.liaison, text="Sudah kami tambal. " * 150, now=now + 4 * HOUR)
