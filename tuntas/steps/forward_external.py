from datetime import date, datetime, timedelta

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, Report
from tuntas.reports.referrals import MOST_CONTACT, MOST_NAME, MOST_NUMBER, Referral
from tuntas.rules.clock import Unit
from tuntas.rules.life import Act, Promise
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lead import led_by, refer_as
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

LONGEST = timedelta(days=30)
NOT_SOON = Say("Pilih tanggal sesudah hari ini, paling jauh 30 hari.", "Choose a date after today, within 30 days.")


def forward_external(
    report: Report,
    *,
    by: Actor,
    body: str,
    contact: str,
    text: str,
    next_news_on: date,
    external_id: str = "",
    late_cause: str = "",
    is_confirmed: bool = True,
    now: datetime,
) -> Event:
    """Refer a report to a body that is no agency of ours; the desk keeps it, asks there and tells the reporter.

    body          its name, which everybody reads
    contact       whom the desk asks there, for staff alone
    external_id   the number under which it is known there, once that is known
    next_news_on  by when the reporter hears again, 30 days at most

    Of the clocks that run none starts anew. Raises Invalid.
    """
    body, contact = checked(body, "/body", most=MOST_NAME), checked(contact, "/contact", most=MOST_CONTACT)
    external_id = checked(external_id, "/external_id", most=MOST_NUMBER, may_be_empty=True)
    text = checked(text)
    with begin(report, Act.FORWARD_EXTERNAL, by=by) as report:
        lights = lit(report, Act.FORWARD_EXTERNAL, text, by=by, is_confirmed=is_confirmed, now=now)
        report.holder_id, report.refusal_count, report.is_arbitrated = None, 0, False
        report.hop_count += 1
        promise_news(report, next_news_on, now=now)
        data = {"body": body, "external_id": external_id, "next_news_on": next_news_on.isoformat(), **lights}
        event = walk(report, Act.FORWARD_EXTERNAL, by=by, text=text, data=data, late_cause=late_cause, now=now)
        referral = Referral(
            report=report,
            event=event,
            body_name=body,
            contact=contact,
            external_number=external_id,
            next_news_on=next_news_on,
        )
        referral.save()
        if report.merged_count:
            for one in led_by(report):
                refer_as(referral, one, one.events.filter(act=Act.FORWARD_EXTERNAL).order_by("-id")[0])
        return event


def promise_news(report: Report, on: date, *, now: datetime) -> None:
    """Start the clock of the next news; it ends when the desk closes on that day. Raises Invalid."""
    calendar = installation().calendar_of(report.desk_id)
    if not timedelta(0) < on - calendar.day_of(now) <= LONGEST:
        raise Invalid.field("/next_news_on", NOT_SOON)
    Deadline.objects.create(
        report=report,
        promise=Promise.OUTSIDE_NEWS,
        unit=Unit.DAYS,
        started_at=now,
        due_at=calendar.hours_of(on)[1],
    )
