"""Leave quickly: forget the draft here and on the phone, and show something harmless instead."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.web.citizen.drafted import last_link, phone_of

HARMLESS = "https://id.wikipedia.org/"


def leave(request: HttpRequest) -> HttpResponse:
    """Delete the draft of this phone and go to a neutral page. A plain link: it works without a script."""
    for link in (request.POST.get("draf") or request.GET.get("draf", ""), last_link(request)):
        steps.forget_draft(link, phone_of(request))
    if request.method == "POST":  # the page's script told us, and is on its way already
        response = HttpResponse(status=204)
    else:
        response = HttpResponse(status=303, headers={"Location": installation().contact.get("exit") or HARMLESS})
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    # Pages kept for the Back button, the draft on the phone, and the service worker with what it keeps for times
    # without signal.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
