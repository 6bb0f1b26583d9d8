from datetime import datetime, timedelta

from django.db.models import Q

from tuntas.kit import files
from tuntas.people.models import Bucket, Challenge, Repeat, Spent
from tuntas.reports.models import Before, Draft, File, Follower, Notice, Presence, Unsent
from tuntas.rules.life import State
from tuntas.sealed.models import Envelope
from tuntas.steps.tidy_uploads import tidy_uploads
from tuntas.steps.unattached import KEPT_UNATTACHED

KEEP_REPEATS = timedelta(hours=24)
KEEP_DRAFTS = timedelta(hours=24)
KEEP_BUCKETS = timedelta(days=1)
KEEP_CHALLENGES = timedelta(hours=1)
KEEP_SPENT = timedelta(hours=1)
KEEP_SENT = timedelta(days=90)
KEEP_UNCONFIRMED = timedelta(days=7)
KEEP_UNSENT = timedelta(days=30)
KEEP_PRESENCE = timedelta(hours=1)
KEEP_BEFORE = timedelta(days=30)


def tidy(*, now: datetime, real_now: datetime) -> None:
    """Forget what is no longer needed: old answers to repeat, photos nobody attached, old counts. Safe to repeat."""
    Repeat.objects.filter(at__lt=now - KEEP_REPEATS).delete()
    Draft.objects.filter(at__lt=now - KEEP_DRAFTS).delete()
    Bucket.objects.filter(at__lt=real_now - KEEP_BUCKETS).delete()
    Challenge.objects.filter(at__lt=real_now - KEEP_CHALLENGES).delete()
    Spent.objects.filter(at__lt=real_now - KEEP_SPENT).delete()  # by then a proof is too old to count
    Notice.objects.filter(state="sent", sent_at__lt=now - KEEP_SENT).delete()
    unsure = Follower.objects.filter(confirmed_at=None, asked_at__lt=now - KEEP_UNCONFIRMED).exclude(email="")
    unsure.update(email="")  # still counted; whose address it was never said yes
    Unsent.objects.filter(saved_at__lt=now - KEEP_UNSENT).delete()
    Presence.objects.filter(seen_at__lt=now - KEEP_PRESENCE).delete()
    has_ended = Q(report__state__in=(State.ARCHIVED, State.CLOSED))
    Before.objects.filter(has_ended, at__lt=now - KEEP_BEFORE).delete()  # what is open can still be called back
    for file in File.objects.filter(report=None, received_at__lt=now - KEPT_UNATTACHED)[:1000]:
        if File.objects.filter(pk=file.pk, report=None).delete()[0]:
            for kind in ("jpg", "small.jpg", file.ending):
                files.drop(f"{file.pk}.{kind}")
    for envelope in Envelope.objects.filter(report_id=None, at__lt=now - KEPT_UNATTACHED)[:1000]:
        if Envelope.objects.filter(pk=envelope.pk, report_id=None).delete()[0]:
            files.drop(f"{envelope.pk}.age")
    tidy_uploads(now=now, real_now=real_now)
    files.forget_held()
