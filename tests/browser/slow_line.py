"""A bad line: somebody types and presses before a script of the page has come."""

from playwright.sync_api import Page, Request, Route

from tests.browser.form_walk import wait_until


class Line:
    """A line on which one script of a page waits, until it is let through or lost."""

    def __init__(self, page: Page) -> None:
        self._page, self._waiting = page, list[Route]()
        self.sent: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        # What stands behind the "#" Chromium tells the test, and no server.
        self.sent.append(request.url.partition("#")[0] + (request.post_data_buffer or b"").decode(errors="replace"))

    def open(self, path: str, script: str) -> None:
        self._page.route(f"**/js/{script}.*", self._keep)
        self._page.goto(path, wait_until="commit")

    def _keep(self, route: Route) -> None:
        self._waiting.append(route)

    def press(self, button: str) -> None:
        self._page.get_by_role("button", name=button, exact=True).click(no_wait_after=True)

    def let_through(self) -> None:
        for route in self._held():
            route.continue_()

    def lose(self) -> None:
        for route in self._held():
            route.abort()

    def _held(self) -> list[Route]:
        wait_until(self._page, lambda: bool(self._waiting))
        return self._waiting

    def carried(self, words: str) -> bool:
        return any(words in one for one in self.sent)
