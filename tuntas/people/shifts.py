"""Who is on duty at a desk that never closes, and what one shift tells the next."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Shift(models.Model):
    """That somebody is on duty at a desk, from one moment to another."""

    desk = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="shifts", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_takes_time"),
            models.UniqueConstraint(fields=["person", "starts_at"], name="shift_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "starts_at"], name="shift_of_desk")]


class ShiftNote(models.Model):
    """What the people of a shift tell those who come after them."""

    desk = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["desk", "-at"], name="shift_note_of_desk")]


class ShiftNoteRead(models.Model):
    """That somebody on duty has read a note."""

    note = models.ForeignKey(ShiftNote, models.CASCADE, related_name="reads", db_index=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "person"], name="shift_note_read_once")]
