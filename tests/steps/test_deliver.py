"""Letters over real SMTP: once, without a word of the report, again while the server is away, never for ever."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.cast import Cast
from tests.make import STORY, bring, make_report
from tests.steps.seen import HOUR
from tuntas import steps
from tuntas.channels import mail_lines
from tuntas.kit.env import env
from tuntas.kit.ids import show_code
from tuntas.reports.models import Notice, Report
from tuntas.rules.life import State
from tuntas.steps.deliver import MINUTES_BETWEEN_TRIES

MINUTE = timedelta(minutes=1)


class Mailbox:
    """What the server took; it refuses addresses that start with "nobody"."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.lines = 0
        self.refusal = "550 no such mailbox"

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str, answers: list[str]) -> list[str]:
        self.lines += 1
        session.host_name = name
        return answers

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nobody"):
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A port that the product takes for its mail server; nobody listens there yet."""
    number = free_port()
    monkeypatch.setenv("TUNTAS_EMAIL_URL", f"smtp://127.0.0.1:{number}")
    env.cache_clear()
    yield number
    monkeypatch.undo()
    env.cache_clear()


@pytest.fixture
def mailbox(port: int) -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box
    server.stop()


def deliver_all(report: Report, now: datetime) -> None:
    for notice in Notice.objects.filter(report=report).order_by("pk"):
        steps.deliver(notice.pk, now=now)


def the_notice(report: Report) -> Notice:
    return Notice.objects.filter(report=report).order_by("pk")[0]


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content())


def test_a_receipt_goes_out_once_and_its_code_is_forgotten(city: None, now: datetime, mailbox: Mailbox) -> None:
    made = make_report(now, email="sari@mail.example")
    notice = the_notice(made.report)
    assert notice.secret is not None
    assert made.code.encode() not in bytes(notice.secret), "kept encrypted until then"
    for minutes in range(3):
        steps.deliver(notice.pk, now=now + minutes * MINUTE)
    (letter,) = mailbox.letters
    assert letter["To"] == "sari@mail.example"
    assert show_code(made.code) in text_of(letter)
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at) == ("sent", now)
    assert not notice.secret
    assert notice.next_try_at is None


def test_a_letter_that_may_go_twice_carries_the_same_id(city: None, now: datetime, mailbox: Mailbox) -> None:
    made = make_report(now, email="sari@mail.example")
    notice = the_notice(made.report)
    steps.deliver(notice.pk, now=now)
    Notice.objects.filter(pk=notice.pk).update(state="waiting", sent_at=None)  # a crash between sending and noting
    steps.deliver(notice.pk, now=now + MINUTE)
    ids = [str(letter["Message-ID"]) for letter in mailbox.letters]
    assert ids == [f"<notice-{notice.pk}@{env().host}>"] * 2


def test_no_letter_of_a_whole_life_says_what_the_report_says(cast: Cast, now: datetime, mailbox: Mailbox) -> None:
    made = make_report(now, email="sari@mail.example", category="licensing")
    report = bring(made, State.CLOSED, cast)
    steps.reopen(report, by=cast.desk, text="Kata-kata pembukaan.", now=now + 6 * HOUR)
    steps.miss_next(now=now + timedelta(days=90))
    steps.climb_next(now=now + timedelta(days=90))
    deliver_all(report, now)
    assert {str(letter["To"]).partition("@")[0] for letter in mailbox.letters} >= {"sari", "rudi", "dewi", "ratna"}
    said = [
        STORY,
        "lubang",
        "aspal",
        "ditambal",
        "ukur",
        "pembukaan",
        "pasar",
        "licensing",
        "Perizinan",
        "Sari",
        "pupr",
    ]
    for letter in mailbox.letters:
        everything = f"{letter['Subject']}\n{text_of(letter)}".lower()
        assert not [word for word in said if word.lower() in everything]
        assert show_code(made.code) not in str(letter["Subject"])
        assert made.code not in str(letter["Subject"])
        assert letter["Auto-Submitted"] == "auto-generated"
    with_code = [letter for letter in mailbox.letters if show_code(made.code) in text_of(letter)]
    assert len(with_code) == 1, "the code stands in the receipt and nowhere else"
    assert not Notice.objects.filter(report=report).exclude(secret=None).exists()
    assert not Notice.objects.filter(report=report).exclude(state="sent").exists()


def test_a_letter_speaks_the_language_of_its_reader(city: None, now: datetime, mailbox: Mailbox) -> None:
    made = make_report(now, email="sari@mail.example")
    Notice.objects.filter(report=made.report).update(language="en")
    deliver_all(made.report, now)
    assert mailbox.letters[0]["Subject"] == "We have received your report"


@pytest.mark.usefixtures("port")
class TestServerAway:
    def test_it_is_tried_again_on_the_published_schedule_and_then_listed_as_dead(
        self, city: None, now: datetime
    ) -> None:
        notice = the_notice(make_report(now, email="sari@mail.example").report)
        at = now
        for tries, minutes in enumerate(MINUTES_BETWEEN_TRIES, start=1):
            steps.deliver(notice.pk, now=at)
            notice.refresh_from_db()
            assert (notice.state, notice.tries, notice.next_try_at) == ("waiting", tries, at + minutes * MINUTE)
            at += minutes * MINUTE
        steps.deliver(notice.pk, now=at)
        notice.refresh_from_db()
        assert (notice.state, notice.next_try_at, notice.sent_at) == ("dead", None, None)
        assert "Refused" in notice.error
        assert "sari" not in notice.error
        assert Notice.objects.filter(state="dead").get() == notice, "a list somebody owns"
        assert steps.retry_notices(now=at + timedelta(days=30)) == 0
        steps.deliver(notice.pk, now=at + timedelta(days=30))
        notice.refresh_from_db()
        assert notice.tries == len(MINUTES_BETWEEN_TRIES) + 1, "a dead one is left alone"

    def test_the_schedule_only_grows_longer_and_gives_up_within_two_days(self) -> None:
        assert sorted(MINUTES_BETWEEN_TRIES) == list(MINUTES_BETWEEN_TRIES)
        assert timedelta(days=1) < sum(MINUTES_BETWEEN_TRIES) * MINUTE < timedelta(days=3)

    def test_only_what_is_due_is_asked_for_again_and_nobody_asks_twice(self, city: None, now: datetime) -> None:
        notice = the_notice(make_report(now, email="sari@mail.example").report)
        steps.deliver(notice.pk, now=now)
        assert steps.retry_notices(now=now + MINUTE - timedelta(seconds=1)) == 0
        assert steps.retry_notices(now=now + MINUTE) == 1
        assert steps.retry_notices(now=now + MINUTE) == 0, "it was claimed for a while"

    def test_the_act_succeeds_all_the_same(self, cast: Cast, now: datetime) -> None:
        report = make_report(now, email="sari@mail.example").report
        steps.inform(report, by=cast.desk, text="Kabar.", now=now + HOUR)
        deliver_all(report, now + HOUR)
        assert Notice.objects.filter(report=report, state="waiting").count() == 2


def test_it_goes_out_once_the_server_is_back(city: None, now: datetime, port: int) -> None:
    made = make_report(now, email="sari@mail.example")
    deliver_all(made.report, now)
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        deliver_all(made.report, now + MINUTE)
    finally:
        server.stop()
    notice = the_notice(made.report)
    assert (notice.state, notice.error, notice.tries) == ("sent", "", 1)
    assert show_code(made.code) in text_of(box.letters[0])


def written_to(*names: str, now: datetime) -> list[Notice]:
    return [the_notice(make_report(now, email=f"{name}@mail.example").report) for name in names]


def test_one_line_carries_many_letters_and_a_refused_address_ends_it(
    city: None, now: datetime, mailbox: Mailbox
) -> None:
    for notice in written_to("a", "b", "c", "nobody", "d", "e", now=now):
        steps.deliver(notice.pk, now=now)
    assert [str(letter["To"])[0] for letter in mailbox.letters] == ["a", "b", "c", "d", "e"]
    assert mailbox.lines == 2


def test_a_line_that_was_cut_meanwhile_loses_no_letter_and_sends_none_twice(
    city: None, now: datetime, port: int
) -> None:
    for name in ("a", "b"):
        box = Mailbox()
        server = Controller(box, hostname="127.0.0.1", port=port)
        server.start()
        for notice in written_to(name, name, now=now):
            steps.deliver(notice.pk, now=now)
            notice.refresh_from_db()
            assert (notice.state, notice.tries) == ("sent", 0)
        server.stop()  # with the line still open
        assert (len(box.letters), box.lines) == (2, 1)


def test_a_line_is_given_up_after_its_share_of_letters(
    city: None, now: datetime, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_lines, "LETTERS_A_LINE", 2)
    for notice in written_to("a", "b", "c", now=now):
        steps.deliver(notice.pk, now=now)
    assert (len(mailbox.letters), mailbox.lines) == (3, 2)


def test_a_line_that_rested_long_is_not_used_again(
    city: None, now: datetime, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_lines, "SECONDS_KEPT", -1)
    for notice in written_to("a", "b", now=now):
        steps.deliver(notice.pk, now=now)
    assert (len(mailbox.letters), mailbox.lines) == (2, 2)


@pytest.mark.parametrize(
    ("refusal", "state"), [("550 no such mailbox", "dead"), ("553 bad name", "dead"), ("451 later", "waiting")]
)
def test_an_address_the_server_refuses_for_good_is_dead_at_once(
    city: None, now: datetime, mailbox: Mailbox, refusal: str, state: str
) -> None:
    mailbox.refusal = refusal
    notice = the_notice(make_report(now, email="nobody@mail.example").report)
    steps.deliver(notice.pk, now=now)
    notice.refresh_from_db()
    assert (notice.state, notice.tries, mailbox.letters) == (state, 1, [])
    assert "nobody" not in notice.error


@pytest.mark.parametrize("address", ["a\nBcc: b@c.example", "tanpa-at", "ü@ü.example", "a b@c.example"])
def test_an_address_nobody_can_write_to_breaks_nothing(
    city: None, now: datetime, mailbox: Mailbox, address: str
) -> None:
    notice = the_notice(make_report(now, email="sari@mail.example").report)
    Notice.objects.filter(pk=notice.pk).update(email=address)
    steps.deliver(notice.pk, now=now)
    notice.refresh_from_db()
    assert notice.state in ("dead", "waiting", "sent")
    assert not [letter for letter in mailbox.letters if letter["Bcc"]]


def test_without_a_mail_server_notices_wait(city: None, now: datetime) -> None:
    assert not env().email_url
    notice = the_notice(make_report(now, email="sari@mail.example").report)
    steps.deliver(notice.pk, now=now)
    notice.refresh_from_db()
    assert (notice.state, notice.tries) == ("waiting", 0)
    assert steps.retry_notices(now=now + HOUR) == 0


def test_a_code_that_can_no_longer_be_read_is_said_to_be_so(city: None, now: datetime, mailbox: Mailbox) -> None:
    notice = the_notice(make_report(now, email="sari@mail.example").report)
    Notice.objects.filter(pk=notice.pk).update(secret=b"x" * 40)
    steps.deliver(notice.pk, now=now)
    notice.refresh_from_db()
    assert (notice.state, mailbox.letters) == ("dead", [])


@pytest.mark.usefixtures("mailbox")
def test_one_that_is_gone_is_no_trouble(city: None, now: datetime) -> None:
    steps.deliver(10**12, now=now)
