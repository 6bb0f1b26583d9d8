"""Who a reporter is, kept apart from what they report."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.people.models import Person


class Contact(models.Model):
    """Who the reporter is and where news may go, apart from the report itself."""

    report = models.OneToOneField("reports.Report", models.CASCADE, primary_key=True)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)


class Reveal(models.Model):
    """That an anonymous reporter's name was asked for, by whom and why, and what a second person said to it."""

    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="reveals")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    why = models.CharField(max_length=500)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(default=False)
    ends_at = models.DateTimeField(null=True)  # until then the one who asked may read it

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="reveal_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, is_granted=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="reveal_decided_by_somebody",
            ),
            models.UniqueConstraint(fields=["report"], condition=Q(decided_at=None), name="reveal_one_waiting"),
        ]
