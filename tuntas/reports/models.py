"""The records of a report: what was said, what happened, by when, who was told."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tuntas.agencies.models import Agency, Area, Category
from tuntas.people.models import Person
from tuntas.reports.contact import Contact
from tuntas.reports.desk import Before, Presence, Unsent
from tuntas.reports.drafts import Draft
from tuntas.reports.outbox import Follower, Notice, NoticeState
from tuntas.rules.clock import Unit
from tuntas.rules.faces import Face, face_of
from tuntas.rules.life import OPEN, OURS, Act, Promise, State
from tuntas.rules.reasons import ArchiveReason, Classification, ClosedBy, LateCause, Outcome
from tuntas.rules.who import DESK_ROLES, Actor, Role

__all__ = [
    "OPEN_STATES",
    "STATES_WITH_HOLDER",
    "Before",
    "Contact",
    "Deadline",
    "Draft",
    "Event",
    "File",
    "FileState",
    "Follower",
    "Notice",
    "NoticeState",
    "Presence",
    "Report",
    "ReportQuerySet",
    "Unsent",
    "Voice",
]

STATES_WITH_HOLDER = sorted(OPEN - {State.SUBMITTED, State.NEEDS_INFO, State.FORWARDED_EXTERNAL})
OPEN_STATES = sorted(OPEN)


def _one_of(kind: type, *more: str) -> list[str]:
    return [*more, *(member.value for member in kind)]  # type: ignore[attr-defined]


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """Filter to what *actor* sees more of than everybody does: ``rules.who.may_read`` as a filter."""
        if actor.is_system:
            return self
        plain, restricted = Q(is_restricted=False), Q(is_restricted=True)
        sees = Q(pk=actor.report_id) if actor.report_id is not None else Q(pk__in=())
        for role, agencies in actor.reach.items():  # only those held: every list page asks this again and again
            if role in DESK_ROLES or role is Role.LEADER:
                sees |= plain & Q(desk__in=agencies)
            if role in (Role.LIAISON, Role.UNIT_HANDLER, Role.RESPONSE_VALIDATOR):
                sees |= plain & Q(holder__in=agencies)
            if role is Role.LIAISON:
                sees |= plain & Q(offered_to__in=agencies)
            if role is Role.INSPECTORATE:
                sees |= Q(desk__in=agencies)
            if role is Role.SEALED_READER:
                sees |= restricted & Q(desk__in=agencies)
        if actor.person_id is not None and {Role.CALL_OPERATOR, Role.INTAKE_PARTNER} & set(actor.reach):
            sees |= plain & Q(entered_by=actor.person_id)
        return self.filter(sees)


class Report(models.Model):
    """One matter somebody brought to their government. Only ``steps.walk`` changes its state."""

    number = models.CharField(max_length=20, null=True)
    ref = models.CharField(max_length=20, null=True)  # instead of a number, on restricted reports
    code_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=30)
    is_restricted = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=True)
    is_secret = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    public_title = models.CharField(max_length=200, blank=True)
    public_text = models.TextField(blank=True)  # another text than the body, let out by dispatch
    language = models.CharField(max_length=2, default="id")
    channel = models.CharField(max_length=30)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", db_index=False)
    classification = models.CharField(max_length=30, blank=True)
    event_date = models.DateField(null=True)
    location_text = models.CharField(max_length=500, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    offered_to = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    target_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    awaits_signature = models.BooleanField(default=False)  # a handler's answer, until a liaison signs it
    recallable = models.CharField(max_length=30, blank=True)  # the last act, where its writer may take it back
    asked_from = models.CharField(max_length=30, blank=True)  # where complete returns to
    transferred_from = models.CharField(max_length=30, blank=True)  # where decline_transfer returns to
    ask_count = models.PositiveSmallIntegerField(default=0)
    closed_by = models.CharField(max_length=20, blank=True)
    close_outcome = models.CharField(max_length=30, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    escalation_level = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    is_reopened = models.BooleanField(default=False)  # and not answered since
    hop_count = models.PositiveSmallIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    follower_count = models.PositiveIntegerField(default=0)
    supports = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)  # "the same here"
    received_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)  # first read by somebody of the desk
    due_at = models.DateTimeField(null=True)  # the nearest running promise of ours
    thread = models.JSONField(default=dict)  # the story as it is told; times are seconds since received_at

    objects = ReportQuerySet.as_manager()

    @property
    def is_offered(self) -> bool:
        return self.state == State.TRANSFER_PENDING

    @property
    def name(self) -> str:
        """What staff call it: the number, or the ref of a restricted report."""
        return self.number or self.ref or ""

    @property
    def sensitivity(self) -> str:
        return "restricted" if self.is_restricted else "secret" if self.is_secret else "normal"

    @property
    def face(self) -> Face:
        return face_of(State(self.state), is_fetched=self.fetched_at is not None, is_reopened=self.is_reopened)

    class Meta:
        constraints: ClassVar = [
            # Not unique=True: on texts that would add a second index for LIKE, which nobody asks.
            models.UniqueConstraint(fields=["number"], name="report_number_once"),
            models.UniqueConstraint(fields=["ref"], name="report_ref_once"),
            models.UniqueConstraint(fields=["code_hash"], name="report_code_once"),
            models.CheckConstraint(condition=Q(state__in=_one_of(State)), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(is_restricted=True, number=None, ref__isnull=False)
                | Q(is_restricted=False, number__isnull=False, ref=None),
                name="report_number_or_ref",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STATES_WITH_HOLDER) | Q(holder__isnull=False), name="report_in_somebodys_hand"
            ),
            models.CheckConstraint(
                condition=Q(offered_to=None) | Q(state__in=[State.TRANSFER_PENDING, State.NEEDS_INFO]),
                name="report_offered_only_while_pending",
            ),
            models.CheckConstraint(
                condition=Q(state=State.NEEDS_INFO, asked_from__in=OPEN_STATES)
                | (~Q(state=State.NEEDS_INFO) & Q(asked_from="")),
                name="report_knows_where_asked_from",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ARCHIVED, reason_code__in=_one_of(ArchiveReason))
                | (~Q(state=State.ARCHIVED) & Q(reason_code="")),
                name="report_archived_for_one_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_by__in=_one_of(ClosedBy))
                | (~Q(state=State.CLOSED) & Q(closed_by="")),
                name="report_closed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(close_outcome__in=_one_of(Outcome, "")), name="report_outcome_known"),
            models.CheckConstraint(
                condition=Q(classification__in=_one_of(Classification, "")), name="report_classification_known"
            ),
            models.CheckConstraint(condition=Q(rating=None) | Q(rating__range=(1, 4)), name="report_rating_1_to_4"),
            models.CheckConstraint(condition=Q(escalation_level__lte=4), name="report_escalation_0_to_4"),
            models.CheckConstraint(
                condition=Q(lat=None, lng=None)
                | Q(lat__isnull=False, lng__isnull=False, lat__range=(-90, 90), lng__range=(-180, 180)),
                name="report_on_earth",
            ),
        ]
        indexes: ClassVar = [
            # The desk's inbox reads open rows only, by the nearest clock.
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=OPEN_STATES, due_at__isnull=False),
                name="report_open_by_due",
            ),
            models.Index(fields=["state", "due_at", "id"], condition=Q(state__in=OPEN_STATES), name="report_by_due"),
            models.Index(
                fields=["holder", "due_at", "id"],
                condition=Q(state__in=OPEN_STATES, holder__isnull=False),
                name="report_of_holder_by_due",
            ),
            models.Index(fields=["offered_to"], condition=Q(offered_to__isnull=False), name="report_offered_to"),
            models.Index(fields=["-received_at", "-id"], name="report_by_received"),
            models.Index(fields=["-updated_at", "-id"], condition=Q(state__in=OPEN_STATES), name="report_by_updated"),
            models.Index(
                fields=["-updated_at", "-id"], condition=Q(state=State.CLOSED.value), name="report_closed_by_updated"
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=OPEN_STATES, is_reopened=True),
                name="report_reopened_by_due",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state=State.TRANSFER_PENDING.value) | Q(state=State.SUBMITTED.value, hop_count__gt=0),
                name="report_returned_by_due",
            ),
            # Who handled the like of it here before: the last closed ones of a category in an area.
            models.Index(
                fields=["area", "category", "-updated_at"],
                condition=Q(state=State.CLOSED.value, area__isnull=False, category__isnull=False),
                name="report_closed_of_area",
            ),
        ]


class Voice(models.TextChoices):
    """In whose name an event was done."""

    REPORTER = "reporter"
    DESK = "desk"
    AGENCY = "agency"
    SYSTEM = "system"


class Event(models.Model):
    """Something that happened to a report. Rows are added, never changed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="events")
    act = models.CharField(max_length=30, choices=[(a.value, a.value) for a in Act])
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    voice = models.CharField(max_length=10, choices=Voice.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    frm = models.CharField(max_length=30, blank=True)
    to = models.CharField(max_length=30)
    face = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)  # the rest of the act's body: reason_code, outcome, on, agency …

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(act__in=_one_of(Act)), name="event_act_known"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="event_voice_known"),
        ]
        indexes: ClassVar = [
            # What somebody works on themselves.
            models.Index(fields=["by", "report"], condition=Q(by__isnull=False), name="event_by_person"),
        ]


