"""The records of a report: what was said, what happened, by when, who was told."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tuntas.agencies.models import Agency, Area, Category
from tuntas.people.models import Person
from tuntas.reports.contact import Contact, Reveal
from tuntas.reports.deadlines import Deadline
from tuntas.reports.desk import Before, Presence, Unsent
from tuntas.reports.drafts import Draft
from tuntas.reports.files import File, FileKind, FileState, Upload
from tuntas.reports.imports import ColumnMap, Import, Imported, ImportState
from tuntas.reports.merged import Merged
from tuntas.reports.outbox import Follower, Notice, NoticeState
from tuntas.reports.prints import Print
from tuntas.reports.referrals import Referral
from tuntas.reports.search_documents import SearchDocument
from tuntas.reports.side_tasks import SideTask
from tuntas.rules.faces import Face, face_of
from tuntas.rules.life import OPEN, Act, State
from tuntas.rules.reasons import ArchiveReason, Classification, ClosedBy, Outcome
from tuntas.rules.who import DESK_ROLES, Actor, Role
from tuntas.rules.work_figures import COUNTED

__all__ = [
    "OPEN_STATES",
    "STATES_WITH_HOLDER",
    "Before",
    "ColumnMap",
    "Contact",
    "Deadline",
    "Draft",
    "Event",
    "File",
    "FileKind",
    "FileState",
    "Follower",
    "Import",
    "ImportState",
    "Imported",
    "Merged",
    "Notice",
    "NoticeState",
    "Presence",
    "Print",
    "Referral",
    "Report",
    "ReportQuerySet",
    "Reveal",
    "SearchDocument",
    "SideTask",
    "Unsent",
    "Upload",
    "Voice",
]

STATES_WITH_HOLDER = sorted(OPEN - {State.SUBMITTED, State.NEEDS_INFO, State.FORWARDED_EXTERNAL})
OPEN_STATES = sorted(OPEN)


def _one_of(kind: type, *more: str) -> list[str]:
    return [*more, *(member.value for member in kind)]  # type: ignore[attr-defined]


NOTHING_SAID: dict[str, str | None] = {
    **dict.fromkeys(("title", "body", "public_title", "public_text", "location_text", "classification"), ""),
    **dict.fromkeys(("category", "area", "lat", "lng", "event_date", "target_agency", "supports"), None),
}


# How the people of an agency have to do with a report: it is there, is offered there, or a part of it was asked there.
AT_AGENCIES: dict[Role, tuple[str, ...]] = {
    Role.LIAISON: ("holder__in", "offered_to__in", "helper_ids__overlap"),
    Role.UNIT_HANDLER: ("holder__in", "helper_ids__overlap"),
    Role.RESPONSE_VALIDATOR: ("holder__in",),
}


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """Filter to what *actor* sees more of than everybody does: ``rules.who.may_read`` as a filter."""
        if actor.is_system:
            return self
        plain, restricted = Q(is_restricted=False, is_suspected=False), Q(is_restricted=True) | Q(is_suspected=True)
        sees = Q(pk=actor.report_id) if actor.report_id is not None else Q(pk__in=())
        for role, agencies in actor.reach.items():  # only those held: every list page asks this again and again
            if role in DESK_ROLES or role is Role.LEADER:
                sees |= plain & Q(desk__in=agencies)
            for named in AT_AGENCIES.get(role, ()):
                sees |= plain & Q(**{named: sorted(agencies)})
            if role is Role.ARBITER:
                sees |= plain & Q(awaits_arbiter=True, holder__in=agencies)
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
    is_suspected = models.BooleanField(default=False, db_default=False)  # of belonging into the sealed room
    doubts = models.JSONField(default=list, db_default=[])  # why it is held until somebody looked: rules.doubts
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
    # Who asked to know an anonymous reporter's name, until a second person decides.
    identity_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
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
    refusal_count = models.PositiveSmallIntegerField(default=0, db_default=0)  # of offers, since it was last taken
    awaits_arbiter = models.BooleanField(default=False, db_default=False)  # refused three times
    is_arbitrated = models.BooleanField(default=False, db_default=False)  # the holder has it by the arbiter's word
    # Agencies that were asked for a part, and those that did one or still have to: they read the report.
    asked_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    helper_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    awaits_audience = models.BooleanField(default=False, db_default=False)  # somebody asked to be heard in person
    rating = models.PositiveSmallIntegerField(null=True)
    follower_count = models.PositiveIntegerField(default=0)
    supports = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)  # "the same here"
    # The report it was merged into stays as a fact; while it is led, what happens to that one happens to it, too.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    is_led = models.BooleanField(default=False, db_default=False)
    merged_count = models.PositiveIntegerField(default=0, db_default=0)  # how many were merged into it, at most
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    received_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)  # first read by somebody of the desk
    advised_at = models.DateTimeField(null=True)  # when the reporter was told of the Ombudsman
    due_at = models.DateTimeField(null=True)  # the nearest running promise of ours
    thread = models.JSONField(default=dict)  # the story as it is told; times are seconds since received_at

    objects = ReportQuerySet.as_manager()
    acts_for_id: int | None = None  # no column: for whom a deputy does what steps.begin lets them do

    @property
    def is_offered(self) -> bool:
        return self.state == State.TRANSFER_PENDING

    @property
    def is_held(self) -> bool:
        """Whether it waits for somebody to look at it before everybody may."""
        return bool(self.doubts)

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
                condition=Q(awaits_arbiter=False)
                | Q(state__in=[State.TRANSFER_PENDING, State.NEEDS_INFO], offered_to=None),
                name="report_at_arbiter_only_while_pending",
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
                condition=Q(is_led=False) | Q(merged_into__isnull=False, is_restricted=False),
                name="report_led_by_another",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=_one_of(Classification, "")), name="report_classification_known"
            ),
            # The words of a restricted report stand in envelopes, and nowhere else.
            models.CheckConstraint(
                condition=Q(is_restricted=False) | Q(**NOTHING_SAID), name="report_restricted_says_nothing"
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
            models.Index(
                fields=["merged_into", "id"], condition=Q(merged_into__isnull=False), name="report_merged_into"
            ),
            models.Index(fields=["split_from"], condition=Q(split_from__isnull=False), name="report_split_from"),
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
                condition=Q(state=State.TRANSFER_PENDING.value)
                | Q(state=State.SUBMITTED.value, hop_count__gt=0)
                | Q(state__in=[State.DISPATCHED.value, State.IN_PROGRESS.value], refusal_count__gte=2),
                name="report_returned_by_due",
            ),
            models.Index(fields=["due_at", "id"], condition=Q(awaits_arbiter=True), name="report_at_arbiter_by_due"),
            models.Index(fields=["due_at", "id"], condition=Q(awaits_audience=True), name="report_audience_by_due"),
            # What is held, and what is not: neither queue reads through the other, however long one gets.
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=OPEN_STATES) & ~Q(doubts=[]), name="report_held_by_due"
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state=State.SUBMITTED.value, doubts=[]),
                name="report_submitted_by_due",
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
    instead_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)  # as a deputy
    voice = models.CharField(max_length=10, choices=Voice.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    frm = models.CharField(max_length=30, blank=True)
    to = models.CharField(max_length=30)
    face = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)  # the rest of the act's body: reason_code, outcome, on, agency …
    is_sealed = models.BooleanField(default=False, db_default=False)  # its words are in an envelope
    salt = models.BinaryField(null=True)  # given by the database; gone with the words where they were removed
    commitment = models.BinaryField(null=True)  # of the words, so that the log names none

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_sealed=False) | Q(text=""), name="event_sealed_says_nothing"),
            models.CheckConstraint(condition=Q(act__in=_one_of(Act)), name="event_act_known"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="event_voice_known"),
        ]
        indexes: ClassVar = [
            # What somebody works on themselves.
            models.Index(fields=["by", "report"], condition=Q(by__isnull=False), name="event_by_person"),
            # What the work figures of a month count.
            models.Index(fields=["at"], condition=Q(act__in=COUNTED), name="event_of_work"),
        ]
