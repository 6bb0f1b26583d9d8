"""What a leaf stands for, in bytes: each row of events, of looks and of the sealed room's lists of readers.

A leaf must be checkable for good, although words may be taken away, and must tell a stranger nothing. So it is the hash
of a row's plain columns and of its commitment. The commitment is made with a salt and is never shown alone: without it
nobody can try out what a leaf may stand for. Words and salt may go; the commitment stays, and so the leaf stays true.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from tuntas.ledger.models import Source
from tuntas.people.models import Look
from tuntas.reports.models import Event
from tuntas.sealed.models import Directory

FORM = "tuntas-log/1"
EVENT = ("id", "report_id", "act", "at", "voice", "by_id", "agency_id", "frm", "to", "face")
LOOK = ("id", "person_id", "report_id", "role", "what", "at")
DIRECTORY = ("id", "version", "published_at")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the log sees it."""

    source: Source
    id: int
    at: datetime
    report_id: int | None
    plain: str  # its columns that are no words, in one fixed form
    commitment: bytes
    salt: bytes | None  # none: the words were taken away
    words: bytes

    @property
    def leaf(self) -> bytes:
        """The bytes of its leaf."""
        return leaf_of(self.plain, self.commitment)

    @property
    def keeps_its_words(self) -> bool:
        """Whether its words are those the commitment was made of."""
        return self.salt is not None and hashlib.sha256(self.salt + self.words).digest() == self.commitment


def leaf_of(plain: str, commitment: bytes) -> bytes:
    """Return the bytes of the leaf of a row with these plain columns and this commitment."""
    return FORM.encode() + b"\n" + hashlib.sha256(plain.encode() + b"\n" + commitment).digest()


def rows_of(source: Source, ids: Iterable[int]) -> list[Row]:
    """Return the rows with these ids, in their order, as far as they are there. One query."""
    columns, query = _QUERIES[source]()
    found = query.filter(id__in=list(ids)).order_by("id").values_list(*columns, "salt_", "commitment_", "words_")
    return [_row(source, columns, values) for values in found.iterator(chunk_size=5000)]


def _row(source: Source, columns: Sequence[str], values: tuple[Any, ...]) -> Row:
    *plain, salt, commitment, words = values
    by_name = dict(zip(columns, plain, strict=True))
    words = words.encode()
    if source is Source.DIRECTORY:  # public, and never taken away: its commitment needs no salt
        commitment, salt = hashlib.sha256(words).digest(), b""
    return Row(
        source=source,
        id=by_name["id"],
        at=by_name.get("at") or by_name["published_at"],
        report_id=by_name.get("report_id"),
        plain=_plain(source, plain),
        commitment=bytes(commitment or b""),
        salt=None if salt is None else bytes(salt),
        words=words,
    )


def _plain(source: Source, values: Iterable[Any]) -> str:
    told = [_instant(value) if isinstance(value, datetime) else value for value in values]
    return json.dumps([source.value, *told], ensure_ascii=True, separators=(",", ":"))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _events() -> tuple[Sequence[str], "QuerySet[Any]"]:
    said = Concat(F("text"), Value("\n"), Cast("data", TextField()), output_field=TextField())
    return EVENT, Event.objects.annotate(salt_=F("salt"), commitment_=F("commitment"), words_=said)


def _looks() -> tuple[Sequence[str], "QuerySet[Any]"]:
    return LOOK, Look.objects.annotate(salt_=F("salt"), commitment_=F("commitment"), words_=F("why"))


def _directories() -> tuple[Sequence[str], "QuerySet[Any]"]:
    signed = Concat(F("document"), F("signature"), output_field=TextField())
    none = Value(None, output_field=TextField())
    return DIRECTORY, Directory.objects.annotate(salt_=none, commitment_=none, words_=signed)


_QUERIES = {Source.EVENT: _events, Source.LOOK: _looks, Source.DIRECTORY: _directories}
TABLES = {Source.EVENT: Event, Source.LOOK: Look, Source.DIRECTORY: Directory}
