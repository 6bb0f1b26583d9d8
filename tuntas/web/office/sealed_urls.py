"""The addresses of the sealed room. Practice has none: what is practised there must not look like it is sealed."""

from django.urls import path

from tuntas.web.office import (
    sealed_acts,
    sealed_contents,
    sealed_keys,
    sealed_leaving,
    sealed_readers,
    sealed_recovery,
    sealed_rewrap,
    sealed_room,
)
from tuntas.web.office.sealed_forms import FORMS

REPORT = "brankas/<str:name>"
SEALED_ROOM = [
    path("brankas", sealed_room.room),
    path("brankas/kunci", sealed_keys.own_key),
    path("brankas/pembaca", sealed_readers.list_of_readers),
    path("brankas/pembaca/berikut.json", sealed_readers.next_list_file),
    path("brankas/pembaca/minta-keluar/<int:key_id>", sealed_leaving.ask),
    path("brankas/pembaca/keluar/<int:key_id>", sealed_leaving.retire),
    path("brankas/pembaca/tetap/<int:key_id>", sealed_leaving.refuse),
    path("brankas/pemulihan", sealed_recovery.recovery),
    path("brankas/pemulihan/pakai", sealed_recovery.use),
    path(REPORT, sealed_room.vault_page),
    path(f"{REPORT}/buka", sealed_room.open_seal),
    path(f"{REPORT}/isi", sealed_contents.contents),
    path(f"{REPORT}/berkas/<uuid:envelope_id>", sealed_contents.file),
    path(f"{REPORT}/berkas.zip", sealed_contents.export),
    path(f"{REPORT}/lihat", sealed_contents.look),
    path(f"{REPORT}/kunci-baru", sealed_rewrap.new_keys),
    *(path(f"{REPORT}/{form.slug}", sealed_acts.act, {"slug": form.slug}) for form in FORMS),
]
