"""Where answers are written: what was typed, its lights, its photos, templates, and the words kept unsent."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from tuntas.agencies.installation import TemplateLine, installation
from tuntas.reports.desk_queries import unsent_of
from tuntas.reports.inbox_queries import handled_before
from tuntas.rules.lit import Light, Lit, Result
from tuntas.rules.reason_words import ARCHIVE_REASONS, CLASSIFICATIONS, LATE_CAUSES
from tuntas.rules.reasons import GIVEN_BY_SYSTEM, Outcome
from tuntas.rules.redaction import proposed_text, redact
from tuntas.rules.text import has_words
from tuntas.rules.who import may_read_notes
from tuntas.steps.dispatch import first_words
from tuntas.steps.lights import evidence_of, judge_for
from tuntas.web.forms import Mistakes
from tuntas.web.letter_words import KINDS
from tuntas.web.office.case_forms import ActForm, Part
from tuntas.web.office.case_given import FIELDS, LEVELS, Given, draft_of, read_given
from tuntas.web.office.case_told import is_late, similar_to
from tuntas.web.office.case_words import OUTCOMES, TRANSFER_REASONS
from tuntas.web.office.evidence import proofs_of
from tuntas.web.office.merge_forms import rows_of
from tuntas.web.office.open_report import Case
from tuntas.web.office.parts_told import part_lines, waiting
from tuntas.web.office.suggested import Offered, offered_for, targets

CHECKED_EVERY = timedelta(days=7)  # what is outside


def compose(
    case: Case,
    form: ActForm,
    told: dict[str, Any],
    given: Given | None = None,
    mistakes: Mistakes | None = None,
    *,
    to: str = "",
) -> dict[str, Any]:
    """Return what the template of a form needs.

    told    what ``case_told.tell`` returned
    given   what was typed and could not be taken; without it, what was kept unsent or is proposed
    to      the agency that was chosen beside the report
    """
    kept = told["unsent"].get(draft_of(form))
    choices = _choices(case, form)
    if given is None:
        first = {"instansi": to} if to else {}
        given = read_given(_proposed(case, form, choices) | _kept_in(kept) | first, _uuids(kept))
    mistakes = mistakes or Mistakes()
    lights = lights_of(case, form, given)
    return {
        "form": form,
        "said": given.said,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "photos_kept": proofs_of(given.photos, case.report, now=case.signed.now, zone=case.signed.zone),
        "kept_at": kept.saved_at if kept and _kept_in(kept).get("teks", "") == given.text.strip() else None,
        "lights": lights,
        "may_confirm": any(each.light is Light.DATA_PRIBADI and each.result is Result.BLOCK for each in lights)
        or given.is_confirmed,
        "templates": templates_for(form),
        "asks_cause": form.has(Part.LATE) and is_late(told["view"]),
        "leads": similar_to(case.report, case.signed.now) if form.merges else (),
        "rows": rows_of(given.said, mistakes.by_field) if form.splits else (),
        **choices,
    }


def _kept_in(kept: Any) -> dict[str, str]:
    """Return unsent words by the fields of the form; what was undone is kept under the names its step has for them."""
    return {FIELDS.get(f"/{name}", name): value for name, value in kept.fields.items()} if kept else {}


def _uuids(kept: Any) -> list[UUID]:
    """Return the photos that were kept with unsent words."""
    said = kept.fields if kept else {}
    return [UUID(each) for each in (said.get("foto_id") or said.get("file_ids", "")).split()]


def unsent_by_form(case: Case) -> dict[str, Any]:
    """Return the words somebody has not sent, by the form they stand in; shared ones under "bersama". One query."""
    person = case.signed.person.person_id
    found = unsent_of(case.report, person, with_shared=may_read_notes(case.signed.actor, case.report))
    return {("bersama" if each.person_id is None else each.form): each for each in found}


def lights_of(case: Case, form: ActForm, given: Given) -> Sequence[Lit]:
    """Return how words to the reporter stand; nothing for those that stay inside, or are not written yet."""
    if not form.has(Part.LIGHTS) or not has_words(given.text):
        return ()
    return judge_for(
        case.report,
        form.act,
        given.text,
        by=case.signed.actor,
        photos=evidence_of(given.photos, case.report),
        outcome=given.said["hasil"],
        is_confirmed=given.is_confirmed,
        now=case.signed.now,
    )


def templates_for(form: ActForm) -> list[TemplateLine]:
    """Return the templates offered for a form."""
    if not form.writes or form.has(Part.CALL):
        return []
    return [line for line in installation().templates if line.act == form.act]


def with_template(text: str, code: str, form: ActForm) -> str:
    """Return what was typed with a template behind it; the words as they were where there is no such one."""
    line = next((each for each in templates_for(form) if each.code == code), None)
    if line is None:
        return text
    return f"{text.rstrip()}\n{line.text}" if has_words(text) else line.text


def _proposed(case: Case, form: ActForm, choices: dict[str, Any]) -> dict[str, str]:
    """Return what a form is filled with at first: the words for everybody masked, the surest agency."""
    report, here, said = case.report, installation(), dict[str, str]()
    if form.has(Part.PUBLIC):
        text = report.public_text or proposed_text(report.body)[0]
        said |= {"judul": report.public_title or redact(report.title) or first_words(text), "teks_umum": text}
    offered: list[Offered] = choices.get("offered", [])
    if offered:
        said["instansi"] = offered[0].slug
    if form.has(Part.TOPIC):
        line = here.categories.get(report.category_id or 0)
        said["topik"] = line.code if line else offered[0].topic if offered else ""
        said["klasifikasi"] = report.classification
    if form.goes_outside or form.comes_from_outside:
        today = case.signed.now.astimezone(case.signed.zone).date()
        said |= {"kabar": (today + CHECKED_EVERY).isoformat()}
    return said


def _choices(case: Case, form: ActForm) -> dict[str, Any]:
    """Return the lists that the parts of a form offer."""
    here, report = installation(), case.report
    found: dict[str, Any] = {}
    if form.has(Part.REASON):
        found["reasons"] = [(code, say) for code, say in ARCHIVE_REASONS.items() if code not in GIVEN_BY_SYSTEM]
    if form.has(Part.HANDING):
        found["reasons"] = list(TRANSFER_REASONS.items())
    if form.has(Part.OUTCOME):
        found["outcomes"] = [(code, OUTCOMES[code]) for code in Outcome]
    if form.has(Part.LEVEL):
        found["levels"] = [level for level in LEVELS if int(level) > report.escalation_level]
    if form.has(Part.LATE):
        found["causes"] = list(LATE_CAUSES.items())
    if {Part.TARGET, Part.TARGET_OR_DESK, Part.TARGET_BOUND, Part.HELPER} & form.parts:
        found["agencies"] = targets(here)
    if form.has(Part.TARGET):
        found["offered"] = offers_for(case)
    if form.has(Part.TOPIC):
        lines = here.categories.values()
        found["topics"] = [each for each in lines if each.is_active and each.is_restricted == report.is_restricted]
        found["kinds"] = list(CLASSIFICATIONS.items())
    if form.has(Part.PUBLIC):
        found["original"] = _masks(report.body)
    return found | _choices_beside(case, form)


def _choices_beside(case: Case, form: ActForm) -> dict[str, Any]:
    """Return what the forms beside the work offer: the parts that wait, the kinds of letter."""
    found: dict[str, Any] = {}
    if form.asks_part:
        found["open_parts"] = waiting(part_lines(case.report, now=case.signed.now, zone=case.signed.zone))
    if form.asks_letter:
        found["kinds_of_letter"] = list(KINDS.items())
    return found


def offers_for(case: Case) -> list[Offered]:
    """Return the agencies that a report could go to."""
    return offered_for(case.report, f"{case.report.title} {case.report.body}", handled_before(case.report))


def _masks(body: str) -> list[tuple[str, bool]]:
    """Return the story in pieces, each with whether it is masked in what is proposed for everybody."""
    pieces, at = list[tuple[str, bool]](), 0
    for place in proposed_text(body)[1]:
        pieces += [(body[at : place.start], False), (body[place.start : place.end], True)]
        at = place.end
    return [(text, is_masked) for text, is_masked in [*pieces, (body[at:], False)] if text]
