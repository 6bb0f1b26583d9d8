"""People who work on reports, what they may use to sign in, and what they looked at."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from tuntas.agencies.models import Agency
from tuntas.people.alarms import Alarm
from tuntas.people.changes import Change
from tuntas.people.leaves import Handover, Leave
from tuntas.people.shifts import Shift, ShiftNote, ShiftNoteRead
from tuntas.rules.who import Role

__all__ = [
    "Alarm",
    "Bucket",
    "Challenge",
    "Change",
    "Factor",
    "FactorKind",
    "Handover",
    "Leave",
    "Look",
    "Person",
    "Post",
    "RecoveryCode",
    "Repeat",
    "SavedFilter",
    "Session",
    "Shift",
    "ShiftNote",
    "ShiftNoteRead",
    "Spent",
    "Token",
]


class Person(AbstractBaseUser):
    """Somebody who works for a government. Citizens have no account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="id")
    zone = models.CharField(max_length=60, blank=True)  # whose clock their pages show; empty: the government's
    keys = models.JSONField(default=dict)  # the desk's shortcuts as this person changed them: rules.keys
    is_active = models.BooleanField(default=True)
    took_over = models.JSONField(default=list, db_default=[])  # ids of those whose open work became theirs

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]


class Post(models.Model):
    """A role somebody holds in an agency; it reaches the agencies below."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "role", "agency"], name="post_once"),
            models.CheckConstraint(condition=models.Q(role__in=[r.value for r in Role]), name="post_role_known"),
        ]


class Token(models.Model):
    """A key a person or a machine calls the API with; only its keyed hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    scopes = models.JSONField(default=list, db_default=[])  # what it may do: people.tokens; empty: all its owner may
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # to the hour; not every call writes it


class Look(models.Model):
    """That somebody read who a reporter is, or words few may read. The reporter sees role, time and reason."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="looks")
    report_id = models.BigIntegerField(null=True, db_index=True)  # the room of reports lies above; none: an export
    role = models.CharField(max_length=30)
    what = models.CharField(max_length=30)
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    salt = models.BinaryField(null=True)  # given by the database
    commitment = models.BinaryField(null=True)


class Session(models.Model):
    """That somebody is signed in on a device; of its key only the keyed hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sessions")
    hash = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=200, blank=True)  # as its browser names itself
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    second_at = models.DateTimeField(null=True)  # when a second factor was shown; none: by password alone
    sure_at = models.DateTimeField(null=True)  # when they last showed again that it is them


class FactorKind(models.TextChoices):
    """What somebody shows besides their password, or instead of it."""

    TOTP = "totp"
    PASSKEY = "passkey"


class Factor(models.Model):
    """An authenticator app or a passkey of somebody who works here."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=FactorKind.choices)
    name = models.CharField(max_length=60)  # as its owner calls it
    secret = models.BinaryField()  # of an app: its secret, encrypted; of a passkey: its public part
    handle = models.CharField(max_length=400, null=True, unique=True)  # a passkey's id, base64url
    counter = models.BigIntegerField(default=0)  # the last time step, or the passkey's count: none is taken twice
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code on paper that stands in once for a lost second factor; only its keyed hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)


class Challenge(models.Model):
    """What somebody was asked to prove: a sign-in half done, or a passkey to make. Each is answered once."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed hash
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    purpose = models.CharField(max_length=20)
    state = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)


class Spent(models.Model):
    """A proof of work that was handed in: it does not count twice."""

    key = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)


class SavedFilter(models.Model):
    """A view of the inbox somebody keeps: its address, under a name; for one person or for the whole desk."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "name"], name="filter_name_once")]


class Repeat(models.Model):
    """The answer to a request that carried an Idempotency-Key, encrypted under a key made from that very key."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed hash of caller, path and key
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)  # 0: being done in a transaction that is still open
    answer = models.BinaryField(default=b"")
    at = models.DateTimeField(db_index=True)


class Bucket(models.Model):
    """How often one address has tried something lately. Holds no address, only a keyed hash of its network."""

    key = models.CharField(max_length=64, primary_key=True)
    left = models.FloatField()
    at = models.DateTimeField(db_index=True)
