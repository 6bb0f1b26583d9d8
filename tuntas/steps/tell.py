"""Write notices into the outbox: who hears of an act, in the act's own transaction. A notice never holds a word of
the report, because other people see lock screens (ux 2.2)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from tuntas.agencies.installation import installation
from tuntas.kit.queue import AT_ONCE, Job, later, later_each
from tuntas.people.duty import on_duty
from tuntas.people.models import Person
from tuntas.people.queries import nearest_with, people_with
from tuntas.reports.models import Contact, Event, Follower, Notice, NoticeState, Report
from tuntas.rules.life import Act, Told
from tuntas.rules.recall import LETTERS_WAIT, undone
from tuntas.rules.shifts import is_open
from tuntas.rules.thread import is_answer
from tuntas.rules.who import DESK_ROLES, Role, is_public, is_raised

DECIDERS = frozenset({Role.AGENCY_ADMIN, Role.INSPECTORATE})  # on an anonymous name
SAFETY_NET = timedelta(minutes=5)  # the job asked for here sends at once; should it vanish, the tick asks again
TO_REPORTER = {
    # The kind of news, never its content. Acts not named here are "news".
    Act.SUBMIT: "received",
    Act.ASK: "needs_you",
    Act.APPROVE: "answered",
    Act.CLOSE: "done",
    Act.ARCHIVE: "not_handled",
    Act.DECIDE_IDENTITY: "name_opened",
}


def tell(report: Report, event: Event, told: Iterable[Told], *, now: datetime) -> None:
    """Tell everybody the event concerns, except the person who did it; of what can be undone, once it no longer can."""
    if undone([event]):
        return
    told, after = set(told), LETTERS_WAIT if report.recallable else AT_ONCE
    if Told.REPORTER in told:
        kind = "answered" if is_answer(event.act, event.data) else TO_REPORTER.get(Act(event.act), "news")
        tell_reporter(report, kind, now=now, after=after)
    if Told.FOLLOWERS in told and report.follower_count and is_public(report):
        later(Job.TELL_FOLLOWERS, after=after, report_id=report.pk, event_id=event.pk)  # they may be very many
    apart = {Told.REPORTER, Told.FOLLOWERS, Told.DPO, Told.HELPER}
    people = {p.pk: p for kind in told - apart for p in staff_of(report, kind, now=now)}
    people.pop(event.by_id or 0, None)
    tell_people(report, people.values(), "work", now=now, after=after)
    if Told.HELPER in told:
        tell_people(report, _helpers_of(event, now), "part", now=now, after=after)
    if Told.DPO in told:
        tell_people(report, people_with({Role.DPO}, report.desk_id, now=now), "name_opened_dpo", now=now)


def take_back(event: Event) -> None:
    """Take back what waits to be told of an event that was undone; a letter that is gone is gone."""
    waiting = Notice.objects.filter(report=event.report_id, state=NoticeState.WAITING, tries=0)
    waiting.filter(created_at=event.at, next_try_at=event.at + LETTERS_WAIT + SAFETY_NET).delete()


def tell_reporter(
    report: Report,
    template: str,
    *,
    now: datetime,
    secret: bytes | None = None,
    after: timedelta = AT_ONCE,
    about: dict[str, str] | None = None,
) -> bool:
    """Tell the reporter, if they left an address; return whether they did.

    Of a sealed report we know none: its news waits behind the code.
    """
    contact = Contact.objects.filter(report=report).exclude(email="").first()
    if contact is None:
        return False
    _send(
        [
            Notice(
                report=report,
                template=template,
                about=about or {},
                email=contact.email,
                language=report.language,
                secret=secret,
                created_at=now,
                next_try_at=now + after + SAFETY_NET,
            )
        ],
        after=after,
    )
    return True


def tell_people(
    report: Report, people: Iterable[Person], template: str, *, now: datetime, after: timedelta = AT_ONCE
) -> None:
    """Tell people who work here that a report waits for them."""
    _send([notice_for(report, person, template, now=now, after=after) for person in people], after=after)


def notice_for(
    report: Report | None,
    person: Person,
    template: str,
    *,
    now: datetime,
    after: timedelta = AT_ONCE,
    about: dict[str, str] | None = None,
) -> Notice:
    """Return an unsaved notice for somebody who works here, of a report or of none."""
    return Notice(
        report=report,
        template=template,
        about=about or {},
        email=person.email,
        language=person.language,
        created_at=now,
        next_try_at=now + after + SAFETY_NET,
    )


def notice_about_posts(person: Person, n: int, *, now: datetime) -> Notice:
    """Return an unsaved notice that *n* things have nobody to look after them."""
    return notice_for(None, person, "alarms", about={"n": str(n)}, now=now)


def notice_of_meeting(person: Person, held_on: date, n: int, *, now: datetime) -> Notice:
    """Return an unsaved notice that a meeting made *n* decisions that are somebody's work."""
    return notice_for(None, person, "meeting", about={"n": str(n), "day": f"{held_on:%d-%m-%Y}"}, now=now)


