"""What was brought in from other systems: which tables, how their columns were read, and which row became what."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tuntas.people.models import Person


class ImportState(models.TextChoices):
    """How bringing in a table stands."""

    READ = "read"  # looked at, and nothing taken in yet
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ColumnMap(models.Model):
    """How tables with this head are read: the next one needs nothing."""

    shape = models.CharField(max_length=32, primary_key=True)  # rules.past_columns.shape_of
    columns = models.JSONField(default=dict)  # what: name in the head
    agencies = models.JSONField(default=dict)  # name there: slug
    topics = models.JSONField(default=dict)  # name there: code of a category
    changed_at = models.DateTimeField()


class Import(models.Model):
    """One table that was brought in, or is being brought in a slice at a time."""

    name = models.CharField(max_length=200)  # of the file, as it was given
    file = models.CharField(max_length=64, blank=True)  # where it is kept while it is worked on; empty: at a command
    state = models.CharField(max_length=10, choices=ImportState.choices)
    order = models.JSONField(default=dict)  # how it is brought in
    tally = models.JSONField(default=dict)  # what became of its rows so far
    rows = models.PositiveIntegerField(default=0)  # how many it has
    done = models.PositiveIntegerField(default=0)  # how many were worked on
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=Q(done__lte=F("rows")) | Q(rows=0), name="import_does_no_more_than_all"),
        ]


class Imported(models.Model):
    """That a row of a table became a report: the same row never becomes a second one."""

    report = models.OneToOneField("reports.Report", models.CASCADE, primary_key=True)
    key = models.CharField(max_length=64)  # rules.past_rows.key_of
    brought_by = models.ForeignKey(Import, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key"], name="imported_row_once")]
