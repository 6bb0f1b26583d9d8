"""The list of readers: the one in force, and the next one to be signed on another computer."""

from base64 import b64decode
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.rules.sealed_fingerprint import fingerprint
from tuntas.sealed.appointed import keys_to_list, next_list, versions
from tuntas.sealed.queries import readers
from tuntas.web.forms import Mistakes
from tuntas.web.office.sealed_door import ROOM, for_readers, sealed_page
from tuntas.web.office.sealed_trail import role_said, trail
from tuntas.web.office.signed import Signed, is_sure
from tuntas.web.posts import once_only, see_other

FIELDS = {"/signed": "tertandatangani"}
HERE = f"{ROOM}/pembaca"
DONE = {  # what was just done about somebody who is to leave
    "diminta": Say("Permintaan tercatat. Pembaca lain memutuskan.", "It was asked for. Another reader decides."),
    "ditolak": Say("Ia tetap membaca.", "They go on reading."),
    "1": Say(
        "Kuncinya tidak dipakai lagi. Tandatangani daftar berikut, lalu ganti kunci laporan terbuka.",
        "The key is out of use. Sign the next list, then change the keys of open reports.",
    ),
}
SURE_FIRST = f"/akun/pastikan?lanjut={HERE}"


@for_readers()
def list_of_readers(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show who may read, and put the next list in force once it was signed."""
    if request.method != "POST":
        return show_readers(request, signed)
    if not is_sure(signed, real_now=real_time()):
        return see_other(SURE_FIRST)
    line = request.POST.get("tertandatangani", "").strip()

    def do() -> str:
        steps.publish_directory(line, by=signed.actor, origin=request.get_host(), now=signed.now)
        return f"{HERE}?tersimpan=1"

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, FIELDS, "tertandatangani")
        return show_readers(request, signed, line=line, mistakes=mistakes)


@for_readers(methods=("GET", "HEAD"))
def next_list_file(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Give the next list as a file, to be carried to the computer that signs."""
    response = HttpResponse(next_list(request.get_host(), now=signed.now), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="pembaca.json"'
    return response


def show_readers(
    request: HttpRequest,
    signed: Signed,
    *,
    line: str = "",
    mistakes: Mistakes | None = None,
    status: int = 422,
    **more: Any,
) -> HttpResponse:
    """Show the list in force and the next one; what was typed comes back with what is wrong about it."""
    mistakes, found = mistakes or Mistakes(), versions()
    named = {reader.id for reader in readers(found[0])} if found else set()
    keys = keys_to_list()
    given: dict[str, Any] = {
        "versions": found,
        "signer_print": fingerprint(sha256(b64decode(found[0].signer)).hexdigest()) if found else "",
        "readers": [(reader, role_said(reader.role)) for reader in readers(found[0])] if found else [],
        "keys": keys,
        "is_new": {key.pk for key in keys} != named,
        "line": line,
        "is_sure": is_sure(signed, real_now=real_time()),
        "is_kept": "tersimpan" in request.GET,
        "done": DONE.get(request.GET.get("keluar", "")),
        "me": signed.person.person_id,
        "trail": trail(),
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        **more,
    }
    return sealed_page(request, signed, "office/sealed/readers.html", given, status=status if mistakes else 200)
