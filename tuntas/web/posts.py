"""What every form of ours needs: refuse what another site sent, do it once, then show a fresh page."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse

from tuntas.kit.answers import Answer
from tuntas.kit.errors import No
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.steps.limit import seconds_to_wait
from tuntas.steps.once import once
from tuntas.web.page import page

KEY = "kunci"  # the field in which a form carries its key
LONGEST_KEY = 60
OTHER_SITE = Say(
    "Kiriman ini datang dari situs lain, jadi tidak kami terima. Buka halamannya di sini, lalu kirim lagi.",
    "This was sent from another site, so we did not accept it. Open the page here and send it again.",
)


class _Refused(Exception):
    """Carries a refusal past ``once``, which would keep it: a form that was refused is corrected and sent again."""

    def __init__(self, no: No) -> None:
        super().__init__(no.say.en)
        self.no = no


def refuse_cross_site(request: HttpRequest) -> HttpResponse | None:
    """Return a page that refuses a form which another site made somebody's browser send; None for all others."""
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        return None
    return page(request, "pages/refused.html", {"sentence": OTHER_SITE}, status=403, is_private=True)


def seconds_to_rest(request: HttpRequest, what: str, an_hour: int) -> int:
    """Count one try of *what* from the network a form comes from; return 0, or after how many seconds to try again."""
    address = request.META.get("REMOTE_ADDR", "")
    return seconds_to_wait(what, address, most=an_hour, per_seconds=3600, real_now=real_time())


def see_other(address: str) -> HttpResponse:
    """Return the answer that sends a browser on to *address* after a form, so that reloading sends nothing again."""
    response = HttpResponse(status=303, headers={"Location": address})
    response["Cache-Control"] = "no-store"
    return response


def new_form_key() -> str:
    """Return the key that makes a form, sent twice, one."""
    return token_urlsafe(12)


def once_only(request: HttpRequest, *, caller: str, do: Callable[[], str], now: datetime) -> HttpResponse:
    """Do what a form asks, once for its key and content, and go on to the address that *do* returns.

    The same form with other words (somebody went back and wrote more) is another one. What *do* refuses is raised as
    it is and not kept.
    """

    def answer() -> Answer:
        try:
            return Answer(303, do().encode())
        except No as no:
            raise _Refused(no) from no

    try:
        done = once(
            _key_of(request),
            caller=caller,
            path=f"{request.path}\n{_content_of(request)}",
            body=b"",
            do=answer,
            refuse=_keep_nothing,
            now=now,
        )
    except _Refused as refused:
        raise refused.no from refused
    return see_other(done.body.decode())


def _key_of(request: HttpRequest) -> str:
    key = request.POST.get(KEY, "")
    return key if len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() else ""


def _content_of(request: HttpRequest) -> str:
    """Return a fingerprint of what the form says; photos by name and size."""
    said = [(name, value) for name, values in sorted(request.POST.lists()) for value in values if name != KEY]
    said += [(name, f"{file.name}/{file.size}") for name, files in sorted(request.FILES.lists()) for file in files]
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _keep_nothing(no: No) -> Answer:
    raise AssertionError("a refusal went past") from no
