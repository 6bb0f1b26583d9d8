"""What a draft holds between the steps of the form, and how it becomes a story."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.links import is_link, new_link
from tuntas.reports.drafts import DRAFT, read_draft
from tuntas.steps.submit import Story, Told
from tuntas.web.cookies import cookie_of, set_cookie

# The cookie that binds drafts to this phone, and names the one being written, so that the Back button finds it again.
# A browser that keeps no cookies has the link alone.
PHONE, BETWEEN = "draf", "."
TODAY, YESTERDAY, LONG, OTHER_DAY = "hari-ini", "kemarin", "lama", "tanggal"
WHEN = (TODAY, YESTERDAY, LONG, OTHER_DAY)
NAMED, ANONYMOUS, NOBODY = "nama", "anonim", "tanpa"
SINCE_LONG = "Kapan: sudah lama, masih terjadi."  # an answer of the form that has no field of its own in a report
EVERYBODY, STAFF = "umum", "rahasia"


@dataclass
class Drafted:
    """The answers so far; empty where nothing was said."""

    story: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)  # id, name, size of each photo
    photo_place: list[float] | None = None  # where a photo was taken; offered once, then forgotten
    area: str = ""
    landmark: str = ""
    lat: float | None = None
    lng: float | None = None
    error_m: int | None = None  # how far the phone's position may be off
    when: str = ""
    on: str = ""  # the day, where another one was named
    category: str = ""
    is_category_chosen: bool = False
    supports: str = ""  # the number of a report about the same
    name_for: str = ANONYMOUS
    body_for: str = EVERYBODY
    name: str = ""
    phone: str = ""
    email: str = ""
    began: float = 0  # when the first step was filled in, in seconds since 1970

    @property
    def has_place(self) -> bool:
        return bool(self.area) or self.lat is not None


@dataclass
class Open:
    """A draft in front of somebody: its link ("" before anything was kept), their phone, the answers."""

    link: str
    phone: str
    said: Drafted
    now: datetime

    def keep(self) -> None:
        """Keep the answers."""
        self.link = steps.keep_draft(self.link, self.phone, asdict(self.said), now=self.now)


def open_draft(request: HttpRequest, *, now: datetime) -> Open | None:
    """Return the draft an address or form names, for the phone that wrote it; None where it is gone."""
    return _opened(request, request.POST.get("draf") or request.GET.get("draf", ""), now)


def last_draft(request: HttpRequest, *, now: datetime) -> Open | None:
    """Return the draft that this phone was writing, where its form is opened anew: by Back, or a while later."""
    return _opened(request, last_link(request), now)


def last_link(request: HttpRequest) -> str:
    """Return the link of the draft that this phone was writing, or nothing."""
    return cookie_of(request, PHONE).partition(BETWEEN)[2]


def _opened(request: HttpRequest, link: str, now: datetime) -> Open | None:
    if not is_link(link, DRAFT):
        return None
    phone = phone_of(request)
    found = read_draft(link, phone, now=now)
    return None if found is None else Open(link, phone, Drafted(**found), now)


def fresh_draft(request: HttpRequest, *, now: datetime) -> Open:
    """Return a draft in which nothing stands yet."""
    return Open("", phone_of(request), Drafted(), now)


def phone_of(request: HttpRequest) -> str:
    """Return what binds drafts to this phone; "" where it keeps no cookies."""
    return cookie_of(request, PHONE).partition(BETWEEN)[0]


def remember(response: HttpResponse, draft: Open, *, is_first: bool = False) -> HttpResponse:
    """Let the phone know which draft it is writing; a phone that gave nothing back keeps nothing."""
    phone = draft.phone or (new_link(PHONE) if is_first else "")
    if phone:
        set_cookie(response, PHONE, f"{phone}{BETWEEN}{draft.link}")
    return response


def story_of(said: Drafted, today: date) -> Story:
    """Return what is sent: a name and address only where the reporter wants somebody to know them."""
    told = None if said.name_for == NOBODY else Told(said.name, said.phone, said.email)
    return Story(
        body=said.story if said.when != LONG else f"{said.story}\n\n{SINCE_LONG}",
        category=said.category or None,
        event_date=_day(said, today),
        location_text=said.landmark,
        area=said.area or None,
        lat=said.lat,
        lng=said.lng,
        is_anonymous=said.name_for != NAMED,
        is_secret=said.body_for == STAFF,
        reporter=told,
        file_ids=[UUID(file["id"]) for file in said.files],
        channel="web",
        supports=said.supports or None,
    )


def _day(said: Drafted, today: date) -> date | None:
    if said.when in (TODAY, YESTERDAY):
        return today - timedelta(days=said.when == YESTERDAY)
    return date.fromisoformat(said.on) if said.when == OTHER_DAY and said.on else None
