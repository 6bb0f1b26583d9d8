"""What everyone may read of a report. Public pages and the open API read this table and no other."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q


class Readable(models.Model):
    """What everybody may read of one report."""

    number = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    face = models.CharField(max_length=20)
    title = models.CharField(max_length=200, null=True)  # null until dispatch lets it out
    text = models.TextField(null=True)
    category = models.CharField(max_length=60, blank=True)
    area = models.CharField(max_length=20, blank=True)
    cell_y = models.IntegerField(null=True)  # a coarse square instead of the point
    cell_x = models.IntegerField(null=True)
    agency = models.CharField(max_length=60, blank=True)
    holder = models.CharField(max_length=60, blank=True)
    closed_by = models.CharField(max_length=20, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    is_late = models.BooleanField(default=False)  # the promise to answer was missed, kept late or not at all
    followers = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # for the last time; null while it is open
    thread = models.JSONField(default=dict)  # the public part of the story

    class Meta:
        abstract = True


class Joined(Readable):
    """A report that goes along with another: on no list and no map, but its number still opens a page."""

    into = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="joined_number_once")]


class Publication(Readable):
    """One public report, written by a step each time something public about it changes."""

    words = models.GeneratedField(
        expression=SearchVector("title", "text", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="publication_number_once")]
        indexes: ClassVar = [
            models.Index(fields=["-received_at", "-id"], name="publication_newest"),
            # A map reads the newest until enough of them lie in its window, from this alone. It can do the one's above
            # work as well, which goes with a later release: two at once would leave a large table without either.
            models.Index(
                fields=["-received_at", "-id"],
                include=["cell_y", "cell_x", "face", "number"],
                name="publication_newest_placed",
            ),
            models.Index(fields=["face", "-received_at", "-id"], name="publication_by_face"),
            models.Index(fields=["category", "-received_at", "-id"], name="publication_by_category"),
            models.Index(fields=["agency", "-received_at", "-id"], name="publication_by_agency"),
            models.Index(
                fields=["area", "-received_at"],
                name="publication_by_area",
                opclasses=["text_pattern_ops", "timestamptz_ops"],
            ),
            models.Index(fields=["cell_y", "cell_x"], name="publication_by_cell"),
            models.Index(fields=["-received_at", "-id"], condition=Q(is_late=True), name="publication_late"),
            models.Index(
                fields=["closed_by", "-closed_at"], condition=Q(closed_at__isnull=False), name="publication_closed"
            ),
            GinIndex(fields=["words"], name="publication_words"),
            models.Index(
                fields=["category", "cell_y", "cell_x"], condition=Q(title__isnull=False), name="publication_near"
            ),
            # The newest are not let out yet: a search would read thousands of them for nothing.
            models.Index(
                fields=["-received_at", "-id"], condition=Q(text__isnull=False), name="publication_with_words"
            ),
        ]
