"""The door of the sealed room: who is not appointed finds nothing there, and nothing of it is ever stored."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.sealed_queries import sealed_report
from tuntas.rules.who import Role
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff

if TYPE_CHECKING:
    from tuntas.reports.models import Report

ROOM = "/brankas"
# What was opened in the browser is shown from its memory (blob:); everything else as on every page.
SHOWS_OPENED = (
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Vault:
    """A sealed report in front of somebody appointed to read it."""

    report: "Report"
    signed: Signed

    @property
    def here(self) -> str:
        """The address of its page."""
        return f"{ROOM}/{self.report.ref}"


def for_readers(
    *, methods: tuple[str, ...] = ("GET", "HEAD", "POST"), is_quiet: bool = False
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let a view take somebody appointed; for everybody else there is no such page."""

    def lets_in(view: View) -> Callable[..., HttpResponse]:
        @for_staff(methods=methods, is_quiet=is_quiet)
        @wraps(view)
        def opened(request: HttpRequest, signed: Signed, *args: Any, **more: Any) -> HttpResponse:
            if Role.SEALED_READER not in signed.actor.reach:
                raise NotFound(NOT_FOUND)
            return _unstored(view(request, signed, *args, **more))

        return opened

    return lets_in


def of_vault(
    *, methods: tuple[str, ...] = ("GET", "HEAD", "POST"), is_quiet: bool = False
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let a view take the sealed report of the reference in its address, where its reader may open it."""

    def opens(view: View) -> Callable[..., HttpResponse]:
        @for_readers(methods=methods, is_quiet=is_quiet)
        @wraps(view)
        def opened(request: HttpRequest, signed: Signed, name: str, **more: Any) -> HttpResponse:
            return view(request, Vault(sealed_report(signed.actor, name), signed), **more)

        return opened

    return opens


def sealed_page(
    request: HttpRequest, signed: Signed, template: str, given: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the room, in its own light."""
    response = office_page(
        request, signed, template, {"nav": "brankas", "light": "brankas", "age": age_address(), **given}, status=status
    )
    response["Content-Security-Policy"] = SHOWS_OPENED
    return response


def age_address() -> str:
    """Return where browsers find what opens age files; nothing where it was not built."""
    try:
        return static("js/age.js")
    except ValueError:
        return ""


def _unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
