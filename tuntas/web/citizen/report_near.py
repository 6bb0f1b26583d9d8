"""What others reported in a village, for the script of step 2; without the script it comes with the next page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.time import current_time
from tuntas.web.citizen.drafted import Open, open_draft
from tuntas.web.citizen.report_place import nearby
from tuntas.web.page import page


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Show reports about the same in the village just chosen; the draft stays as it is. 204 where it is gone."""
    draft = open_draft(request, now=current_time())
    if draft is None:
        response = HttpResponse(status=204)
        response["Cache-Control"] = "no-store"
        return response
    _imagine(draft, request.GET.get("kelurahan", ""), request.GET.get("topik", ""), installation())
    given = {"said": draft.said, "near": nearby(draft) if draft.said.has_place else None}
    return page(request, "ui/near.html", given, is_private=True)


def _imagine(draft: Open, area: str, topic: str, here: Installation) -> None:
    """Answer as if these had been chosen; nobody keeps it."""
    said, category = draft.said, here.category_by_code.get(topic)
    if area != said.area and (area in here.areas or not area):
        said.area = area
        said.lat = said.lng = None
    if category is not None and category.is_active and not category.is_restricted:
        said.category = category.code
