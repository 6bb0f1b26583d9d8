"""Governments as data: agencies in a tree, areas, categories, promises, calendars. Written by the profile loader."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tuntas.rules.clock import Unit
from tuntas.rules.life import Promise


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
    """A place with an official dotted code; the finest carry their outline as rings of (longitude, latitude)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    outline = models.JSONField(null=True)  # GeoJSON geometry
    is_active = models.BooleanField(default=True)


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
    """How long a promise may take: for one category, one classification, or everything else."""

    promise = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Promise])
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="+")
    classification = models.CharField(max_length=30, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=[(u.value, u.value) for u in Unit])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["promise", "category", "classification"], name="target_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_takes_time"),
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
    contact = models.JSONField(default=dict)  # phone, whatsapp, email of the desk
    tiers = models.JSONField(default=list)  # [{code, id, en}]
    manners = models.JSONField(default=dict)  # the words by which answers are judged: rules.lights.Manners
    version = models.PositiveIntegerField(default=1)  # rises with every load, so that processes read again
