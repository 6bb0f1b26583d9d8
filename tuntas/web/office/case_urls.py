"""The addresses of one case: its page, an address for each act, its photos, and what the composer's script asks."""

from django.urls import path

from tuntas.web.office import arbitrations, case, case_live, case_name, case_photo, outside
from tuntas.web.office.case_forms import FORMS

CASE = "meja/kasus/<str:name>"
CASE_WORK = [
    path("meja/arbitrase", arbitrations.arbitrations),
    path(CASE, case.case_page),
    path(f"{CASE}/periksa", case_live.check),
    path(f"{CASE}/draf", case_live.keep),
    path(f"{CASE}/hadir", case_live.present),
    path(f"{CASE}/bersama", case_live.shared),
    path(f"{CASE}/nama", case_name.name),
    path(f"{CASE}/surat.pdf", outside.letter),
    path(f"{CASE}/foto/<uuid:file_id>.jpg", case_photo.picture),
    path(f"{CASE}/foto/<uuid:file_id>", case_photo.cover),
    path(f"{CASE}/berkas/<uuid:file_id>", case_photo.attachment),
    *(path(f"{CASE}/{form.slug}", case.act, {"slug": form.slug}) for form in FORMS),
]
