"""Envelopes, and the keys that open them. No word of a sealed report is readable in these tables.

A report has a key pair of its own, and so has every reader. Words and files are age files to the report's public key;
the report's private key is wrapped once for each reader, and once for the reporter, whose key comes out of the code.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.people.models import Person


class SealedBy(models.TextChoices):
    """Who closed the envelopes of a report, and so may have seen its words."""

    BROWSER = "browser"  # the reporter's own: the server never saw them
    SERVER = "server"  # before the first write, on a way without scripts
    LATER = "later"  # an ordinary report that was moved into the room


class EnvelopeKind(models.TextChoices):
    """What is in an envelope."""

    STORY = "story"
    WORDS = "words"  # of one act: a message, a note, an answer
    FILE = "file"


class ReaderKey(models.Model):
    """A key pair of somebody appointed to read; its private half is closed under a passphrase that we never see.

    One belongs to nobody: the recovery key, whose private half lies in three pieces of paper, two of which open it.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="reader_keys")  # none: for recovery
    name = models.CharField(max_length=100, blank=True)  # of the recovery key; a person's has their own
    recipient = models.CharField(max_length=80, unique=True)  # age1…: the public half
    locked = models.BinaryField()  # the private half as an age file under the reader's passphrase; of recovery: empty
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    # Somebody asked that its owner leaves, and a second person has not decided yet.
    leaving_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    leaving_asked_at = models.DateTimeField(null=True)
    leaving_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(retired_at=None), nulls_distinct=False, name="reader_key_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person=None, locked=b"") & ~Q(name="")),
                name="reader_key_of_somebody_or_for_recovery",
            ),
            models.CheckConstraint(
                condition=Q(leaving_asked_by=None, leaving_asked_at=None, leaving_why="")
                | (Q(leaving_asked_by__isnull=False, leaving_asked_at__isnull=False) & ~Q(leaving_why="")),
                name="reader_key_leaving_whole",
            ),
        ]

    @property
    def owner(self) -> str:
        """The name it stands under on the list of readers."""
        return self.name if self.person is None else self.person.name


class Directory(models.Model):
    """A signed list of whose keys reports are closed to. Versions are added, never changed."""

    version = models.PositiveIntegerField(unique=True)
    document = models.TextField()  # exactly the text that was signed
    signature = models.CharField(max_length=100)  # Ed25519, base64
    signer = models.CharField(max_length=60)  # the public key that signed, base64
    published_at = models.DateTimeField()


class Seal(models.Model):
    """How a report is closed. Nothing here says what it is about."""

    report_id = models.BigIntegerField(primary_key=True)  # the room of reports lies above this one
    recipient = models.CharField(max_length=80)  # age1…: the report's public key
    reporter = models.CharField(max_length=80, blank=True)  # age1…: what the reporter's code opens
    by = models.CharField(max_length=10, choices=SealedBy.choices)
    excluded = models.JSONField(default=list)  # ids of readers the reporter left out
    sealed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(by__in=SealedBy.values), name="seal_by_known")]


class Envelope(models.Model):
    """Words or a file, closed as an age file to the report's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.BigIntegerField(null=True)  # none: a file that still waits to be attached
    event_id = models.BigIntegerField(null=True)  # the act it belongs to
    kind = models.CharField(max_length=10, choices=EnvelopeKind.choices)
    size = models.PositiveIntegerField()  # of the age file
    data = models.BinaryField(null=True)  # none: it lies on the disk, under its id and ".age"
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=EnvelopeKind.values), name="envelope_kind_known"),
            models.CheckConstraint(
                condition=Q(report_id__isnull=False, event_id__isnull=False) | Q(kind="file"),
                name="envelope_of_a_report",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["report_id", "at"], name="envelope_of_report"),
            models.Index(fields=["at"], condition=Q(report_id=None), name="envelope_unattached"),
        ]


class WrappedKey(models.Model):
    """A report's private key as an age file, for one reader or for the reporter."""

    report_id = models.BigIntegerField()
    reader = models.ForeignKey(ReaderKey, models.PROTECT, null=True, related_name="+")  # none: the reporter
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report_id", "reader"], name="wrapped_key_once", nulls_distinct=False)
        ]


class Opening(models.Model):
    """That a reader opened a sealed report: why, and until when it stays open for them."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="openings")
    report_id = models.BigIntegerField()
    purpose = models.CharField(max_length=30)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["report_id", "person", "-ends_at"], name="opening_live")]
