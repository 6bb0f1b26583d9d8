from datetime import date, datetime
from typing import Any

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

MOST_PLACE = 120
NOT_ASKED = Say("Tidak ada permintaan audiensi yang menunggu.", "No audience request is waiting.")
CHOOSE_DAY = Say("Pilih tanggal pertemuan, mulai hari ini.", "Choose the day of the meeting, from today on.")
CHOOSE_PLACE = Say("Tulis tempat pertemuannya.", "Write where the meeting is.")


def answer_audience(
    report: Report,
    *,
    by: Actor,
    granted: bool,
    on: date | None = None,
    place: str = "",
    text: str,
    is_confirmed: bool = True,
    now: datetime,
) -> Event:
    """Answer somebody who wants to be heard in person: on which day and where, or why not.

    text   words to the reporter

    Raises Invalid, and WrongState where nobody asked.
    """
    text = checked(text)
    place = checked(place, "/place", most=MOST_PLACE, may_be_empty=True)
    with begin(report, Act.ANSWER_AUDIENCE, by=by) as report:
        if not report.awaits_audience:
            raise WrongState(NOT_ASKED)
        data: dict[str, Any] = {"granted": granted}
        if granted:
            today = now.astimezone(installation().zone).date()
            if on is None or on < today:
                raise Invalid.field("/on", CHOOSE_DAY)
            if not place:
                raise Invalid.field("/place", CHOOSE_PLACE)
            data |= {"on": on.isoformat(), "place": place}
        data |= lit(report, Act.ANSWER_AUDIENCE, text, by=by, is_confirmed=is_confirmed, now=now)
        report.awaits_audience = False
        return walk(report, Act.ANSWER_AUDIENCE, by=by, text=text, data=data, now=now)
