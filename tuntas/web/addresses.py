"""Where a request comes from, where proxies of the government stand in front."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tuntas.kit.env import env


class RealAddress:
    """Put the address that the first of our own proxies saw in the place of the last one's.

    Without TUNTAS_PROXIES what ``X-Forwarded-For`` says is not believed: anybody can write it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = address_behind(
            env().proxies, request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
        )
        return self.get_response(request)


def address_behind(proxies: int, address: str, forwarded: str) -> str:
    """Return who speaks to the outermost of *proxies* of ours, each of which wrote at the end whom it heard."""
    heard = [each.strip() for each in forwarded.split(",")]
    return heard[-proxies] if 0 < proxies <= len(heard) and heard[-proxies] else address
