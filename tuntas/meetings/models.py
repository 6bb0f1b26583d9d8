"""Rakor: the meeting in which a government settles what its agencies cannot. Agenda, decisions, what became of them."""

from datetime import date, time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.agencies.models import Agency
from tuntas.people.models import Person
from tuntas.reports.models import Report
from tuntas.rules.agenda import MINUTES, Kind

MOST_PLACE, MOST_PRESENT, MOST_WORDS, MOST_PERSON = 120, 500, 500, 120


class MeetingState(models.TextChoices):
    """How far a meeting is; what was said in one that has ended is never changed."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


class Meeting(models.Model):
    """One meeting of the desk that answers for the reports. Its agenda is frozen when it starts."""

    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    held_on = models.DateField()
    begins = models.TimeField(default=time(9))
    place = models.CharField(max_length=MOST_PLACE)
    led_by = models.CharField(max_length=MOST_PLACE, blank=True)
    present = models.CharField(max_length=MOST_PRESENT, blank=True)  # who was there, written at its end
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    planned_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    @property
    def day(self) -> str:
        """How its address names it."""
        return self.held_on.isoformat()

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def is_running(self) -> bool:
        return self.state == MeetingState.RUNNING

    @property
    def is_ended(self) -> bool:
        return self.state == MeetingState.ENDED

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "held_on"], name="meeting_one_a_day"),
            models.UniqueConstraint(fields=["desk"], condition=Q(state="running"), name="meeting_one_running"),
            models.CheckConstraint(
                condition=Q(state="planned", started_at=None, started_by=None, ended_at=None, ended_by=None)
                | Q(state="running", started_at__isnull=False, started_by__isnull=False, ended_at=None, ended_by=None)
                | Q(state="ended", started_at__isnull=False, ended_at__isnull=False, ended_by__isnull=False),
                name="meeting_knows_how_far",
            ),
            models.CheckConstraint(condition=~Q(place=""), name="meeting_has_a_place"),
        ]


class Item(models.Model):
    """One point of an agenda: which kind, and the facts as they stood when the meeting began. Never changed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()  # from 1
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    facts = models.JSONField(default=dict)  # numbers, days and keys of other rows; never a word of a report

    @property
    def minutes(self) -> int:
        """The time it is given."""
        return MINUTES[Kind(self.kind)]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "position"], name="item_once_in_its_place"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in Kind]), name="item_kind_known"),
        ]


class Brought(models.Model):
    """A case somebody put on the agenda by hand: on that of the next meeting, until it stands in one."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    why = models.CharField(max_length=MOST_WORDS, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    item = models.OneToOneField(Item, models.CASCADE, null=True, related_name="brought")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report"], condition=Q(item=None), name="brought_once_to_a_meeting"),
        ]


class Decision(models.Model):
    """What was decided: what, who, by when. Work of that agency, once the meeting has ended, until it is done."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="decisions")
    what = models.CharField(max_length=MOST_WORDS)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    person = models.CharField(max_length=MOST_PERSON, blank=True)  # who there, where one was named
    by_when = models.DateField()
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)
    done_words = models.CharField(max_length=MOST_WORDS, blank=True)

    def is_late(self, today: date) -> bool:
        """Return whether it is past its day and not done."""
        return self.done_at is None and self.by_when < today

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what=""), name="decision_says_what"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, done_words="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done_words="")),
                name="decision_done_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "by_when"], condition=Q(done_at=None), name="decision_open_of_agency"),
            models.Index(fields=["report"], condition=Q(report__isnull=False), name="decision_of_report"),
        ]
