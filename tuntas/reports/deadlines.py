"""The clocks of a report: each promise as an instant, or as what is left of it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tuntas.agencies.models import Ladder
from tuntas.rules.clock import Unit
from tuntas.rules.life import OURS, Promise
from tuntas.rules.reasons import LateCause


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def running(self) -> "DeadlineQuerySet":
        """Owed still: neither kept nor dropped. A missed one is owed until it is kept late."""
        return self.filter(kept_at=None, ended_at=None)

    def to_miss(self, now: datetime) -> "DeadlineQuerySet":
        """Run out and not yet marked."""
        return self.running().filter(missed_at=None, due_at__lt=now)

    def to_climb(self, now: datetime) -> "DeadlineQuerySet":
        """Past the next rung of their ladder. What has run out is marked first: that may stop it."""
        return self.filter(Q(due_at__gte=now) | Q(missed_at__isnull=False), rung_at__lt=now)


class Deadline(models.Model):
    """The instant by which a promise must be kept; while paused, what is left of it instead."""

    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="deadlines")
    promise = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Promise])
    unit = models.CharField(max_length=20, choices=[(u.value, u.value) for u in Unit])
    amount = models.PositiveIntegerField(null=True)  # how much was promised, in its unit; none where it was a day
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left = models.DurationField(null=True)
    kept_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # the instant it ran out, marked once
    ended_at = models.DateTimeField(null=True)  # nobody owes it any more
    cause = models.CharField(max_length=20, blank=True)
    # The ladder it climbs while it runs, and how much time was promised, pauses aside; a window climbs none.
    ladder = models.ForeignKey(Ladder, models.PROTECT, null=True, related_name="+", db_index=False)
    whole = models.DurationField(null=True)
    rung = models.PositiveSmallIntegerField(default=0, db_default=0)  # how many rungs are behind it
    rung_at = models.DateTimeField(null=True)  # when it comes to the next one
    climbed_at = models.DateTimeField(null=True)  # when somebody was last told
    heard = models.CharField(max_length=80, blank=True, default="", db_default="")  # who: rules.ladder.Hears, spaced

    objects = DeadlineQuerySet.as_manager()

    @property
    def is_ours(self) -> bool:
        return self.promise in OURS

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "promise"], condition=Q(kept_at=None, ended_at=None), name="deadline_one_running"
            ),
            models.CheckConstraint(
                condition=Q(due_at=None, left__isnull=False) | Q(due_at__isnull=False, left=None),
                name="deadline_paused_or_due",
            ),
            models.CheckConstraint(condition=Q(promise__in=[p.value for p in Promise]), name="deadline_promise_known"),
            models.CheckConstraint(
                condition=Q(cause__in=["", *(c.value for c in LateCause)]), name="deadline_cause_known"
            ),
            models.CheckConstraint(
                condition=Q(missed_at=None) | Q(kept_at=None) | Q(kept_at__gt=F("missed_at")),
                name="deadline_kept_after_missed",
            ),
            models.CheckConstraint(
                condition=Q(rung_at=None)
                | Q(due_at__isnull=False, kept_at=None, ended_at=None, ladder__isnull=False, whole__isnull=False),
                name="deadline_climbs_while_it_runs",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(kept_at=None, ended_at=None, missed_at=None, due_at__isnull=False),
                name="deadline_running_by_due",
            ),
            models.Index(fields=["rung_at"], condition=Q(rung_at__isnull=False), name="deadline_by_rung"),
        ]
