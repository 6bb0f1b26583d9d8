"""Parts of the work that other agencies were asked for, each with its own due day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.agencies.models import Agency
from tuntas.people.models import Person


class PartState(models.TextChoices):
    """How a part stands. Withdrawn ones are also those of a report that is not handled any more."""

    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SideTask(models.Model):
    """What one agency does for the report another one holds; photos of it belong to the event that ended it."""

    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="side_tasks")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    due_at = models.DateTimeField()  # when that agency closes on the day that was asked for
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PartState.choices, default=PartState.ASKED)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)  # how it went, or why not
    missed_at = models.DateTimeField(null=True)  # the instant it ran out, marked and told once

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=PartState.values), name="side_task_state_known"),
            models.CheckConstraint(
                condition=Q(state=PartState.ASKED, ended_at=None)
                | (~Q(state=PartState.ASKED) & Q(ended_at__isnull=False)),
                name="side_task_asked_or_ended",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="side_task_asks_for_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_at"], condition=Q(state="asked"), name="side_task_of_agency"),
            models.Index(fields=["due_at"], condition=Q(state="asked", missed_at=None), name="side_task_to_miss"),
        ]
