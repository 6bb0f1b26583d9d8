from datetime import date, datetime, timedelta

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, Report
from tuntas.rules.captured import captured
from tuntas.rules.clock import Unit
from tuntas.rules.life import Act, Promise
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

FARTHEST = timedelta(days=3 * 366)
NOT_AHEAD = Say(
    "Pilih tanggal sesudah hari ini, paling jauh tiga tahun.", "Choose a date after today, within three years."
)


def schedule(
    report: Report,
    *,
    by: Actor,
    on: date,
    text: str,
    is_confirmed: bool = True,
    is_said: bool = False,
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Promise a date for the work, with a reason the reporter sees. The other clocks run on: a date bends none.

    is_said   the reason stands with the act right before, in the same transaction; *text* may be empty
    """
    text = checked(text, may_be_empty=is_said)
    with begin(report, Act.SCHEDULE, by=by) as report:
        calendar = installation().calendar_of(report.holder_id or report.desk_id)
        if not timedelta(0) < on - calendar.day_of(now) <= FARTHEST:
            raise Invalid.field("/on", NOT_AHEAD)
        data = {"on": on.isoformat(), **captured(captured_at, now)}
        if not is_said:
            data |= lit(report, Act.SCHEDULE, text, by=by, is_confirmed=is_confirmed, now=now)
        Deadline.objects.create(
            report=report,
            promise=Promise.SCHEDULED,
            unit=Unit.DAYS,
            started_at=now,
            due_at=calendar.hours_of(on)[1],
        )
        return walk(report, Act.SCHEDULE, by=by, text=text, data=data, now=now)
