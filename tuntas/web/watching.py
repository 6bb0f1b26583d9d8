"""Each request gets a sign, is counted and written down, by the pattern of its address and never by the address."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tuntas.kit.meters import count_request
from tuntas.kit.structured_log import at_work, new_reference

log = logging.getLogger("tuntas.access")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
HEADER = "X-Request-Id"


class Watching:
    """The outermost of all, so that nothing is answered unseen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, sign = time.perf_counter(), new_reference()
        with at_work(request=sign):
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            route, method = route_of(request), request.method if request.method in METHODS else "OTHER"
            count_request(route, str(method), response.status_code, seconds)
            told = {"method": method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
            log.info("request", extra={"told": told})
        response.headers[HEADER] = sign
        return response


def route_of(request: HttpRequest) -> str:
    """Return the pattern that an address fits, such as ``/l/<str:code>``; one name for all that fit none."""
    if match := request.resolver_match:
        return f"/{match.route}"
    return "/static" if request.path_info.startswith("/static/") else "none"
