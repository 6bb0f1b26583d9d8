"""Figures by day, rebuilt by a job for the last 90 days. They hold no report and no person."""

from typing import ClassVar

from django.db import models


class DayFigure(models.Model):
    """What was received on one day about one category at one agency, and what became of it since."""

    on = models.DateField()  # the day of receipt, in the government's zone
    category = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=60, blank=True)
    received = models.PositiveIntegerField(default=0)
    answer_kept = models.PositiveIntegerField(default=0)
    answer_missed = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    closed_by_system = models.PositiveIntegerField(default=0)
    acknowledged = models.PositiveIntegerField(default=0)
    archived = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    rated_1 = models.PositiveIntegerField(default=0)
    rated_2 = models.PositiveIntegerField(default=0)
    rated_3 = models.PositiveIntegerField(default=0)
    rated_4 = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["on", "category", "agency"], name="day_figure_once")]
