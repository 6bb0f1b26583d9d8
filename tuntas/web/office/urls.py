"""The addresses of the staff's pages (ux 3.2)."""

from django.urls import path

from tuntas.web.office import account, on_behalf

urlpatterns = [
    path("masuk", account.sign_in),
    path("keluar", account.leave),
    path("meja/baru", on_behalf.on_behalf),
    path("meja/baru/terima/<str:link>", on_behalf.receipt),
    path("akun", account.account),
    path("akun/perpanjang", account.stay),
]
