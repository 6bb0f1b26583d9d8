import json
from base64 import b64decode
from datetime import datetime
from typing import Any

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.kit.crypto import is_signed
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.kit.words import Say
from tuntas.rules.role_words import RECOVERY
from tuntas.rules.who import Actor, Role
from tuntas.sealed.appointed import keys_to_list
from tuntas.sealed.models import Directory
from tuntas.sealed.queries import directory
from tuntas.steps.keep_reader_key import NOT_APPOINTED

LISTED = (Role.INSPECTORATE, Role.AGENCY_ADMIN, RECOVERY)
BAD_FORM = Say("Isi seluruh baris hasil penandatanganan.", "Give the whole line that the signing printed.")
BAD_SIGNATURE = Say(
    "Tanda tangan tidak cocok dengan daftar ini. Tandatangani lagi berkas yang diunduh di sini.",
    "The signature does not fit this list. Sign again the file that was saved here.",
)
OTHER_SIGNER = Say(
    "Daftar ini ditandatangani kunci lain. Pakai kunci yang menandatangani versi sebelumnya.",
    "Another key signed this list. Use the one that signed the version before.",
)
NOT_PINNED = Say(
    "Daftar ini tidak ditandatangani kunci yang ditetapkan di profil pemerintah.",
    "The key that the government's profile names did not sign this list.",
)
OTHER_VERSION = Say("Versi berikutnya harus {n}. Unduh daftar lagi.", "The next version has to be {n}. Save it again.")
OTHER_ORIGIN = Say("Daftar ini untuk situs lain.", "This list is for another site.")
NOBODY = Say("Daftar ini tidak memuat siapa pun.", "This list names nobody.")
OTHER_KEYS = Say(
    "Daftar ini tidak lagi sama dengan kunci yang dipakai. Unduh daftar lagi.",
    "This list is no longer that of the keys in use. Save it again.",
)


def publish_directory(signed: str, *, by: Actor, origin: str, now: datetime) -> Directory:
    """Put the next list of readers in force, as the offline computer signed it.

    signed   the line that ``tuntas sign-readers`` prints: JSON of document, signature and signer
    origin   the host of this site

    Where the profile names a signer, only lists by that one are taken. Otherwise the first list fixes who signs, and
    every later one must bear that signature. Raises NotAllowed, Invalid.
    """
    if by.person_id is None or Role.SEALED_READER not in by.reach:
        raise NotAllowed(NOT_APPOINTED)
    text, signature, signer, named = _read(signed)
    if not _is_signed(text, signature, signer):
        raise Invalid.field("/signed", BAD_SIGNATURE)
    with transaction.atomic():
        last = directory()
        version = 1 if last is None else last.version + 1
        _refuse_other_signer(signer, last)
        if named.get("version") != version:
            raise Invalid.field("/signed", OTHER_VERSION.fill(n=version))
        if named.get("origin") != origin:
            raise Invalid.field("/signed", OTHER_ORIGIN)
        _refuse_other_keys(named)
        return Directory.objects.create(
            version=version, document=text, signature=signature, signer=signer, published_at=now
        )


def _read(signed: str) -> tuple[str, str, str, dict[str, Any]]:
    try:
        given = json.loads(signed)
        text, signature, signer = (given[name] for name in ("document", "signature", "signer"))
        named = json.loads(text)
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid.field("/signed", BAD_FORM) from error
    if not isinstance(named, dict) or not isinstance(signature, str) or not isinstance(signer, str):
        raise Invalid.field("/signed", BAD_FORM)
    return text, signature, signer, named


def _is_signed(text: str, signature: str, signer: str) -> bool:
    try:
        return is_signed(b64decode(signer), text.encode(), b64decode(signature))
    except ValueError:  # no base64, or a key of another length
        return False


def _refuse_other_signer(signer: str, last: Directory | None) -> None:
    pinned = installation().signer
    if pinned and b64decode(signer) != b64decode(pinned):
        raise Invalid.field("/signed", NOT_PINNED)
    if not pinned and last is not None and last.signer != signer:
        raise Invalid.field("/signed", OTHER_SIGNER)


def _refuse_other_keys(named: dict[str, Any]) -> None:
    readers = named.get("readers")
    if not isinstance(readers, list) or not readers:
        raise Invalid.field("/signed", NOBODY)
    known = {(str(key.pk), key.owner, key.recipient, key.person_id is None) for key in keys_to_list()}
    try:
        given = {(each["id"], each["name"], each["recipient"], each["role"] == RECOVERY) for each in readers}
    except (TypeError, KeyError) as error:
        raise Invalid.field("/signed", BAD_FORM) from error
    if all(is_recovery for _, _, _, is_recovery in given):
        raise Invalid.field("/signed", NOBODY)
    if not given <= known or any(each["role"] not in LISTED for each in readers):
        raise Invalid.field("/signed", OTHER_KEYS)
