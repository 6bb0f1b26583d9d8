"""Cookies: few, for this site alone, out of reach of scripts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def set_cookie(response: HttpResponse, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie that only this site reads; Secure and ``__Host-`` where the site is https."""
    response.set_cookie(_full(name), value, max_age=seconds, secure=settings.IS_HTTPS, httponly=True, samesite="Lax")


def cookie_of(request: HttpRequest, name: str) -> str:
    """Return what ``set_cookie`` kept, or nothing."""
    return request.COOKIES.get(_full(name), "")


def _full(name: str) -> str:
    return f"__Host-{name}" if settings.IS_HTTPS else name
