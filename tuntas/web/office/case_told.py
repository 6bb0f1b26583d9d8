"""What a case page shows of a report: head, clocks, story, photos, facts, what is like it, and the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.publications.near import Near, near
from tuntas.reports.reveal_queries import open_reveal, waiting_reveal
from tuntas.reports.told import events_of, staff_view
from tuntas.rules.life import OURS, Act, Promise, State, may
from tuntas.rules.reason_words import CLASSIFICATIONS
from tuntas.rules.reasons import NO_ANSWER, Classification
from tuntas.rules.thread import Json
from tuntas.rules.urgency import marked
from tuntas.rules.who import Actor, may_read_notes, may_read_original
from tuntas.rules.words import PROMISES
from tuntas.steps.dispatch import first_words
from tuntas.web.attachments import told_attachments
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.citizen.report_map import map_of, near_view
from tuntas.web.clocks import ICONS, LATE, LEFT, PAUSED
from tuntas.web.clocks import NEAR as SOON
from tuntas.web.dates import say_span
from tuntas.web.office.case_history import history
from tuntas.web.office.case_words import OUTCOMES
from tuntas.web.office.channels import channel_named
from tuntas.web.office.doubted import case_doors, doubts_of
from tuntas.web.office.handing import who_decides
from tuntas.web.office.held import reasons_of
from tuntas.web.office.ladder_told import ladder_lines
from tuntas.web.office.merged import merged_told
from tuntas.web.office.open_report import Case
from tuntas.web.office.outside import referral_told
from tuntas.web.office.parts_told import open_count, part_lines
from tuntas.web.office.rows import FLAGS, flag_of
from tuntas.web.shots import before_of, caption_of
from tuntas.web.thread_words import Names

if TYPE_CHECKING:
    from tuntas.reports.models import Event, Report

SIMILAR = timedelta(days=30)
MOST_SIMILAR = 3
HEAD = Say("{by} mengembalikan laporan ini", "{by} gave this report back")
FROM_OUTSIDE = Say("{body} tidak menangani laporan ini", "{body} does not handle this report")
OFFERS = Say("{by} menawarkan laporan ini ke {to}", "{by} offers this report to {to}")
DECLINED = Say("{by} menolak tawaran laporan ini", "{by} declined this report")
UNANSWERED = Say("{by} tidak menanggapi tawaran laporan ini", "{by} did not answer the offer of this report")
RETURNED = Say("{by} mengembalikan jawaban instansi", "{by} returned the agency's answer")
UNSEEN = Say("belum ditinjau", "not looked at yet")
SHOWN = Say("tayang", "public")
COVERED = Say("tayang, disamarkan", "public, covered")
NEVER = Say("tidak tayang", "never public")
SECRET, RESTRICTED, OPEN = Say("Rahasia", "Confidential"), Say("Terbatas", "Restricted"), Say("Umum", "Open")
HELD = Say("Umum, sesudah diloloskan", "Open, once let through")


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise that runs, as a mark of few words."""

    promise: Say
    jam: str
    mark: Say

    @property
    def icon(self) -> str:
        return ICONS[self.jam]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the reporter, or proof, and what everybody sees of it."""

    id: str
    state: Say
    tone: str


def tell(case: Case, *, is_public: bool = False) -> dict[str, Any]:
    """Return what the templates need of a report."""
    report, signed, actor = case.report, case.signed, case.signed.actor
    events = events_of(report)
    view = staff_view(report, actor, language=signed.language, now=signed.now, events=events)
    captions = _captions(case, view)
    notes, own_words = may_read_notes(actor, report), may_read_original(actor, report)
    return {
        "case": case,
        "base": case.base,
        "report": report,
        "view": view,
        "acts": set(view["acts"]),
        "seen": events[-1].pk,
        "title": view["title"] or first_words(view["body"]),
        "pieces": marked(view["body"]),
        "flag": FLAGS.get(flag_of(report)),
        "flag_kind": flag_of(report),
        "clocks": clocks_of(view, now=signed.now),
        "ladder": ladder_lines(report, zone=signed.zone, now=signed.now),
        "privacy": _privacy(report),
        "held": reasons_of(report) if Act.RELEASE in view["acts"] else (),
        "channel": channel_named(report.channel),
        "has_contact": hasattr(report, "contact"),
        "asked": waiting_reveal(report) if _may_hear_of_names(actor, report) else None,
        "opened": open_reveal(report, actor, signed.now),
        "topic": _topic(report),
        "kind": CLASSIFICATIONS.get(Classification(report.classification)) if report.classification else None,
        "area": installation().area_names[report.area_id][1] if report.area_id else "",
        "photos": [_photo(photo, report) for photo in view["photos"] if photo["is_reporters"]],
        "attachments": told_attachments(file for file in view["attachments"] if file["act"] == Act.SUBMIT),
        "proposed": [(id_, captions.get(id_)) for id_ in (view["proposed_answer"] or {}).get("files", ())],
        "before": _before(case, view),
        **(doubts_of(report, view["proposed_answer"], signed, case_doors(case)) if Act.APPROVE in view["acts"] else {}),
        "is_public": is_public,
        "lines": history(events, captions, is_public=is_public, notes=notes, own_words=own_words, now=signed.now),
        "since": (signed.now - report.updated_at).total_seconds(),
        "notice": _notice(report, events) if notes else None,
        "referral": referral_told(case),
        "merged": merged_told(case),
        "parts": part_lines(report, now=signed.now, zone=signed.zone) if notes else [],
        "parts_open": open_count(view),
        "is_waiting_for_audience": report.awaits_audience,
        "decides": who_decides(report, Names(report.is_restricted).held_by(view["holder"], within=True)),
        "holder": Names(report.is_restricted).held_by(view["holder"], within=True) if view["holder"] else None,
        "outcome": OUTCOMES.get((view["proposed_answer"] or {}).get("outcome") or ""),
    }


def _privacy(report: "Report") -> Say:
    if report.is_restricted:
        return RESTRICTED
    return SECRET if report.is_secret else HELD if report.is_held else OPEN


def _may_hear_of_names(actor: Actor, report: "Report") -> bool:
    return may(actor, Act.ASK_IDENTITY, report) or may(actor, Act.DECIDE_IDENTITY, report)


def beside(case: Case) -> dict[str, Any]:
    """Return what stands beside a report on its own page: where it lies and what is like it."""
    return {"map": _map(case.report), "similar": similar_to(case.report, case.signed.now)}


def clocks_of(view: Json, *, now: datetime) -> list[Clock]:
    """Return how every promise of ours that is still owed stands, the newest of each, in the order of the table."""
    newest = {entry["promise"]: entry for entry in view["promises"]}
    owed = [newest[promise] for promise in Promise if promise in OURS and promise in newest]
    return [_clock(entry, now) for entry in owed if entry["state"] != "kept" and "kept_at" not in entry]


def _clock(entry: Mapping[str, Any], now: datetime) -> Clock:
    said, due = PROMISES[Promise(entry["promise"])], entry["due_at"]
    if due is None:
        return Clock(said, "jeda", PAUSED)
    span = say_span((due - now).total_seconds())
    if due < now:
        return Clock(said, "lewat", LATE.fill_each(late=span))
    return Clock(said, "dekat" if due - now <= SOON else "aman", LEFT.fill_each(left=span))


def is_late(view: Json) -> bool:
    """Return whether the next words must say why the promise to answer was missed."""
    found = [entry for entry in view["promises"] if entry["promise"] == Promise.ANSWER]
    return bool(found) and found[-1]["state"] == "missed" and not ("kept_at" in found[-1] or "cause" in found[-1])


def _topic(report: "Report") -> Say | None:
    here = installation()
    if report.category_id is None:
        return None
    line = here.categories[report.category_id]
    above = here.category_by_code.get(line.parent_code or "")
    if above is None:
        return line.name
    return Say(f"{above.name.id} › {line.name.id}", f"{above.name.en} › {line.name.en}")


def _photo(photo: Json, report: "Report") -> Photo:
    if report.is_restricted or report.is_secret:
        return Photo(photo["file_id"], NEVER, "redup")
    covers = photo["covers"]
    if covers is None:
        return Photo(photo["file_id"], UNSEEN, "hati")
    return Photo(photo["file_id"], COVERED if covers else SHOWN, "ok")


def _captions(case: Case, view: Json) -> dict[str, Say]:
    """Return when and where each photo of the staff was taken, by its id."""
    zone, now = case.signed.zone, case.signed.now
    return {
        photo["file_id"]: caption_of(photo["taken_at"], photo["metres"], now=now, zone=zone)
        for photo in view["photos"]
        if not photo["is_reporters"]
    }


def _before(case: Case, view: Json) -> tuple[str, Say] | None:
    """Return the reporter's first photo, to stand beside those of what was done."""
    first = next((photo for photo in view["photos"] if photo["is_reporters"]), None)
    if first is None:
        return None
    return before_of(first["file_id"], first["received_at"], now=case.signed.now, zone=case.signed.zone)


