"""What the people who work on a report leave beside it: words not yet sent, who has it open, what can be undone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.people.models import Person


class Unsent(models.Model):
    """Words somebody typed and has not sent. Those of no person are shared: the desk and the agency write together."""

    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="unsent")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    last_by = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    form = models.CharField(max_length=30)  # which form they stand in: an act's name
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "person", "form"], name="unsent_once", nulls_distinct=False)
        ]


class Presence(models.Model):
    """That somebody has a report open. Lost in a crash of the database, which loses nothing."""

    report_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report_id", "person"], name="presence_once")]


class Before(models.Model):
    """How a report stood before its last act that can be taken back."""

    report = models.OneToOneField("reports.Report", models.CASCADE, primary_key=True)
    event = models.ForeignKey("reports.Event", models.CASCADE, related_name="+", db_index=False)
    values = models.JSONField()  # the report's columns
    clocks = models.JSONField()  # its deadlines
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(values={}), name="before_says_something")]
