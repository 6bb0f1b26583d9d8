from datetime import datetime

from django.db import connection
from django.db.models import Q

from tuntas.agencies.installation import installation
from tuntas.meetings.sealing import forget_case
from tuntas.publications.models import Joined, Publication
from tuntas.reports.models import (
    Before,
    Contact,
    Event,
    File,
    Follower,
    Notice,
    NoticeState,
    Referral,
    Report,
    SideTask,
    Unsent,
)
from tuntas.reports.print_queries import forget_prints
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.sealed.models import SealedBy
from tuntas.steps.enclose import chosen_readers, close_report, enclose_file, enclose_story, enclose_words
from tuntas.steps.submit import Told, all_said, empty, ref_of
from tuntas.steps.unmerge import begin_apart
from tuntas.steps.walk import walk

# What an event may go on saying: where it led, never about what.
ROUTING = (
    *("to_agency", "again", "refusals", "reason_code", "outcome", "rating"),
    *("on", "level", "quiet", "event", "act", "next_news_on", "to_us"),
)


def seal(report: Report, *, by: Actor, text: str, now: datetime) -> Event:
    """Move an ordinary report into the sealed room, and remove all that was readable of it here.

    text   why, for those who will read it; it goes into the room with the rest

    It begins there as one that has just come in, under a ref; its number and its public page are gone. The reporter's
    code still opens what the reporter sees of it. What was read, printed or backed up before cannot be unread.
    Raises Invalid where no reader is appointed.
    """
    text = checked(text)
    with begin_apart(report, Act.SEAL, by=by, now=now) as report:
        to = chosen_readers(pointer="/text")
        contact, number = Contact.objects.filter(report=report).first(), report.number
        told = Told(contact.name, contact.phone, contact.email) if contact else Told()
        said = {**all_said(report, told), "was_number": number}
        made = close_report(report.pk, to, by=SealedBy.LATER, reporter="", now=now)
        events = list(report.events.order_by("id"))
        enclose_story(made, events[0], said, now=now)
        for event in events:
            _close_event(event, now)
        for file in File.objects.filter(report=report).select_related("event").order_by("received_at", "id"):
            if file.event is not None:
                enclose_file(file.event, file, now=now)
        _forget(report)
        report.is_restricted, report.is_suspected, report.doubts = True, False, []
        report.number, report.ref = None, _next_ref(now)
        event = walk(report, Act.SEAL, by=by, text=text, now=now)
        for readable in (Publication, Joined):
            readable.objects.filter(number=number).delete()
    return event


def _close_event(event: Event, now: datetime) -> None:
    """Put what was said at an act into an envelope; in the log its commitment stays, its salt goes."""
    enclose_words(event.report_id, event, event.text, now=now)
    routing = {name: event.data[name] for name in ROUTING if name in event.data}
    Event.objects.filter(pk=event.pk).update(text="", data=routing, salt=None, is_sealed=True)


def _forget(report: Report) -> None:
    """Remove what else knew of it: names, drafts, letters that wait, who followed, what could be taken back."""
    for gone in (Contact, Before, Unsent, Referral, SideTask):
        gone.objects.filter(report=report).delete()
    Notice.objects.filter(report=report).exclude(state=NoticeState.SENT).delete()
    Notice.objects.filter(report=report).update(email="", follower=None, error="")
    Follower.objects.filter(Q(report=report) | Q(own_report=report)).delete()
    Report.objects.filter(supports=report).update(supports=None)
    Report.objects.filter(split_from=report).update(split_from=None)
    forget_prints(report)
    forget_case(report)
    empty(report)
    report.split_from = None
    report.holder_id = report.offered_to_id = report.proposed_by_id = report.identity_asked_by_id = None
    report.asked_from = report.transferred_from = report.recallable = ""
    report.awaits_signature, report.follower_count, report.fetched_at = False, 0, None
    report.awaits_arbiter, report.is_arbitrated, report.refusal_count = False, False, 0
    report.asked_ids, report.helper_ids, report.awaits_audience = [], [], False


def _next_ref(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ref_of(now.astimezone(installation().zone).year % 100)}")  # a number
        return str(cursor.fetchone()[0])
