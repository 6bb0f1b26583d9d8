"""Open a report by its number for somebody at work: what all pages of one case have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas.kit.errors import NOT_FOUND, NotFound
from tuntas.reports.queries import report_for
from tuntas.rules.who import DESK_ROLES, Role, may_read
from tuntas.web.office.queues import QUEUES
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only, see_other

if TYPE_CHECKING:
    from tuntas.reports.models import Report

# Agencies have pages of their own.
READERS = DESK_ROLES | {Role.LEADER, Role.INSPECTORATE, Role.SEALED_READER, Role.ARBITER}
FROM = "dari"  # names the queue somebody came from, and goes back to

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Case:
    """A report in front of somebody who works here."""

    report: "Report"
    signed: Signed
    queue: str = ""

    @property
    def base(self) -> str:
        """The address of its page."""
        return f"{self.signed.root}/meja/kasus/{self.report.name}"

    @property
    def here(self) -> str:
        """The address of its page for somebody who goes through a queue."""
        return f"{self.base}?{FROM}={self.queue}" if self.queue else self.base


def of_case(
    *, methods: tuple[str, ...] = ("GET", "HEAD", "POST"), is_quiet: bool = False
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let a view take the report of the number in its address, where the person signed in may read it."""

    def opens(view: View) -> Callable[..., HttpResponse]:
        @for_staff(READERS, methods=methods, is_quiet=is_quiet)
        @wraps(view)
        def opened(request: HttpRequest, signed: Signed, name: str, **more: Any) -> HttpResponse:
            try:
                report = report_for(signed.actor, name)
            except NotFound as no:
                return _sent_before(request, signed, no)
            if not may_read(signed.actor, report):
                return _sent_before(request, signed, NotFound(NOT_FOUND))
            if report.is_restricted and request.method == "GET" and Role.SEALED_READER in signed.actor.reach:
                return see_other(f"/brankas/{report.ref}")
            queue = request.POST.get(FROM) or request.GET.get(FROM, "")
            return view(request, Case(report, signed, queue if queue in QUEUES else ""), **more)

        return opened

    return opens


def _sent_before(request: HttpRequest, signed: Signed, no: NotFound) -> HttpResponse:
    """Answer a form that comes again after it took the report away, as it was answered then. Raises NotFound."""
    if request.method != "POST":
        raise no

    def do() -> str:
        raise no

    return once_only(request, caller=signed.key, do=do, now=signed.now)
