"""The reporter's proof that what they sent stands in the log: a file to keep."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from tuntas.ledger.receipts import receipts_of
from tuntas.web.citizen.open_case import Case, of_case
from tuntas.web.page import page


@of_case
def track_proof(request: HttpRequest, case: Case) -> HttpResponse:
    """Return the proof as a file. Its name says nothing of the report, and the file none of its words."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET"])
    told = receipts_of(case.report.pk)
    if told is None:
        given = {"nav": "lacak", "base": case.base}
        return page(request, "pages/proof_soon.html", given, status=404, is_private=True)
    return proof_file(told)


def proof_file(told: dict[str, Any]) -> HttpResponse:
    """Return a proof as a file to keep."""
    response = HttpResponse(json.dumps(told, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="bukti-{told["leaves"][0]["leaf"][-8:]}.json"'
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
