"""A report in a restricted category: opened by those appointed to, published never."""

from datetime import datetime
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import Made, make_restricted
from tests.sealed_room import make_readers, read_by
from tests.steps.seen import DAY, HOUR, everybody, fresh, last, photo, published, refused, told
from tuntas import steps
from tuntas.kit import age, files
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Language
from tuntas.people.models import Look
from tuntas.publications.models import Publication
from tuntas.reports.models import File, Report
from tuntas.reports.notices import letter_of
from tuntas.reports.told import track_view
from tuntas.rules.life import Act, acts_of
from tuntas.rules.text import Sealed
from tuntas.rules.who import STRANGER, Actor, may_read
from tuntas.sealed.queries import envelopes_of, seal_of, wrapped_for
from tuntas.steps.submit import Story, Told

READERS = {"reporter", "system", "inspector", "appointed_inspector", "appointed_admin"}


def examined(cast: Cast, now: datetime) -> Made:
    made = make_restricted(now)
    steps.dispatch(made.report, by=cast.appointed_admin, agency="inspektorat", now=now + HOUR)
    steps.start(made.report, by=cast.inspector, text="Kami periksa.", now=now + 2 * HOUR)
    return made


def test_the_inspectorate_and_sealed_readers_read_it_and_nobody_else(cast: Cast, now: datetime) -> None:
    made = examined(cast, now)
    report = fresh(made.report)
    people = everybody(cast, made)
    assert {name for name, actor in people.items() if may_read(actor, report)} == READERS
    seen = {name for name, actor in people.items() if Report.objects.visible_to(actor).filter(pk=report.pk).exists()}
    assert seen == READERS
    helpers = {name for name, actor in people.items() if set(acts_of(actor, report)) - {Act.SUBMIT}}
    assert helpers == READERS


def test_an_operator_who_typed_it_in_is_locked_out_behind_it(cast: Cast, now: datetime) -> None:
    operator = everybody(cast, make_restricted(now))["operator"]
    story = Story(body="Diminta uang.", category="bribery_corruption")
    report = steps.submit(story, by=operator, now=now).report
    assert not may_read(operator, report)


def test_its_whole_life_leaves_nothing_in_public(cast: Cast, now: datetime) -> None:
    before = list(Publication.objects.values_list("number", flat=True))
    made = examined(cast, now)
    report = made.report
    assert fresh(report).state == "under_examination"
    steps.ask(report, by=cast.inspector, text="Siapa namanya?", now=now + 3 * HOUR)
    steps.complete(report, by=made.reporter, text="Tidak tahu.", now=now + 4 * HOUR)
    assert fresh(report).state == "under_examination", "completing returns there"
    steps.propose_answer(report, by=cast.inspector, text="Sudah kami tegur.", outcome="answered", now=now + 5 * HOUR)
    assert fresh(report).state == "awaiting_validation"
    with refused(NotAllowed, report):
        steps.approve(report, by=cast.inspector, now=now + 6 * HOUR)
    for outsider in (cast.validator, cast.desk, cast.appointed_admin):
        with refused(NotAllowed, report):
            steps.approve(report, by=outsider, now=now + 6 * HOUR)
    steps.return_answer(report, by=cast.appointed_inspector, text="Lengkapi.", now=now + 6 * HOUR)
    assert fresh(report).state == "under_examination"
    steps.propose_answer(report, by=cast.inspector, text="Sudah kami tegur.", outcome="answered", now=now + 7 * HOUR)
    steps.approve(report, by=cast.appointed_inspector, now=now + 8 * HOUR)
    steps.rate(report, by=made.reporter, rating=1, now=now + DAY)
    assert fresh(report).state == "in_progress"
    steps.propose_answer(report, by=cast.inspector, text="Dipindah.", outcome="answered", now=now + 2 * DAY)
    steps.approve(report, by=cast.appointed_inspector, now=now + 3 * DAY)
    steps.rate(report, by=made.reporter, rating=4, now=now + 4 * DAY)
    assert fresh(report).state == "closed"
    assert published(report) is None
    assert list(Publication.objects.values_list("number", flat=True)) == before


def test_staff_call_it_by_its_ref_and_the_reporter_by_nothing(cast: Cast, now: datetime) -> None:
    made = examined(cast, now)
    report = fresh(made.report)
    assert (report.number, report.name) == (None, report.ref)
    view = track_view(report, language=Language.ID, now=now)
    assert (view["number"], view["ref"]) == (None, None)
    assert "tersegel" not in str(view).lower()
    assert str(report.ref) not in str(view)


def test_its_notices_say_nothing_and_carry_no_code(cast: Cast, now: datetime) -> None:
    told_me = Told(name="Sari", email="sari@mail.example")
    story = Story(body="Diminta uang.", category="bribery_corruption", reporter=told_me)
    receipt = steps.submit(story, by=STRANGER, now=now)
    report = receipt.report
    steps.inform(report, by=cast.inspector, text="Kami terima.", now=now + HOUR)
    steps.ask(report, by=cast.inspector, text="Siapa?", now=now + 2 * HOUR)
    steps.complete(report, by=Actor(report_id=report.pk), text="Budi.", now=now + 3 * HOUR)
    assert "sari@mail.example" not in {to for _, to in told(report, now)}
    assert report.notices.exists()
    for notice in report.notices.all():
        assert notice.secret is None
        letter = letter_of(notice, code="", base_url="http://x", language=Language.ID)
        words = f"{letter.subject} {letter.text}"
        for hidden in (receipt.code, "bribery", "Pungli", "Diminta", "Siapa?", "Budi"):
            assert hidden.lower() not in words.lower()


