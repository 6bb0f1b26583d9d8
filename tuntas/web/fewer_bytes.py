"""Send pages in fewer bytes, because many lines are slow and every kilobyte is paid for."""

from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

WORTH_IT = 500  # bytes; below, the saving is less than a packet
QUALITY = 5  # about 2 ms for the largest page; 11 would take 40
KINDS = ("text/", "application/json", "application/problem+json", "application/atom+xml", "image/svg+xml")


class FewerBytes:
    """Compress with Brotli where the browser takes it. Static files are compressed beforehand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/api/") or response.streaming or response.has_header("Content-Encoding"):
            return response  # the API's answers are small, and its machines are near
        kind = response.headers.get("Content-Type", "")
        if len(response.content) < WORTH_IT or not kind.startswith(KINDS):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "br" in request.headers.get("Accept-Encoding", ""):
            response.content = brotli.compress(response.content, quality=QUALITY)
            response["Content-Encoding"] = "br"
            response["Content-Length"] = str(len(response.content))
        return response
