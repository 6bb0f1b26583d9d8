"""Where a reader writes: one form at a time, with the lists it offers and what was typed."""

from typing import Any

from tuntas.reports.told import promises_of
from tuntas.rules.reason_words import ARCHIVE_REASONS, LATE_CAUSES
from tuntas.rules.reasons import GIVEN_BY_SYSTEM, Outcome
from tuntas.rules.text import Sealed
from tuntas.web.office.case_forms import ActForm, Part
from tuntas.web.office.case_given import LEVELS, TYPED, Given
from tuntas.web.office.case_told import is_late
from tuntas.web.office.case_words import OUTCOMES
from tuntas.web.office.sealed_door import Vault
from tuntas.web.office.sealed_forms import WITH_FILES, examiners


def compose(vault: Vault, form: ActForm, given: Given | None = None) -> dict[str, Any]:
    """Return what the template of a form needs; words that came closed are not shown again."""
    said = dict.fromkeys(TYPED, "") if given is None else given.said
    if isinstance(said["teks"], Sealed):
        said = {**said, "teks": ""}
    late = form.has(Part.LATE) and is_late({"promises": promises_of(vault.report, vault.signed.now)})
    found: dict[str, Any] = {
        "form": form,
        "said": said,
        "with_files": form.slug in WITH_FILES,
        "asks_cause": late,
        "causes": list(LATE_CAUSES.items()) if late else [],
    }
    if form.has(Part.REASON):
        found["reasons"] = [(code, say) for code, say in ARCHIVE_REASONS.items() if code not in GIVEN_BY_SYSTEM]
    if form.has(Part.OUTCOME):
        found["outcomes"] = [(code, OUTCOMES[code]) for code in Outcome]
    if form.has(Part.LEVEL):
        found["levels"] = [level for level in LEVELS if int(level) > vault.report.escalation_level]
    if form.has(Part.TARGET):
        found["agencies"] = examiners()
    return found
