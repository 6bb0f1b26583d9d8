"""The addresses of signing in and of everybody's own account."""

from django.urls import path

from tuntas.web.office import account, entering, factors, invited, leave, password, recovery_codes, sure, tokens

ACCOUNT = [
    path("masuk", entering.sign_in),
    path("masuk/kedua", entering.second),
    path("masuk/tanya", entering.ask_passkey),
    path("masuk/undangan/<str:token>", invited.invited),
    path("keluar", entering.leave),
    path("akun", account.account),
    path("akun/perpanjang", account.stay),
    path("akun/pastikan", sure.sure),
    path("akun/tanya", sure.ask_passkey),
    path("akun/faktor", factors.factors),
    path("akun/faktor/aplikasi", factors.add_app),
    path("akun/faktor/kunci-sandi", factors.add_passkey),
    path("akun/faktor/kunci-sandi/tanya", factors.ask_new_passkey),
    path("akun/faktor/kode", recovery_codes.recovery_codes),
    path("akun/cuti", leave.own_leave),
    path("akun/sandi", password.password),
    path("akun/token", tokens.tokens),
]
