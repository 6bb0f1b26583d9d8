"""What photos and answers look like, to find the same one again among a million. Of sealed reports there is none.

``chunks`` are what rows are looked up by: the quarters of a photo's 64 bits, or the sketch of an answer's words; see
``reports.print_queries``.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from tuntas.agencies.models import Agency
from tuntas.reports.files import File


class Print(models.Model):
    """A photo's look, or an answer's wording; it goes with what it is of."""

    file = models.OneToOneField(File, models.CASCADE, null=True, related_name="print")
    event = models.OneToOneField("reports.Event", models.CASCADE, null=True, related_name="print")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)  # that answered
    bits = models.BigIntegerField(null=True)  # of photos; signed, as the database is
    detail = models.BinaryField(null=True)  # of photos: finer, to check what was found
    chunks = ArrayField(models.IntegerField())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, bits__isnull=False, detail__isnull=False, event=None, agency=None)
                | Q(file=None, bits=None, detail=None, event__isnull=False, agency__isnull=False),
                name="print_of_a_photo_or_an_answer",
            ),
        ]
        # Without the list of what is not sorted in yet: every look-up would read all of it.
        indexes: ClassVar = [GinIndex(fields=["chunks"], name="print_by_chunk", fastupdate=False)]
