"""What was changed in what a government says about itself: before, after, who, when, from when, by which decree."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.rules.registers import Register


class Change(models.Model):
    """One change of one row of a register. Rows are added; only how it went is written into them later."""

    register = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Register])
    key = models.CharField(max_length=200)  # of the row in its register
    name = models.CharField(max_length=200, blank=True)  # what people call the row
    before = models.JSONField(null=True)  # none: it was not there
    after = models.JSONField()
    decree = models.CharField(max_length=200, blank=True)  # or another reason
    # None: the profile was loaded.
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    valid_from = models.DateField()
    applied_at = models.DateTimeField(null=True)  # none: it still waits for its day, or was withdrawn
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    trouble = models.JSONField(null=True)  # {id, en}: why it could not be applied on its day
    is_settled = models.BooleanField(default=False)  # the profile was loaded since, and agreed or went over it

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(register__in=[r.value for r in Register]), name="change_register_known"),
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(withdrawn_at=None), name="change_applied_or_withdrawn"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["register", "key", "-id"], name="change_of_row"),
            models.Index(fields=["valid_from"], condition=Q(applied_at=None, withdrawn_at=None), name="change_waiting"),
        ]
