"""A case and the rakor: take it there, and what was decided about it, for staff alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Say
from tuntas.meetings.queries import discussed_in, is_brought
from tuntas.rules.life import OPEN, State
from tuntas.rules.meetings import leads
from tuntas.steps.plan_meeting import NOT_YOURS
from tuntas.web.dates import say_day
from tuntas.web.forms import Mistakes
from tuntas.web.office.case_history import Line
from tuntas.web.office.office_page import office_page
from tuntas.web.office.open_report import Case, of_case
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.meetings.models import Decision

DISCUSSED = Say("Dibahas di rakor {day}: {who}", "Discussed at the meeting of {day}: {who}")


def may_bring(case: Case) -> bool:
    """Return whether somebody may put this case on the next agenda."""
    report = case.report
    is_plain = not report.is_restricted and not report.is_suspected
    return is_plain and not case.signed.root and leads(case.signed.actor, report.desk_id)


def rakor_of(case: Case, lines: Sequence[Line], *, is_public: bool) -> dict[str, Any]:
    """Return the history with what was decided in meetings, and whether the case can be brought. Two queries.

    is_public   only what everybody is told: nothing of a meeting
    """
    if case.signed.root or case.report.is_restricted:
        return {"lines": lines, "brings": False, "is_brought": False}
    said = [] if is_public else discussed_in(case.report.pk)
    more = [_line(each, case) for each in said]
    brings = may_bring(case) and State(case.report.state) in OPEN
    merged = sorted([*lines, *more], key=lambda line: line.at, reverse=True) if more else lines
    return {"lines": merged, "brings": brings, "is_brought": brings and is_brought(case.report.pk)}


def _line(decision: "Decision", case: Case) -> Line:
    """Return what was decided as a line of the history, on the dashed paper of what is said inside."""
    today = case.signed.now.astimezone(case.signed.zone).date()
    day, who = say_day(decision.item.meeting.held_on, today=today), installation().agencies[decision.agency_id].short
    return Line(
        event=0,
        head=DISCUSSED.fill_each(day=day, who=Say(who, who)),
        at=decision.decided_at,
        who=Say(decision.decided_by.name, decision.decided_by.name),
        where=None,
        text=decision.what,
        photos=(),
        attachments=(),
        is_internal=True,
        is_undone=False,
        kind="",
        icon="orang",
        captured_at=None,
    )


@of_case()
def bring(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the page that takes a case to the next meeting, or do it. Raises NotAllowed, WrongState."""
    mistakes = Mistakes()
    if not may_bring(case):
        raise NotAllowed(NOT_YOURS)
    if request.method == "POST":

        def do() -> str:
            steps.bring_to_meeting(
                case.report, by=case.signed.actor, text=request.POST.get("teks", ""), now=case.signed.now
            )
            return case.here

        try:
            return once_only(request, caller=case.signed.key, do=do, now=case.signed.now)
        except Invalid as no:
            mistakes.add_step(no, {}, "teks")
    given = {
        "nav": "meja",
        "case": case,
        "report": case.report,
        "typed": request.POST.get("teks", ""),
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
    }
    return office_page(request, case.signed, "office/case_bring.html", given, status=422 if mistakes else 200)
