from datetime import datetime

from django.db import transaction

from tuntas.reports.follow_links import follower_id_of
from tuntas.reports.models import Follower, Report
from tuntas.steps.follow import count_followers


def unfollow(token: str, *, now: datetime) -> bool:
    """Forget a follower and their address, letters on their way included. Return whether there was one.

    Safe to repeat; a report that is no longer public lets its followers go as well.
    """
    follower_id = follower_id_of(token)
    follower = None if follower_id is None else Follower.objects.filter(pk=follower_id).first()
    if follower is None:
        return False
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=follower.report_id)
        if not report.followers.filter(pk=follower.pk).exists():  # the same link a moment ago
            return False
        follower.delete()
        count_followers(report, by=-1)
        return True
