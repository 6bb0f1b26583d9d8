"""Why a report is held, in the words of the desk: in a row as short as can be, on its page in full."""

from typing import TYPE_CHECKING

from tuntas.kit.words import Say
from tuntas.rules.doubts import SAY, Doubt

if TYPE_CHECKING:
    from tuntas.reports.models import Report

SHORT: dict[Doubt, Say] = {
    Doubt.LINKS: Say("Banyak tautan", "Many links"),
    Doubt.REPEATED: Say("Isi sama", "Same words"),
    Doubt.GIBBERISH: Say("Huruf tanpa arti", "No sense"),
    Doubt.FAST: Say("Diisi sangat cepat", "Filled in very fast"),
    Doubt.MAIL: Say("E-mail sekali pakai", "Throw-away e-mail"),
    Doubt.NETWORK: Say("Jaringan sama", "Same network"),
    Doubt.NO_EFFORT: Say("HP tidak menghitung", "Phone computed nothing"),
}


def reasons_of(report: "Report") -> list[Say]:
    """Return every reason for which a report is held; nothing where it is not."""
    return [SAY[doubt] for doubt in _doubts_of(report)]


def reasons_in_short(report: "Report") -> Say | None:
    """Return all reasons in one line, or None where the report is not held."""
    says = [SHORT[doubt] for doubt in _doubts_of(report)]
    return Say(" · ".join(say.id for say in says), " · ".join(say.en for say in says)) if says else None


def _doubts_of(report: "Report") -> list[Doubt]:
    return [Doubt(name) for name in report.doubts if name in set(Doubt)]
