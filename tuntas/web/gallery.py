"""The demo's gallery: every part of the look in every state."""

from django.http import Http404, HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.kit.words import Say
from tuntas.web import gallery_things as things
from tuntas.web.gallery_case import case_page
from tuntas.web.gallery_field import field
from tuntas.web.gallery_inbox import inbox_parts
from tuntas.web.gallery_meeting import meeting_parts
from tuntas.web.gallery_sealed import sealed_parts
from tuntas.web.page import is_demo, page

SECTIONS = {
    # The slug stands in the address; parts that share field names stand in different sections.
    "dasar": Say("Dasar", "Basics"),
    "formulir": Say("Formulir", "Forms"),
    "laporan": Say("Satu laporan", "One report"),
    "daftar": Say("Daftar", "List"),
    "angka": Say("Angka", "Figures"),
    "lapangan": Say("Lapangan", "In the field"),
    "kasus": Say("Kasus di meja", "A case at the desk"),
    "antrean": Say("Antrean", "Inbox"),
    "tersegel": Say("Tersegel", "Sealed"),
    "rapat": Say("Rapat", "Meetings"),
}
SHOWN = {
    "dasar": things.basics,
    "formulir": things.forms,
    "laporan": things.case,
    "daftar": things.listed,
    "angka": things.figures,
    "lapangan": field,
    "kasus": case_page,
    "antrean": inbox_parts,
    "tersegel": sealed_parts,
    "rapat": meeting_parts,
}


def gallery(request: HttpRequest) -> HttpResponse:
    """Show one section of the gallery, with or without mistakes. Raises Http404 outside the demo."""
    if not is_demo():
        raise Http404
    asked = request.GET.get("bagian", "")
    section, is_wrong = asked if asked in SECTIONS else "dasar", request.GET.get("galat") == "1"
    given = {"sections": SECTIONS, "section": section, "is_wrong": is_wrong, "base": "/demo/galeri"}
    given |= SHOWN[section](installation(), current_time(), is_wrong)
    return page(request, "pages/gallery.html", given)
