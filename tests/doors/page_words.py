"""Read a page as somebody would who hears or sees it."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from tuntas.kit.ids import read_code, show_code
from tuntas.kit.time import current_time


def hours_ago(hours: float) -> datetime:
    return current_time() - timedelta(hours=hours)


def address(code: str, more: str = "") -> str:
    """The address of a report's page, as its own links have it."""
    return f"/l/{show_code(read_code(code) or '')}{more}"


def words_of(response: Any) -> str:
    """What stands in the main part of a page, without marks and with single spaces."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.partition(">")[2])).split())


def title_of(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def fields_of(response: Any, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to *action*."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', response.content.decode(), re.DOTALL)
    assert form, f"no form to {action}"
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def offers(response: Any, action: str) -> bool:
    """Whether a page has a form or link to *action*."""
    return f'action="{action}"' in response.content.decode() or f'href="{action}"' in response.content.decode()
