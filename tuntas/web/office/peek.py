"""A report beside the list: what it says, what is like it, who it could go to, and the one button (ux 6.1)."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.kit.words import Say
from tuntas.publications.near import near
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.inbox_queries import handled_before, photos_of, report_to_open
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act
from tuntas.rules.redaction import proposed_text, redact
from tuntas.rules.urgency import marked
from tuntas.rules.words import FACES
from tuntas.steps.dispatch import first_words
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.citizen.report_map import map_of, near_view
from tuntas.web.forms import Mistakes
from tuntas.web.office.channels import channel_named
from tuntas.web.office.held import reasons_of
from tuntas.web.office.place_words import place_words
from tuntas.web.office.rows import clock_of, flag_of
from tuntas.web.office.signed import Signed
from tuntas.web.office.suggested import offered_for, targets

if TYPE_CHECKING:
    from tuntas.reports.models import Report
    from tuntas.steps.unless_changed import News

SIMILAR_DAYS = 30
OTHER = "lain"  # the choice of an agency that was not proposed
FIELDS = ("ke", "ke_lain", "topik", "judul", "isi")
EVERYBODY, STAFF_ONLY = Say("isi umum", "open to everybody"), Say("isi rahasia", "confidential")


@dataclass
class Sent:
    """What somebody sent from the peek and did not get done: it stays as it was typed."""

    typed: dict[str, str]
    mistakes: Mistakes = field(default_factory=Mistakes)
    said: Say | None = None
    news: "tuple[News, ...]" = ()


def open_report(signed: Signed, name: str) -> "Report":
    """Return a report that may be opened in the inbox, and note the look. Raises NotFound.

    Restricted ones never open here: those appointed have another room for them.
    """
    report = report_to_open(signed.actor, name)
    if report.is_restricted:
        raise NotFound(NOT_FOUND)
    return steps.fetch(report, by=signed.actor, now=signed.now)


def peek_of(report: "Report", signed: Signed, sent: Sent | None = None) -> dict[str, Any]:
    """Return what the template shows of a report."""
    here, category = installation(), installation().categories.get(report.category_id or 0)
    offered = offered_for(report, f"{report.title} {report.body}", handled_before(report))
    acts = possible_acts(signed.actor, report, now=signed.now)
    area = here.area_names[report.area_id] if report.area_id else ("", "")
    return {
        "report": report,
        "name": report.name,
        "title": report.public_title or report.title or first_words(report.body),
        "face": report.face,
        "label": FACES[report.face],
        "clock": clock_of(report, now=signed.now),
        "flag": flag_of(report),
        "channel": channel_named(report.channel),
        "privacy": STAFF_ONLY if report.is_secret else EVERYBODY,
        "place": place_words(report.location_text, area[1]),
        "pieces": marked(report.body),
        "photos": photos_of(report),
        "map": _map_of(report, area[0]),
        "topic": category.code if category else (offered[0].topic if offered else ""),
        "topics": [each for each in here.categories.values() if each.is_active and not each.is_restricted],
        "similar": _similar(report, area[0], category.code if category else "", signed),
        "offered": offered,
        "agencies": targets(here),
        "can": {act.value for act in acts},
        "can_forward": Act.DISPATCH in acts,
        "seen": last_event_of(report),
        "held": reasons_of(report) if Act.RELEASE in acts else (),
        "holder": here.agencies[report.holder_id].short if report.holder_id else "",
        **_form(report, offered[0].slug if offered else OTHER, sent),
    }


def _form(report: "Report", first: str, sent: Sent | None) -> dict[str, Any]:
    """Return the fields as they were typed, else as they are proposed: the words masked for everybody."""
    text = report.public_text or proposed_text(report.body)[0]
    title = report.public_title or redact(report.title) or first_words(text)
    typed = {"ke": first, "ke_lain": "", "judul": title, "isi": text} | (sent.typed if sent else {})
    mistakes = sent.mistakes if sent else Mistakes()
    return {
        "typed": typed,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "said": sent.said if sent else None,
        "news": sent.news if sent else (),
    }


def _similar(report: "Report", area: str, category: str, signed: Signed) -> list[dict[str, Any]]:
    """Return public reports like this one, close by; itself is none."""
    since = signed.now - timedelta(days=SIMILAR_DAYS)
    found = near(report.lat, report.lng, area, category, since, limit=4)
    return [
        {"row": each.publication, "metres": each.metres} for each in found if each.publication.number != report.number
    ][:3]


def _map_of(report: "Report", area: str) -> dict[str, Any] | None:
    here = installation()
    if report.lat is None or report.lng is None or not here.outlines:
        return None
    said = Drafted(lat=report.lat, lng=report.lng, area=area)
    return map_of(here, near_view(here, report.lat, report.lng), said)
