"""Governments as data: agencies in a tree, areas, categories, promises, calendars. Written by the profile loader."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.rules.clock import Unit
from tuntas.rules.life import Promise
from tuntas.rules.roads import RoadStatus


class Calendar(models.Model):
    """The hours an agency is open, and the days it is not."""

    name = models.CharField(max_length=60, unique=True)
    zone = models.CharField(max_length=60)
    opens = models.TimeField()
    closes = models.TimeField()
    weekdays = models.JSONField(default=list)  # 0 is Monday

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes__gt=models.F("opens")), name="calendar_opens_before_it_closes")
        ]


class Holiday(models.Model):
    """A day on which a calendar's agencies are closed."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=200)
    decree = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["calendar", "on"], name="holiday_once")]


class Agency(models.Model):
    """A government body in the tree: nation, province, city, office, unit. The tier is a word of the profile."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=60, blank=True)
    tier = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    calendar = models.ForeignKey(Calendar, models.PROTECT)
    email = models.CharField(max_length=254, blank=True)
    is_desk = models.BooleanField(default=False)  # runs the complaint desk of the agency above it
    examines = models.BooleanField(default=False)  # may hold restricted reports
    liaison_signs = models.BooleanField(default=False)  # a handler's answer waits for a liaison's signature
    is_active = models.BooleanField(default=True)


class Area(models.Model):
    """A place with an official dotted code; its outline, where known, is made of rings of (longitude, latitude)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    outline = models.JSONField(null=True)  # GeoJSON geometry
    source = models.CharField(max_length=10, default="profile", db_default="profile")  # or "import": who names it
    is_active = models.BooleanField(default=True)


class Road(models.Model):
    """A section of a road and who keeps it. Nothing points to it: a new list takes the place of the old one."""

    keeper = models.ForeignKey("Agency", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    first = models.CharField(max_length=200, blank=True)  # from where
    last = models.CharField(max_length=200, blank=True)  # to where
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in RoadStatus])
    decree = models.CharField(max_length=200, blank=True)
    line = models.JSONField()  # GeoJSON geometry

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in RoadStatus]), name="road_status_known"
            )
        ]


class Category(models.Model):
    """What a report is about. Never deleted: old reports point to it."""

    code = models.CharField(max_length=60, unique=True)
    name_id = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    proof = models.BooleanField(default=False)  # "fixed" needs a photo
    is_restricted = models.BooleanField(default=False)
    suggests_secret = models.BooleanField(default=False)
    words = models.JSONField(default=list)  # that make a story sound as if it were about this
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)


class Target(models.Model):
    """How long a promise may take, in force from a day on. Never changed and never deleted: see rules.limits."""

    promise = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Promise])
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="+")
    classification = models.CharField(max_length=30, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=[(u.value, u.value) for u in Unit])
    agency = models.ForeignKey("Agency", models.CASCADE, null=True, related_name="+")  # none: all agencies
    tier = models.CharField(max_length=60, blank=True, default="", db_default="")
    since = models.DateField(null=True)  # none: always
    decree = models.CharField(max_length=200, blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True, db_default=True)  # new clocks may begin with it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["promise", "category", "classification", "agency", "tier", "since"],
                condition=Q(is_active=True),
                name="target_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(agency=None) | Q(tier=""), name="target_of_agency_or_tier"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_takes_time"),
        ]


class Ladder(models.Model):
    """Who hears of a clock while it runs out. Never changed and never deleted: clocks that began with it keep it."""

    promise = models.CharField(max_length=30)
    rungs = models.JSONField(default=list)  # rules.ladder.Rung.as_data, as they are climbed
    is_active = models.BooleanField(default=True)  # new clocks begin with it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise"], condition=Q(is_active=True), name="ladder_one_of_a_promise"),
        ]


class Template(models.Model):
    """An answer to begin with. Whoever uses it adds words of their own: nobody is answered by a template alone."""

    code = models.CharField(max_length=60, unique=True)
    act = models.CharField(max_length=30)  # the act it is offered for
    name_id = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    text = models.TextField()  # in the language of the people who are answered; "…" stands where words are missing
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)


class Government(models.Model):
    """The government this installation serves: one row."""

    slug = models.CharField(max_length=60, unique=True)
    name_id = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    area_code = models.CharField(max_length=20)
    zone = models.CharField(max_length=60)
    root = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # Who answers formal requests for information; none: nobody does here.
    ppid = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    contact = models.JSONField(default=dict)  # phone, whatsapp, email of the desk
    tiers = models.JSONField(default=list)  # [{code, id, en}]
    manners = models.JSONField(default=dict)  # the words by which answers are judged: rules.lights.Manners
    signer = models.CharField(max_length=60, blank=True)  # who alone signs the list of readers; empty: the first one
    recoveries = models.PositiveIntegerField(null=True)  # uses of the recovery key; none: there is no key
    brand = models.JSONField(default=dict, db_default={})  # colours of its own: rules.brand
    emblem = models.BinaryField(null=True)  # a PNG, drawn anew
    version = models.PositiveIntegerField(default=1)  # rises with every load, so that processes read again
    areas_version = models.PositiveIntegerField(default=1, db_default=1)  # rises where areas change: they are many