def send_many(notices: Sequence[Notice]) -> None:
    """Write notices about many reports at once."""
    sent = Notice.objects.bulk_create(notices)
    later_each(Job.DELIVER, [{"notice_id": notice.pk} for notice in sent])


def write_to(followers: Iterable[Follower], template: str, *, now: datetime) -> None:
    """Write to people who follow a report, each with links of their own."""
    _send(
        [
            Notice(
                report_id=follower.report_id,
                follower=follower,
                template=template,
                email=follower.email,
                language=follower.language,
                created_at=now,
                next_try_at=now + SAFETY_NET,
            )
            for follower in followers
        ]
    )


def staff_of(report: Report, told: Told, *, now: datetime | None = None) -> list[Person]:
    """Return the people a kind stands for; of a restricted report only those who may open it.

    now   with those who stand in for them at that instant
    """
    if report.is_restricted:
        return people_with({Role.INSPECTORATE, Role.SEALED_READER}, report.desk_id)
    if report.is_suspected:
        return people_with({Role.SEALED_READER}, report.desk_id)
    if told is Told.DECIDERS:
        return people_with({Role.INSPECTORATE} if report.is_secret else DECIDERS, report.desk_id, now=now)
    if told is Told.ASKER:
        return _last_asker_of(report)
    if told is Told.DESK:
        return _first_of_the_desk(people_with(DESK_ROLES, report.desk_id, now=now), report.desk_id, now)
    if told is Told.VALIDATOR and report.holder_id:
        checked_at = report.desk_id if is_raised(report) else report.holder_id
        found = people_with({Role.RESPONSE_VALIDATOR}, checked_at, now=now)
        return found or (staff_of(report, Told.DESK, now=now) if is_raised(report) else [])
    if told is Told.ARBITER:
        waits = report.awaits_arbiter and report.holder_id
        return people_with({Role.ARBITER}, waits, now=now) if waits else []
    if told is Told.OFFERED:
        offered = report.offered_to_id
        return nearest_with(Role.LIAISON, offered, now=now) if offered else staff_of(report, Told.DESK, now=now)
    return nearest_with(Role.LIAISON, report.holder_id, now=now) if report.holder_id else []


def _helpers_of(event: Event, now: datetime) -> list[Person]:
    """Return who is asked for a part, or no longer is."""
    agency = installation().agency_by_slug[event.data["to_agency"]]
    return nearest_with(Role.LIAISON, agency.id, now=now)


def _first_of_the_desk(people: list[Person], desk_id: int, now: datetime | None) -> list[Person]:
    """Return who of the desk hears first: outside office hours those on duty, if anybody is; else all."""
    if now is None or is_open(installation().calendar_of(desk_id), now):
        return people
    duty = on_duty(desk_id, now=now)
    return [person for person in people if person.pk in duty] or people


def _last_asker_of(report: Report) -> list[Person]:
    """Return who asked last to know an anonymous name."""
    reveal = report.reveals.select_related("asked_by").order_by("-pk").first()
    return [] if reveal is None else [reveal.asked_by]


def _send(notices: list[Notice], *, after: timedelta = AT_ONCE) -> None:
    for notice in Notice.objects.bulk_create(notices):
        later(Job.DELIVER, after=after, notice_id=notice.pk)
