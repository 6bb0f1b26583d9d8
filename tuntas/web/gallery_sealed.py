"""What the gallery shows of sealed reports."""

from datetime import datetime
from typing import Any

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.rules.role_words import ROLES
from tuntas.rules.sealed_purposes import PURPOSES, SEALED_LOOKS, Purpose, SealedLook
from tuntas.web.citizen.drafted import Drafted
from tuntas.web.citizen.photos import MOST_PHOTOS
from tuntas.web.citizen.track_forms import SUPPLEMENT
from tuntas.web.gallery_things import WRONG
from tuntas.web.sealing import Named, Room
from tuntas.web.thread_words import APPOINTED_WITHIN

NAMES = ("Nurul Hidayati", "Hendra Wiguna")


def sealed_parts(here: Installation, now: datetime, is_wrong: bool) -> dict[str, Any]:
    """Return what the pages of a sealed report are made of."""
    named = tuple(Named(n, name, ROLES["inspectorate"]) for n, name in enumerate(NAMES, 1))
    return {
        "room": Room(named, "AAAA", "Pemulihan Inspektorat"),
        "excluded": [1],
        "wrong": dict.fromkeys(("kecuali", "foto", "nama", "hp", "email"), WRONG) if is_wrong else {},
        "most_photos": MOST_PHOTOS,
        "said": Drafted(name="Sari", email="sari@warga.example"),
        "alone": Say("Kode ini tidak kami temukan.", "We cannot find this code."),
        "act": SUPPLEMENT,
        "holder_within": APPOINTED_WITHIN,
        "desk_within": APPOINTED_WITHIN,
        "readers": APPOINTED_WITHIN,
        "opened": [
            {
                "who": ROLES["inspectorate"],
                "did": SEALED_LOOKS[SealedLook.OPENED],
                "at": now,
                "why": PURPOSES[Purpose.FIRST_LOOK],
            },
            {"who": ROLES["agency_admin"], "did": SEALED_LOOKS[SealedLook.FILE], "at": now, "why": None},
        ],
        "address": "/demo/galeri",
    }
