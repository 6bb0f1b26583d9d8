"""A photo as proof, in words: when it was taken, how far from the report, before or after the work."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from tuntas.kit.words import Say
from tuntas.rules.evidence import NEAR
from tuntas.rules.thread import Json
from tuntas.web.dates import say_day

Shot = tuple[str, Say]  # the photo's id, and what is said of it

HERE = Say("di titik (± {n} m)", "at the point (± {n} m)")
AWAY = Say("{n} m dari titik", "{n} m from the point")
FAR_AWAY = Say("{n} km dari titik", "{n} km from the point")
NO_TIME = Say("tanpa waktu", "no time")
NO_PLACE = Say("tanpa lokasi", "no place")
FAR = 10_000  # metres; from here on kilometres
BEFORE = Say("Sebelum: foto pelapor, {at}", "Before: the reporter's photo, {at}")
AFTER = Say("Sesudah: {caption}", "After: {caption}")
AFTERWARDS = Say("Sesudah", "After")


def caption_of(taken_at: datetime | None, metres: int | None, *, now: datetime, zone: ZoneInfo) -> Say:
    """Return ``08.47, di titik (± 6 m)``."""
    place = NO_PLACE if metres is None else HERE if metres <= NEAR else AWAY if metres < FAR else FAR_AWAY
    where = place.fill(n=metres if metres is None or metres < FAR else round(metres / 1000))
    when = NO_TIME if taken_at is None else moment_of(taken_at, now=now, zone=zone)
    return Say(f"{when.id}, {where.id}", f"{when.en}, {where.en}")


def moment_of(at: datetime, *, now: datetime, zone: ZoneInfo) -> Say:
    """Return ``08.47``, and the day in front where it is not today."""
    at, now = at.astimezone(zone), now.astimezone(zone)
    hour = Say(f"{at:%H.%M}", f"{at:%H:%M}")
    if at.date() == now.date():
        return hour
    day = say_day(at.date(), today=now.date())
    return Say(f"{day.id} {hour.id}", f"{day.en} {hour.en}")


def before_of(photo: str, sent_at: datetime, *, now: datetime, zone: ZoneInfo) -> Shot:
    """Return the reporter's photo as it stands beside a photo of what was done."""
    return photo, BEFORE.fill_each(at=moment_of(sent_at, now=now, zone=zone))


def after_of(photo: str, shots: Iterable[Json], *, now: datetime, zone: ZoneInfo) -> Shot:
    """Return a photo of what was done; *shots* say when and how far away each was taken."""
    found = next((shot for shot in shots if shot["file_id"] == photo), None)
    if found is None:
        return photo, AFTERWARDS
    return photo, AFTER.fill_each(caption=caption_of(found["taken_at"], found["metres"], now=now, zone=zone))


def pair_of(
    before: Iterable[str], sent_at: datetime, answer: Json, *, now: datetime, zone: ZoneInfo
) -> tuple[Shot, ...]:
    """Return the reporter's first photo and those of an answer, to stand side by side; none unless there are both.

    answer   as a view tells it
    """
    first = next(iter(before), None)
    if first is None or not answer["files"]:
        return ()
    shots = answer.get("shots", ())
    after = (after_of(photo, shots, now=now, zone=zone) for photo in answer["files"])
    return (before_of(first, sent_at, now=now, zone=zone), *after)
