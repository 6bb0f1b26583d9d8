"""Who works here: the session behind a cookie, and a door that lets in only those whom a page is for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.practice import practising
from tuntas.kit.time import current_time, real_time
from tuntas.kit.words import Language
from tuntas.people.factors import needs_second
from tuntas.people.practice import practised_by
from tuntas.people.sessions import SignedIn, signed_in_with
from tuntas.rules.who import DESK_ROLES, Actor, Role
from tuntas.web.cookies import cookie_of
from tuntas.web.language import language_of_page
from tuntas.web.page import page
from tuntas.web.posts import OTHER_SITE, see_other
from tuntas.web.typed import typed_again

COOKIE = "sesi"
WRITER = "X-Petugas"  # whose answer a phone's outbox sends: the next one who signs in there must not send it
SET_UP = "/akun/faktor"  # where somebody without a second factor makes one
SURE_FOR = timedelta(minutes=5)
PRACTICE = "/latihan"  # stands before every address of the practice city
TAKERS = frozenset({Role.CALL_OPERATOR, Role.INTAKE_PARTNER})
FIELD = frozenset({Role.LIAISON, Role.UNIT_HANDLER})
CHECKERS = frozenset({Role.RESPONSE_VALIDATOR})
EVERYBODY = frozenset(Role)

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody at work, at the moment of a request."""

    person: SignedIn
    now: datetime
    language: Language
    root: str = ""  # stands before every address: "/latihan" in the practice city

    @property
    def actor(self) -> Actor:
        return self.person.actor

    @property
    def zone(self) -> ZoneInfo:
        """The clock their pages show."""
        return ZoneInfo(self.person.zone) if self.person.zone else installation().zone

    @property
    def key(self) -> str:
        """What a form's one-time key is kept under."""
        return f"{self.root}{self.person.person_id}/None"

    def is_any(self, roles: frozenset[Role]) -> bool:
        return any(role in self.actor.reach for role in roles)

    @property
    def is_half(self) -> bool:
        """Whether they came by a password alone where nobody works so: they may set up a second factor, or leave."""
        return self.person.second_at is None and needs_second()

    @property
    def home(self) -> str:
        """The page their work begins on."""
        if self.is_half:
            return SET_UP
        places = (
            (DESK_ROLES, "/meja"),
            (FIELD | CHECKERS, "/instansi"),
            (TAKERS, "/meja/baru"),
            (frozenset({Role.ARBITER}), "/meja/arbitrase"),
            (frozenset({Role.SEALED_READER}), "/brankas"),
        )
        for roles, address in places:
            if self.is_any(roles):
                return self.root + address
        return "/akun"


def signed_of(request: HttpRequest, *, is_for_half: bool = False) -> Signed | None:
    """Return who is signed in, or None; none either for what somebody else wrote on this phone and never sent.

    is_for_half   somebody counts who has still to set up a second factor
    """
    key, writer = cookie_of(request, COOKIE), request.headers.get(WRITER)
    now = current_time()
    person = signed_in_with(key, now=now, real_now=real_time()) if key else None
    if person is None or writer not in (None, str(person.person_id)):
        return None
    signed = Signed(person, now, _language(request, person))
    return signed if is_for_half or not signed.is_half else None


def is_sure(signed: Signed, *, within: timedelta = SURE_FOR, real_now: datetime) -> bool:
    """Return whether somebody showed just now that it is them: what is dangerous asks again after a while."""
    return signed.person.sure_at is not None and real_now - signed.person.sure_at < within


def for_staff(
    roles: frozenset[Role] = EVERYBODY,
    *,
    methods: tuple[str, ...] = ("GET", "HEAD", "POST"),
    is_quiet: bool = False,
    is_for_half: bool = False,
) -> Callable[[View], View]:
    """Let a view take who is signed in, in one of *roles*; others are asked to sign in, or told it is not for them.

    is_quiet      an address that pages ask by themselves: no sign of anybody there, so the session is not kept open
    is_for_half   open as well to somebody who has still to set up a second factor
    """

    def lets_in(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, is_practice: bool = False, **more: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if request.method == "POST" and is_from_elsewhere(request):
                return page(request, "pages/refused.html", {"sentence": OTHER_SITE}, status=403, is_private=True)
            signed = signed_of(request, is_for_half=True)
            if signed is None:
                return ask_to_sign_in(request)
            if signed.is_half and not is_for_half:
                return see_other(SET_UP)
            if not is_quiet:
                steps.stay_signed_in(signed.person, real_now=real_time())
            if is_practice:
                return _practise(request, signed, roles, lambda learner: view(request, learner, *args, **more))
            if not signed.is_any(roles):
                raise PermissionDenied
            return view(request, signed, *args, **more)

        return opened

    return lets_in


def _practise(
    request: HttpRequest, signed: Signed, roles: frozenset[Role], show: Callable[[Signed], HttpResponse]
) -> HttpResponse:
    """Show the same page of the practice city; whoever has not begun there is sent to where that is done."""
    with practising():
        try:
            learner = practised_by(signed.person)
        except Error:  # it was thrown away, or never made
            learner = None
        if learner is None or not replace(signed, person=learner).is_any(roles):
            return see_other(PRACTICE)
        return show(replace(signed, person=learner, root=PRACTICE))


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Return whether another site made somebody's browser send this: its neighbours on the same domain included."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin != "null" and urlsplit(origin).netloc != request.get_host()


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a reader to the sign-in page; show it at once to somebody who sent a form, with what they typed in it."""
    if request.method != "POST":
        return see_other(f"/masuk?{urlencode({'lanjut': request.get_full_path()})}")
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=401)
    return sign_in_page(request, status=401, given={"back": request.get_full_path(), "kept": typed_again(request)})


def sign_in_page(request: HttpRequest, *, status: int = 200, given: dict[str, Any]) -> HttpResponse:
    """Show the sign-in page."""
    return page(request, "office/sign_in.html", given, status=status, is_private=True)


def _language(request: HttpRequest, person: SignedIn) -> Language:
    """Return the language somebody chose in their account, unless the address asks for another now."""
    if request.GET.get("bahasa") in set(Language):
        return language_of_page(request)
    return Language(person.language) if person.language in set(Language) else Language.ID
