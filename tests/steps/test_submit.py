"""Taking a report in."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.steps.seen import HOUR, clock, fresh, photo, published, running, told
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.ids import read_code
from tuntas.kit.words import Language
from tuntas.publications.models import Publication
from tuntas.reports.models import Contact, Deadline, Event, File, Follower, Report
from tuntas.reports.queries import report_with_code
from tuntas.reports.told import staff_view
from tuntas.rules.life import Promise, State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.story import retell
from tuntas.steps.submit import Story, Told

pytestmark = pytest.mark.usefixtures("city")


def submit(now: datetime, body: str = "Lampu jalan mati.", **more: Any) -> Report:
    return steps.submit(Story(body=body, **more), by=STRANGER, now=now).report


def test_a_body_alone_is_enough(now: datetime) -> None:
    made = make_report(now)
    report = fresh(made.report)
    assert (report.state, report.face, report.sensitivity) == (State.SUBMITTED, "diterima", "normal")
    assert (report.is_anonymous, report.is_secret, report.is_restricted) == (True, False, False)
    assert (report.holder_id, report.desk_id) == (None, installation().desk_id)
    assert report.received_at == report.updated_at == now
    event = Event.objects.get(report=report)
    assert (event.act, event.voice, event.at, event.frm, event.to) == ("submit", "reporter", now, "", "submitted")
    assert event.text == "", "the words stand in the report, once"


def test_the_promises_run_from_receipt(now: datetime) -> None:
    report = submit(now)
    assert running(report) == {Promise.ANSWER, Promise.VERIFY}
    answer = clock(report, Promise.ANSWER)
    assert (answer.started_at, answer.due_at) == (now, now + 48 * HOUR)
    assert report.due_at == answer.due_at


def test_the_public_learns_of_it_at_once_but_reads_none_of_it(now: datetime) -> None:
    report = submit(now, title="Gelap", location_text="Jalan Melati 5")
    publication = published(report)
    assert publication is not None
    assert (publication.title, publication.text, publication.face) == (None, None, "diterima")
    assert [line["act"] for line in publication.thread["timeline"]] == ["submit"]


def test_a_secret_report_is_not_published(now: datetime) -> None:
    assert published(submit(now, is_secret=True)) is None


def test_a_restricted_report_has_a_ref_a_long_code_and_no_publication(now: datetime) -> None:
    before = Publication.objects.count()
    made = make_restricted(now)
    report = fresh(made.report)
    assert (report.number, report.is_restricted, report.sensitivity) == (None, True, "restricted")
    assert report.ref is not None
    assert report.ref.startswith("B-26-")
    assert len(made.code) == 24
    assert Publication.objects.count() == before


def test_a_plain_code_has_ten_symbols_and_opens_its_report_and_no_other(now: datetime) -> None:
    one, two = make_report(now), make_report(now)
    assert len(one.code) == 10
    assert read_code(one.code) == one.code
    assert report_with_code(one.code) == one.report
    assert report_with_code(two.code) == two.report
    assert one.code not in str(Report.objects.filter(pk=one.report.pk).values().get()), "kept as a hash only"


def test_numbers_rise_within_the_year_of_the_city(now: datetime) -> None:
    first, second = submit(now), submit(now)
    numbers = [str(report.number).split("-") for report in (first, second)]
    assert [year for year, _ in numbers] == ["26", "26"]
    assert int(numbers[1][1]) > int(numbers[0][1])
    new_year = datetime.fromisoformat("2027-01-01T00:30:00+07:00")
    assert str(submit(new_year).number).startswith("27-")
    assert str(submit(new_year - HOUR).number).startswith("26-")


def test_who_reports_may_leave_an_address_and_gets_the_code_there(now: datetime) -> None:
    made = make_report(now, email="sari@mail.example", is_anonymous=False)
    assert told(made.report, now) == {("received", "sari@mail.example")}
    assert Contact.objects.get(report=made.report).name == "Sari"


def test_who_reports_under_seal_is_written_nowhere_readable(now: datetime) -> None:
    story = Story(
        body="Diminta uang.", category="bribery_corruption", reporter=Told(name="Sari", email="sari@mail.example")
    )
    report = steps.submit(story, by=STRANGER, now=now).report
    assert told(report, now) == set()
    assert not Contact.objects.filter(report=report).exists()


def test_an_empty_reporter_is_none(now: datetime) -> None:
    assert not Contact.objects.filter(report=submit(now, reporter=Told())).exists()


def test_the_category_decides_nothing_but_restriction_and_times(now: datetime) -> None:
    report = submit(now, category="street_light")
    assert report.category is not None
    assert (report.category.code, report.is_restricted) == ("street_light", False)


def test_photos_are_attached_and_the_reporter_sees_them_at_once(now: datetime) -> None:
    files = [photo(now), photo(now)]
    report = fresh(submit(now, file_ids=files))
    assert set(File.objects.filter(report=report).values_list("pk", flat=True)) == set(files)
    assert set(report.thread["photos"]) == {str(file) for file in files}
    publication = published(report)
    assert publication is not None
    assert publication.thread["photos"] == [], "what a reporter sends is not public"
    assert not any(str(file) in str(publication.thread) for file in files)


def test_what_is_written_at_once_is_what_would_be_told_again(now: datetime) -> None:
    report = fresh(submit(now, file_ids=[photo(now)], category="street_light"))
    stored, publication = report.thread, published(report)
    retell(report)
    assert report.thread == stored
    again = published(report)
    assert publication is not None
    assert again is not None
    assert again.thread == publication.thread


def test_an_operator_types_for_somebody(now: datetime, cast: Cast) -> None:
    operator = cast.actor(Role.CALL_OPERATOR)
    report = make_report(now, by=operator).report
    assert report.entered_by_id == operator.person_id
    assert Event.objects.get(report=report).voice == "reporter"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"body": ""}, "/body"),
        ({"body": " \u200b\n"}, "/body"),
        ({"body": "x" * 10_001}, "/body"),
        ({"body": "a\x00b"}, "/body"),
        ({"title": "x" * 201}, "/title"),
        ({"title": "\x00"}, "/title"),
        ({"category": "tidak-ada"}, "/category"),
        ({"category": ""}, "/category"),
        ({"area": "99.99"}, "/area"),
        ({"target_agency": "tidak-ada"}, "/target_agency"),
        ({"lat": -6.9}, "/lng"),
        ({"lng": 107.6}, "/lat"),
        ({"lat": 52.5, "lng": 13.4}, "/lat"),
        ({"event_date": date(2026, 3, 7)}, "/event_date"),
        ({"location_text": "x" * 501}, "/location_text"),
        ({"reporter": Told(name="x" * 201)}, "/reporter/name"),
        ({"reporter": Told(phone="0" * 41)}, "/reporter/phone"),
        ({"reporter": Told(email="\x00@x.id")}, "/reporter/email"),
        ({"file_ids": ["00000000-0000-4000-8000-000000000000"]}, "/file_ids"),
    ],
)
def test_bad_input_names_its_field_and_leaves_nothing(now: datetime, given: dict[str, Any], pointer: str) -> None:
    before = [table.objects.count() for table in (Report, Event, Deadline, Publication, Contact)]
    with pytest.raises(Invalid) as caught:
        submit(now, **given)
    assert [mistake.pointer for mistake in caught.value.mistakes] == [pointer]
    assert [table.objects.count() for table in (Report, Event, Deadline, Publication, Contact)] == before


def test_an_event_of_today_is_not_in_the_future_though_it_is_yesterday_in_greenwich() -> None:
    early = datetime.fromisoformat("2026-03-06T02:00:00+07:00")
    assert submit(early, event_date=date(2026, 3, 6)).event_date == date(2026, 3, 6)
    with pytest.raises(Invalid):
        submit(early, event_date=date(2026, 3, 7))


def test_a_photo_is_attached_once_and_within_a_day(now: datetime) -> None:
    used, old = photo(now), photo(now - timedelta(hours=24))
    submit(now, file_ids=[used])
    for file in (used, old):
        with pytest.raises(Invalid):
            submit(now, file_ids=[file])


@pytest.mark.parametrize("body", ["🕳️🚗", "الطريق محفور", "ꦢꦭꦤ꧀", "\u202eterbalik", "x" * 10_000, "' OR 1=1 --"])
def test_any_script_is_kept_as_it_was_written(now: datetime, body: str) -> None:
    assert fresh(submit(now, body=body)).body == body


class TestBesideAnother:
    """“Ini sama, ikut”: a report of one's own that stands beside one everybody knows of."""

    def test_it_is_a_report_of_its_own_and_counts_for_the_lead(self, cast: Cast, now: datetime) -> None:
        lead = bring(make_report(now), State.IN_PROGRESS, cast)
        receipt = steps.submit(Story(body="Di sini juga.", supports=lead.number), by=STRANGER, now=now + 9 * HOUR)
        report = fresh(receipt.report)
        assert (report.supports, report.state) == (lead, State.SUBMITTED)
        assert running(report) == {Promise.ANSWER, Promise.VERIFY}
        assert report_with_code(receipt.code) == report
        assert fresh(lead).follower_count == 1
        publication = published(lead)
        assert publication is not None
        assert publication.followers == 1
        follower = Follower.objects.get(report=lead)
        assert (follower.own_report, follower.email) == (report, "")
        assert fresh(lead).updated_at == lead.updated_at, "nothing happened to the lead"

    def test_staff_sees_beside_which_while_everybody_may_know_of_that_one(self, cast: Cast, now: datetime) -> None:
        lead = make_report(now)
        report = submit(now, supports=f"3299-{lead.report.number}")

        def seen() -> object:
            return staff_view(fresh(report), cast.desk, language=Language.ID, now=now)["supports"]

        assert seen() == lead.report.number
        steps.set_privacy(lead.report, by=lead.reporter, is_secret=True, now=now)
        assert seen() is None
        assert staff_view(fresh(lead.report), cast.desk, language=Language.ID, now=now)["supports"] is None

    def test_one_that_may_not_be_followed_is_refused_like_one_that_is_not_there(
        self, cast: Cast, now: datetime
    ) -> None:
        archived = bring(make_report(now), State.ARCHIVED, cast)
        leads = [make_report(now, is_secret=True).report.number, make_restricted(now).report.ref, archived.number]
        refusals = set()
        before = Report.objects.count()
        for number in (*leads, "26-999999", "", "x", "\x00"):
            with pytest.raises(Invalid) as refused:
                submit(now, supports=number)
            refusals.add(tuple((mistake.pointer, mistake.say) for mistake in refused.value.mistakes))
        assert len(refusals) == 1
        assert next(iter(refusals))[0][0] == "/supports"
        assert (Report.objects.count(), Follower.objects.count()) == (before, 0)

    def test_a_restricted_report_shows_nowhere_in_another(self, now: datetime) -> None:
        lead = make_report(now).report
        report = submit(now, category="bribery_corruption", supports=lead.number)
        assert report.is_restricted
        assert fresh(report).supports is None
        assert (fresh(lead).follower_count, Follower.objects.count()) == (0, 0)

    def test_without_one_intake_asks_no_more_of_the_database_than_before(self, now: datetime) -> None:
        submit(now)
        with CaptureQueriesContext(connection) as queries:
            submit(now)
        work = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(work) == 1, work
