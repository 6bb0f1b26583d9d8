"""One public report: as its reporter sees it, less what is private, and a way to follow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.links import new_link
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.publications.queries import public_view, publication_named, reporters_photos_of
from tuntas.rules.faces import Face
from tuntas.rules.life import Act, State
from tuntas.rules.reason_words import ARCHIVE_REASONS
from tuntas.rules.reasons import ArchiveReason
from tuntas.rules.thread import Json, is_answer
from tuntas.web.clocks import Bar, answer_bar, work_clock
from tuntas.web.dates import say_day
from tuntas.web.language import language_of_page
from tuntas.web.outside_words import OUTSIDE, head_outside, referral_says
from tuntas.web.page import page
from tuntas.web.shots import pair_of
from tuntas.web.thread_words import Names, head_of, note_of

if TYPE_CHECKING:
    from tuntas.publications.models import Readable

REPORTER = Say("Pelapor", "The reporter")
HEADS = {
    # What the reporter did and what was done for them, as others read it
    Act.ASK: Say("{by} bertanya kepada pelapor", "{by} asked the reporter something"),
    Act.COMPLETE: Say("Pelapor menjawab", "The reporter answered"),
    Act.APPEAL: Say("Pelapor mengajukan keberatan", "The reporter appealed"),
    Act.WITHDRAW: Say("Pelapor menarik laporan ini", "The reporter withdrew this report"),
    Act.REPLY: Say("Pelapor menanggapi jawaban", "The reporter replied to the answer"),
}
RATED = Say("Pelapor menilai: {rating}", "The reporter rated it: {rating}")
NOTES = {
    Act.FORWARD_EXTERNAL: Say(
        "Meja aduan yang menanyakan, bukan pelapor.", "The complaint desk asks there, not the reporter."
    ),
    Act.HAND_TO_PPID: Say(
        "Dasarnya UU 14/2008 tentang keterbukaan informasi.", "The law is UU 14/2008 on public information."
    ),
    Act.TRANSFER: Say(
        "{by} tetap memegang laporan ini sampai ada yang menerima.", "{by} keeps this report until it is accepted."
    ),
    Act.ACCEPT_TRANSFER: Say(
        "Laporan ini berlanjut dengan nomor dan batas waktu yang sama.",
        "This report goes on with the same number and deadlines.",
    ),
    Act.ARBITRATE: Say(
        "Ini mengikat. Laporan ini berlanjut dengan nomor dan batas waktu yang sama.",
        "This is binding. The report goes on with the same number and deadlines.",
    ),
}
IN_HAND, ENDED = Say("Sekarang di tangan", "Now with"), Say("Sekarang", "Now")
WITH_REPORTER = Say("Pelapor", "The reporter")
WITHIN = Say("pelapor", "the reporter")
NOT_OUT = Say("Laporan {number}", "Report {number}")
PHOTO_OF = Say("Foto dari {by}", "Photo from {by}")
OUTWARD = frozenset({Act.TRANSFER, Act.DECLINE_TRANSFER, Act.ARBITRATE})
WAITS_FOR_REPORTER = frozenset({State.NEEDS_INFO, State.ANSWERED})


@dataclass(frozen=True, slots=True)
class Shown:
    """A publication as the clocks look at a report."""

    received_at: datetime
    category_id: int | None
    classification: str
    is_restricted: bool
    holder_id: int | None
    desk_id: int


def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show one public report. Raises Http404 for what is not public, in the same words as for what is not there."""
    found, now, language = publication_named(number), current_time(), language_of_page(request)
    if found is None:
        raise Http404
    view = public_view(found, language=language, now=now)
    here, names = installation(), Names(is_restricted=False)
    category = here.category_by_code.get(found.category)
    holder = here.agency_by_slug.get(found.agency)
    shown = Shown(
        found.received_at,
        category.id if category else None,
        "",
        False,
        None if holder is None else holder.id,
        here.desk_id,
    )
    bar, before = answer_bar(shown, view, now=now, to_reporter=False), reporters_photos_of(found)
    given = {
        "nav": "laporan",
        "view": view,
        "number": found.number,
        "title": found.title or NOT_OUT.fill(number=found.number).in_(language),
        "is_out": found.title is not None,
        "text": found.text,
        "topic": category.name if category else None,
        "place": here.area_names[here.areas[found.area]][1] if found.area in here.areas else "",
        "area": found.area,
        "card": _card(found, view, names, now),
        "bar": bar,
        "work": work_clock(shown, view, now=now, to_reporter=False),
        "knots": [_knot(line, view, names, bar, now, before) | _seen(line, found) for line in view["timeline"]],
        "base": f"/laporan/{found.number}",
        "can_follow": found.state != State.ARCHIVED and view["merged_into"] is None,
        "followed": request.GET.get("diikuti", ""),
        "kunci": new_link("follow"),
        "email": "",
        "wrong": {},
    }
    return page(request, "pages/report.html", given)


