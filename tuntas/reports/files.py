"""What people send along with words: photos, documents, videos and recordings."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class FileKind(models.TextChoices):
    """What a file is to those who look at it."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    AUDIO = "audio"


class FileState(models.TextChoices):
    """How far an uploaded file has come; only a ready one is ever served."""

    RECEIVED = "received"
    QUARANTINED = "quarantined"
    READY = "ready"
    REJECTED = "rejected"


class File(models.Model):
    """Something somebody sent along, made harmless. Until it is attached its random id is the right to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey("reports.Report", models.PROTECT, null=True, related_name="files")
    event = models.ForeignKey("reports.Event", models.PROTECT, null=True, related_name="files")
    state = models.CharField(max_length=20, choices=FileState.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=FileKind.choices, default=FileKind.PHOTO, db_default=FileKind.PHOTO)
    ending = models.CharField(max_length=5, default="jpg", db_default="jpg")  # of its name on the disk
    name = models.CharField(max_length=120, blank=True, db_default="")  # as its sender called it; no photo's is kept
    trouble = models.CharField(max_length=200, blank=True, db_default="")  # why it was rejected or still waits
    width = models.PositiveIntegerField(default=0)  # of photos
    height = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)  # of staff's evidence: what the camera says, apart from received_at
    lat = models.FloatField(null=True)  # of staff's evidence alone; where a reporter stood is kept nowhere
    lng = models.FloatField(null=True)
    hints = models.JSONField(default=list, db_default=[])  # what in it said that a machine made it; for staff alone
    covers = models.JSONField(null=True)  # null: not yet let out. Else the squares blurred in its public copy

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(report=None, event=None) | Q(report__isnull=False, event__isnull=False),
                name="file_attached_to_both",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["received_at"], condition=Q(report=None), name="file_unattached")]


class Upload(models.Model):
    """A file that is still coming, piece by piece; its pieces lie in the quarantine."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_index=True)  # of its last piece
    file = models.OneToOneField(File, models.SET_NULL, null=True, related_name="+")  # once it is whole

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(offset__gte=0, offset__lte=models.F("length")), name="upload_within_length"
            )
        ]
