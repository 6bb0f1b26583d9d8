"""Where a report is outside, and that it is there no longer."""

from datetime import datetime

from tuntas.reports.referrals import Referral


def running_referral(report_id: int) -> Referral | None:
    """Return where a report is now, outside; None where it is here."""
    return Referral.objects.select_related("event").filter(report=report_id, ended_at=None).first()


def end_referral(report_id: int, now: datetime) -> None:
    """Note that a report is no longer outside."""
    Referral.objects.filter(report=report_id, ended_at=None).update(ended_at=now)


def take_up_referral(report_id: int, ended_at: datetime) -> None:
    """Undo that a referral ended, where the act that ended it is undone."""
    Referral.objects.filter(report=report_id, ended_at=ended_at).update(ended_at=None)


def rounds_of(referral: Referral) -> int:
    """Return the how manieth referral of its report this is."""
    return Referral.objects.filter(report=referral.report_id, pk__lte=referral.pk).count()