def test_only_those_who_may_open_it_are_told_that_it_waits(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    steps.dispatch(made.report, by=cast.appointed_admin, agency="inspektorat", now=now + HOUR)
    steps.miss_next(now=now + 49 * HOUR)
    steps.climb_next(now=now + 49 * HOUR)
    assert {name for _, name in told(made.report, now)} == {"bambang", "nurul", "hendra"}


def test_who_looks_is_kept_where_the_reporter_sees_it(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    steps.fetch(made.report, by=cast.inspector, now=now + HOUR)
    look = Look.objects.get(report_id=made.report.pk)
    assert (look.person_id, look.role, look.what, look.at) == (
        cast.inspector.person_id,
        "inspectorate",
        "restricted",
        now + HOUR,
    )
    (shown,) = track_view(fresh(made.report), language=Language.ID, now=now)["looks"]
    assert (shown["role"], shown["what"], shown["at"]) == ("inspectorate", "restricted", now + HOUR)
    assert last(made.report).act == "submit", "a look is no act"


def test_its_words_and_its_reporter_stand_in_envelopes_that_each_reader_opens(cast: Cast, now: datetime) -> None:
    told_me = Told(name="Sari", phone="0812 3456 7890", email="sari@mail.example")
    story = Story(
        body="Diminta uang rokok.",
        title="Loket 3",
        category="bribery_corruption",
        location_text="Kantor lama",
        reporter=told_me,
        photos=[b"\xff\xd8 foto"],
    )
    report = steps.submit(story, by=STRANGER, now=now).report
    steps.ask(report, by=cast.inspector, text="Siapa namanya?", now=now + HOUR)
    row = fresh(report)
    assert (row.body, row.title, row.location_text, row.category, row.area) == ("", "", "", None, None)
    assert {event.text for event in row.events.all()} == {""}
    for reader in make_readers().values():
        (kind, said), (_, asked) = read_by(reader, report.pk)
        assert kind == "story"
        assert said | {"v": 1} == {
            "v": 1,
            "title": "Loket 3",
            "body": "Diminta uang rokok.",
            "category": "bribery_corruption",
            "location_text": "Kantor lama",
            "name": "Sari",
            "phone": "0812 3456 7890",
            "email": "sari@mail.example",
        }
        assert asked["text"] == "Siapa namanya?"


def test_the_reporters_code_opens_what_was_closed_here_and_no_other_code_does(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    steps.ask(made.report, by=cast.inspector, text="Siapa namanya?", now=now + HOUR)
    steps.note(made.report, by=cast.inspector, text="Periksa CCTV.", now=now + 2 * HOUR)
    view = track_view(fresh(made.report), language=Language.ID, now=now, code=made.code)
    assert view["body"] == "Petugas loket meminta uang rokok."
    assert [message["text"] for message in view["messages"]] == ["Siapa namanya?"]
    assert "CCTV" not in str(view)
    other = make_restricted(now)
    for code in ("", other.code):
        shut = track_view(fresh(made.report), language=Language.ID, now=now, code=code)
        assert "uang rokok" not in str(shut)
        assert "Siapa" not in str(shut)


def test_the_reporter_may_leave_a_reader_out(cast: Cast, now: datetime) -> None:
    one, two = make_readers().values()
    story = Story(body="Ini tentang dia.", category="bribery_corruption", excluded=[one.key_id])
    report = steps.submit(story, by=STRANGER, now=now).report
    assert read_by(two, report.pk)[0][1]["body"] == "Ini tentang dia."
    assert wrapped_for(report.pk, one.key_id) is None


def test_nothing_is_taken_in_that_nobody_could_open(city: None, now: datetime) -> None:
    everybody_out = [reader.key_id for reader in make_readers().values()]
    with pytest.raises(Invalid):
        steps.submit(Story(body="Uang.", category="bribery_corruption", excluded=everybody_out), by=STRANGER, now=now)
    assert not Report.objects.filter(is_restricted=True).exists()


def test_words_that_come_closed_are_passed_on_unread(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    seal = seal_of(made.report.pk)
    assert seal is not None
    closed = age.enveloped({"text": "Antrean B-041."}, [seal.recipient])
    steps.supplement(made.report, by=made.reporter, text=Sealed(closed), now=now + HOUR)
    reader = next(iter(make_readers().values()))
    assert read_by(reader, made.report.pk)[-1][1]["text"] == "Antrean B-041."
    with pytest.raises(Invalid):
        steps.supplement(made.report, by=made.reporter, text=Sealed(b"no age file"), now=now + HOUR)


def test_a_photo_that_lay_here_readable_is_closed_and_removed(
    cast: Cast, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    file_id = photo(now)
    with django_capture_on_commit_callbacks(execute=True):
        story = Story(body="Ini fotonya.", category="bribery_corruption", file_ids=[file_id])
        report = steps.submit(story, by=STRANGER, now=now).report
    assert not File.objects.filter(pk=file_id).exists()
    with pytest.raises(FileNotFoundError):
        files.get(f"{file_id}.jpg")
    envelope = next(each for each in envelopes_of(report.pk) if each.kind == "file")
    reader = next(iter(make_readers().values()))
    identity = age.opened(wrapped_for(report.pk, reader.key_id) or b"", reader.identity).decode()
    said, data = age.file_in(files.get(f"{envelope.pk}.age"), identity)
    assert (said["type"], data[:2]) == ("image/jpeg", b"\xff\xd8")


def test_a_closed_file_that_nobody_attached_is_forgotten_after_a_day(city: None, now: datetime) -> None:
    closed = age.enveloped_file("a.jpg", "image/jpeg", b"foto", [age.recipient_of(age.new_identity())])
    kept = steps.keep_sealed_file(closed, now=now)
    steps.tidy(now=now + 23 * HOUR, real_now=now)
    assert files.get(f"{kept}.age") == closed
    steps.tidy(now=now + 25 * HOUR, real_now=now)
    with pytest.raises(FileNotFoundError):
        files.get(f"{kept}.age")
    story = Story(body="Ini fotonya.", category="bribery_corruption", file_ids=[kept])
    with pytest.raises(Invalid):
        steps.submit(story, by=STRANGER, now=now + 25 * HOUR)
