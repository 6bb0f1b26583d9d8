"""What no page may ever do, seen in every context a test opens: errors, broken parts, calls to other hosts."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

OWN_SCHEMES = {"data", "blob", "about"}
# A page that rightly answers 404 or 422 is told of like this too; `_answered` judges answers better.
TOLD_TWICE = re.compile(r"^Failed to load resource: the server responded with a status of \d+")


class Watch:
    """Listen to contexts; `faults` are sentences, one for each thing that went wrong."""

    def __init__(self, base_url: str) -> None:
        self._host = urlsplit(base_url).netloc
        self._allowed: list[re.Pattern[str]] = []
        self._faults: list[str] = []

    @property
    def faults(self) -> list[str]:
        return [fault for fault in self._faults if not any(one.search(fault) for one in self._allowed)]

    def allow(self, pattern: str) -> None:
        """Let pass what this test provokes on purpose."""
        self._allowed.append(re.compile(pattern))

    def listen_to(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", self._thrown)
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not TOLD_TWICE.match(message.text) and not _is_icon(message.location["url"]):
            self._faults.append(f"console: {message.text}")

    def _thrown(self, error: WebError) -> None:
        self._faults.append(f"script: {error.error}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.netloc != self._host and address.scheme not in OWN_SCHEMES:
            self._faults.append(f"other host: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left takes its unfinished requests with it; so says a service worker of its small photos.
        is_left = request.failure == "net::ERR_ABORTED" or (
            request.failure == "net::ERR_FAILED" and request.url.endswith("?kecil")
        )
        if not is_left and not _is_icon(request.url):
            self._faults.append(f"failed: {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        # What a service worker fetches for a page that is opened counts as that page.
        is_page = response.request.is_navigation_request() or response.request.headers.get("accept", "").startswith(
            "text/html"
        )
        if response.status >= (500 if is_page else 400):
            self._faults.append(f"answered {response.status}: {response.url}")


def _is_icon(url: str) -> bool:
    """Return whether this is the tab's icon, which a browser asks for when it likes, be it after the line is cut."""
    return "/static/img/icon." in url
