"""One row of a table from another system, read as a report of the past, or refused with a reason in words. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from tuntas.kit.words import Say
from tuntas.rules.past_columns import Column
from tuntas.rules.past_dates import read_instant
from tuntas.rules.past_ends import IMPORT, End, channel_of, class_of, end_of, reason_of, says_yes
from tuntas.rules.reasons import ArchiveReason, Classification
from tuntas.rules.text import trouble_with

FIRST_YEAR = 1990
A_DAY = timedelta(days=1)
MOST_PLACE, MOST_TITLE, MOST_NAME = 500, 200, 300
NO_BODY = Say("Baris ini tidak punya isi laporan.", "This row has no text of a report.")
BAD_BODY = Say("Isi laporan: {why}", "Text of the report: {why}")
NO_DAY = Say("Baris ini tidak punya tanggal masuk.", "This row has no date of receipt.")
BAD_DAY = Say("“{text}” bukan tanggal yang bisa dibaca.", "“{text}” is no date that can be read.")
FAR_DAY = Say("Tanggal masuk {text} tidak mungkin.", "The date of receipt {text} cannot be.")
BAD_POINT = Say("Titik {text} bukan tempat di bumi.", "The point {text} is no place on earth.")
BAD_STATUS = Say("Status “{text}” tidak dikenal.", "The status “{text}” is not known.")


class Refused(Exception):
    """A row that is not taken in; the sentence says why."""

    def __init__(self, say: Say) -> None:
        super().__init__(say.en)
        self.say = say


@dataclass(frozen=True, slots=True)
class PastReport:
    """A report as another system told it; empty where it did not."""

    key: str  # the same for the same row, whenever it comes
    received_at: datetime
    body: str
    title: str = ""
    public_text: str = ""
    place: str = ""
    area: str = ""
    district: str = ""
    village: str = ""
    lat: float | None = None
    lng: float | None = None
    agency: str = ""
    topic: str = ""
    classification: Classification | None = None
    channel: str = IMPORT
    end: End | None = None
    reason: ArchiveReason | None = None
    reason_text: str = ""
    dispatched_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    answer: str = ""
    rating: int | None = None
    is_anonymous: bool = True
    is_secret: bool = False
    tells_answers: bool = False  # the table says when somebody answered: an empty cell means nobody did


def key_of(source: str, columns: Mapping[Column, int], row: Sequence[str]) -> str:
    """Return what tells a row from all others: its id where there is one, else all that stands in it."""
    at = columns.get(Column.ID)
    own = row[at] if at is not None and at < len(row) else ""
    said = ["id", own] if own else ["row", *row]
    return hashlib.sha256(json.dumps([source, *said]).encode()).hexdigest()


def read_row(
    source: str, columns: Mapping[Column, int], row: Sequence[str], *, zone: tzinfo, now: datetime
) -> PastReport:
    """Read one row. Raises Refused."""
    cells = _Cells(columns, row)
    received_at = _received(cells, zone, now)
    body = cells.text(Column.BODY) or cells.text(Column.TITLE)
    if not body:
        raise Refused(NO_BODY)
    if (why := trouble_with(body)) is not None:
        raise Refused(BAD_BODY.fill_each(why=why))
    lat, lng = _point(cells)
    status = cells.text(Column.STATUS)
    end = end_of(status)
    if status and end is None:
        raise Refused(BAD_STATUS.fill(text=status[:60]))
    reason_text = cells.text(Column.REASON)
    return PastReport(
        key=key_of(source, columns, row),
        received_at=received_at,
        body=body,
        title=_clean(cells.text(Column.TITLE))[:MOST_TITLE],
        public_text=_clean(cells.text(Column.PUBLIC_TEXT)),
        place=_clean(cells.text(Column.PLACE))[:MOST_PLACE],
        area=cells.text(Column.AREA),
        district=cells.text(Column.DISTRICT),
        village=cells.text(Column.VILLAGE),
        lat=lat,
        lng=lng,
        agency=(cells.text(Column.AGENCY) or cells.text(Column.PARENT_AGENCY))[:MOST_NAME],
        topic=_clean(cells.text(Column.TOPIC))[:MOST_NAME],
        classification=class_of(cells.text(Column.CLASSIFICATION)),
        channel=channel_of(cells.text(Column.CHANNEL)),
        end=end,
        reason=reason_of(reason_text),
        reason_text=_clean(reason_text),
        dispatched_at=_later(cells, Column.DISPATCHED, received_at, zone, now),
        answered_at=_later(cells, Column.ANSWERED, received_at, zone, now),
        closed_at=_later(cells, Column.CLOSED, received_at, zone, now),
        answer=_clean(cells.text(Column.ANSWER)),
        rating=_rating(cells.text(Column.RATING)),
        is_anonymous=Column.ANONYMOUS not in columns or says_yes(cells.text(Column.ANONYMOUS), "anonim"),
        is_secret=says_yes(cells.text(Column.SECRET), "rahasia") or "rahasia" in cells.text(Column.ANONYMOUS).lower(),
        tells_answers=Column.ANSWERED in columns,
    )


class _Cells:
    def __init__(self, columns: Mapping[Column, int], row: Sequence[str]) -> None:
        self._columns, self._row = columns, row

    def text(self, column: Column) -> str:
        at = self._columns.get(column)
        return self._row[at] if at is not None and at < len(self._row) else ""


def _clean(text: str) -> str:
    return "" if trouble_with(text, may_be_empty=True) else text


def _received(cells: _Cells, zone: tzinfo, now: datetime) -> datetime:
    text = cells.text(Column.RECEIVED)
    if not text:
        raise Refused(NO_DAY)
    found = read_instant(text, zone, cells.text(Column.RECEIVED_TIME))
    if found is None:
        raise Refused(BAD_DAY.fill(text=text[:60]))
    if found.year < FIRST_YEAR or found > now + A_DAY:
        raise Refused(FAR_DAY.fill(text=text[:60]))
    return min(found, now)


def _later(cells: _Cells, column: Column, received_at: datetime, zone: tzinfo, now: datetime) -> datetime | None:
    """Return an instant after receipt; one before it, which clocks that disagree bring about, is the receipt."""
    found = read_instant(cells.text(column), zone) if cells.text(column) else None
    return None if found is None or found > now + A_DAY else max(min(found, now), received_at)


def _point(cells: _Cells) -> tuple[float | None, float | None]:
    texts = [cells.text(column).replace(",", ".") for column in (Column.LAT, Column.LNG)]
    try:
        lat, lng = (float(text) for text in texts)
    except ValueError:
        return None, None
    if lat == lng == 0:
        return None, None
    if not (-90 <= lat <= 90 and -180 <= lng <= 180):
        raise Refused(BAD_POINT.fill(text=" ".join(texts)[:60]))
    return lat, lng


def _rating(text: str) -> int | None:
    return int(text) if text in {"1", "2", "3", "4"} else None
