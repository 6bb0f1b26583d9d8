from datetime import datetime

from tuntas.agencies.installation import AgencyLine, installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.hops import held_by
from tuntas.rules.life import Act
from tuntas.rules.redaction import redact
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

NO_AGENCY = Say("Instansi “{slug}” tidak ada.", "There is no agency “{slug}”.")
NO_CATEGORY = Say("Topik “{code}” tidak ada.", "There is no category “{code}”.")
NOT_FOR_RESTRICTED = Say(
    "Laporan ini hanya boleh dibuka pemeriksa yang ditunjuk. Pilih Inspektorat.",
    "Only appointed examiners may open this report. Choose the Inspectorate.",
)
RESTRICTED_LATER = Say(
    "Topik ini hanya untuk laporan yang sejak awal dibatasi.",
    "This category is only for reports that were restricted from the start.",
)
TITLE_LETTERS = 80


def dispatch(
    report: Report,
    *,
    by: Actor,
    agency: str,
    category: str | None = None,
    classification: str | None = None,
    title: str | None = None,
    public_text: str | None = None,
    text: str = "",
    now: datetime,
) -> Event:
    """Send a checked report to an agency and let its public text out.

    agency       slug of the agency that shall hold it
    category     code; keeps the reporter's where absent
    public_text  what everybody will read; without it, the story with numbers of persons masked
    text         words to the reporter, if any

    Of a sealed report only agency and text count: it has no category here, and nothing of it is let out.
    """
    text = checked(text, may_be_empty=True)
    title = checked(title or "", "/title", most=200, may_be_empty=True)
    public_text = checked(public_text or "", "/public_text", may_be_empty=True)
    with begin(report, Act.DISPATCH, by=by) as report:
        target = agency_named(agency, report, "/agency")
        report.holder_id, report.refusal_count, report.is_arbitrated = target.id, 0, False
        if not report.is_restricted:  # of a sealed one nothing that could say what it is about is written
            if category is not None:
                report.category_id = category_named(category, "/category")
            report.classification = classification or report.classification
            let_out(report, title, public_text)
        # A report that came back and is sent again still has its work clock running: it is not started anew.
        data = lit(report, Act.DISPATCH, text, by=by, now=now) if text else {}
        again = {"again": True} if target.slug in held_by(report.events.order_by("id")) else {}
        data |= {"to_agency": target.slug, **again}
        return walk(report, Act.DISPATCH, by=by, text=text, data=data, now=now)


def agency_named(slug: str, report: Report, pointer: str) -> AgencyLine:
    """Return the agency, which must be one that may hold this report. Raises Invalid."""
    found = installation().agency_by_slug.get(slug)
    if found is None or not found.is_active:
        raise Invalid.field(pointer, NO_AGENCY.fill(slug=slug[:60]))
    if report.is_restricted and not found.examines:
        raise Invalid.field(pointer, NOT_FOR_RESTRICTED)
    return found


def category_named(code: str, pointer: str) -> int:
    """Return the category of a code that an ordinary report may have. Raises Invalid."""
    found = installation().category_by_code.get(code)
    if found is None or not found.is_active:
        raise Invalid.field(pointer, NO_CATEGORY.fill(code=code[:60]))
    if found.is_restricted:
        raise Invalid.field(pointer, RESTRICTED_LATER)
    return found.id


def let_out(report: Report, title: str = "", public_text: str = "") -> None:
    """Set what everybody may read: the desk's own text, else the story with numbers of persons masked."""
    report.public_text = public_text or report.public_text or redact(report.body)
    report.public_title = title or report.public_title or redact(report.title) or first_words(report.public_text)


def first_words(text: str) -> str:
    """Return the beginning of a text as a title, cut between words."""
    line = " ".join(text.split())
    if len(line) <= TITLE_LETTERS:
        return line
    return line[:TITLE_LETTERS].rsplit(" ", 1)[0] + " …"
