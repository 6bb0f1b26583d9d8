"""Pages for everybody."""

from django.http import HttpRequest, HttpResponse


def start(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def demo_mail(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
