"""The database itself refuses nonsense: every constraint is broken once, and none is forgotten here."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.cast import Cast
from tests.make import bring, make_report, make_restricted
from tests.meeting import brought_case, decided, held, plan, point, run
from tuntas import steps
from tuntas.agencies.models import Agency, Area, Calendar, Category, Government, Holiday, Ladder, Road, Target, Template
from tuntas.ledger.models import Leaf, Node
from tuntas.meetings.models import Brought, Decision, Item, Meeting
from tuntas.people.models import (
    Alarm,
    Change,
    Factor,
    Handover,
    Leave,
    Person,
    Post,
    RecoveryCode,
    SavedFilter,
    Session,
    Shift,
    ShiftNote,
    ShiftNoteRead,
    Token,
)
from tuntas.publications.models import Joined, Publication
from tuntas.reports.models import (
    Before,
    Deadline,
    Draft,
    Event,
    File,
    Follower,
    Import,
    Imported,
    Merged,
    Notice,
    Presence,
    Print,
    Referral,
    Report,
    Reveal,
    SideTask,
    Unsent,
    Upload,
)
from tuntas.rules.life import OPEN, State
from tuntas.rules.who import Role
from tuntas.sealed.models import Directory, Envelope, ReaderKey, Seal, WrappedKey
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
    return one_more(Event, **fields)  # none can be changed


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


def merged(cast: Cast) -> Report:
    lead, one = make_report(NOW).report, make_report(NOW).report
    steps.merge(one, by=cast.desk, into=lead.name, now=NOW)
    return one


def joined_twice(cast: Cast) -> object:
    return Joined.objects.create(number=merged(cast).name, into="26-1", received_at=NOW, updated_at=NOW)


def led_and_sealed(cast: Cast) -> object:
    lead = make_report(NOW).report
    return Report.objects.filter(pk=make_restricted(NOW).report.pk).update(is_led=True, merged_into=lead)


def bring_in(**fields: Any) -> Break:
    """Bring in a table in a way that cannot be."""
    return lambda _: Import.objects.create(**{"name": "a.csv", "state": "done", "made_at": NOW, **fields})


def imported_twice(cast: Cast) -> object:
    brought = Import.objects.create(name="a.csv", state="done", made_at=NOW)
    reports = [make_report(NOW).report for _ in range(2)]
    return [Imported.objects.create(report=one, key="same", brought_by=brought) for one in reports]


def nothing_merged(cast: Cast) -> object:
    return Merged.objects.filter(report=merged(cast)).update(values={})


def part(**fields: Any) -> Break:
    """Change a part that was asked of another agency in a way that cannot be."""

    def do(cast: Cast) -> object:
        report = bring(make_report(NOW), State.IN_PROGRESS, cast)
        steps.ask_part(report, by=cast.desk, agency="dishub", text="Rambu.", due_on=TODAY + timedelta(days=7), now=NOW)
        return SideTask.objects.filter(report=report).update(**fields)

    return do


def outside(**fields: Any) -> Break:
    """Change where a report is outside in a way that cannot be."""
    return lambda cast: Referral.objects.filter(report=bring(make_report(NOW), State.FORWARDED_EXTERNAL, cast)).update(
        **fields
    )


def outside_twice(cast: Cast) -> object:
    report = bring(make_report(NOW), State.FORWARDED_EXTERNAL, cast)
    first = Referral.objects.get(report=report)
    return Referral.objects.create(report=report, event=first.event, body_name="BPN", contact="x", next_news_on=TODAY)


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


def two_of_a_person(table: type[models.Model], **given: Any) -> Break:
    def do(cast: Cast) -> object:
        rows = [table(person_id=cast.desk.person_id, **given) for _ in range(2)]
        return table._default_manager.bulk_create(rows)

    return do


def leave(**given: Any) -> Break:
    """Be away in a way that cannot be; the deputy is oneself unless somebody else is named."""

    def do(cast: Cast) -> object:
        me, other = cast.desk.person_id, cast.liaison.person_id
        one = {"person_id": me, "deputy_id": other, "made_by_id": me, "made_at": NOW, "starts_at": NOW, "ends_at": NOW}
        if given.pop("is_own_deputy", False):
            one["deputy_id"] = me
        return Leave.objects.bulk_create([Leave(**{**one, "why": "sick", **given})])

    return do


def handed_to_oneself(cast: Cast) -> object:
    me = cast.person(Role.AGENCY_ADMIN)
    return Handover.objects.bulk_create([Handover(frm=me, to=me, by=me, at=NOW)])


def shift(*, times: int, hours: int) -> Break:
    def do(cast: Cast) -> object:
        one = {"person_id": cast.desk.person_id, "desk_id": Agency.objects.get(slug="diskominfo").pk}
        ends = NOW + timedelta(hours=hours)
        return Shift.objects.bulk_create([Shift(starts_at=NOW, ends_at=ends, **one) for _ in range(times)])

    return do


def note_read_twice(cast: Cast) -> object:
    me = cast.person(Role.AGENCY_ADMIN)
    note = ShiftNote.objects.create(desk=Agency.objects.get(slug="diskominfo"), by=me, at=NOW, text="x")
    return ShiftNoteRead.objects.bulk_create([ShiftNoteRead(note=note, person=me, at=NOW) for _ in range(2)])


def alarm(*, times: int, kind: str = "no_admin") -> Break:
    def do(cast: Cast) -> object:
        desk = Agency.objects.get(slug="diskominfo")
        return Alarm.objects.bulk_create([Alarm(kind=kind, agency=desk, first_seen=NOW) for _ in range(times)])

    return do


def changed(*, register: str = "topics", is_withdrawn: bool = False) -> Break:
    def do(cast: Cast) -> object:
        on = {"at": NOW, "applied_at": NOW, "withdrawn_at": NOW if is_withdrawn else None, "valid_from": NOW.date()}
        return Change.objects.create(register=register, key="x", after={}, **on)

    return do


def second_key(cast: Cast) -> object:
    person = cast.appointed_admin.person_id
    return ReaderKey.objects.bulk_create([ReaderKey(person_id=person or 0, recipient="age1", created_at=NOW)])


def two_keys(cast: Cast) -> object:
    one = {"person_id": cast.appointed_admin.person_id, "recipient": "age1", "created_at": NOW, "retired_at": NOW}
    return ReaderKey.objects.bulk_create([ReaderKey(**one) for _ in range(2)])


def key_of_nobody(**given: Any) -> Break:
    """A reader's key that is neither somebody's nor for recovery, or half asked to leave."""

    def do(cast: Cast) -> object:
        one = {"recipient": "age1x", "created_at": NOW, "retired_at": NOW, **given}
        if one.pop("is_somebodys", False):
            one["person_id"] = cast.appointed_admin.person_id
        return ReaderKey.objects.bulk_create([ReaderKey(**one)])

    return do


def second_recovery_key(cast: Cast) -> object:
    return ReaderKey.objects.bulk_create([ReaderKey(name="x", recipient=f"age1{n}", created_at=NOW) for n in range(2)])


def prints(*, times: int, **fields: Any) -> Break:
    def do(cast: Cast) -> object:
        file = File.objects.create(state="ready", sha256="", size=1, received_at=NOW)
        rows = [Print(file=file, **{"bits": 1, "detail": b"", "chunks": [1], **fields}) for _ in range(times)]
        return Print.objects.bulk_create(rows)

    return do


def prints_of_an_answer(cast: Cast) -> object:
    event = bring(make_report(NOW), State.DISPATCHED, cast).events.latest("id")
    agency = Agency.objects.get(slug="dlh")
    return Print.objects.bulk_create([Print(event=event, agency=agency, chunks=[1]) for _ in range(2)])


def two_uploads(cast: Cast) -> object:
    file = File.objects.create(state="ready", sha256="0", size=1, received_at=NOW)
    return Upload.objects.bulk_create([Upload(length=1, at=NOW, file=file) for _ in range(2)])


def reveal(*, twice: bool = False, **fields: Any) -> Break:
    """Ask for a name in a way that cannot be."""

    def do(cast: Cast) -> object:
        asked_by = cast.desk.person_id
        given = {name: asked_by if value == "asked_by" else value for name, value in fields.items()}
        if "decided_by" in given:
            given["decided_by_id"] = given.pop("decided_by")
        one = {"report": make_report(NOW).report, "asked_by_id": asked_by, "asked_at": NOW, "why": "Perlu.", **given}
        return Reveal.objects.bulk_create([Reveal(**one) for _ in range(2 if twice else 1)])

    return do


def two_figures(table: type[models.Model], **given: Any) -> Break:
    return lambda _: table._default_manager.bulk_create([table(**given) for _ in range(2)])


def two_leaves(source: str) -> Break:
    leaf = {"source": source, "source_id": 1, "data": b"", "hash": b""}
    return lambda _: Leaf.objects.bulk_create([Leaf(seq=seq, **leaf) for seq in range(2)])


def second_target(**key: Any) -> Break:
    def do(cast: Cast) -> object:
        given = {name: Category.objects.get(code=value) if name == "category" else value for name, value in key.items()}
        targets = [Target(promise="answer", amount=1, unit="hours", **given) for _ in range(2)]
        return Target.objects.bulk_create(targets[:1] if not key else targets)

    return do


def meeting(**fields: Any) -> Break:
    """Change a planned meeting in a way that cannot be."""
    return lambda cast: Meeting.objects.filter(pk=plan(cast, NOW).pk).update(**fields)


def two_running(cast: Cast) -> object:
    run(cast, NOW)
    other = plan(cast, NOW, held_on=TODAY + timedelta(days=1))
    person = cast.desk.person_id
    return Meeting.objects.filter(pk=other.pk).update(state="running", started_at=NOW, started_by=person)


def second_point(**fields: Any) -> Break:
    def do(cast: Cast) -> object:
        first = point(run(cast, NOW))
        given = {"meeting": first.meeting, "position": first.position + 1, "kind": "overdue", **fields}
        if given.pop("is_there", False):
            given["position"] = first.position
        return Item.objects.create(**given)

    return do


def brought_twice(cast: Cast) -> object:
    made = brought_case(cast, NOW)
    return Brought.objects.create(report=made.report, by_id=cast.desk.person_id, at=NOW)  # type: ignore[misc]


def two_on_a_point(cast: Cast) -> object:
    item = point(run(cast, NOW))
    return Brought.objects.create(report=make_report(NOW).report, by_id=cast.desk.person_id, at=NOW, item=item)  # type: ignore[misc]


def decision(**fields: Any) -> Break:
    def do(cast: Cast) -> object:
        made = decided(cast, point(run(cast, NOW)), NOW)
        return Decision.objects.filter(pk=made.pk).update(**fields)

    return do


def done_without_words(cast: Cast) -> object:
    made = held(cast, NOW)
    return Decision.objects.filter(pk=made.pk).update(done_at=NOW, done_by=cast.desk.person_id)


BROKEN: list[tuple[str, Break]] = [
    ("meeting_one_a_day", lambda cast: one_more(Meeting)(cast) if plan(cast, NOW) else None),
    ("meeting_one_running", two_running),
    ("meeting_knows_how_far", meeting(state="running")),
    ("meeting_knows_how_far", meeting(state="ended")),
    ("meeting_knows_how_far", meeting(started_at=NOW)),
    ("meeting_has_a_place", meeting(place="")),
    ("item_once_in_its_place", second_point(is_there=True)),
    ("item_kind_known", second_point(kind="gossip")),
    ("brought_once_to_a_meeting", brought_twice),
    ("meetings_brought.item_id", two_on_a_point),
    ("decision_says_what", decision(what="")),
    ("decision_done_by_somebody", decision(done_at=NOW)),
    ("decision_done_by_somebody", decision(done_words="Sudah.")),
    ("decision_done_by_somebody", done_without_words),
    ("side_task_state_known", part(state="lost", ended_at=NOW)),
    ("side_task_asked_or_ended", part(state="done")),
    ("side_task_asked_or_ended", part(ended_at=NOW)),
    ("side_task_asks_for_something", part(text="")),
    ("referral_one_running", outside_twice),
    ("referral_names_a_body", outside(body_name="")),
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
    ("report_at_arbiter_only_while_pending", report(awaits_arbiter=True)),
    ("report_at_arbiter_only_while_pending", in_state(State.TRANSFER_PENDING, awaits_arbiter=True)),
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
    ("report_restricted_says_nothing", restricted(body="Ada uang rokok.")),
    ("report_restricted_says_nothing", restricted(location_text="Loket 3")),
    ("report_restricted_says_nothing", restricted(lat=-6.9, lng=107.6)),
    ("report_restricted_says_nothing", restricted(event_date=TODAY)),
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
    ("event_sealed_says_nothing", event(is_sealed=True, text="Ada uang rokok.")),
    ("reveal_by_two_people", reveal(decided_by="asked_by", decided_at=NOW)),
    ("reveal_decided_by_somebody", reveal(decided_at=NOW)),
    ("reveal_decided_by_somebody", reveal(is_granted=True)),
    ("reveal_one_waiting", reveal(twice=True)),
    ("upload_within_length", lambda _: Upload.objects.create(length=1, offset=2, at=NOW)),
    ("reports_upload.file_id", two_uploads),
    ("print_of_a_photo_or_an_answer", lambda _: Print.objects.create(chunks=[1])),
    ("print_of_a_photo_or_an_answer", prints(bits=None, times=1)),
    ("reports_print.file_id", prints(times=2)),
    ("reports_print.event_id", prints_of_an_answer),
    ("file_attached_to_both", half_attached("report")),
    ("file_attached_to_both", half_attached("event")),
    ("deadline_one_running", one_more(Deadline)),
    ("deadline_paused_or_due", deadline(due_at=None, rung_at=None)),
    ("deadline_paused_or_due", deadline(left=timedelta(hours=1))),
    ("deadline_promise_known", deadline(promise="soon")),
    ("deadline_cause_known", deadline(cause="rain")),
    ("deadline_kept_after_missed", deadline(missed_at=NOW, kept_at=NOW, rung_at=None)),
    ("deadline_kept_after_missed", deadline(missed_at=NOW, kept_at=NOW - timedelta(hours=1), rung_at=None)),
    ("deadline_climbs_while_it_runs", deadline(kept_at=NOW)),
    ("deadline_climbs_while_it_runs", deadline(ended_at=NOW)),
    ("deadline_climbs_while_it_runs", deadline(due_at=None, left=timedelta(hours=1))),
    ("deadline_climbs_while_it_runs", deadline(ladder=None)),
    ("deadline_climbs_while_it_runs", deadline(whole=None)),
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
    (
        "people_factor.handle",
        two_of_a_person(Factor, kind="passkey", name="HP", secret=b"", handle="same", created_at=NOW),
    ),
    ("leave_ends_after_it_starts", leave(ends_at=NOW - timedelta(hours=1))),
    ("leave_deputy_is_another", leave(is_own_deputy=True)),
    ("leave_why_known", leave(why="bored")),
    ("handover_to_another", handed_to_oneself),
    ("shift_takes_time", shift(times=1, hours=0)),
    ("shift_once", shift(times=2, hours=1)),
    ("shift_note_read_once", note_read_twice),
    ("change_register_known", changed(register="songs")),
    ("change_applied_or_withdrawn", changed(is_withdrawn=True)),
    ("alarm_kind_known", alarm(times=1, kind="rain")),
    ("alarm_once_while_it_lasts", alarm(times=2)),
    ("people_recoverycode.hash", two_of_a_person(RecoveryCode, hash="same")),
    ("reader_key_one_in_use", second_key),
    ("reader_key_one_in_use", second_recovery_key),
    ("reader_key_of_somebody_or_for_recovery", key_of_nobody()),
    ("reader_key_of_somebody_or_for_recovery", key_of_nobody(name="Pemulihan", locked=b"age")),
    ("reader_key_of_somebody_or_for_recovery", key_of_nobody(name="Pemulihan", is_somebodys=True)),
    ("reader_key_leaving_whole", key_of_nobody(is_somebodys=True, leaving_why="Pindah.")),
    ("reader_key_leaving_whole", key_of_nobody(is_somebodys=True, leaving_asked_at=NOW)),
    ("sealed_readerkey.recipient", two_keys),
    ("sealed_directory.version", two_figures(Directory, version=7, published_at=NOW)),
    ("seal_by_known", lambda _: Seal.objects.create(report_id=1, recipient="age1", by="nobody", sealed_at=NOW)),
    ("envelope_kind_known", lambda _: Envelope.objects.create(report_id=1, event_id=1, kind="song", size=1, at=NOW)),
    ("envelope_of_a_report", lambda _: Envelope.objects.create(report_id=1, kind="words", size=1, at=NOW)),
    ("wrapped_key_once", two_figures(WrappedKey, report_id=1, data=b"")),
    ("calendar_opens_before_it_closes", one_more(Calendar, name="x", opens=time(8), closes=time(8))),
    ("agencies_calendar.name", one_more(Calendar)),
    ("holiday_once", one_more(Holiday)),
    ("ladder_one_of_a_promise", one_more(Ladder)),
    ("agencies_agency.slug", one_more(Agency)),
    ("agencies_area.code", one_more(Area)),
    ("agencies_category.code", one_more(Category)),
    ("agencies_government.slug", one_more(Government)),
    ("agencies_template.code", two_figures(Template, code="same", act="inform", text="Terima kasih …")),
    ("target_once", second_target()),  # with nothing in the way of a null: two usual times for one promise
    ("target_once", second_target(classification="aspiration")),
    ("target_once", second_target(category="other")),
    (
        "target_of_agency_or_tier",
        lambda cast: Target.objects.create(
            promise="answer", amount=1, unit="hours", agency=Agency.objects.get(slug="dlh"), tier="unit"
        ),
    ),
    ("target_takes_time", one_more(Target, promise="scheduled", amount=0)),
    ("publication_number_once", second_publication),
    ("joined_number_once", joined_twice),
    ("report_led_by_another", report(is_led=True)),
    ("report_led_by_another", led_and_sealed),
    ("merged_says_something", nothing_merged),
    ("import_state_known", bring_in(state="lost")),
    ("import_does_no_more_than_all", bring_in(rows=1, done=2)),
    ("imported_row_once", imported_twice),
    ("day_figure_once", two_figures(DayFigure, on=TODAY)),
    ("group_figure_once", two_figures(GroupFigure, starts_on=TODAY, on=TODAY, received=5)),
    ("group_figure_hides_each_of_them", lambda _: GroupFigure.objects.create(starts_on=TODAY, on=TODAY, received=4)),
    (
        "road_status_known",
        lambda _: Road.objects.create(keeper=Agency.objects.all()[0], name="A", status="rusak", line={}),
    ),
    ("area_figure_once", two_figures(AreaFigure, on=TODAY, area="32.99.01.1001")),
    ("week_figure_once", two_figures(WeekFigure, starts_on=TODAY)),
    ("leaf_once", two_leaves("event")),
    ("leaf_source_known", two_leaves("gossip")),
    ("node_once", two_figures(Node, level=8, index=0, hash=b"0")),
    ("median_figure_once", two_figures(MedianFigure, period="d30", agency="")),
    ("standing_once", two_figures(Standing, agency="", longest_received_at=NOW, counted_at=NOW)),
]
ROOMS = ("agencies", "people", "reports", "publications", "statistics", "ledger", "sealed", "meetings")


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
