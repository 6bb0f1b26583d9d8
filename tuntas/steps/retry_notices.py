from datetime import datetime, timedelta

from django.db import transaction

from tuntas.kit.env import env
from tuntas.kit.queue import Job, later
from tuntas.reports.models import Notice, NoticeState

CLAIM = timedelta(minutes=5)


def retry_notices(*, now: datetime, most: int = 500) -> int:
    """Ask again for every notice whose next try has come. Return how many; asking twice does no harm."""
    if not env().email_url:
        return 0
    with transaction.atomic():
        due = Notice.objects.filter(state=NoticeState.WAITING, next_try_at__lte=now).order_by("next_try_at")
        ids = list(due.select_for_update(skip_locked=True).values_list("id", flat=True)[:most])
        Notice.objects.filter(pk__in=ids).update(next_try_at=now + CLAIM)
        for notice_id in ids:
            later(Job.DELIVER, notice_id=notice_id)
    return len(ids)
