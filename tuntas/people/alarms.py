"""What nobody looks after: alarms about posts that stand empty, as long as they last."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.rules.alarms import Alert


class Alarm(models.Model):
    """That something has nobody to look after it. One row while it lasts; cleared, it stays as a record."""

    kind = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Alert])
    agency = models.ForeignKey("agencies.Agency", models.CASCADE, related_name="+", db_index=False)
    category = models.ForeignKey("agencies.Category", models.CASCADE, null=True, related_name="+", db_index=False)
    first_seen = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # when the last letter about it was written
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[a.value for a in Alert]), name="alarm_kind_known"),
            models.UniqueConstraint(
                fields=["kind", "agency", "category"],
                condition=Q(cleared_at=None),
                name="alarm_once_while_it_lasts",
                nulls_distinct=False,
            ),
        ]
