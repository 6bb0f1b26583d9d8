"""The five lights of an answer that is being written on a task's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from tuntas.kit.words import Say
from tuntas.rules.evidence import Evidence
from tuntas.rules.life import Act
from tuntas.rules.lit import NAMES, Light, Lit, Result
from tuntas.steps.lights import evidence_of, judge_for
from tuntas.web.office.evidence import said_of, waiting_in
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import FIELD, Signed, for_staff
from tuntas.web.office.task_form import Told, act_of, read_form
from tuntas.web.office.tasks import WORKERS, open_report

if TYPE_CHECKING:
    from tuntas.reports.models import Report

TO_THE_REPORTER = frozenset({Act.PROPOSE_ANSWER, Act.START, Act.RESUME, Act.SCHEDULE})


@dataclass(frozen=True, slots=True)
class Shown:
    """One light as it is shown."""

    name: Say
    result: Result
    say: Say


def shown(lights: Sequence[Lit]) -> dict[str, object]:
    """Return what the template needs: the lights, and whether something personal was found and can be confirmed."""
    return {
        "lights": [Shown(NAMES[each.light], each.result, each.say) for each in lights],
        "has_private": any(each.light is Light.DATA_PRIBADI and each.result is not Result.OK for each in lights),
    }


@for_staff(FIELD, methods=("POST",), is_quiet=True)
def lights(request: HttpRequest, signed: Signed, number: str) -> HttpResponse:
    """Return the lights of what is typed, as a part of the page; nothing is kept. Raises NotFound."""
    report = open_report(signed, number, WORKERS)
    told = read_form(request.POST, waiting_in(request, now=signed.now))
    given = shown(lights_of(report, told, signed, said_of(request)))
    return office_page(request, signed, "office/task_lights.html", given)


def lights_of(report: "Report", told: Told, signed: Signed, unsent: Sequence[Evidence] = ()) -> Sequence[Lit]:
    """Return how the words stand that would go to the reporter; nothing for those that stay inside.

    unsent   photos that are still on the phone, as it describes them
    """
    act = act_of(told.how, report)
    if act not in TO_THE_REPORTER:
        return ()
    return judge_for(
        report,
        act,
        told.text,
        by=signed.actor,
        photos=[*evidence_of(told.photos, report), *unsent],
        outcome=told.outcome,
        is_confirmed=told.is_confirmed,
        now=signed.now,
    )
