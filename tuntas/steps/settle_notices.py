from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from tuntas.kit.queue import Job
from tuntas.reports.models import Notice, NoticeState


def settle_notices(*, before: datetime) -> int:
    """Take notices of a history that was made up as sent in their time, and drop their jobs. Return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        old = Notice.objects.filter(state=NoticeState.WAITING, created_at__lt=before)
        ids = list(old.select_for_update().values_list("id", flat=True))
        Notice.objects.filter(pk__in=ids).update(
            state=NoticeState.SENT, sent_at=F("created_at"), secret=None, next_try_at=None
        )
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' "
            "AND (args->>'notice_id')::bigint = ANY(%s)",
            [Job.DELIVER.value, ids],
        )
    return len(ids)
