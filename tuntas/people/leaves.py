"""Who is away and who does their work meanwhile; who took over whose work for good."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tuntas.rules.deputies import Away


class Leave(models.Model):
    """That somebody is away, and who stands in. Whole days of the government; what has begun is never deleted."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="leaves")
    deputy = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()  # the first moment of the first day
    ends_at = models.DateTimeField()  # the first moment after the last day, or when it was ended before
    why = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Away])
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="leave_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="leave_deputy_is_another"),
            models.CheckConstraint(condition=Q(why__in=[a.value for a in Away]), name="leave_why_known"),
        ]


class Handover(models.Model):
    """That somebody took over all open work of another. Rows are added, never changed."""

    frm = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    to = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    posts = models.JSONField(default=list)  # [[role, slug of the agency]]: what changed hands
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(frm=F("to")), name="handover_to_another"),
        ]
