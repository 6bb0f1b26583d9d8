from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.ids import new_code
from tuntas.kit.words import Say
from tuntas.reports.codes import code_hash
from tuntas.reports.models import Contact, Deadline, Event, Report
from tuntas.rules.clock import Unit, due_after
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.suspicion import is_suspected
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.clocks import calendar_of, nearest_due, set_next_rung
from tuntas.steps.dispatch import category_named
from tuntas.steps.index import index
from tuntas.steps.story import retell
from tuntas.steps.submit import write_report
from tuntas.steps.walk import walk

MOST_PARTS = 5
HOW_MANY = Say("Tulis 1 sampai {most} hal.", "Write 1 to {most} matters.")


@dataclass(frozen=True, slots=True)
class Part:
    """One matter out of a report that tells of several."""

    title: str
    body: str
    category: str | None = None


def split(report: Report, *, by: Actor, parts: Sequence[Part], now: datetime) -> Event:
    """Make a report of its own of each matter that a report tells of besides; it goes on as it is.

    The same reporter, the same place and choices; the promise to answer them runs from when the first one came, and
    nothing of it starts anew. Photos stay with the first. Raises Invalid.
    """
    if not 1 <= len(parts) <= MOST_PARTS:
        raise Invalid.field("/parts", HOW_MANY.fill(most=MOST_PARTS))
    checked_parts = [_checked(part, f"/parts/{n}") for n, part in enumerate(parts)]
    with begin(report, Act.SPLIT, by=by) as report:
        made = [_make(report, part, category, now) for part, category in checked_parts]
        return walk(report, Act.SPLIT, by=by, data={"parts": [one.number for one in made]}, now=now)


def _checked(part: Part, pointer: str) -> tuple[Part, int | None]:
    title = checked(part.title, f"{pointer}/title", most=200)
    body = checked(part.body, f"{pointer}/body")
    category = category_named(part.category, f"{pointer}/category") if part.category else None
    return Part(title, body, part.category), category


def _make(report: Report, part: Part, category: int | None, now: datetime) -> Report:
    """Write a report about one part, as if its reporter had sent it with the first one."""
    one = Report(
        state=State.SUBMITTED,
        code_hash=code_hash(new_code()),  # nobody knows it: the reporter asks for one beside the first report
        is_suspected=is_suspected(part.title, part.body),
        is_anonymous=report.is_anonymous,
        is_secret=report.is_secret,
        title=part.title,
        body=part.body,
        language=report.language,
        channel=report.channel,
        category_id=category or report.category_id,
        event_date=report.event_date,
        location_text=report.location_text,
        area_id=report.area_id,
        lat=report.lat,
        lng=report.lng,
        desk_id=report.desk_id,
        entered_by_id=report.entered_by_id,
        split_from=report,
        received_at=report.received_at,
        updated_at=now,
        fetched_at=now,  # somebody of the desk has read it, or it could not be split
    )
    write_report(one, now=now, by=Actor(person_id=report.entered_by_id), split_from=report.name)
    for contact in Contact.objects.filter(report=report):
        contact.pk, contact.report = None, one
        contact.save(force_insert=True)
    _take_over_answer(report, one, now)
    one.due_at = nearest_due(list(one.deadlines.order_by("id")))
    retell(one)
    one.save(update_fields=["due_at", "thread"])
    index(one, with_name=True)
    return one


def _take_over_answer(report: Report, one: Report, now: datetime) -> None:
    """Let the promise to answer stand as it stands for the first report: due, kept or missed; no question stops it."""
    clock = Deadline.objects.filter(report=report, promise=Promise.ANSWER).order_by("-id").first()
    if clock is None:
        return
    one.deadlines.filter(promise=Promise.ANSWER).delete()
    clock.pk, clock.report = None, one
    if clock.left is not None:
        calendar = calendar_of(one)
        clock.due_at, clock.left = due_after(now, clock.left, Unit(clock.unit), calendar), None
        set_next_rung(clock, now, calendar)
    clock.save(force_insert=True)
