"""What makes a password of staff good enough: long, not one that everybody tries, not their own name. Pure."""

from tuntas.kit.words import Say

SHORTEST = 12
LONGEST = 500
TOO_SHORT = Say(
    "Tulis sedikitnya 12 huruf; beberapa kata lebih mudah diingat.", "Write 12 characters or more; words do."
)
TOO_LONG = Say("Paling banyak 500 huruf.", "500 characters at most.")
TOO_COMMON = Say("Kata sandi ini mudah ditebak. Pilih yang lain.", "This password is easy to guess. Choose another.")
# What people type where twelve letters are asked for; compared without case, and without digits and signs at the end.
COMMON = frozenset(
    [
        "password",
        "passwordpassword",
        "katasandi",
        "katasandiku",
        "sandisandi",
        "rahasia",
        "rahasiarahasia",
        "sandirahasia",
        "indonesia",
        "indonesiaraya",
        "indonesiamerdeka",
        "bismillah",
        "bismillahirrahmanirrahim",
        "alhamdulillah",
        "assalamualaikum",
        "administrator",
        "adminadmin",
        "adminadminadmin",
        "qwertyuiop",
        "qwertyuiopas",
        "qwertyqwerty",
        "qwertyuiopasdfghjkl",
        "asdfghjkl",
        "asdfghjklzx",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "letmein",
        "letmeinletmein",
        "welcome",
        "welcomewelcome",
        "iloveyou",
        "iloveyouiloveyou",
        "akucintakamu",
        "sayangsayang",
        "sayangku",
        "selamatdatang",
        "pemerintah",
        "pemerintahkota",
        "kotapraja",
        "tuntastuntas",
        "laporlapor",
        "mejaaduan",
        "changeme",
        "changemechangeme",
        "trustnoone",
        "correcthorsebatterystaple",
        "jakartajakarta",
        "garudaindonesia",
        "pancasila",
    ]
)
ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
FEWEST_SIGNS = 5


def trouble_with_password(password: str, *, email: str, name: str) -> Say | None:
    """Return why *password* is no good for the person of this address and name, or None."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    return TOO_COMMON if _is_easy(password.lower(), {email.lower().partition("@")[0], *name.lower().split()}) else None


def _is_easy(password: str, own: set[str]) -> bool:
    bare = password.rstrip("0123456789.!@#$%*-_ ")
    if len(set(password)) < FEWEST_SIGNS or {password, bare} & (COMMON | own):
        return True
    return any(password in row or password in row[::-1] for row in ROWS)
