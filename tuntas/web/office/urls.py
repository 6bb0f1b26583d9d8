"""The addresses of the staff's pages (ux 3.2)."""

from django.urls import path

from tuntas.web.office import account

urlpatterns = [
    path("masuk", account.sign_in),
    path("keluar", account.leave),
    path("akun", account.account),
    path("akun/perpanjang", account.stay),
]
