"""Lists page by key, never by offset: the cursor names the last row seen."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say

BAD_CURSOR = Say(
    "Penanda halaman ini tidak dikenal. Mulai dari halaman pertama.",
    "This page marker is not known. Start from the first page.",
)
BAD_FILTER = Say("Saringan ini tidak dikenal.", "This filter is not known.")
FORM = re.compile(rb"([dn])\|([0-9T:.+-]{0,40})\|([0-9]{1,18})")
RANKED = re.compile(rb"r\|([0-9]{1,18})\.([0-9]{1,9})\|([0-9]{1,18})")
Key = tuple[datetime | None, int]


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What somebody looks for in a list of reports; empty means everything."""

    state: str = ""
    faces: tuple[str, ...] = ()  # one of these, as a pill of the public list asks
    late: bool = False  # the promise to answer was missed
    category: str = ""
    agency: str = ""
    area: str = ""
    q: str = ""
    bbox: tuple[float, float, float, float] | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 20
    cursor: str = ""


def write_cursor(at: datetime | None, id_: int) -> str:
    """Return the opaque cursor after the row with this instant and id."""
    return _opaque(f"{'n' if at is None else 'd'}|{'' if at is None else at.isoformat()}|{id_}")


def write_ranked(top: int, rank: int, id_: int) -> str:
    """Return the opaque cursor after the row with this rank and id, in a search among ids up to *top*."""
    return _opaque(f"r|{top}.{rank}|{id_}")


def _opaque(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_ranked(cursor: str) -> tuple[int, int, int]:
    """Return the highest id looked at, and rank and id of the last row seen. Raises Invalid."""
    try:
        found = RANKED.fullmatch(_plain(cursor))
        if found is None:
            raise ValueError
        return int(found[1]), int(found[2]), int(found[3])
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise Invalid.field("/cursor", BAD_CURSOR) from error


def _plain(cursor: str) -> bytes:
    return base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))


def read_cursor(cursor: str) -> Key:
    """Return instant and id of the last row seen. Raises Invalid."""
    try:
        found = FORM.fullmatch(_plain(cursor))
        if found is None:
            raise ValueError
        at = datetime.fromisoformat(found[2].decode()) if found[1] == b"d" else None
        if at is not None and at.tzinfo is None:
            raise ValueError
        return at, int(found[3])
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise Invalid.field("/cursor", BAD_CURSOR) from error
