"""The addresses of the staff's pages (ux 3.2), and the same again for the practice city."""

from django.urls import include, path

from tuntas.web.office import account, on_behalf, practice

WORK = [
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
    *WORK,
    path("latihan/", include(WORK), {"is_practice": True}),
]
