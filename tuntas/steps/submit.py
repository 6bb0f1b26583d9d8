"""Take a report in. The busiest step: few statements, one commit, rows written once for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from tuntas.agencies.installation import CategoryLine, installation
from tuntas.kit.age import identity_of_code, recipient_of
from tuntas.kit.crypto import encrypt
from tuntas.kit.errors import Invalid
from tuntas.kit.ids import new_code, new_long_code, read_number
from tuntas.kit.together import Row, insert_together
from tuntas.kit.words import Language, Say
from tuntas.publications.models import Publication
from tuntas.reports.codes import code_hash
from tuntas.reports.models import NOTHING_SAID, Contact, Deadline, Event, Follower, Report, SearchDocument
from tuntas.reports.search_documents import WORDS, words_of
from tuntas.reports.secrets import outbox_key
from tuntas.rules.doubts import Doubt
from tuntas.rules.life import ARROW, Act, State, can
from tuntas.rules.suspicion import is_suspected
from tuntas.rules.text import checked
from tuntas.rules.thread import write_public_thread, write_thread
from tuntas.rules.who import Actor, is_public
from tuntas.sealed.models import SealedBy
from tuntas.steps.clocks import nearest_due, new_clocks
from tuntas.steps.enclose import chosen_readers, close_report, enclose_bytes, enclose_files, enclose_story
from tuntas.steps.follow import count_followers
from tuntas.steps.story import clocks_of, happenings_of, publication_fields, retell
from tuntas.steps.tell import tell_reporter
from tuntas.steps.walk import attach

NO_CATEGORY = Say("Topik ini tidak ada.", "There is no such category.")
NO_AREA = Say("Wilayah ini tidak ada.", "There is no such area.")
NO_AGENCY = Say("Instansi ini tidak ada.", "There is no such agency.")
OUTSIDE = Say(
    "Titik ini di luar {name}. Periksa lagi, atau tulis tempatnya dengan kata-kata.",
    "This point is outside {name}. Check it, or describe the place in words.",
)
NO_LEAD = Say(
    "Laporan ini tidak ada, atau tidak bisa lagi diikuti.", "There is no such report, or it can no longer be followed."
)
HALF_POINT = Say("Titik perlu lintang dan bujur.", "A point needs latitude and longitude.")
IN_FUTURE = Say("Tanggal kejadian belum tiba.", "The date of the event has not come yet.")


@dataclass(frozen=True, slots=True)
class Told:
    """Who the reporter is and where news may go; empty where they did not say."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What somebody reports; only the body is needed."""

    body: str
    title: str = ""
    category: str | None = None
    classification: str = ""
    event_date: date | None = None
    location_text: str = ""
    area: str | None = None
    lat: float | None = None
    lng: float | None = None
    is_anonymous: bool = True
    is_secret: bool = False
    reporter: Told | None = None
    target_agency: str | None = None
    file_ids: Sequence[UUID] = ()
    channel: str = "api"
    supports: str | None = None  # number of a public report about the same: "ini sama, ikut"
    has_consent: bool = False  # told to somebody who wrote it down, with leave to keep who they are
    photos: Sequence[bytes] = ()  # of a sealed report on the way without scripts: redrawn, and never written readable
    excluded: Sequence[int] = ()  # readers' keys that a sealed report is not closed to
    doubts: Sequence[Doubt] = ()  # why it is held until somebody has looked; steps.weigh


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report just taken in, and the code that is shown this once."""

    report: Report
    code: str
    clocks: list[Deadline]


def submit(story: Story, *, by: Actor, language: Language = Language.ID, now: datetime) -> Receipt:
    """Take in a report: keep the words, start the clocks, publish what may be known, send the receipt.

    Raises Invalid. Whoever sends the same twice is told apart by the door's Idempotency-Key, not here.
    """
    report = _report_of(story, by, language, now)
    code = new_long_code() if report.is_restricted else new_code()
    report.code_hash = code_hash(code)
    if report.is_restricted:
        return Receipt(report, code, submit_closed(report, story, code, by=by, now=now))
    with transaction.atomic():
        lead = _lead_of(report, story.supports)
        clocks = _write(report, story, by, now)
        if lead is not None:
            _stand_beside(lead, report, now)
        if story.reporter is not None and story.reporter != Told():
            _write_contact(report, story.reporter, code, now)
    return Receipt(report, code, clocks)


def submit_closed(report: Report, story: Story, code: str, *, by: Actor, now: datetime) -> list[Deadline]:
    """Take in a report that came readable and must not stay so: it is closed before the first row is written."""
    to = chosen_readers(story.excluded)
    said = all_said(report, story.reporter or Told())
    empty(report)
    with transaction.atomic():
        clocks, event = write_report(report, now=now, by=by, has_consent=story.has_consent)
        reporter = recipient_of(identity_of_code(code))
        seal = close_report(report.pk, to, by=SealedBy.SERVER, reporter=reporter, excluded=story.excluded, now=now)
        enclose_story(seal, event, said, now=now)
        enclose_files(story.file_ids, event, now=now)
        for number, photo in enumerate(story.photos, 1):
            enclose_bytes(event, photo, f"foto-{number}.jpg", "image/jpeg", now=now)
    return clocks


def all_said(report: Report, told: Told) -> dict[str, Any]:
    """Return all that a report says, and who brought it. Raises Invalid."""
    here = installation()
    return {
        "title": report.title or report.public_title,
        "body": report.body,
        "category": here.categories[report.category_id].code if report.category_id else "",
        "classification": report.classification,
        "event_date": report.event_date.isoformat() if report.event_date else "",
        "location_text": report.location_text,
        "area": here.area_names[report.area_id][0] if report.area_id else "",
        "lat": report.lat,
        "lng": report.lng,
        "target_agency": here.slug_of(report.target_agency_id),
        "name": checked(told.name, "/reporter/name", most=200, may_be_empty=True),
        "phone": checked(told.phone, "/reporter/phone", most=40, may_be_empty=True),
        "email": checked(told.email, "/reporter/email", most=254, may_be_empty=True),
    }


def empty(report: Report) -> None:
    """Take off a report, unsaved, all that could say what it is about or who brought it."""
    for name, nothing in NOTHING_SAID.items():
        setattr(report, name, nothing)
    report.is_anonymous, report.is_secret = True, False


def _report_of(story: Story, by: Actor, language: Language, now: datetime) -> Report:
    here = installation()
    category = _category(story.category)
    if story.event_date is not None and story.event_date > now.astimezone(here.zone).date():
        raise Invalid.field("/event_date", IN_FUTURE)
    is_restricted = category is not None and category.is_restricted
    target = here.agency_by_slug.get(story.target_agency) if story.target_agency else None
    if story.target_agency and (target is None or not target.is_active):
        raise Invalid.field("/target_agency", NO_AGENCY)
    return Report(
        state=State.SUBMITTED,
        is_restricted=is_restricted,
        is_suspected=not is_restricted and is_suspected(story.title, story.body),
        doubts=[] if is_restricted else list(story.doubts),
        is_anonymous=story.is_anonymous,
        is_secret=story.is_secret,
        title=checked(story.title, "/title", most=200, may_be_empty=True),
        body=checked(story.body, "/body"),
        language=language,
        channel=story.channel,
        category_id=category.id if category else None,
        classification=story.classification,
        event_date=story.event_date,
        location_text=checked(story.location_text, "/location_text", most=500, may_be_empty=True),
        area_id=_area(story),
        lat=story.lat,
        lng=story.lng,
        desk_id=here.desk_id,
        target_agency_id=target.id if target else None,
        entered_by_id=by.person_id,
        received_at=now,
        updated_at=now,
    )


def _category(code: str | None) -> CategoryLine | None:
    if code is None:
        return None
    found = installation().category_by_code.get(code)
    if found is None or not found.is_active:
        raise Invalid.field("/category", NO_CATEGORY)
    return found


def _area(story: Story) -> int | None:
    """Return the area of the point, or the smaller one that was named in it. Raises Invalid for a place not here."""
    here = installation()
    if (story.lat is None) != (story.lng is None):
        raise Invalid.field("/lat" if story.lat is None else "/lng", HALF_POINT)
    named = here.areas.get(story.area) if story.area else None
    if story.area and named is None:
        raise Invalid.field("/area", NO_AREA)
    if story.lat is None or story.lng is None:
        return named
    found = here.area_at(story.lat, story.lng)
    if found is None:
        raise Invalid.field("/lat", OUTSIDE.fill_each(name=here.name))
    # Where no village has an outline, the point finds the district and the reporter names the village in it.
    return named if named is not None and found in here.places.line_up(named) else found


def _lead_of(report: Report, number: str | None) -> Report | None:
    """Return, locked, the report that *report* stands beside. Raises Invalid for one not everybody may follow.

    A restricted report stands alone: that it is there must not show in how many follow another.
    """
    if number is None:
        return None
    known = read_number(number, installation().number_prefix) or ""
    lead = Report.objects.select_for_update(of=("self",)).filter(number=known).first()
    if lead is None or not is_public(lead) or not can(Act.FOLLOW, State(lead.state)):
        raise Invalid.field("/supports", NO_LEAD)
    if report.is_restricted:
        return None
    report.supports = lead
    return lead


def _stand_beside(lead: Report, report: Report, now: datetime) -> None:
    """Count the new report's reporter among those who follow the lead."""
    Follower.objects.create(report=lead, own_report=report, language=report.language, created_at=now)
    count_followers(lead, by=1)


