"""Figures rebuilt by a job from the reports of the last 90 days. They hold no report's words and no person.

By category, agency and area only reports that everybody may read are counted. Secret and restricted ones are in the
totals alone, in groups of five or more (``rules.figures``).
"""

from typing import ClassVar

from django.db import models

from tuntas.rules.figures import FEWEST


class Figures(models.Model):
    """What became of some reports so far."""

    received = models.PositiveIntegerField(default=0)
    answer_kept = models.PositiveIntegerField(default=0)
    answer_missed = models.PositiveIntegerField(default=0)
    answer_not_due = models.PositiveIntegerField(default=0)  # still owed, in time, or paused
    answered = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    closed_by_system = models.PositiveIntegerField(default=0)
    acknowledged = models.PositiveIntegerField(default=0)
    archived = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)  # at least once
    open_again = models.PositiveIntegerField(default=0)  # reopened, and not answered since
    rated_1 = models.PositiveIntegerField(default=0)
    rated_2 = models.PositiveIntegerField(default=0)
    rated_3 = models.PositiveIntegerField(default=0)
    rated_4 = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class DayFigure(Figures):
    """What was received on one day about one category at one agency, and what became of it since."""

    on = models.DateField()  # the day of receipt, in the government's zone
    category = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["on", "category", "agency"], name="day_figure_once")]


class GroupFigure(Figures):
    """Five secret or restricted reports or more, of one week or of some, and what became of them since."""

    starts_on = models.DateField()  # the Monday of the first week
    on = models.DateField()  # the Monday of the last week, the one that made the group full; with it they are counted

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on"], name="group_figure_once"),
            models.CheckConstraint(condition=models.Q(received__gte=FEWEST), name="group_figure_hides_each_of_them"),
        ]


class AreaFigure(Figures):
    """What was received on one day from one area, and what became of it since."""

    on = models.DateField()
    area = models.CharField(max_length=20, blank=True)  # dotted code, the finest; empty where none is known

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["on", "area"], name="area_figure_once")]


class WeekFigure(models.Model):
    """What came in and what was closed in one week: a flow, not what became of the week's own reports."""

    starts_on = models.DateField()  # a Monday
    received = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["starts_on"], name="week_figure_once")]


class MedianFigure(models.Model):
    """How long half of the reports of a period took, at one agency or, where it is empty, in the whole city."""

    period = models.CharField(max_length=10)  # d30, d90 or a month such as 2026-11
    agency = models.CharField(max_length=60, blank=True)
    answers = models.PositiveIntegerField(default=0)  # how many the next two figures are about
    answer_hours = models.FloatField(null=True)
    longest_answer_hours = models.FloatField(null=True)
    resolves = models.PositiveIntegerField(default=0)
    resolve_days = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["period", "agency"], name="median_figure_once")]


class Standing(models.Model):
    """What is open now at one agency or, where it is empty, in the whole city; and which has waited longest."""

    agency = models.CharField(max_length=60, blank=True)
    open = models.PositiveIntegerField(default=0)
    longest_number = models.CharField(max_length=20)
    longest_received_at = models.DateTimeField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency"], name="standing_once")]
