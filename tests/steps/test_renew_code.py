"""A lost code: a new one by letter, to the address that is known, and to nobody else."""

from datetime import datetime, timedelta

import pytest

from tests.make import Made, make_report, make_restricted
from tests.steps.seen import DAY, HOUR, everything_about
from tuntas import steps
from tuntas.kit.crypto import decrypt
from tuntas.kit.ids import read_code, show_code
from tuntas.kit.words import Language
from tuntas.reports.models import Contact, Notice, Report
from tuntas.reports.notices import letter_of
from tuntas.reports.queries import report_with_code
from tuntas.reports.secrets import outbox_key

pytestmark = pytest.mark.usefixtures("city")

SARI = "sari@mail.example"


@pytest.fixture
def made(city: None, now: datetime) -> Made:
    return make_report(now, email=SARI)


def letters(report: Report) -> list[Notice]:
    return list(Notice.objects.filter(report=report, template="new_code").order_by("pk"))


def code_in(notice: Notice) -> str:
    assert notice.secret is not None
    return decrypt(outbox_key(), bytes(notice.secret)).decode()


@pytest.mark.parametrize("email", [SARI, " SARI@Mail.example "])
@pytest.mark.parametrize("front", ["", "3299-"])
def test_a_new_code_opens_the_report_and_the_old_one_no_longer_does(
    made: Made, now: datetime, email: str, front: str
) -> None:
    steps.renew_code(f"{front}{made.report.number}", email, now=now + HOUR)
    (letter,) = letters(made.report)
    code = code_in(letter)
    assert (letter.email, letter.state, read_code(code)) == (SARI, "waiting", code)
    assert report_with_code(code) == made.report
    assert report_with_code(made.code) is None


def test_the_letter_brings_the_code_and_no_word_of_the_report(made: Made, now: datetime) -> None:
    steps.renew_code(made.report.number or "", SARI, now=now)
    (notice,) = letters(made.report)
    code = show_code(code_in(notice))
    for language in Language:
        letter = letter_of(notice, code=code, base_url="https://lapor.example", language=language)
        assert code in letter.text
        assert code not in letter.subject
        assert "pasar" not in letter.subject + letter.text


@pytest.mark.parametrize("email", ["budi@mail.example", "", " ", "sari@mail.exampl", "\x00"])
def test_another_address_changes_nothing(made: Made, now: datetime, email: str) -> None:
    before = everything_about(made.report)
    steps.renew_code(made.report.number or "", email, now=now)
    assert everything_about(made.report) == before
    assert report_with_code(made.code) == made.report


@pytest.mark.parametrize("number", ["26-999999", "B-26-001", "", "x", "\x00", "9" * 400])
def test_an_unknown_number_is_passed_over_in_silence(made: Made, now: datetime, number: str) -> None:
    before = everything_about(made.report)
    steps.renew_code(number, SARI, now=now)
    assert everything_about(made.report) == before


def test_a_reporter_who_left_no_address_gets_none(now: datetime) -> None:
    made = make_report(now)
    before = everything_about(made.report)
    for email in (SARI, ""):
        steps.renew_code(made.report.number or "", email, now=now)
    assert everything_about(made.report) == before


def test_a_restricted_reports_code_never_travels(now: datetime) -> None:
    made = make_restricted(now)
    Contact.objects.create(report=made.report, email=SARI)
    before = everything_about(made.report)
    steps.renew_code(made.report.ref or "", SARI, now=now)
    assert everything_about(made.report) == before
    assert report_with_code(made.code) == made.report


def test_a_secret_report_gets_one(now: datetime) -> None:
    made = make_report(now, email=SARI, is_secret=True)
    steps.renew_code(made.report.number or "", SARI, now=now)
    assert len(letters(made.report)) == 1


def test_three_a_day_and_no_more_however_they_are_spread(made: Made, now: datetime) -> None:
    for hours in (0, 1, 9, 9, 23):
        steps.renew_code(made.report.number or "", SARI, now=now + hours * HOUR)
    sent = letters(made.report)
    assert [letter.created_at for letter in sent] == [now, now + HOUR, now + 9 * HOUR]
    assert report_with_code(code_in(sent[-1])) == made.report, "the last one that was sent is the one that opens it"
    steps.renew_code(made.report.number or "", SARI, now=now + DAY + timedelta(minutes=1))
    assert len(letters(made.report)) == 4


def test_reports_are_counted_apart(made: Made, now: datetime) -> None:
    other = make_report(now, email=SARI)
    for _ in range(4):
        steps.renew_code(made.report.number or "", SARI, now=now)
        steps.renew_code(other.report.number or "", SARI, now=now)
    assert (len(letters(made.report)), len(letters(other.report))) == (3, 3)
