from datetime import date, datetime, timedelta

from tuntas.agencies.installation import AgencyLine, installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report, SideTask
from tuntas.reports.side_task_queries import note_helpers
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.transfer import HAS_IT, agency_to_offer
from tuntas.steps.walk import walk

LONGEST = timedelta(days=180)
MOST_LETTERS = 1000
NOT_SOON = Say("Pilih tanggal mulai hari ini, paling jauh 180 hari.", "Choose a date from today on, within 180 days.")


def ask_part(report: Report, *, by: Actor, agency: str, text: str, due_on: date, now: datetime) -> Event:
    """Ask another agency for a part of the work, such as a sign while the road is repaired.

    text     what is asked for; the reporter reads it, too
    due_on   by which day; it ends when that agency closes

    The holder keeps the report and its clocks. The other agency reads it from now on, but never who reported it.
    Raises Invalid.
    """
    text = checked(text, most=MOST_LETTERS)
    with begin(report, Act.ASK_PART, by=by) as report:
        target = agency_to_offer(agency, report, "/agency")
        if target.id == report.holder_id:
            raise Invalid.field("/agency", HAS_IT)
        part = SideTask.objects.create(
            report=report,
            agency_id=target.id,
            text=text,
            due_at=_due_at(target, due_on, now),
            asked_by_id=by.person_id or 0,
            asked_at=now,
        )
        note_helpers(report)
        data = {"to_agency": target.slug, "on": due_on.isoformat(), "part": part.pk}
        return walk(report, Act.ASK_PART, by=by, text=text, data=data, now=now)


def _due_at(agency: AgencyLine, on: date, now: datetime) -> datetime:
    """Return when the agency closes on that day. Raises Invalid for one that is over, or far away."""
    closes = installation().calendar_of(agency.id).hours_of(on)[1] if on.year < date.max.year else None
    if closes is None or not timedelta(0) < closes - now <= LONGEST:
        raise Invalid.field("/due_on", NOT_SOON)
    return closes
