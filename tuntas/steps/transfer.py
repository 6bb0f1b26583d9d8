from datetime import datetime
from typing import Any

from tuntas.agencies.installation import AgencyLine
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Say
from tuntas.people.queries import nearest_with
from tuntas.reports.models import Event, Report
from tuntas.rules.captured import captured
from tuntas.rules.hops import held_by, is_bound, waits_for_coordinator
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, Role
from tuntas.steps.begin import begin
from tuntas.steps.dispatch import agency_named
from tuntas.steps.walk import walk

HAS_IT = Say("Instansi ini sudah memegang laporan ini.", "This agency holds the report already.")
NOBODY_THERE = Say(
    "Belum ada petugas penghubung di {agency}. Pilih instansi lain atau meja aduan.",
    "There is no liaison officer at {agency} yet. Choose another agency, or the desk.",
)
HAD_IT = Say(
    "{agency} sudah pernah memegang laporan ini. Baca riwayatnya, lalu centang untuk tetap menawarkan.",
    "{agency} has had this report before. Read the history, then tick the box to offer it all the same.",
)
DESK_DECIDES = Say(
    "Sudah dua kali ditolak. Meja aduan sedang menentukan ke mana laporan ini.",
    "It was refused twice. The complaint desk is deciding where this report goes.",
)
SETTLED = Say(
    "Sekretaris Daerah sudah menetapkan Anda. Hanya meja aduan yang bisa menawarkan laporan ini lagi.",
    "The regional secretary has settled on you. Only the complaint desk can offer this report again.",
)


def transfer(
    report: Report,
    *,
    by: Actor,
    agency: str | None,
    reason_code: str,
    text: str,
    is_again: bool = False,
    captured_at: datetime | None = None,
    now: datetime,
) -> Event:
    """Offer a report to the agency it belongs to, or back to the desk (*agency* None).

    is_again   offer it also to an agency that had it before, which everybody is told

    The sender keeps it until it is accepted, and no clock starts anew. After two refusals only the desk offers it.
    """
    text = checked(text)
    with begin(report, Act.TRANSFER, by=by) as report:
        if waits_for_coordinator(by, report):
            raise WrongState(DESK_DECIDES)
        if is_bound(by, report):
            raise WrongState(SETTLED)
        target = None if agency is None else agency_to_offer(agency, report, "/agency")
        if target is not None and target.id == report.holder_id:
            raise Invalid.field("/agency", HAS_IT)
        data: dict[str, Any] = {"reason_code": reason_code, "to_agency": target.slug if target else None}
        if target is not None and has_had(report, target):
            if not is_again:
                raise Invalid.field("/is_again", HAD_IT.fill(agency=target.name))
            data["again"] = True
        report.transferred_from = report.state
        report.offered_to_id = target.id if target else None
        return walk(report, Act.TRANSFER, by=by, text=text, data=data | captured(captured_at, now), now=now)


def agency_to_offer(slug: str, report: Report, pointer: str) -> AgencyLine:
    """Return the agency, of any tier, for which somebody can take the report. Raises Invalid."""
    found = agency_named(slug, report, pointer)
    if not nearest_with(Role.LIAISON, found.id):
        raise Invalid.field(pointer, NOBODY_THERE.fill(agency=found.name))
    return found


def has_had(report: Report, agency: AgencyLine) -> bool:
    """Return whether the agency had the report before."""
    return agency.slug in held_by(report.events.order_by("id"))
