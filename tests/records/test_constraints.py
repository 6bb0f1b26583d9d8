"""The database itself refuses nonsense: every constraint is broken once, and none is forgotten here."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tuntas.agencies.models import Agency, Area, Calendar, Category, Government, Holiday, Target, Template
from tuntas.people.models import Person, Post, SavedFilter, Session, Token
from tuntas.publications.models import Publication
from tuntas.reports.models import Before, Deadline, Draft, Event, File, Follower, Notice, Presence, Report, Unsent
from tuntas.rules.life import OPEN, State
from tuntas.statistics.models import AreaFigure, DayFigure, GroupFigure, MedianFigure, Standing, WeekFigure

NOW = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 6)
Break = Callable[[Cast], object]


def report(**fields: Any) -> Break:
    """Change a plain report in a way that cannot be."""

    def do(cast: Cast) -> object:
        return Report.objects.filter(pk=make_report(NOW).report.pk).update(**fields)

    return do


def restricted(**fields: Any) -> Break:
    return lambda cast: Report.objects.filter(pk=make_restricted(NOW).report.pk).update(**fields)


def in_state(state: State, **fields: Any) -> Break:
    return lambda cast: Report.objects.filter(pk=bring(make_report(NOW), state, cast).pk).update(**fields)


def deadline(**fields: Any) -> Break:
    return lambda cast: Deadline.objects.filter(report=make_report(NOW).report, promise="answer").update(**fields)


def event(**fields: Any) -> Break:
    return lambda cast: Event.objects.filter(report=make_report(NOW).report).update(**fields)


def notice(**fields: Any) -> Break:
    return lambda cast: Notice.objects.filter(report=make_report(NOW, email="s@m.example").report).update(**fields)


def drafts_with_one_receipt(cast: Cast) -> object:
    return Draft.objects.bulk_create([Draft(key=key, data=b"", receipt="same", at=NOW) for key in "ab"])


def two_unsent(*, is_shared: bool) -> Break:
    def do(cast: Cast) -> object:
        person_id = cast.desk.person_id
        whose = {"person_id": None if is_shared else person_id, "last_by_id": person_id, "form": "propose_answer"}
        made = make_report(NOW).report
        return Unsent.objects.bulk_create([Unsent(report=made, saved_at=NOW, **whose) for _ in range(2)])

    return do


def twice_present(cast: Cast) -> object:
    one = {"report_id": 1, "person_id": cast.desk.person_id, "since": NOW, "seen_at": NOW}
    return Presence.objects.bulk_create([Presence(**one) for _ in range(2)])


def nothing_before(cast: Cast) -> object:
    return Before.objects.filter(report=bring(make_report(NOW), State.DISPATCHED, cast)).update(values={})


def follower(*emails: str, **fields: Any) -> Break:
    def do(cast: Cast) -> object:
        given = {"report": make_report(NOW).report, "created_at": NOW, **fields}
        return Follower.objects.bulk_create([Follower(email=email, **given) for email in emails])

    return do


def one_more(table: type[models.Model], **changed: Any) -> Break:
    """Write a row of the table once more, but for what is changed."""

    def do(cast: Cast) -> object:
        make_report(NOW)
        row = table._default_manager.order_by("pk").values()[0]
        row.pop(table._meta.pk.name if table._meta.pk else "id", None)
        return table._default_manager.bulk_create([table(**(row | changed))])

    return do


def one_more_report(field: str) -> Break:
    def do(cast: Cast) -> object:
        one = make_restricted(NOW).report if field == "ref" else make_report(NOW).report
        other = make_restricted(NOW).report if field == "ref" else make_report(NOW).report
        return Report.objects.filter(pk=other.pk).update(**{field: getattr(one, field)})

    return do


def half_attached(which: str) -> Break:
    def do(cast: Cast) -> object:
        made = make_report(NOW).report
        given: dict[str, Any] = {"report": made} if which == "report" else {"event": made.events.get()}
        file = File(state="ready", sha256="0", size=1, width=1, height=1, received_at=NOW, **given)
        return File.objects.bulk_create([file])

    return do


def second_publication(cast: Cast) -> object:
    number = make_report(NOW).report.number
    row: dict[str, Any] = {**Publication.objects.filter(number=number).values().get()}
    del row["id"], row["words"]
    return Publication.objects.bulk_create([Publication(**row)])


def two_tokens(cast: Cast) -> object:
    person = cast.person("liaison", "dlh")  # type: ignore[arg-type]
    return Token.objects.bulk_create([Token(person=person, hash="same", created_at=NOW) for _ in range(2)])


def two_sessions(cast: Cast) -> object:
    one = {"person_id": cast.desk.person_id, "hash": "same", "started_at": NOW, "seen_at": NOW}
    return Session.objects.bulk_create([Session(**one) for _ in range(2)])


def two_filters(cast: Cast) -> object:
    one = {"person_id": cast.desk.person_id, "name": "Malam", "query": "sort=due"}
    return SavedFilter.objects.bulk_create([SavedFilter(**one) for _ in range(2)])


def two_figures(table: type[models.Model], **given: Any) -> Break:
    return lambda _: table._default_manager.bulk_create([table(**given) for _ in range(2)])


def second_target(**key: Any) -> Break:
    def do(cast: Cast) -> object:
        given = {name: Category.objects.get(code=value) if name == "category" else value for name, value in key.items()}
        targets = [Target(promise="answer", amount=1, unit="hours", **given) for _ in range(2)]
        return Target.objects.bulk_create(targets[:1] if not key else targets)

    return do


BROKEN: list[tuple[str, Break]] = [
    ("report_state_known", report(state="merged")),
    ("report_state_known", report(state="")),
    ("report_number_or_ref", report(number=None)),
    ("report_number_or_ref", report(ref="B-26-999")),
    ("report_number_or_ref", report(is_restricted=True)),
    ("report_number_or_ref", restricted(number="26-999999")),
    ("report_number_or_ref", restricted(is_restricted=False)),
    ("report_number_or_ref", restricted(ref=None)),
    *[
        ("report_in_somebodys_hand", in_state(state, holder=None))
        for state in (State.DISPATCHED, State.TRANSFER_PENDING, State.SCHEDULED, State.ANSWERED, State.REPORTER_REPLIED)
    ],
    ("report_in_somebodys_hand", report(state="in_progress")),
    ("report_offered_only_while_pending", lambda cast: report(offered_to=Agency.objects.get(slug="dlh"))(cast)),
    (
        "report_offered_only_while_pending",
        lambda cast: in_state(State.DISPATCHED, offered_to=Agency.objects.get(slug="dlh"))(cast),
    ),
    ("report_knows_where_asked_from", report(asked_from="submitted")),
    ("report_knows_where_asked_from", in_state(State.NEEDS_INFO, asked_from="")),
    ("report_knows_where_asked_from", in_state(State.NEEDS_INFO, asked_from="closed")),
    ("report_archived_for_one_reason", report(reason_code="spam")),
    ("report_archived_for_one_reason", in_state(State.ARCHIVED, reason_code="")),
    ("report_archived_for_one_reason", in_state(State.ARCHIVED, reason_code="spam, unclear")),
    ("report_closed_by_somebody", report(closed_by="reporter")),
    ("report_closed_by_somebody", in_state(State.CLOSED, closed_by="")),
    ("report_closed_by_somebody", in_state(State.CLOSED, closed_by="liaison")),
    ("report_outcome_known", report(close_outcome="happy")),
    ("report_classification_known", report(classification="letter")),
    ("report_rating_1_to_4", report(rating=0)),
    ("report_rating_1_to_4", report(rating=5)),
    ("report_escalation_0_to_4", report(escalation_level=5)),
    ("report_on_earth", report(lat=-6.9)),
    ("report_on_earth", report(lng=107.6)),
    ("report_on_earth", report(lat=90.1, lng=0.0)),
    ("report_on_earth", report(lat=0.0, lng=-180.1)),
    ("report_on_earth", report(lat=float("nan"), lng=0.0)),
    ("report_number_once", one_more_report("number")),
    ("report_ref_once", one_more_report("ref")),
    ("report_code_once", one_more_report("code_hash")),
    ("event_act_known", event(act="delete")),
    ("event_voice_known", event(voice="mayor")),
    ("file_attached_to_both", half_attached("report")),
    ("file_attached_to_both", half_attached("event")),
    ("deadline_one_running", one_more(Deadline)),
    ("deadline_paused_or_due", deadline(due_at=None)),
    ("deadline_paused_or_due", deadline(left=timedelta(hours=1))),
    ("deadline_promise_known", deadline(promise="soon")),
    ("deadline_cause_known", deadline(cause="rain")),
    ("deadline_kept_after_missed", deadline(missed_at=NOW, kept_at=NOW)),
    ("deadline_kept_after_missed", deadline(missed_at=NOW, kept_at=NOW - timedelta(hours=1))),
    ("draft_receipt_once", drafts_with_one_receipt),
    ("unsent_once", two_unsent(is_shared=False)),
    ("unsent_once", two_unsent(is_shared=True)),
    ("presence_once", twice_present),
    ("before_says_something", nothing_before),
    ("follower_address_once", follower("a@m.example", "A@m.example")),
    ("follower_confirmed_has_an_address", follower("", confirmed_at=NOW)),
    ("notice_forgets_the_code_once_sent", notice(state="sent", sent_at=NOW)),
    ("notice_forgets_the_code_once_sent", notice(state="sent", secret=None)),
    ("notice_forgets_the_code_once_sent", notice(sent_at=NOW)),
    ("post_once", one_more(Post)),
    ("post_role_known", one_more(Post, role="king")),
    ("people_person.email", one_more(Person)),
    ("people_token.hash", two_tokens),
    ("people_session.hash", two_sessions),
    ("filter_name_once", two_filters),
    ("calendar_opens_before_it_closes", one_more(Calendar, name="x", opens=time(8), closes=time(8))),
    ("agencies_calendar.name", one_more(Calendar)),
    ("holiday_once", one_more(Holiday)),
    ("agencies_agency.slug", one_more(Agency)),
    ("agencies_area.code", one_more(Area)),
    ("agencies_category.code", one_more(Category)),
    ("agencies_government.slug", one_more(Government)),
    ("agencies_template.code", two_figures(Template, code="same", act="inform", text="Terima kasih …")),
    ("target_once", second_target()),  # with nothing in the way of a null: two usual times for one promise
    ("target_once", second_target(classification="aspiration")),
    ("target_once", second_target(category="other")),
    ("target_takes_time", one_more(Target, promise="scheduled", amount=0)),
    ("publication_number_once", second_publication),
    ("day_figure_once", two_figures(DayFigure, on=TODAY)),
    ("group_figure_once", two_figures(GroupFigure, starts_on=TODAY, on=TODAY, received=5)),
    ("group_figure_hides_each_of_them", lambda _: GroupFigure.objects.create(starts_on=TODAY, on=TODAY, received=4)),
    ("area_figure_once", two_figures(AreaFigure, on=TODAY, area="32.99.01.1001")),
    ("week_figure_once", two_figures(WeekFigure, starts_on=TODAY)),
    ("median_figure_once", two_figures(MedianFigure, period="d30", agency="")),
    ("standing_once", two_figures(Standing, agency="", longest_received_at=NOW, counted_at=NOW)),
]
ROOMS = ("agencies", "people", "reports", "publications", "statistics")


@pytest.mark.parametrize(("name", "break_it"), BROKEN, ids=[f"{n}-{i}" for i, (n, _) in enumerate(BROKEN)])
def test_the_database_refuses(cast: Cast, name: str, break_it: Break) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        break_it(cast)
    cause = refused.value.__cause__
    constraint = str(getattr(getattr(cause, "diag", None), "constraint_name", ""))
    wanted = name.split(".")
    assert constraint == name or (len(wanted) == 2 and constraint.startswith(f"{wanted[0]}_{wanted[1]}_"))


def test_no_constraint_is_forgotten() -> None:
    known = set()
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            known |= {constraint.name for constraint in model._meta.constraints}
            known |= {
                f"{model._meta.db_table}.{field.column}"
                for field in model._meta.concrete_fields
                if field.unique and not field.primary_key
            }
    assert {name for name, _ in BROKEN} == known


def test_every_open_state_but_three_needs_somebody_who_holds_it() -> None:
    """The constraint is made from the table of the life; here it is told by hand."""
    condition = str(next(c for c in Report._meta.constraints if c.name == "report_in_somebodys_hand"))
    for state in OPEN:
        assert (f"'{state.value}'" in condition) == (
            state not in (State.SUBMITTED, State.NEEDS_INFO, State.FORWARDED_EXTERNAL)
        )
