"""The leaves of the log, in the order they were sequenced, and the checkpoints signed over them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Source(models.TextChoices):
    """What a leaf stands for."""

    EVENT = "event"
    LOOK = "look"
    DIRECTORY = "directory"  # a version of the sealed room's list of readers


class Leaf(models.Model):
    """One leaf: which row it stands for and the exact bytes that were hashed. Rows are added, never changed."""

    seq = models.BigIntegerField(primary_key=True)  # from 0, without gaps
    source = models.CharField(max_length=10, choices=Source.choices)
    source_id = models.BigIntegerField()
    data = models.BinaryField()
    hash = models.BinaryField()  # RFC 6962: SHA-256 of 0x00 and the bytes

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_id"], name="leaf_once"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="leaf_source_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["hash"], name="leaf_by_hash")]  # anybody may ask for a proof


class Node(models.Model):
    """The hash over a whole subtree of 256 leaves, of 65,536 and so on, so that a proof need not read all leaves."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "index"], name="node_once")]


class Checkpoint(models.Model):
    """A signed statement of how long the log is and what its root is."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    signer = models.CharField(max_length=60)  # the public key that signed, base64
    note = models.TextField()  # C2SP signed note, exactly as served
    frontier = models.JSONField(default=list)  # hex hashes of the whole subtrees, the largest first
    at = models.DateTimeField()
