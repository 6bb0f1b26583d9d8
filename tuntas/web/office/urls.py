"""The addresses of the staff's pages (ux 3.2), and the same again for the practice city."""

from django.urls import include, path

from tuntas.web.office import bulk, inbox, on_behalf, practice, saved, shortcuts, triage, work_figures
from tuntas.web.office.account_urls import ACCOUNT
from tuntas.web.office.case_urls import CASE_WORK
from tuntas.web.office.field_urls import FIELD_WORK, FIELD_WORKER
from tuntas.web.office.meeting_urls import MEETINGS
from tuntas.web.office.people_urls import PEOPLE
from tuntas.web.office.sealed_urls import SEALED_ROOM

WORK = [
    *FIELD_WORK,
    *CASE_WORK,
    path("meja", inbox.inbox),
    path("meja/tinjau/<str:name>", inbox.peek),
    path("meja/terbaru", inbox.fresh),
    path("meja/pilah/<str:name>", triage.forward),
    path("meja/kasus/<str:name>/urungkan", triage.undo),
    path("meja/massal", bulk.bulk),
    path("meja/massal/hasil", bulk.result),
    path("meja/saringan", saved.saved_filters),
    path("meja/pintasan", shortcuts.shortcuts),
    path("meja/baru", on_behalf.on_behalf),
    path("meja/baru/terima/<str:link>", on_behalf.receipt),
]
urlpatterns = [
    *ACCOUNT,
    path("latihan", practice.practice),
    path("latihan/mulai", practice.begin),
    *FIELD_WORKER,
    *SEALED_ROOM,
    path("meja/kinerja", work_figures.work_figures),  # of real work alone: the practice city has none
    path("meja/kinerja/unduh", work_figures.export),
    *MEETINGS,
    *PEOPLE,
    *WORK,
    path("latihan/", include(WORK), {"is_practice": True}),
]
