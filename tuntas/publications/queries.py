"""Reading what everybody may read."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import F, QuerySet, Value

from tuntas.agencies.installation import installation
from tuntas.agencies.searching import Search
from tuntas.kit.after import after
from tuntas.kit.errors import Invalid
from tuntas.kit.ids import read_number
from tuntas.kit.one_row import one_row
from tuntas.kit.paging import BAD_FILTER, ListFilter, read_cursor, write_cursor
from tuntas.kit.words import Language
from tuntas.publications.filters import chosen_by
from tuntas.publications.models import Joined, Publication, Readable
from tuntas.rules.cells import centre_of
from tuntas.rules.faces import Face
from tuntas.rules.hops import hops_in
from tuntas.rules.life import State
from tuntas.rules.reasons import ClosedBy
from tuntas.rules.thread import Json, tell_answers, tell_promises, tell_times
from tuntas.rules.words import label_of

CONTENT = 2  # the lowest rating that takes an answer for done
LOOKED_AT = 60
NEWEST = 2000  # what a search reads one by one, before it looks at all


def publication_named(name: str) -> Readable | None:
    """Return the publication of a number, or None. One query, and one more where it goes along with another report."""
    number = read_number(name, installation().number_prefix)
    if number is None:
        return None
    return one_row(Publication, "number", number, without="words") or one_row(Joined, "number", number)


def copy_for_all(file_id: str, number: str) -> str | None:
    """Return the name, without its ending, of the copy of a photo that everybody may see; None where there is none.

    Of a reporter's photo, and of proof with something covered, that is never the clean photo itself.
    """
    found: Readable | None = Publication.objects.filter(number=number).only("thread").first()
    found = found or Joined.objects.filter(number=number).only("thread").first()
    if found is None:
        return None
    thread = found.thread
    if file_id in thread.get("photos", ()) or file_id in thread.get("covered", ()):
        return f"{file_id}.public"
    return file_id if any(file_id in answer["files"] for answer in thread["answers"]) else None


def newest(wanted: ListFilter, *, without: Sequence[str] = ("thread",)) -> tuple[Sequence[Publication], str | None]:
    """Return public reports, the newest first, and the cursor behind which the list goes on. Raises Invalid."""
    rows = Publication.objects.filter(chosen_by(wanted)).order_by("-received_at", "-id").defer("words", *without)
    at = None
    if wanted.cursor:
        at, id_ = read_cursor(wanted.cursor)
        if at is None:
            raise Invalid.field("/cursor", BAD_FILTER)
        rows = rows.filter(after("received_at", at, id_, is_down=True))
    found = _searched(wanted.q, rows, at, wanted.limit + 1) if wanted.q else list(rows[: wanted.limit + 1])
    more, found = len(found) > wanted.limit, found[: wanted.limit]
    return found, write_cursor(found[-1].received_at, found[-1].pk) if more else None


def _searched(q: str, rows: "QuerySet[Publication]", at: datetime | None, most: int) -> list[Publication]:
    """Return the first of *rows*: what many reports say is soon found among the newest, what few do by the index alone.

    To guess which of both a word is, as the planner would, can mean to read a million reports for nothing.
    """
    search = Search(q, Publication)
    forms = zip(search.known, search.named, strict=True)
    if all(known.common or named.categories or named.agencies for known, named in forms):
        return list(rows[:most])
    instants = Publication.objects.order_by("-received_at").values_list("received_at", flat=True)
    instants = instants if at is None else instants.filter(received_at__lte=at)
    edge = instants[NEWEST : NEWEST + 1].first()
    found = list((rows if edge is None else rows.filter(received_at__gt=edge))[:most])
    if edge is None or len(found) == most:
        return found
    # The same order, but one that no index has.
    return list(rows.order_by((F("received_at") + Value(timedelta(0))).desc(), "-id")[:most])


def words_found(q: str, texts: Iterable[str]) -> set[str]:
    """Return which words of some texts are what somebody looks for. Two queries, none without a search."""
    return Search(q, Publication).words_found(texts) if q else set()


def recently_done(limit: int) -> list[Publication]:
    """Return reports whose reporter said they were done, content, with a photo of it, the newest first.

    Never one that only the agency calls done. Looks at the newest acknowledged ones alone, so few may be found.
    """
    rows = Publication.objects.filter(
        title__isnull=False, closed_by=ClosedBy.REPORTER, closed_at__isnull=False, rating__gte=CONTENT
    )
    newest_ones = rows.order_by("-closed_at").defer("words", "text")[:LOOKED_AT]
    return [row for row in newest_ones if photos_of(row)][:limit]


def photos_of(publication: Readable) -> list[str]:
    """Return the files of the newest answer that has any: photos of what was done."""
    answers = reversed(publication.thread["answers"])
    return next((answer["files"] for answer in answers if answer["files"]), [])


def thumbnail_of(publication: Readable) -> str | None:
    """Return the photo a list shows: of what was done, else what the reporter saw, once let out."""
    return next(iter(photos_of(publication) or reporters_photos_of(publication)), None)


def reporters_photos_of(publication: Readable) -> list[str]:
    """Return the reporter's photos that were let out by hand."""
    photos: list[str] = publication.thread.get("photos", [])
    return photos


def public_row(publication: Readable, *, language: Language) -> Json:
    """Return a public report as it stands in a list."""
    here = installation()
    holder = here.agency_by_slug.get(publication.holder)
    is_over = publication.state in (State.CLOSED, State.ARCHIVED)
    has_cell = publication.cell_y is not None and publication.cell_x is not None
    return {
        "number": publication.number,
        "face": publication.face,
        "state_label": label_of(
            Face(publication.face), closed_by=publication.closed_by, reason_code=publication.reason_code
        ).in_(language),
        "title": publication.title,
        "text": publication.text,
        "category": publication.category or None,
        "area": publication.area or None,
        "cell": centre_of(publication.cell_y, publication.cell_x) if has_cell else None,  # type: ignore[arg-type]
        "agency": publication.agency or None,
        "holder": None if holder is None or is_over else {"slug": holder.slug, "name": holder.name},
        "rating": publication.rating,
        "followers": publication.followers,
        "received_at": publication.received_at,
        "updated_at": publication.updated_at,
    }


def public_view(publication: Readable, *, language: Language, now: datetime) -> Json:
    """Return a public report whole, as everybody may read it."""
    thread, since = publication.thread, publication.received_at
    return {
        **public_row(publication, language=language),
        "hop_count": hops_in(thread["timeline"]),
        "merged_into": getattr(publication, "into", None),
        "timeline": tell_times(thread["timeline"], since),
        "answers": tell_answers(thread["answers"], since),
        "photos": [
            {"file_id": file}
            for file in (*reporters_photos_of(publication), *(f for a in thread["answers"] for f in a["files"]))
        ],
        "promises": tell_promises(thread["promises"], since, now),
    }
