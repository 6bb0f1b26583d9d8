from datetime import datetime, timedelta

from tuntas.kit import files
from tuntas.people.models import Bucket, Repeat
from tuntas.reports.models import Draft, File, Follower, Notice

KEEP_REPEATS = timedelta(hours=24)
KEEP_UNATTACHED = timedelta(hours=24)
KEEP_DRAFTS = timedelta(hours=24)
KEEP_BUCKETS = timedelta(days=1)
KEEP_SENT = timedelta(days=90)
KEEP_UNCONFIRMED = timedelta(days=7)


def tidy(*, now: datetime, real_now: datetime) -> None:
    """Forget what is no longer needed: old answers to repeat, photos nobody attached, old counts. Safe to repeat."""
    Repeat.objects.filter(at__lt=now - KEEP_REPEATS).delete()
    Draft.objects.filter(at__lt=now - KEEP_DRAFTS).delete()
    Bucket.objects.filter(at__lt=real_now - KEEP_BUCKETS).delete()
    Notice.objects.filter(state="sent", sent_at__lt=now - KEEP_SENT).delete()
    unsure = Follower.objects.filter(confirmed_at=None, asked_at__lt=now - KEEP_UNCONFIRMED).exclude(email="")
    unsure.update(email="")  # still counted; whose address it was never said yes
    for file in File.objects.filter(report=None, received_at__lt=now - KEEP_UNATTACHED)[:1000]:
        if File.objects.filter(pk=file.pk, report=None).delete()[0]:
            files.drop(f"{file.pk}.jpg")
            files.drop(f"{file.pk}.small.jpg")