def ref_of(year: int) -> str:
    """Return the SQL of the next ref of a year, given by its last two digits."""
    return f"'B-{year:02d}-' || to_char(nextval('report_ref'), 'FM999999999000')"


def _name(report: Report, now: datetime) -> dict[str, str]:
    """Return how the database names the report: a number rising within the year, or a ref for staff instead."""
    year = now.astimezone(installation().zone).year % 100
    if report.is_restricted:
        return {"ref": ref_of(year)}
    return {"number": f"'{year:02d}-' || nextval('report_number')"}


def _write(report: Report, story: Story, by: Actor, now: datetime) -> list[Deadline]:
    name = checked(story.reporter.name, "/reporter/name", most=200, may_be_empty=True) if story.reporter else ""
    clocks, event = write_report(report, now=now, by=by, has_consent=story.has_consent, name=name)
    if story.file_ids:  # told again, now with the photos
        attach(story.file_ids, event, now=now)
        retell(report)
        report.save(update_fields=["thread"])
    return clocks


def write_report(
    report: Report, *, now: datetime, by: Actor, has_consent: bool = False, split_from: str = "", name: str = ""
) -> tuple[list[Deadline], Event]:
    """Write report, event, clocks, publication and what it is found by in one statement.

    name   of the reporter
    """
    clocks = new_clocks(report, ARROW[Act.SUBMIT].starts, now=now)
    report.due_at = nearest_due(clocks)
    event = Event(act=Act.SUBMIT, by_id=by.person_id, voice="reporter", at=now, to=report.state, face=report.face)
    event.data = ({"consent": True} if has_consent else {}) | ({"split_from": split_from} if split_from else {})
    event.is_sealed = report.is_restricted
    happenings, hands = happenings_of([event], ()), clocks_of(clocks)
    report.thread = {**write_thread(now, happenings, hands), "looks": []}
    of_report = {"report_id": "report.id"}
    rows = [Row("report", report, _name(report, now)), Row("event", event, of_report)]
    rows += [Row(f"clock{number}", clock, of_report) for number, clock in enumerate(clocks)]
    if is_public(report):
        fields = publication_fields(report, write_public_thread(now, happenings, hands))
        rows.append(Row("publication", Publication(**fields), {"number": "report.number"}))
    rows.append(Row("words", SearchDocument(report=report, updated_at=now), {**of_report, **_words(report, name)}))
    found = insert_together(rows, "report.id, report.number, report.ref, event.id")
    report.pk, report.number, report.ref, event.pk = found
    report._state.adding = event._state.adding = False
    event.report_id = report.pk
    return clocks, event


def _words(report: Report, name: str) -> dict[str, str | tuple[str, list[str]]]:
    """Return how the database makes the words a new report is found by."""
    found = words_of(report, name)
    return {"words": (WORDS.format("%s", "%s", "%s", "%s"), [found.title, found.told, found.original, found.tokens])}


def _write_contact(report: Report, told: Told, code: str, now: datetime) -> None:
    contact = Contact(
        report=report,
        name=checked(told.name, "/reporter/name", most=200, may_be_empty=True),
        phone=checked(told.phone, "/reporter/phone", most=40, may_be_empty=True),
        email=checked(told.email, "/reporter/email", most=254, may_be_empty=True),
    )
    contact.save(force_insert=True)
    if contact.email:
        tell_reporter(report, "received", now=now, secret=encrypt(outbox_key(), code.encode()))
