"""To which body outside a report was sent, under which number it is known there, and by when there is news."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

MOST_NAME, MOST_CONTACT, MOST_NUMBER = 120, 200, 60


class Referral(models.Model):
    """One way out: the desk keeps asking there until it ends. ``missed_count`` is how often a promised day passed."""

    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="referrals")
    event = models.ForeignKey("reports.Event", models.CASCADE, related_name="+", db_index=False)  # that began it
    body_name = models.CharField(max_length=MOST_NAME)
    contact = models.CharField(max_length=MOST_CONTACT)  # whom the desk asks there; for staff alone
    external_number = models.CharField(max_length=MOST_NUMBER, blank=True)
    next_news_on = models.DateField()
    missed_count = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report"], condition=Q(ended_at=None), name="referral_one_running"),
            models.CheckConstraint(condition=~Q(body_name=""), name="referral_names_a_body"),
        ]
