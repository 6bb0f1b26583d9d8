"""Rakor: the list of meetings, one agenda, deciding while it runs, and the minutes.

Who leads sees all of it; a liaison only what is about their agencies.
"""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.sending import letter_answer
from tuntas.kit.words import Say
from tuntas.meetings.queries import decision_named, item_at, meeting_on, meetings_of
from tuntas.rules.meetings import SEE, leads
from tuntas.web.forms import Mistakes
from tuntas.web.office.meeting_minutes import minutes_of
from tuntas.web.office.meeting_told import agenda_of
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.suggested import targets
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.meetings.models import Meeting

SEEN_BY = frozenset(SEE)
NO_DAY = Say("Pilih tanggal.", "Choose a day.")
NO_HOUR = Say("Tulis jam seperti 09.00.", "Write an hour such as 09:00.")
PLANNED = ("tanggal", "jam", "tempat", "dipimpin")
DECIDED = ("keputusan", "instansi", "orang", "tenggat", "laporan")
FIELDS_OF_PLAN = {"/held_on": "tanggal", "/begins": "jam", "/place": "tempat", "/led_by": "dipimpin"}
FIELDS = {"/what": "keputusan", "/agency": "instansi", "/person": "orang", "/by_when": "tenggat", "/report": "laporan"}


