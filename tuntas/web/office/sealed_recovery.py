"""The recovery key: its public half, and the hour in which a reader opens reports with what two holders opened."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.rules.sealed_fingerprint import fingerprint
from tuntas.sealed.queries import readers
from tuntas.sealed.recovery import recovering_until, recovery_key
from tuntas.web.forms import Mistakes
from tuntas.web.office.sealed_door import ROOM, for_readers, sealed_page
from tuntas.web.office.sealed_trail import trail
from tuntas.web.office.signed import Signed, is_sure
from tuntas.web.posts import once_only, see_other

FIELDS = {"/recipient": "publik", "/name": "nama", "/why": "alasan"}
HERE = f"{ROOM}/pemulihan"
SURE_FIRST = f"/akun/pastikan?lanjut={HERE}"
PRIVATE = Say(
    "Itu kunci rahasianya, dan server sudah melihatnya. Buat kunci pemulihan yang baru.",
    "That is its private half, and the server has seen it. Make a new recovery key.",
)
LONGEST = 400  # of the pasted file: a line of comment, and the key


@for_readers()
def recovery(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the recovery key, or take its public half."""
    if request.method != "POST":
        return _show(request, signed, Mistakes(), {})
    said = {name: request.POST.get(name, "") for name in ("publik", "nama")}
    if "AGE-SECRET-KEY-" in said["publik"].upper():
        return _show(request, signed, Mistakes([("publik", PRIVATE)]), {**said, "publik": ""})

    def do() -> str:
        key = public_in(said["publik"])
        steps.keep_recovery_key(by=signed.actor, recipient=key, name=said["nama"], now=signed.now)
        return f"{HERE}?tersimpan=1"

    return _once(request, signed, do, said)


@for_readers(methods=("POST",))
def use(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Record why the recovery key is used; for an hour reports offer a field for it."""
    said = {"alasan": request.POST.get("alasan", "")}

    def do() -> str:
        steps.use_recovery(by=signed.actor, why=said["alasan"], now=signed.now)
        return HERE

    return _once(request, signed, do, said)


def public_in(text: str) -> str:
    """Return the public key in what was pasted: alone, or with the comments of the file it came in."""
    lines = (line.strip() for line in text[:LONGEST].splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")


def _once(request: HttpRequest, signed: Signed, do: Callable[[], str], said: dict[str, str]) -> HttpResponse:
    if not is_sure(signed, real_now=real_time()):
        return see_other(SURE_FIRST)
    mistakes = Mistakes()
    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, "publik")
    except WrongState as no:
        mistakes.add("alasan", no.say)
    return _show(request, signed, mistakes, said)


def _show(request: HttpRequest, signed: Signed, mistakes: Mistakes, said: dict[str, str]) -> HttpResponse:
    key = recovery_key()
    given = {
        "key": key,
        "print": fingerprint(sha256(key.recipient.encode()).hexdigest()) if key else "",
        "is_listed": key is not None and any(reader.id == key.pk for reader in readers()),
        "until": recovering_until(signed.person.person_id, now=signed.now),
        "is_sure": is_sure(signed, real_now=real_time()),
        "is_kept": "tersimpan" in request.GET,
        "said": said,
        "trail": trail(),
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
    }
    return sealed_page(request, signed, "office/sealed/recovery.html", given, status=422 if mistakes else 200)
