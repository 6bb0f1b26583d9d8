"""A report as one record that another installation of this program can take in: all it is, but for people and files.

Words of restricted and suspected reports stay behind; so do reporters' names and contacts, photos and documents.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tuntas.agencies.installation import installation
from tuntas.reports.models import NOTHING_SAID, Deadline, Event, Referral, Report
from tuntas.rules.life import Act

FORM = 1
FLAGS = ("is_restricted", "is_anonymous", "is_secret", "is_suspected", "is_reopened", "awaits_arbiter", "is_arbitrated")
COUNTS = ("ask_count", "escalation_level", "reopen_count", "hop_count", "refusal_count", "follower_count")
TEXTS = ("title", "body", "public_title", "public_text", "language", "channel", "classification", "location_text")
STANDS = ("state", "asked_from", "transferred_from", "closed_by", "close_outcome", "reason_code", "recallable")
PLAIN = (*FLAGS, *COUNTS, *TEXTS, *STANDS, "merged_count", "rating", "lat", "lng", "doubts", "awaits_audience")
INSTANTS = ("received_at", "updated_at", "fetched_at", "advised_at")
HANDS = ("holder_id", "offered_to_id", "target_agency_id")
LINKS = ("supports", "merged_into", "split_from")
OF_EVENT = ("act", "voice", "frm", "to", "face", "text", "data", "is_sealed")
OF_CLOCK = ("promise", "unit", "amount", "cause")
CLOCK_INSTANTS = ("started_at", "due_at", "kept_at", "missed_at", "ended_at")
Json = dict[str, Any]


def record_of(report: Report, events: Sequence[Event], clocks: Sequence[Deadline], ways: Sequence[Referral]) -> Json:
    """Return a report with all that happened to it as plain values; agencies, topics and places by their codes."""
    here = installation()
    places = {event.pk: n for n, event in enumerate(events)}
    told: Json = {name: getattr(report, name) for name in PLAIN}
    told |= {name: _instant(getattr(report, name)) for name in INSTANTS}
    told |= {name: here.slug_of(getattr(report, name)) for name in HANDS}
    told |= {name: linked.number if (linked := getattr(report, name)) is not None else None for name in LINKS}
    told |= {
        "category": here.categories[report.category_id].code if report.category_id else "",
        "area": here.area_names[report.area_id][0] if report.area_id else "",
        "event_date": report.event_date.isoformat() if report.event_date else None,
        "is_led": report.is_led,
    }
    is_closed = report.is_restricted or report.is_suspected
    if is_closed:
        told |= {name: nothing for name, nothing in NOTHING_SAID.items() if name in TEXTS}
    return {
        "form": FORM,
        "government": here.area_code,
        "number": report.number,
        "report": told,
        "events": [_event(event, places, is_closed=is_closed) for event in events],
        "clocks": [_clock(clock) for clock in clocks],
        "referrals": [] if is_closed else [_way(way, places) for way in ways],
        "gone": _gone(report, events),
    }


def _event(event: Event, places: Mapping[int, int], *, is_closed: bool) -> Json:
    told: Json = {name: getattr(event, name) for name in OF_EVENT}
    told |= {"at": _instant(event.at), "agency": installation().slug_of(event.agency_id)}
    told["by"] = event.by.email if event.by is not None else ""
    if event.act == Act.RECALL:
        told["data"] = event.data | {"event": places[event.data["event"]]}
    return told | ({"text": "", "data": {}} if is_closed else {})


def _clock(clock: Deadline) -> Json:
    told: Json = {name: getattr(clock, name) for name in OF_CLOCK}
    told |= {name: _instant(getattr(clock, name)) for name in CLOCK_INSTANTS}
    return told | {"left": None if clock.left is None else clock.left.total_seconds()}


def _way(way: Referral, places: Mapping[int, int]) -> Json:
    told: Json = {name: getattr(way, name) for name in ("body_name", "contact", "external_number", "missed_count")}
    told |= {"next_news_on": way.next_news_on.isoformat(), "ended_at": _instant(way.ended_at)}
    return told | {"event": places[way.event_id]}


def _gone(report: Report, events: Sequence[Event]) -> Json:
    """Return names of agencies and topics that are switched off, which a profile no longer holds."""
    here = installation()
    ids = {getattr(report, name) for name in HANDS} | {event.agency_id for event in events}
    agencies = [here.agencies[one] for one in ids if one is not None]
    topic = here.categories[report.category_id] if report.category_id else None
    return {
        "agencies": {agency.slug: agency.name for agency in agencies if not agency.is_active},
        "topics": {topic.code: [topic.name.id, topic.name.en]} if topic and not topic.is_active else {},
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def read_instant_of(text: str | None) -> datetime | None:
    """Return an instant of a record."""
    return None if text is None else datetime.fromisoformat(text)


def report_of(record: Mapping[str, Any]) -> Report:
    """Return the report of a record, unsaved and bound to nothing but agencies, topic and place that are here.

    Raises KeyError, TypeError, ValueError for what is no record.
    """
    here, told = installation(), record["report"]
    report = Report(**{name: told[name] for name in PLAIN})
    for name in INSTANTS:
        setattr(report, name, read_instant_of(told[name]))
    for name in HANDS:
        agency = here.agency_by_slug.get(told[name])
        setattr(report, name, agency.id if agency else None)
    category = here.category_by_code.get(told["category"])
    report.category_id = category.id if category and not report.is_restricted else None
    report.area_id = None if report.is_restricted else here.areas.get(told["area"])
    report.event_date = date.fromisoformat(told["event_date"]) if told["event_date"] else None
    report.desk_id = here.desk_id
    return report


def events_of(record: Mapping[str, Any], people: Mapping[str, int]) -> list[Event]:
    """Return the events of a record, unsaved; those of people who are not here have nobody."""
    here, made = installation(), []
    for told in record["events"]:
        agency = here.agency_by_slug.get(told["agency"])
        event = Event(**{name: told[name] for name in OF_EVENT})
        event.at = datetime.fromisoformat(told["at"])
        event.agency_id, event.by_id = agency.id if agency else None, people.get(told["by"])
        made.append(event)
    return made


def clocks_in(record: Mapping[str, Any]) -> list[Deadline]:
    """Return the clocks of a record, unsaved. They climb no ladder here: nobody is reminded of them twice."""
    made = []
    for told in record["clocks"]:
        clock = Deadline(**{name: told[name] for name in OF_CLOCK})
        for name in CLOCK_INSTANTS:
            setattr(clock, name, read_instant_of(told[name]))
        clock.left = None if told["left"] is None else timedelta(seconds=told["left"])
        made.append(clock)
    return made
