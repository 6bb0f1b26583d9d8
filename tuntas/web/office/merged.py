"""One matter, many people: what the page of a case shows of the reports it goes along with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tuntas.kit.words import Say
from tuntas.reports.merged_queries import merged_into, number_of_lead
from tuntas.rules.led import goes_along
from tuntas.rules.life import Act, State, may
from tuntas.rules.redaction import redact
from tuntas.rules.words import STATES
from tuntas.web.office.open_report import Case

if TYPE_CHECKING:
    from tuntas.reports.models import Report

ALONE = Say("jalan sendiri: {state}", "goes by itself: {state}")
ALONG = Say("ikut laporan ini", "goes along with this one")


@dataclass(frozen=True, slots=True)
class Member:
    """A report that was merged into the one shown."""

    number: str
    title: str
    says: Say
    goes_along: bool


def merged_told(case: Case) -> dict[str, Any] | None:
    """Return the reports that are one matter with the one shown; None where it stands alone. One query at most."""
    report = case.report
    if report.merged_into_id is not None:
        return {"lead": number_of_lead(report), "goes_along": goes_along(report), "members": ()}
    if not report.merged_count:
        return None
    members = [_member(one) for one in merged_into(report)]
    if not members:  # they have gone to another
        return None
    return {
        "lead": "",
        "members": members,
        "along": sum(one.goes_along for one in members),
        "may_part": may(case.signed.actor, Act.UNMERGE, report),
    }


def _member(one: "Report") -> Member:
    state = STATES[State(one.state)]
    says = ALONG if goes_along(one) else ALONE.fill_each(state=state)
    return Member(one.name, one.public_title or redact(one.title), says, goes_along(one))
