"""A reader's own key: made, changed and locked in their browser; the server keeps what it cannot open."""

from base64 import b64decode, b64encode
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.time import real_time
from tuntas.rules.sealed_fingerprint import fingerprint
from tuntas.sealed.queries import key_of, readers
from tuntas.web.forms import Mistakes
from tuntas.web.office.sealed_door import ROOM, for_readers, sealed_page
from tuntas.web.office.signed import Signed, is_sure
from tuntas.web.posts import once_only, see_other

FIELDS = {"/recipient": "frasa", "/locked": "frasa"}
HERE = f"{ROOM}/kunci"
SURE_FIRST = f"/akun/pastikan?lanjut={HERE}"


@for_readers()
def own_key(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show somebody's key, or take the one their browser made."""
    if request.method != "POST":
        return _show(request, signed, Mistakes())
    if not is_sure(signed, real_now=real_time()):
        return see_other(SURE_FIRST)

    def do() -> str:
        recipient, locked = request.POST.get("penerima", ""), _bytes(request.POST.get("terkunci", ""))
        steps.keep_reader_key(by=signed.actor, recipient=recipient, locked=locked, now=signed.now)
        return f"{HERE}?tersimpan=1"

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, FIELDS, "frasa")
        return _show(request, signed, mistakes)


def _show(request: HttpRequest, signed: Signed, mistakes: Mistakes) -> HttpResponse:
    key = key_of(signed.person.person_id)
    given = {
        "key": key,
        "locked": b64encode(bytes(key.locked)).decode() if key else "",
        "print": fingerprint(sha256(key.recipient.encode()).hexdigest()) if key else "",
        "is_listed": key is not None and any(reader.id == key.pk for reader in readers()),
        "is_sure": is_sure(signed, real_now=real_time()),
        "is_kept": "tersimpan" in request.GET,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
    }
    return sealed_page(request, signed, "office/sealed/key.html", given, status=422 if mistakes else 200)


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""