def _notice(report: "Report", events: Sequence["Event"]) -> dict[str, Any] | None:
    """Return who gave a report or an answer back, and why, while that is where it stands."""
    found = next((event for event in reversed(events) if event.act != Act.NOTE), None)
    wanted = {Act.TRANSFER: OFFERS, Act.DECLINE_TRANSFER: DECLINED, Act.RETURN_ANSWER: RETURNED}
    if report.state == State.SUBMITTED and report.hop_count:
        wanted = {Act.TRANSFER: HEAD, Act.OUTSIDE_NEWS: FROM_OUTSIDE}
        found = next((e for e in reversed(events) if e.act in wanted), None)
    if found is None or found.act not in wanted:
        return None
    here = installation()
    to = here.agency_by_slug.get(found.data.get("to_agency") or "")
    by = here.agencies[found.agency_id].name if found.agency_id else ""
    name = Say("meja aduan", "the complaint desk") if to is None else Say(to.name, to.name)
    said = HEAD if found.act == Act.TRANSFER and to is None else wanted[Act(found.act)]
    if found.data.get("reason_code") == NO_ANSWER:
        said = UNANSWERED
    body = Say(found.data.get("body", ""), found.data.get("body", ""))
    return {"head": said.fill_each(by=Say(by, by), to=name, body=body), "at": found.at, "text": found.text}


def _map(report: "Report") -> dict[str, Any] | None:
    here = installation()
    if report.lat is None or report.lng is None or not here.outlines:
        return None
    area = here.area_names[report.area_id][0] if report.area_id else ""
    return map_of(here, near_view(here, report.lat, report.lng), Drafted(lat=report.lat, lng=report.lng, area=area))


def similar_to(report: "Report", now: datetime) -> list[Near]:
    """Return public reports about the same close by, this one left out."""
    here = installation()
    area = here.area_names[report.area_id][0] if report.area_id else ""
    topic = here.categories[report.category_id].code if report.category_id else ""
    found = near(report.lat, report.lng, area, topic, now - SIMILAR, limit=MOST_SIMILAR + 1)
    return [each for each in found if each.publication.number != report.number][:MOST_SIMILAR]
