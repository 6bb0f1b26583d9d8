"""The page behind an invitation: choose a password, then sign in with it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tuntas import steps
from tuntas.kit.errors import Invalid, NotFound
from tuntas.people.invitations import person_invited
from tuntas.web.forms import Mistakes
from tuntas.web.office.signed import is_from_elsewhere
from tuntas.web.page import page
from tuntas.web.posts import OTHER_SITE, see_other

FIELD = "sandi-baru"


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a password, for whoever holds the link; tell a dead link from none at all to nobody."""
    if request.method == "POST" and is_from_elsewhere(request):
        return page(request, "pages/refused.html", {"sentence": OTHER_SITE}, status=403, is_private=True)
    mistakes = Mistakes()
    try:
        person = person_invited(token)
        if request.method == "POST":
            steps.accept_invitation(token, request.POST.get(FIELD, ""))
            return see_other("/masuk")
    except NotFound as no:
        return page(request, "pages/refused.html", {"sentence": no.say}, status=404, is_private=True)
    except Invalid as no:
        mistakes.add_step(no, {"/password": FIELD}, FIELD)
    given = {"name": person.name, "email": person.email, "action": request.path, "mistakes": mistakes}
    given["wrong"] = mistakes.by_field.get(FIELD)
    return page(request, "office/invited.html", given, status=422 if mistakes else 200, is_private=True)