class FileState(models.TextChoices):
    """How far an uploaded file has come; only a ready one is ever served."""

    RECEIVED = "received"
    QUARANTINED = "quarantined"
    READY = "ready"
    REJECTED = "rejected"


class File(models.Model):
    """A photo, redrawn from its pixels. Until it is attached its random id is the right to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="files")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="files")
    state = models.CharField(max_length=20, choices=FileState.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)  # of staff's evidence: what the camera says, apart from received_at
    lat = models.FloatField(null=True)  # of staff's evidence alone; where a reporter stood is kept nowhere
    lng = models.FloatField(null=True)
    covers = models.JSONField(null=True)  # null: not yet let out. Else the squares blurred in its public copy

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(report=None, event=None) | Q(report__isnull=False, event__isnull=False),
                name="file_attached_to_both",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["received_at"], condition=Q(report=None), name="file_unattached")]


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def running(self) -> "DeadlineQuerySet":
        """Owed still: neither kept nor dropped. A missed one is owed until it is kept late."""
        return self.filter(kept_at=None, ended_at=None)

    def to_miss(self, now: datetime) -> "DeadlineQuerySet":
        """Run out and not yet marked."""
        return self.running().filter(missed_at=None, due_at__lt=now)


class Deadline(models.Model):
    """The instant by which a promise must be kept; while paused, what is left of it instead."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="deadlines")
    promise = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Promise])
    unit = models.CharField(max_length=20, choices=[(u.value, u.value) for u in Unit])
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left = models.DurationField(null=True)
    kept_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # the instant it ran out, marked once
    ended_at = models.DateTimeField(null=True)  # nobody owes it any more
    cause = models.CharField(max_length=20, blank=True)

    objects = DeadlineQuerySet.as_manager()

    @property
    def is_ours(self) -> bool:
        return Promise(self.promise) in OURS

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "promise"], condition=Q(kept_at=None, ended_at=None), name="deadline_one_running"
            ),
            models.CheckConstraint(
                condition=Q(due_at=None, left__isnull=False) | Q(due_at__isnull=False, left=None),
                name="deadline_paused_or_due",
            ),
            models.CheckConstraint(condition=Q(promise__in=_one_of(Promise)), name="deadline_promise_known"),
            models.CheckConstraint(condition=Q(cause__in=_one_of(LateCause, "")), name="deadline_cause_known"),
            models.CheckConstraint(
                condition=Q(missed_at=None) | Q(kept_at=None) | Q(kept_at__gt=F("missed_at")),
                name="deadline_kept_after_missed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(kept_at=None, ended_at=None, missed_at=None, due_at__isnull=False),
                name="deadline_running_by_due",
            )
        ]
