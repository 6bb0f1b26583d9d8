from datetime import datetime

from tuntas.agencies.installation import installation
from tuntas.kit.errors import WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, Report
from tuntas.rules.life import Act, Promise
from tuntas.rules.reasons import Classification
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.clocks import mark_if_missed
from tuntas.steps.dispatch import let_out
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

NO_PPID = Say(
    "Profil belum menyebut PPID. Minta pengelola mengisinya, atau teruskan laporan ini seperti biasa.",
    "The profile names no information officer. Ask for one to be set, or send this report on as usual.",
)
HAS_IT = Say("PPID sudah memegang permohonan ini.", "The information officer has this request already.")
REPLACED = (Promise.RESPOND, Promise.RESOLVE)


def hand_to_ppid(report: Report, *, by: Actor, text: str, is_confirmed: bool = True, now: datetime) -> Event:
    """Hand a formal request for information to the officer whom the law on public information names.

    text   words to the reporter, beside the law's own that their page shows

    From here on the law's clock runs. The clocks of ordinary work end, neither kept nor missed: nobody owes them any
    more, and what was missed before stays missed. Raises Invalid, and WrongState where the profile names no officer.
    """
    text = checked(text)
    with begin(report, Act.HAND_TO_PPID, by=by) as report:
        officer = installation().ppid_id
        if officer is None:
            raise WrongState(NO_PPID)
        if report.holder_id == officer and _runs(report):
            raise WrongState(HAS_IT)
        lights = lit(report, Act.HAND_TO_PPID, text, by=by, is_confirmed=is_confirmed, now=now)
        _end_ordinary_clocks(report, now)
        report.holder_id, report.refusal_count, report.is_arbitrated = officer, 0, False
        report.classification = Classification.INFORMATION_REQUEST
        let_out(report)
        data = {"to_agency": installation().slug_of(officer), **lights}
        return walk(report, Act.HAND_TO_PPID, by=by, text=text, data=data, now=now)


def _runs(report: Report) -> bool:
    return Deadline.objects.running().filter(report=report, promise=Promise.INFORMATION).exists()


def _end_ordinary_clocks(report: Report, now: datetime) -> None:
    for clock in Deadline.objects.running().filter(report=report, promise__in=REPLACED):
        mark_if_missed(clock, now)
        clock.ended_at, clock.rung_at = now, None
        clock.save()
