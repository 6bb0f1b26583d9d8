"""The plan of the desk's shifts, a week a page; what one shift tells the next."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.people.duty import ON_DUTY, notes_of, shifts_of, spans_of, uses_shifts, who_can_be_on_duty
from tuntas.rules.shifts import gaps_in
from tuntas.rules.who import Role
from tuntas.web.forms import Mistakes
from tuntas.web.office.leave import day, number
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only

ADDRESS = "/meja/jaga"
FIELDS = {"/person": "petugas", "/on": "hari", "/starts": "dari", "/text": "catatan"}
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@for_staff(ON_DUTY)
def shifts(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show a week's shifts; plan one, drop one, copy the week before; leave a note, or keep that one was read."""
    mistakes, monday = Mistakes(), _monday(request, signed)
    if request.method == "POST":
        try:
            return once_only(request, caller=signed.key, do=lambda: _change(request, signed, monday), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, FIELDS, "petugas")
    desk_id, zone = installation().desk_id, installation().zone
    since = datetime.combine(monday, time.min, zone)
    planned, now = shifts_of(desk_id, since, since + A_WEEK), signed.now
    given = {
        "nav": "jaga",
        "keep": f"pekan={monday}",
        "zone": zone,  # a plan is read by one clock, whose ever it is
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "monday": monday,
        "before": monday - A_WEEK,
        "after": monday + A_WEEK,
        "days": [_day(planned, since + n * A_DAY, signed) for n in range(7)],
        "on_duty": shifts_of(desk_id, now, now + timedelta(microseconds=1)),
        "is_used": uses_shifts(desk_id, now=now),
        "may_plan": signed.actor.has(Role.AGENCY_ADMIN, desk_id),
        "people": [(str(person.pk), person.name) for person in who_can_be_on_duty(desk_id)],
        "said": {name: request.POST.get(name, "") for name in (*FIELDS.values(), "sampai")},
        "notes": notes_of(desk_id, now=now),
    }
    return office_page(request, signed, "office/shifts.html", given, status=422 if mistakes else 200)


def _monday(request: HttpRequest, signed: Signed) -> date:
    """Return the Monday of the week asked for, of this week where none is."""
    today = signed.now.astimezone(installation().zone).date()
    asked = day(request.GET.get("pekan", "")) or today
    asked = asked if abs(asked - today) < timedelta(days=3660) else today
    return asked - timedelta(days=asked.weekday())


def _day(planned: Any, begins: datetime, signed: Signed) -> dict[str, Any]:
    """Return a day of the plan: who begins on it, and the hours nobody is on duty, of those still to come."""
    ends = begins + A_DAY
    coming = max(begins, signed.now)
    return {
        "on": begins.date(),
        "shifts": [shift for shift in planned if begins <= shift.starts_at < ends],
        "gaps": gaps_in(spans_of(planned), coming, ends) if coming < ends else [],
    }


def _change(request: HttpRequest, signed: Signed, monday: date) -> str:
    post, desk_id, back = request.POST, installation().desk_id, f"{ADDRESS}?pekan={monday}"
    if (read := number(post.get("dibaca", ""))) is not None:
        steps.read_note(read, by=signed.actor, now=signed.now)
        return "/meja" if "antrean" in post else back
    if "tulis" in post:
        steps.leave_note(desk_id, post.get("catatan", ""), by=signed.actor, now=signed.now)
    elif (dropped := number(post.get("hapus", ""))) is not None:
        steps.drop_shift(dropped, by=signed.actor)
    elif "salin" in post:
        steps.copy_week(desk_id, monday, by=signed.actor)
    else:
        steps.plan_shift(
            desk_id,
            number(post.get("petugas", "")),
            on=day(post.get("hari", "")),
            starts=_hour(post.get("dari", "")),
            ends=_hour(post.get("sampai", "")),
            by=signed.actor,
        )
    return back


def _hour(text: str) -> time | None:
    """Return an hour as it is written here, 20.00 or 20:00, or None."""
    try:
        return time.fromisoformat(text.strip().replace(".", ":")).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