@for_staff(SEEN_BY)
def meetings(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List the meetings, with a form for who leads them to plan the next. Raises NotAllowed."""
    mistakes, status = Mistakes(), 200
    typed = {name: request.POST.get(name, "") for name in PLANNED}
    if request.method == "POST":
        try:
            return once_only(request, caller=signed.key, do=lambda: _plan(typed, signed), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, FIELDS_OF_PLAN, "tanggal")
            status = 422
    here = installation()
    found = meetings_of(here.desk_id)
    given = {
        "nav": "rakor",
        "open": [each for each in reversed(found) if not each.meeting.is_ended],
        "ended": [each for each in found if each.meeting.is_ended],
        "leads": leads(signed.actor, here.desk_id),
        "typed": typed if any(typed.values()) else {**typed, "jam": "09.00"},
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
    }
    return office_page(request, signed, "office/meetings.html", given, status=status)


def _plan(typed: dict[str, str], signed: Signed) -> str:
    made = steps.plan_meeting(
        by=signed.actor,
        held_on=_day(typed["tanggal"], "/held_on"),
        begins=_hour(typed["jam"]),
        place=typed["tempat"],
        led_by=typed["dipimpin"],
        now=signed.now,
    )
    return f"/rakor/{made.day}"


def _day(text: str, pointer: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid.field(pointer, NO_DAY) from None


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text.strip().replace(".", ":").zfill(5)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Invalid.field("/begins", NO_HOUR) from None


@for_staff(SEEN_BY, methods=("GET", "HEAD"))
def meeting(request: HttpRequest, signed: Signed, day: str) -> HttpResponse:
    """Show one agenda: as the data gives it now, or as it was frozen. Raises NotFound."""
    return _show(request, signed, meeting_on(day))


def _show(
    request: HttpRequest,
    signed: Signed,
    shown: "Meeting",
    *,
    status: int = 200,
    refused: Say | None = None,
    position: int = 0,
    mistakes: Mistakes | None = None,
) -> HttpResponse:
    """Show an agenda.

    position   of the point whose form was sent and is shown again with what was typed
    """
    mistakes, is_leading = mistakes or Mistakes(), leads(signed.actor, shown.desk_id)
    given: dict[str, Any] = {
        "nav": "rakor",
        "meeting": shown,
        "agenda": agenda_of(shown, signed),
        "leads": is_leading,
        "may_decide": is_leading and shown.is_running,
        "agencies": targets(installation()) if is_leading and shown.is_running else (),
        "typed_at": position,
        "typed": {name: request.POST.get(name, "") for name in (*DECIDED, "hadir")},
        "refused": refused,
        "mistakes": mistakes,
        "wrong": {field.partition("-")[0]: said for field, said in mistakes.found},
    }
    return office_page(request, signed, "office/meeting.html", given, status=status)


@for_staff(SEEN_BY, methods=("POST",))
def start(request: HttpRequest, signed: Signed, day: str) -> HttpResponse:
    """Begin a meeting. Raises NotFound, NotAllowed."""
    found = meeting_on(day)

    def do() -> str:
        steps.start_meeting(found, by=signed.actor, now=signed.now)
        return f"/rakor/{day}"

    return _once(request, signed, found, do)


@for_staff(SEEN_BY, methods=("POST",))
def decide(request: HttpRequest, signed: Signed, day: str, position: int) -> HttpResponse:
    """Write down a decision on a point. Raises NotFound, NotAllowed."""
    found = meeting_on(day)
    item = item_at(found, position)

    def do() -> str:
        steps.decide(
            item,
            by=signed.actor,
            what=request.POST.get("keputusan", ""),
            agency=request.POST.get("instansi", ""),
            person=request.POST.get("orang", ""),
            by_when=_day(request.POST.get("tenggat", ""), "/by_when"),
            report=request.POST.get("laporan", ""),
            now=signed.now,
        )
        return f"/rakor/{day}#butir-{position}"

    return _once(request, signed, found, do, position=position)


@for_staff(SEEN_BY, methods=("POST",))
def drop(request: HttpRequest, signed: Signed, day: str, key: int) -> HttpResponse:
    """Take a decision back while the meeting runs. Raises NotFound, NotAllowed."""
    found = meeting_on(day)

    def do() -> str:
        decision = decision_named(key)
        if decision.item.meeting_id != found.pk:
            raise Http404
        steps.drop_decision(decision, by=signed.actor)
        return f"/rakor/{day}#butir-{decision.item.position}"

    return _once(request, signed, found, do)


@for_staff(SEEN_BY, methods=("POST",))
def end(request: HttpRequest, signed: Signed, day: str) -> HttpResponse:
    """End a meeting. Raises NotFound, NotAllowed."""
    found = meeting_on(day)

    def do() -> str:
        steps.end_meeting(found, by=signed.actor, present=request.POST.get("hadir", ""), now=signed.now)
        return f"/rakor/{day}/notulen"

    return _once(request, signed, found, do)


def _once(request: HttpRequest, signed: Signed, found: "Meeting", do: Any, *, position: int = 0) -> HttpResponse:
    """Do what a form of a meeting asks, once; show the meeting again with what is wrong, nothing typed lost."""
    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes = Mistakes()
        fields = {pointer: f"{name}-{position}" for pointer, name in FIELDS.items()}
        mistakes.add_step(no, {**fields, "/present": "hadir"}, "isi")
        return _show(request, signed, found, status=422, position=position, mistakes=mistakes)
    except WrongState as no:
        return _show(request, signed, meeting_on(found.day), status=409, refused=no.say, position=position)


@for_staff(SEEN_BY, methods=("GET", "HEAD"))
def minutes(request: HttpRequest, signed: Signed, day: str) -> HttpResponse:
    """Show the minutes of a meeting that has ended. Raises NotFound, Http404."""
    found = _ended(day)
    given = {"nav": "rakor", "meeting": found, "agenda": agenda_of(found, signed)}
    return office_page(request, signed, "office/minutes.html", given)


@for_staff(SEEN_BY, methods=("GET", "HEAD"), is_quiet=True)
def minutes_pdf(request: HttpRequest, signed: Signed, day: str) -> HttpResponse:
    """Hand over the minutes as a PDF. Raises NotFound, Http404."""
    found = _ended(day)
    return letter_answer(minutes_of(found, agenda_of(found, signed)), called=f"notulen-rakor-{found.day}.pdf")


def _ended(day: str) -> "Meeting":
    found = meeting_on(day)
    if not found.is_ended:
        raise Http404
    return found
