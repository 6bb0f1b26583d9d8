"""Template tags for words, dates, numbers and icons. ``{% say "Kirim" "Send" %}`` keeps both languages in one place."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.search import excerpt, marked
from tuntas.web import dates
from tuntas.web.icons import ICONS

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, id: str | Say, en: str = "", **given: Any) -> str:
    """Return words in the page's language: ``{% say "…{n}…" "…{n}…" n=count %}`` or ``{% say a_say %}``.

    Words written in a template may hold markup; whatever is filled in is escaped.
    """
    language = context["language"]
    filled = {key: value.in_(language) if isinstance(value, Say) else value for key, value in given.items()}
    if isinstance(id, Say):
        return id.in_(language).format(**filled) if filled else id.in_(language)
    words = id if language == "id" else en
    return format_html(words, **filled) if filled else mark_safe(words)  # noqa: S308 - written in our own templates


@register.filter
def mark(text: str, found: Collection[str] | None) -> SafeString:
    """Return a text with the words that were looked for marked; *found* as ``words_found`` gives them."""
    pieces = marked(text, found or ())
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", t) if hit else t,) for t, hit in pieces))


@register.filter
def around(text: str | None, found: Collection[str] | None) -> str:
    """Return the part of a text around what was looked for; nothing where it is not there."""
    return excerpt(text or "", found or ())


@register.simple_tag(takes_context=True)
def instant(context: Context, at: datetime) -> SafeString:
    """Return a time element: ``Kamis 20 Nov, 09.14``."""
    said = dates.say_instant(at, _zone(context), now=context.get("now")).in_(context["language"])
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), said)


def _zone(context: Context) -> ZoneInfo:
    """Return whose clock a page shows: that of the person at work, else the government's."""
    return context.get("zone") or installation().zone


@register.simple_tag(takes_context=True)
def hour(context: Context, at: datetime) -> SafeString:
    """Return a time element of a moment just past: ``09.14``."""
    here = at.astimezone(_zone(context))
    said = f"{here:%H.%M}" if context["language"] == "id" else f"{here:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), said)


@register.simple_tag(takes_context=True)
def day(context: Context, on: date) -> SafeString:
    """Return a time element of a day: ``Kamis 20 Nov``."""
    now = context.get("now")
    zone = _zone(context)
    today = None if now is None else now.astimezone(zone).date()
    on = on.astimezone(zone).date() if isinstance(on, datetime) else on
    said = dates.say_day(on, today=today).in_(context["language"])
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), said)


@register.simple_tag(takes_context=True)
def span(context: Context, seconds: float) -> str:
    """Return ``5 jam 48 menit``."""
    return dates.say_span(seconds).in_(context["language"])


@register.simple_tag(takes_context=True)
def ago(context: Context, at: datetime) -> str:
    """Return ``3 hari lalu``."""
    return dates.say_ago(at, context["now"]).in_(context["language"])


@register.simple_tag(takes_context=True)
def number(context: Context, value: float | None, places: int = 0) -> str:
    """Return ``1.226`` or ``3,1``; a dash where there is none."""
    return "–" if value is None else dates.say_number(value, places).in_(context["language"])


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """Return an icon, hidden from those who listen: the words beside it speak."""
    look = f"c-icon {kind}".strip()
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', look, mark_safe(ICONS[name]))  # noqa: S308
