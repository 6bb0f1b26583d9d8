"""Views of the inbox under a name: keep one from any address, list them, delete one's own."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.people.filters import filters_of
from tuntas.rules.who import DESK_ROLES
from tuntas.web.forms import Mistakes
from tuntas.web.office.filters import tags_of, view_of_query
from tuntas.web.office.office_page import office_page
from tuntas.web.office.queues import QUEUES
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only


@for_staff(DESK_ROLES)
def saved_filters(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List saved filters, with a form for the view somebody came from; keep it, or delete one."""
    mistakes = Mistakes()
    if request.method == "POST":
        try:
            return once_only(request, caller=signed.key, do=lambda: _change(request, signed), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, {"/name": "nama"}, "nama")
    asked = request.POST.get("simpan") or request.GET.get("simpan", "")
    view = view_of_query(asked, signed.zone)
    mine = signed.person.person_id
    given = {
        "nav": "meja",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "is_saving": bool(asked),
        "query": view.query(),
        "queue": QUEUES[view.queue].name if view.queue else None,
        "tags": tags_of(view, signed.zone),
        "typed": {"nama": request.POST.get("nama", ""), "bersama": request.POST.get("bersama", "")},
        "saved": [(each, each.person_id == mine) for each in filters_of(mine)],
    }
    return office_page(request, signed, "office/inbox_saved.html", given, status=422 if mistakes else 200)


def _change(request: HttpRequest, signed: Signed) -> str:
    mine, post = signed.person.person_id, request.POST
    if (gone := post.get("hapus", "")).isdecimal():
        steps.forget_filter(mine, int(gone[:18]))
        return f"{signed.root}/meja/saringan"
    query = view_of_query(post.get("simpan", ""), signed.zone).query()
    steps.save_filter(mine, name=post.get("nama", ""), query=query, is_shared=bool(post.get("bersama")))
    return f"{signed.root}/meja?{query}"
