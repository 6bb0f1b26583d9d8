"""One part that an agency was asked for: what is asked, of which report, and how it went."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, Invalid, NotAllowed, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.reports.side_task_queries import part_for
from tuntas.reports.told import staff_view
from tuntas.rules.reasons import TransferReason
from tuntas.rules.text import has_words
from tuntas.web.attachments import told_attachments
from tuntas.web.forms import Mistakes
from tuntas.web.office.evidence import instant_of, proofs_of, take_evidence
from tuntas.web.office.office_page import office_page
from tuntas.web.office.parts_told import ENDED, held_by
from tuntas.web.office.signed import FIELD, Signed, for_staff
from tuntas.web.office.task_form import CHOOSE_REASON, REASONS
from tuntas.web.office.task_rows import due_clock, place_of, title_of
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.reports.models import SideTask

DONE, DECLINE = "selesai", "tolak"
NO_WORDS = Say("Tulis apa yang sudah dikerjakan", "Write what was done")
NO_WHY = Say("Tulis kenapa tidak dikerjakan", "Write why it is not done")
GONE = Say("Bagian ini sudah berakhir. Beginilah keadaannya.", "This part has ended. This is how it stands.")
FIELDS = {"/text": "teks", "/file_ids": "foto"}


@for_staff(FIELD)
def part(request: HttpRequest, signed: Signed, part_id: int) -> HttpResponse:
    """Show a part, or take how it went. Raises NotFound."""
    asked = part_for(signed.actor, part_id)
    if asked is None:
        return _sent_before(request, signed)
    steps.fetch(asked.report, by=signed.actor, now=signed.now)
    if request.method != "POST":
        return _page(request, signed, asked)
    return _answer(request, signed, asked)


def _sent_before(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Answer a form that comes again after it gave the part away as it was answered then. Raises NotFound."""
    if request.method != "POST":
        raise NotFound(NOT_FOUND)

    def do() -> str:
        raise NotFound(NOT_FOUND)

    return once_only(request, caller=signed.key, do=do, now=signed.now)


def _answer(request: HttpRequest, signed: Signed, asked: "SideTask") -> HttpResponse:
    post, mistakes = request.POST, Mistakes()
    photos, wrong_photos = take_evidence(request, now=signed.now)
    said = {name: post.get(name, "").replace("\r\n", "\n") for name in ("teks", "alasan", "kenapa")}
    how = DECLINE if post.get("putusan") == DECLINE else DONE
    _note_mistakes(how, said, wrong_photos, mistakes)
    shown: dict[str, Any] = {"said": said, "waiting": proofs_of(photos, asked.report, now=signed.now, zone=signed.zone)}
    if mistakes:
        return _page(request, signed, asked, mistakes=mistakes, **shown)

    def do() -> str:
        if how == DONE:
            at = instant_of(post.get("dicatat", ""))
            given: dict[str, Any] = {"text": said["teks"], "file_ids": photos, "captured_at": at}
            steps.do_part(asked.report, by=signed.actor, part=asked.pk, now=signed.now, **given)
        else:
            given = {"text": said["kenapa"], "reason_code": TransferReason(said["alasan"])}
            steps.decline_part(asked.report, by=signed.actor, part=asked.pk, now=signed.now, **given)
        return f"{signed.root}/instansi?terkirim={asked.report.name}"

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        if "/part" in [mistake.pointer for mistake in no.mistakes]:
            return _gone(request, signed, asked, shown)
        mistakes.add_step(no, FIELDS, "teks" if how == DONE else "kenapa")
        return _page(request, signed, asked, mistakes=mistakes, **shown)
    except (WrongState, NotAllowed):
        return _gone(request, signed, asked, shown)


def _note_mistakes(how: str, said: dict[str, str], wrong_photos: list[Say], mistakes: Mistakes) -> None:
    if how == DONE and not has_words(said["teks"]):
        mistakes.add("teks", NO_WORDS)
    if how == DECLINE and said["alasan"] not in REASONS:
        mistakes.add("alasan", CHOOSE_REASON)
    if how == DECLINE and not has_words(said["kenapa"]):
        mistakes.add("kenapa", NO_WHY)
    for say in wrong_photos:
        mistakes.add("foto", say)


def _gone(request: HttpRequest, signed: Signed, asked: "SideTask", shown: dict[str, Any]) -> HttpResponse:
    fresh = part_for(signed.actor, asked.pk)
    if fresh is None:
        raise NotFound(NOT_FOUND)
    return _page(request, signed, fresh, status=409, refused=GONE, **shown)


def _page(
    request: HttpRequest,
    signed: Signed,
    asked: "SideTask",
    *,
    mistakes: Mistakes | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    report = asked.report
    view = staff_view(report, signed.actor, language=signed.language, now=signed.now)
    given = {
        "nav": "instansi",
        "part": asked,
        "report": report,
        "view": view,
        "number": report.name,
        "title": title_of(report, signed),
        "place": place_of(report, signed),
        "of": held_by(report),
        "agency": installation().agencies[asked.agency_id].name,
        "clock": ENDED.get(asked.state) or due_clock(asked.due_at, now=signed.now, zone=signed.zone),
        "is_open": asked.ended_at is None,
        "photos": [photo for photo in view["photos"] if photo["is_reporters"]],
        "attachments": told_attachments(file for file in view["attachments"] if file["act"] == "submit"),
        "reasons": REASONS.items(),
        "said": {},
        "mistakes": mistakes,
        "wrong": mistakes.by_field if mistakes else {},
        **more,
    }
    return office_page(request, signed, "office/part.html", given, status=422 if mistakes else status)
