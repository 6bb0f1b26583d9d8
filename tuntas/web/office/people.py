"""Who works where: people, their posts, who is away and who stands in; work that goes to somebody else for good."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.colleagues import Colleague, colleague_of, colleagues_of, handovers_of, successors_for
from tuntas.rules.deputies import NEVER_LENT, may_hand_over
from tuntas.rules.who import Role
from tuntas.web.forms import Mistakes
from tuntas.web.office.leave import FIELDS, change_leave, leave_form, number, told_leaves
from tuntas.web.office.office_page import ROLES, office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import once_only

LOOK_AFTER = frozenset({Role.AGENCY_ADMIN, Role.LIAISON})
LIST = "/meja/orang"
NOWHERE = Say("Belum punya tugas", "No post yet")


@for_staff(LOOK_AFTER, methods=("GET", "HEAD"))
def people(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List the people somebody looks after, by agency."""
    colleagues = colleagues_of(signed.actor, now=signed.now)
    given = {
        "nav": "orang",
        "groups": _by_agency(colleagues, signed),
        "handovers": [_told(each) for each in handovers_of(colleague.id for colleague in colleagues)],
    }
    return office_page(request, signed, "office/people.html", given)


@for_staff(LOOK_AFTER)
def person(request: HttpRequest, signed: Signed, person_id: int) -> HttpResponse:
    """Show one of them: note that they are away, or give their work to somebody else. Raises NotFound."""
    mistakes = Mistakes()
    if request.method == "POST":
        if (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        try:
            return once_only(request, caller=signed.key, do=lambda: _change(request, signed, person_id), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, FIELDS | {"/to": "penerima"}, "mulai")
    colleague = colleague_of(signed.actor, person_id, now=signed.now)
    given = {
        "nav": "orang",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "one": _shown(colleague, signed),
        "is_invited": request.GET.get("diundang") == "1",
        "is_self": person_id == signed.person.person_id,
        "leaves": told_leaves(colleague.leaves),
        "stands_for": told_leaves(colleague.stands_for),
        **leave_form(request, person_id, without=signed.person.person_id),
        "may_hand_over": any(role not in NEVER_LENT for role, _ in colleague.posts)
        and may_hand_over(signed.actor, colleague.posts),
        "stays": [ROLES[Role(role)] for role, _ in colleague.posts if role in NEVER_LENT],
        "successors": [(str(p.id), p.name) for p in successors_for(signed.actor, colleague, now=signed.now)],
        "chosen": request.POST.get("penerima", ""),
    }
    return office_page(request, signed, "office/person.html", given, status=422 if mistakes else 200)


def _change(request: HttpRequest, signed: Signed, person_id: int) -> str:
    if "undang" in request.POST:
        steps.invite(person_id, by=signed.actor, now=signed.now)
        return f"{LIST}/{person_id}?diundang=1"
    if "serahkan" not in request.POST:
        return change_leave(request, signed, person_id, f"{LIST}/{person_id}")
    steps.hand_over_work(
        person_id, number(request.POST.get("penerima", "")), by=signed.actor, now=signed.now, real_now=real_time()
    )
    return LIST


def _by_agency(colleagues: Iterable[Colleague], signed: Signed) -> list[tuple[Say, list[dict[str, Any]]]]:
    """Return the people under the agency of their first post, in the order of the tree."""
    here, found = installation(), dict[int | None, list[dict[str, Any]]]()
    for colleague in colleagues:
        first = colleague.posts[0][1] if colleague.posts else None
        found.setdefault(first, []).append(_shown(colleague, signed))
    order = [agency_id for agency_id in here.agencies if agency_id in found]
    groups = [(Say(name := here.agencies[agency_id].name, name), found[agency_id]) for agency_id in order]
    return groups + ([(NOWHERE, found[None])] if None in found else [])


def _shown(colleague: Colleague, signed: Signed) -> dict[str, Any]:
    here = installation()
    away = [leave for leave in colleague.leaves if leave.starts_at <= signed.now]
    return {
        "id": colleague.id,
        "key": str(colleague.id),
        "name": colleague.name,
        "email": colleague.email,
        "posts": [(ROLES[Role(role)], here.agencies[agency_id].name) for role, agency_id in colleague.posts],
        "away": told_leaves(away)[0] if away else None,
        "coming": told_leaves(leave for leave in colleague.leaves if leave not in away),
    }


def _told(handover: Any) -> dict[str, Any]:
    by_slug = installation().agency_by_slug
    posts = [(ROLES[Role(role)], by_slug[slug].name if slug in by_slug else slug) for role, slug in handover.posts]
    return {"frm": handover.frm.name, "to": handover.to.name, "by": handover.by.name, "at": handover.at, "posts": posts}
