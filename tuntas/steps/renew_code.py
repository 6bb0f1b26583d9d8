from datetime import datetime, timedelta

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit.crypto import encrypt
from tuntas.kit.ids import read_number
from tuntas.reports.models import Contact, Report
from tuntas.reports.secrets import outbox_key
from tuntas.steps.new_code_for import new_code_for
from tuntas.steps.tell import tell_reporter

MOST_A_DAY = 3


def renew_code(number: str, email: str, *, now: datetime) -> None:
    """Send the reporter a new code in place of a lost one, if the report has one with that address; else do nothing.

    Who asks learns nothing either way. The old code opens nothing from now on. A restricted one never travels.
    """
    known, wanted = read_number(number.strip(), installation().number_prefix), email.strip().casefold()
    if known is None or not wanted:
        return
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).filter(number=known, is_restricted=False).first()
        if report is None or not _is_theirs(report, wanted) or _is_enough(report, now):
            return
        code = new_code_for(report)
        tell_reporter(report, "new_code", now=now, secret=encrypt(outbox_key(), code.encode()))


def _is_theirs(report: Report, wanted: str) -> bool:
    contact = Contact.objects.filter(report=report).first()
    return contact is not None and contact.email.strip().casefold() == wanted


def _is_enough(report: Report, now: datetime) -> bool:
    """Return whether so many letters went out in a day that somebody else may be asking for them.

    The outbox knows it to the letter. A bucket would fill again within the day, and start anew with each date.
    """
    return report.notices.filter(template="new_code", created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY
