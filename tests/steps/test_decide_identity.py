"""A second person opens an anonymous reporter's name or refuses it; the reporter learns of what was opened."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import Made, make_report
from tests.steps.seen import HOUR, INSTANT, fresh, last, published, refused, told
from tuntas import steps
from tuntas.kit.errors import NotAllowed, NotFound, WrongState
from tuntas.kit.words import Language
from tuntas.people.models import Look
from tuntas.reports.models import Notice, Report, Reveal
from tuntas.reports.notices import letter_of
from tuntas.reports.told import staff_view, track_view
from tuntas.rules.life import Act, may
from tuntas.rules.who import Actor, Role

WHY = "Saksi harus ditemui, nomornya 0812-3456-7890."
MAIL = "sari@mail.example"


def asked(cast: Cast, now: datetime, *, is_secret: bool = False) -> Made:
    made = make_report(now, email=MAIL, is_secret=is_secret)
    steps.ask_identity(made.report, by=cast.desk, text=WHY, now=now + HOUR)
    return Made(fresh(made.report), made.code)


def granted(cast: Cast, now: datetime) -> Report:
    report = asked(cast, now).report
    steps.decide_identity(report, by=cast.appointed_admin, is_granted=True, now=now + 2 * HOUR)
    return fresh(report)


def test_who_asked_reads_the_name_for_a_day_and_no_longer(cast: Cast, now: datetime) -> None:
    report, end = granted(cast, now), now + 26 * HOUR
    identity = steps.read_identity(report, by=cast.desk, now=end - INSTANT)
    assert (identity.name, identity.phone, identity.email) == ("Sari", "", MAIL)
    for moment in (end, end + HOUR):
        with refused(NotAllowed, report):
            steps.read_identity(report, by=cast.desk, now=moment)


def test_nobody_else_reads_it_not_even_who_agreed(cast: Cast, now: datetime) -> None:
    report = granted(cast, now)
    for actor in (cast.appointed_admin, cast.inspector, cast.liaison, cast.actor(Role.LEADER), cast.actor(Role.DPO)):
        with refused(NotAllowed, report):
            steps.read_identity(report, by=actor, now=now + 3 * HOUR)
        assert "reporter" not in staff_view(report, actor, language=Language.ID, now=now)
    assert "reporter" not in staff_view(report, cast.desk, language=Language.ID, now=now + 3 * HOUR)


def test_each_reading_is_a_look_with_its_reason(cast: Cast, now: datetime) -> None:
    report = granted(cast, now)
    for minutes in (1, 2):
        steps.read_identity(report, by=cast.desk, now=now + 3 * HOUR + timedelta(minutes=minutes))
    looks = Look.objects.filter(report_id=report.pk, what="identity")
    assert [(look.person_id, look.role, look.why) for look in looks] == [(cast.desk.person_id, "agency_admin", WHY)] * 2
    mine = track_view(fresh(report), language=Language.ID, now=now + 4 * HOUR)["looks"]
    assert [(look["role"], look["what"], look["why"]) for look in mine] == [("agency_admin", "identity", WHY)] * 2


def test_the_reporter_and_the_data_protection_officers_are_told(cast: Cast, now: datetime) -> None:
    report = granted(cast, now)
    sent = told(report, now + 2 * HOUR)
    assert ("name_opened", MAIL) in sent
    assert ("work", "dewi") in sent, "who asked"
    dpo = cast.person(Role.DPO).email.removesuffix("@kota-cempaka.example")
    assert ("name_opened_dpo", dpo) in sent
    line = track_view(report, language=Language.ID, now=now)["timeline"][-1]
    assert (line["act"], line["to_role"], line["why"]) == ("decide_identity", "agency_admin", WHY)
    assert "decide_identity" not in str(published(report).thread)  # type: ignore[union-attr]
    assert WHY not in str(staff_view(report, cast.actor(Role.LEADER), language=Language.ID, now=now))


def test_the_letter_says_to_whom_when_and_why_and_no_number_of_a_person(cast: Cast, now: datetime) -> None:
    report = granted(cast, now)
    for notice in Notice.objects.filter(report=report, template__startswith="name_opened"):
        for language, role in ((Language.ID, "Admin meja aduan"), (Language.EN, "Admin of the complaint desk")):
            letter = letter_of(notice, code="", base_url="https://x.example", language=language)
            assert role in letter.text
            assert "06-03-2026 12.00" in letter.text
            assert "Saksi harus ditemui" in letter.text
            assert "0812" not in letter.text
            assert "Sari" not in letter.text + letter.subject


def test_refusing_stays_in_the_house(cast: Cast, now: datetime) -> None:
    made = asked(cast, now)
    thread = made.report.thread
    steps.decide_identity(made.report, by=cast.inspector, is_granted=False, text="Cukup lewat sistem.", now=now + HOUR)
    report = fresh(made.report)
    assert report.thread == thread
    assert report.identity_asked_by_id is None
    assert {template for template, _ in told(report, now + HOUR + INSTANT)} <= {"work"}
    assert MAIL not in {name for _, name in told(report, now + HOUR)}
    with refused(NotAllowed, report):
        steps.read_identity(report, by=cast.desk, now=now + 2 * HOUR)
    assert last(report).text == "Cukup lewat sistem."
    steps.ask_identity(report, by=cast.desk, text=WHY, now=now + 3 * HOUR)
    assert Reveal.objects.filter(report=report).count() == 2


def test_nobody_agrees_with_themselves(cast: Cast, now: datetime) -> None:
    report = asked(cast, now).report
    for is_granted in (True, False):
        with refused(NotAllowed, report):
            steps.decide_identity(report, by=cast.desk, is_granted=is_granted, now=now + HOUR)


def test_of_a_secret_report_the_inspectorate_decides(cast: Cast, now: datetime) -> None:
    report = asked(cast, now, is_secret=True).report
    with refused(NotAllowed, report):
        steps.decide_identity(report, by=cast.appointed_admin, is_granted=True, now=now + HOUR)
    steps.decide_identity(report, by=cast.inspector, is_granted=True, now=now + HOUR)
    assert steps.read_identity(report, by=cast.desk, now=now + 2 * HOUR).name == "Sari"


@pytest.mark.parametrize("change", [{"forget_contact": True}, {"is_anonymous": False}])
def test_what_the_reporter_took_away_cannot_be_opened(cast: Cast, now: datetime, change: dict[str, bool]) -> None:
    made = asked(cast, now)
    steps.set_privacy(made.report, by=made.reporter, now=now + HOUR, **change)
    with refused(WrongState, made.report):
        steps.decide_identity(made.report, by=cast.inspector, is_granted=True, now=now + 2 * HOUR)
    steps.decide_identity(made.report, by=cast.inspector, is_granted=False, now=now + 2 * HOUR)


def test_a_forgotten_contact_is_gone_from_an_open_name_too(cast: Cast, now: datetime) -> None:
    report = granted(cast, now)
    steps.set_privacy(report, by=Made(report, "").reporter, forget_contact=True, now=now + 3 * HOUR)
    with refused(NotFound, report):
        steps.read_identity(report, by=cast.desk, now=now + 3 * HOUR)


def test_who_may(cast: Cast, now: datetime) -> None:
    made, plain = asked(cast, now), make_report(now, email=MAIL).report
    allowed = {
        role
        for role in Role
        if role is not Role.SEALED_READER
        if may(_one(cast, role), Act.DECIDE_IDENTITY, made.report)
    }
    assert allowed == {Role.INSPECTORATE}, "the only admin of the desk alone is the one who asked"
    assert may(cast.appointed_admin, Act.DECIDE_IDENTITY, made.report)
    assert not may(made.reporter, Act.DECIDE_IDENTITY, made.report)
    assert not any(may(_one(cast, role), Act.DECIDE_IDENTITY, plain) for role in Role if role is not Role.SEALED_READER)


def _one(cast: Cast, role: Role) -> Actor:
    return cast.actor(role)
