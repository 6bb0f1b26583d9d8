"""The filters of lists, checked once for the public and for the desk."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.rules.text import checked

F = TypeVar("F")
BAD_BBOX = Say("Tulis barat,selatan,timur,utara dalam derajat.", "Write west,south,east,north in degrees.")
BAD_TIME = Say(
    "Tulis waktu seperti 2026-11-21 atau 2026-11-21T08:00:00+07:00.",
    "Write a time such as 2026-11-21 or 2026-11-21T08:00:00+07:00.",
)
YEARS = range(1990, 2200)


class ListQuery(Schema):
    """Query parameters of every list of reports."""

    model_config = ConfigDict(extra="ignore")

    state: Annotated[str, Field(description="a state or a face")] = ""
    category: str = ""
    agency: Annotated[str, Field(description="slug; its units count too")] = ""
    area: Annotated[str, Field(description="dotted code; all within it")] = ""
    q: Annotated[str, Field(description="words to look for")] = ""
    bbox: Annotated[str, Field(description="west,south,east,north")] = ""
    since: Annotated[str, Field(description="received from")] = ""
    until: Annotated[str, Field(description="received before")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: str = ""


class DeskQuery(ListQuery):
    """Query parameters of the desk's list."""

    queue: Annotated[str, Field(description="slug of a queue, such as perlu-dipilah")] = ""
    overdue: bool = False
    sort: Annotated[
        str, Field(pattern="^(due|received|updated|match)$", description="match: with q, and usual there")
    ] = "due"


def read_query(query: ListQuery, kind: type[F]) -> F:
    """Return the filter a query asks for. Raises Invalid."""
    given: dict[str, Any] = query.model_dump()
    for name in ("state", "category", "agency", "area", "q", "cursor", "queue"):
        given[name] = checked(given.get(name, ""), f"/{name}", most=300, may_be_empty=True)
    if not isinstance(query, DeskQuery):
        del given["queue"]
    elif given["q"] and "sort" not in query.model_fields_set:
        given["sort"] = "match"
    given["bbox"] = _bbox(given["bbox"])
    given["since"], given["until"] = _instant(given["since"], "/since"), _instant(given["until"], "/until")
    return kind(**given)


def _bbox(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text[:200].split(","))
    except ValueError as error:
        raise Invalid.field("/bbox", BAD_BBOX) from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid.field("/bbox", BAD_BBOX)
    return west, south, east, north


def _instant(text: str, pointer: str) -> datetime | None:
    """Return the instant of a date or time; a bare one is the government's own. A plus may have become a space."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text[:40].strip().replace(" ", "+"))
        if at.year not in YEARS:
            raise ValueError
        return (at if at.tzinfo else at.replace(tzinfo=installation().zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid.field(pointer, BAD_TIME) from error


def day_of(text: str, pointer: str, default: date) -> date:
    """Return the day somebody asks for. Raises Invalid."""
    found = _instant(text, pointer)
    return default if found is None else found.astimezone(installation().zone).date()
