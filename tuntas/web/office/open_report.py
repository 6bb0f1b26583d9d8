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

if TYPE_CHECKING:
    from tuntas.reports.models import Report

READERS = DESK_ROLES | {Role.LEADER, Role.INSPECTORATE, Role.SEALED_READER}  # agencies have pages of their own
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
            report = report_for(signed.actor, name)
            if not may_read(signed.actor, report):
                raise NotFound(NOT_FOUND)
            queue = request.POST.get(FROM) or request.GET.get(FROM, "")
            return view(request, Case(report, signed, queue if queue in QUEUES else ""), **more)

        return opened

    return opens
