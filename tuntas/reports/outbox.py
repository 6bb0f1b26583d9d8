"""Who is told of a report besides those who work on it, and what is on its way to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Follower(models.Model):
    """Somebody who follows a report: by an address that hears of news, by a report of their own, or only counted."""

    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="followers", db_index=False)
    own_report = models.ForeignKey("reports.Report", models.CASCADE, null=True, related_name="+", db_index=False)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2, default="id")
    asked_at = models.DateTimeField(null=True)  # when the letter last went out that asks whether they want this
    confirmed_at = models.DateTimeField(null=True)  # before that no news is sent
    told_event = models.BigIntegerField(default=0)  # the newest event whose news was written to them
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(F("report"), Lower("email"), condition=~Q(email=""), name="follower_address_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | ~Q(email=""), name="follower_confirmed_has_an_address"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["report", "id"], name="follower_of_report"),
            models.Index(
                fields=["asked_at"], condition=Q(confirmed_at=None) & ~Q(email=""), name="follower_unconfirmed"
            ),
        ]


class NoticeState(models.TextChoices):
    """How far a notice has come; a dead one stays in a list somebody owns."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class Notice(models.Model):
    """Something to tell somebody, and whether it went out. The outbox; a failure never blocks an act."""

    report = models.ForeignKey("reports.Report", models.CASCADE, null=True, related_name="notices")  # none: of posts
    # Whose link the letter carries; who stops following takes their address along from here.
    follower = models.ForeignKey(Follower, models.CASCADE, null=True, related_name="notices", db_index=False)
    template = models.CharField(max_length=40)
    about = models.JSONField(default=dict, db_default={})  # of a clock: its promise, and the rung it came to
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=2)
    secret = models.BinaryField(null=True)  # the code, encrypted, only until the receipt is sent
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=NoticeState.SENT, sent_at__isnull=False, secret=None)
                | (~Q(state=NoticeState.SENT) & Q(sent_at=None)),
                name="notice_forgets_the_code_once_sent",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="notice_to_try"),
            models.Index(fields=["-created_at"], condition=Q(state="dead"), name="notice_dead"),
            models.Index(fields=["follower"], condition=Q(follower__isnull=False), name="notice_of_follower"),
        ]
