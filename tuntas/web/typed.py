"""What somebody typed into a form that could not be taken, so that they need not type it again."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from tuntas.kit.words import Say

LONG = 60  # letters; above, a line is too short to read it in
YOURS = Say("Isian Anda", "What you typed")
PASSWORD = re.compile("sandi|password|otp", re.IGNORECASE)  # is never sent back; it must be typed again

LABELS = {
    # The names of fields that people type into.
    "cerita": Say("Cerita Anda", "Your story"),
    "patokan": Say("Patokan atau alamat", "Landmark or address"),
    "nama": Say("Nama panggilan", "Your name"),
    "email": Say("E-mail", "E-mail"),
    "hp": Say("Nomor HP", "Phone number"),
    "kode": Say("Kode lacak", "Tracking code"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One field: ``hidden`` where a machine wrote it, ``line`` or ``text`` where a person did, ``password``."""

    name: str
    value: str
    kind: str
    label: Say = YOURS


@dataclass(frozen=True, slots=True)
class Chosen:
    """Photos or other files of one field; a browser lets nobody but the person choose them again."""

    name: str
    files: list[str]

    @property
    def names(self) -> str:
        return ", ".join(self.files)


def typed_again(request: HttpRequest) -> dict[str, Any]:
    """Return what ``ui/typed_again.html`` needs: the fields and files of a form in their order, and where it goes.

    Nothing stands in them where nothing was sent, or what was sent cannot be read.
    """
    fields: list[Typed] = []
    files: list[Chosen] = []
    with suppress(SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError, OSError):
        fields = [_field(name, value) for name, values in request.POST.lists() for value in values]
        files = [Chosen(name, [file.name or "" for file in sent]) for name, sent in request.FILES.lists()]
    return {"fields": fields, "files": files, "address": request.get_full_path()}


def _field(name: str, value: str) -> Typed:
    if PASSWORD.search(name):
        return Typed(name, "", "password", LABELS.get(name, YOURS))
    if name in LABELS or re.search(r"[\s@]", value.strip()):
        kind = "text" if len(value) > LONG or "\n" in value else "line"
        return Typed(name, value, kind, LABELS.get(name, YOURS))
    return Typed(name, value, "hidden")
