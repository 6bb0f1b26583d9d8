"""Write notices into the outbox: who hears of an act, in the act's own transaction. A notice never holds a word of
the report, because other people see lock screens (ux 2.2)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tuntas.kit.queue import AT_ONCE, Job, later
from tuntas.people.models import Person
from tuntas.people.queries import nearest_with, people_with
from tuntas.reports.models import Contact, Event, Follower, Notice, NoticeState, Report
from tuntas.rules.life import Act, Told
from tuntas.rules.recall import LETTERS_WAIT, undone
from tuntas.rules.who import DESK_ROLES, Role, is_public

SAFETY_NET = timedelta(minutes=5)  # the job asked for here sends at once; should it vanish, the tick asks again
TO_REPORTER = {
    # The kind of news, never its content. Acts not named here are "news".
    Act.SUBMIT: "received",
    Act.ASK: "needs_you",
    Act.APPROVE: "answered",
    Act.CLOSE: "done",
    Act.ARCHIVE: "not_handled",
}


def tell(report: Report, event: Event, told: Iterable[Told], *, now: datetime) -> None:
    """Tell everybody the event concerns, except the person who did it; of what can be undone, once it no longer can."""
    if undone([event]):
        return
    told, after = set(told), LETTERS_WAIT if report.recallable else AT_ONCE
    if Told.REPORTER in told:
        tell_reporter(report, TO_REPORTER.get(Act(event.act), "news"), now=now, after=after)
    if Told.FOLLOWERS in told and report.follower_count and is_public(report):
        later(Job.TELL_FOLLOWERS, after=after, report_id=report.pk, event_id=event.pk)  # they may be very many
    people = {p.pk: p for kind in told - {Told.REPORTER, Told.FOLLOWERS} for p in staff_of(report, kind)}
    people.pop(event.by_id or 0, None)
    tell_people(report, people.values(), "work", now=now, after=after)


def take_back(event: Event) -> None:
    """Take back what waits to be told of an event that was undone; a letter that is gone is gone."""
    waiting = Notice.objects.filter(report=event.report_id, state=NoticeState.WAITING, tries=0)
    waiting.filter(created_at=event.at, next_try_at=event.at + LETTERS_WAIT + SAFETY_NET).delete()


def tell_reporter(
    report: Report, template: str, *, now: datetime, secret: bytes | None = None, after: timedelta = AT_ONCE
) -> None:
    """Tell the reporter, if they left an address; of a restricted report only that there is news."""
    contact = Contact.objects.filter(report=report).exclude(email="").first()
    if contact is None:
        return
    template = "quiet" if report.is_restricted else template
    _send(
        [
            Notice(
                report=report,
                template=template,
                email=contact.email,
                language=report.language,
                secret=secret,
                created_at=now,
                next_try_at=now + after + SAFETY_NET,
            )
        ],
        after=after,
    )


def tell_people(
    report: Report, people: Iterable[Person], template: str, *, now: datetime, after: timedelta = AT_ONCE
) -> None:
    """Tell people who work here that a report waits for them."""
    _send(
        [
            Notice(
                report=report,
                template=template,
                email=person.email,
                language=person.language,
                created_at=now,
                next_try_at=now + after + SAFETY_NET,
            )
            for person in people
        ],
        after=after,
    )


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


def staff_of(report: Report, told: Told) -> list[Person]:
    """Return the people a kind stands for; of a restricted report only those who may open it."""
    if report.is_restricted:
        return people_with({Role.INSPECTORATE, Role.SEALED_READER}, report.desk_id)
    if told is Told.DESK:
        return people_with(DESK_ROLES, report.desk_id)
    if told is Told.VALIDATOR and report.holder_id:
        return people_with({Role.RESPONSE_VALIDATOR}, report.holder_id)
    if told is Told.OFFERED:
        return nearest_with(Role.LIAISON, report.offered_to_id) if report.offered_to_id else staff_of(report, Told.DESK)
    return nearest_with(Role.LIAISON, report.holder_id) if report.holder_id else []


def _send(notices: list[Notice], *, after: timedelta = AT_ONCE) -> None:
    for notice in Notice.objects.bulk_create(notices):
        later(Job.DELIVER, after=after, notice_id=notice.pk)
