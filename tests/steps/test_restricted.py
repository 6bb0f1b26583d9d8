"""A report in a restricted category: opened by those appointed to, published never."""

from datetime import datetime

from tests.cast import Cast
from tests.make import Made, make_restricted
from tests.steps.seen import DAY, HOUR, everybody, fresh, last, published, refused, told
from tuntas import steps
from tuntas.kit.errors import NotAllowed
from tuntas.kit.words import Language
from tuntas.people.models import Look
from tuntas.publications.models import Publication
from tuntas.reports.models import Contact, Report
from tuntas.reports.notices import letter_of
from tuntas.reports.told import track_view
from tuntas.rules.life import Act, acts_of
from tuntas.rules.who import STRANGER, may_read
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
    assert helpers == READERS - {"system"}


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


def test_its_notices_are_quiet_and_carry_no_code(cast: Cast, now: datetime) -> None:
    told_me = Told(name="Sari", email="sari@mail.example")
    story = Story(body="Diminta uang.", category="bribery_corruption", reporter=told_me)
    receipt = steps.submit(story, by=STRANGER, now=now)
    report = receipt.report
    assert Contact.objects.filter(report=report).exists()
    steps.inform(report, by=cast.inspector, text="Kami terima.", now=now + HOUR)
    steps.ask(report, by=cast.inspector, text="Siapa?", now=now + 2 * HOUR)
    assert {template for template, to in told(report, now) if to == "sari@mail.example"} == {"quiet"}
    for notice in report.notices.all():
        assert notice.secret is None
        letter = letter_of(notice, code="", base_url="http://x", language=Language.ID)
        words = f"{letter.subject} {letter.text}"
        for hidden in (receipt.code, "tersegel", "bribery", "Pungli", "Diminta", "Siapa?"):
            assert hidden.lower() not in words.lower()
        if notice.template == "quiet":
            assert str(report.ref) not in words


def test_only_those_who_may_open_it_are_told_that_it_waits(cast: Cast, now: datetime) -> None:
    made = make_restricted(now)
    steps.dispatch(made.report, by=cast.appointed_admin, agency="inspektorat", now=now + HOUR)
    steps.miss_next(now=now + 49 * HOUR)
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
