"""The addresses of the staff's pages (ux 3.2), and the same again for the practice city."""

from django.urls import include, path

from tuntas.web.office import account, bulk, inbox, on_behalf, practice, saved, shortcuts, triage
from tuntas.web.office.case_urls import CASE_WORK
from tuntas.web.office.field_urls import FIELD_WORK, FIELD_WORKER

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
    path("masuk", account.sign_in),
    path("keluar", account.leave),
    path("akun", account.account),
    path("akun/perpanjang", account.stay),
    path("latihan", practice.practice),
    path("latihan/mulai", practice.begin),
    *FIELD_WORKER,
    *WORK,
    path("latihan/", include(WORK), {"is_practice": True}),
]