def _card(found: "Readable", view: Json, names: Names, now: datetime) -> dict[str, Any]:
    label = Say(view["state_label"], view["state_label"])
    if view["holder"] is None:
        why = ARCHIVE_REASONS.get(ArchiveReason(found.reason_code)) if found.reason_code else None
        return {"head": ENDED, "name": label, "sentences": [why] if why else []}
    name = WITH_REPORTER if found.state in WAITS_FOR_REPORTER else names.held_by(view["holder"])
    says = referral_says(view, now=now) if found.state == State.FORWARDED_EXTERNAL else ()
    return {"head": IN_HAND, "name": name, "sentences": says}


def _knot(
    line: Json, view: Json, names: Names, bar: Bar | None, now: datetime, before: Sequence[str] = ()
) -> dict[str, Any]:
    """Return one knot; *before* are the reporter's photos that were let out."""
    answer = next((a for a in view["answers"] if a["at"] == line["at"]), None) if is_answer(line["act"], line) else None
    promise = bar if bar is not None and bar.kept_at == line["at"] else None
    is_late = promise is not None and promise.jam == "lewat"
    kind = "luar" if line["act"] in OUTWARD or line["face"] == Face.DIRUJUK else "lewat" if is_late else ""
    by = names.of(line["by"])
    return {
        "head": _head(line, names, now),
        "kind": kind,
        "icon": {"luar": "keluar", "lewat": "jam"}.get(kind, "centang"),
        "at": line["at"],
        "beside": promise.mark if promise is not None else None,
        "note": _note(line, names),
        "words": answer["text"] if answer else line.get("text", ""),
        "signed": by,
        "photos": answer["files"] if answer else [],
        "photo_of": PHOTO_OF.fill_each(by=by),
        "shots": pair_of(before, view["received_at"], answer, now=now, zone=installation().zone) if answer else (),
    }


def _seen(line: Json, found: "Readable") -> dict[str, Any]:
    """Return what stands where the report was taken in: the reporter's photos that were let out, whenever they came."""
    photos = reporters_photos_of(found) if line["act"] == Act.SUBMIT else []
    return {"photos": photos, "photo_of": PHOTO_OF.fill_each(by=WITHIN)} if photos else {}


def _head(line: Json, names: Names, now: datetime) -> Say:
    promised = None
    if line.get("on"):
        today = now.astimezone(installation().zone).date()
        promised = say_day(date.fromisoformat(line["on"]), today=today)
    if line["act"] == Act.RATE or (line["by"] == "pelapor" and line["act"] == Act.REOPEN):
        told = head_of({**line, "by": "pelapor"}, names, promised)
        return Say(told.id.replace("Anda", REPORTER.id, 1), told.en.replace("You", REPORTER.en, 1))
    if line["act"] in OUTSIDE:
        return head_outside(line, today=now.astimezone(installation().zone).date())
    if line["act"] in HEADS:
        return HEADS[Act(line["act"])].fill_each(by=names.of(line["by"]))
    return head_of(line, names, promised)


def _note(line: Json, names: Names) -> Say | None:
    is_desks = line["by"] == installation().slug_of(installation().desk_id)
    if line["act"] in NOTES and not (line["act"] == Act.TRANSFER and is_desks):
        return NOTES[Act(line["act"])].fill_each(by=names.of(line["by"]))
    return note_of(line, names)
