"""What staff are told while somebody above decides whose a report is, or has decided it."""

from typing import TYPE_CHECKING

from tuntas.kit.words import Say
from tuntas.rules.hops import COORDINATOR_AT
from tuntas.rules.life import State

if TYPE_CHECKING:
    from tuntas.reports.models import Report

WITH_ARBITER = Say(
    "Tiga kali ditolak. Sekretaris Daerah menentukan siapa yang mengerjakan.",
    "Refused three times. The regional secretary decides who does the work.",
)
WITH_DESK = Say(
    "Dua kali ditolak. Meja aduan menentukan ke mana laporan ini.",
    "Refused twice. The complaint desk decides where this report goes.",
)
BINDING = Say(
    "Sekretaris Daerah menetapkan {holder}. Hanya meja aduan yang bisa menawarkannya lagi.",
    "The regional secretary settled on {holder}. Only the complaint desk can offer it again.",
)
IS_MOVING = frozenset({State.DISPATCHED, State.IN_PROGRESS})  # from here it could be offered


def who_decides(report: "Report", holder: Say) -> Say | None:
    """Return who decides where it goes, or that this is settled; None while the holder may offer it."""
    if report.awaits_arbiter:
        return WITH_ARBITER
    if report.state not in IS_MOVING:
        return None
    if report.is_arbitrated:
        return BINDING.fill_each(holder=holder)
    return WITH_DESK if report.refusal_count >= COORDINATOR_AT else None
