"""Headers on every answer: nothing from elsewhere runs, frames or guesses."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

OURS = ("script", "style", "img", "font", "media", "connect", "manifest", "worker")
HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            *(f"{kind}-src 'self'" for kind in OURS),
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
ALWAYS_CLOSED = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload"}  # two years, where https


class SafeHeaders:
    """Add what an answer does not say itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in (HEADERS | ALWAYS_CLOSED if settings.IS_HTTPS else HEADERS).items():
            response.headers.setdefault(name, value)
        return response
