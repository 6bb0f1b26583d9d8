"""How a report stood before it was merged into another, so that it can be given back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Merged(models.Model):
    """State, hand and clocks of a report at the moment it was merged; gone once it was taken out again."""

    report = models.OneToOneField("reports.Report", models.CASCADE, primary_key=True)
    values = models.JSONField()  # the report's columns
    clocks = models.JSONField()  # its deadlines
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(values={}), name="merged_says_something")]
