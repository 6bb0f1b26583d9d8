"""The whole product behind a real port, inside the test process, so that pages and tests share one database."""

import threading
from collections.abc import Callable
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler, get_internal_wsgi_application
from django.db import connections

from tuntas.ops.static_files import collect_static

PATIENCE = 30.0  # seconds until a request that does not end is called stuck
IDLE = 5  # seconds a connection without a request is kept; browsers open some to be quick


class Handler(WSGIRequestHandler):
    """Answer without a word on standard error."""

    timeout = IDLE

    def handle(self) -> None:
        try:
            super().handle()
        except (TimeoutError, ConnectionError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: addresses carry codes."""


class Server(ThreadedWSGIServer):
    """Serve on a free port; close waits for every thread, so that no socket is left for the collector."""

    daemon_threads = False
    request_queue_size = 64  # a browser asks for many files at once


class Site:
    """The running product: where it is, and whether it is at rest."""

    def __init__(self) -> None:
        collect_static()  # first: whitenoise looks once, when the application is made
        self._application = get_internal_wsgi_application()
        self._under_way = 0
        self._change = threading.Condition()
        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.set_app(self._serve)
        self.base_url = f"http://localhost:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def close(self) -> None:
        """Stop listening and wait for every thread."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def rest(self) -> None:
        """Wait until no request is under way: only then may the tables be emptied."""
        with self._change:
            assert self._change.wait_for(lambda: self._under_way == 0, PATIENCE), "a request does not end"

    def _serve(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with self._change:
            self._under_way += 1

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            # wsgiref takes nothing but plain strings; the real server takes members of a StrEnum as well.
            return start_response(status, [(str(name), str(value)) for name, value in headers], *more)

        try:
            answer: Any = self._application(environ, start)
            try:
                return [b"".join(answer)]
            finally:
                answer.close()
        finally:
            connections.close_all()  # each request has its own
            with self._change:
                self._under_way -= 1
                self._change.notify_all()
