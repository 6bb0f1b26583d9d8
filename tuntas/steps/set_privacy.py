from datetime import datetime

from tuntas.reports.models import Contact, Event, Report
from tuntas.rules.life import Act
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.index import index
from tuntas.steps.walk import walk


def set_privacy(
    report: Report,
    *,
    by: Actor,
    is_anonymous: bool | None = None,
    is_secret: bool | None = None,
    forget_contact: bool = False,
    now: datetime,
) -> Event:
    """Change who may know the reporter and who may read the report; what becomes secret leaves the public at once.

    forget_contact   delete name, phone and e-mail for good; news then comes only through the code
    """
    with begin(report, Act.SET_PRIVACY, by=by) as report:
        if is_anonymous is not None:
            report.is_anonymous = is_anonymous
        if is_secret is not None:
            report.is_secret = is_secret
        if forget_contact and (contact := Contact.objects.filter(report=report).first()) is not None:
            report.notices.filter(email=contact.email).delete()  # sent ones too: they hold the address
            contact.delete()
        data = {"is_anonymous": report.is_anonymous, "is_secret": report.is_secret, "forget_contact": forget_contact}
        event = walk(report, Act.SET_PRIVACY, by=by, data=data, now=now)
        if forget_contact:
            index(report, with_name=True)  # there is none any more, nor under which a search would find the report
        return event
