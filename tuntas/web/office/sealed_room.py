"""The sealed room: the list of what waits there, and the page of one sealed report, closed or open."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.problems import TooOften
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.factors import has_factor
from tuntas.reports.sealed_queries import sealed_report, sealed_rows
from tuntas.rules.life import State
from tuntas.rules.words import STATES
from tuntas.sealed.queries import directory, key_of
from tuntas.web.forms import Mistakes
from tuntas.web.office.rows import clock_of
from tuntas.web.office.sealed_composer import compose
from tuntas.web.office.sealed_door import Vault, for_readers, of_vault, sealed_page
from tuntas.web.office.sealed_forms import BY_NAME
from tuntas.web.office.sealed_told import next_of, tell
from tuntas.web.office.signed import Signed
from tuntas.web.posts import once_only

FIELDS = {"/purpose": "tujuan", "/code": "kode"}
SHOWN_LATELY = timedelta(minutes=5)  # a second factor shown this short a while ago is not asked for again
TRY_LATER = Say("Terlalu banyak percobaan. Coba lagi nanti.", "Too many tries. Try again later.")


@for_readers(methods=("GET", "HEAD"))
def room(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List what somebody appointed may open: reference, stage and clock, and nothing else."""
    page = request.GET.get("hal", "")
    return sealed_page(request, signed, "office/sealed/room.html", {**listed(signed, page), "list": directory()})


def listed(signed: Signed, page: str = "") -> dict[str, Any]:
    """Return one page of the list; three queries and one for each key."""
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 1
    rows, n_open, has_more = sealed_rows(signed.actor, page=number)
    return {
        "rows": [(row.ref, STATES[State(row.state)], clock_of(row, now=signed.now)) for row in rows],
        "n_open": n_open,
        "page_number": number,
        "next_page": number + 1 if has_more else 0,
        "own_key": key_of(signed.person.person_id),
    }


@of_vault(methods=("GET", "HEAD"))
def vault_page(request: HttpRequest, vault: Vault) -> HttpResponse:
    """Show a sealed report: what is known without opening it, and while it is open, what the browser opens."""
    return show_vault(request, vault, chosen=request.GET.get("lakukan", ""))


def show_vault(request: HttpRequest, vault: Vault, *, chosen: str = "", status: int = 200, **more: Any) -> HttpResponse:
    """Show the page of a sealed report; *chosen* is the form that stands open, the first possible one otherwise."""
    told = tell(vault)
    form = BY_NAME.get(chosen)
    if form not in told["forms"]:
        form = told["forms"][0] if told["forms"] else None
    given = {
        **listed(vault.signed),
        **told,
        **(compose(vault, form) if form else {}),
        "base": vault.here,
        "leads": [each for each in told["forms"] if each.slug in next_of(told["acts"])],
        "has_factor": has_factor(vault.signed.person.person_id),
        "mark": mark_of(vault.signed),
        "shown_lately": was_second_lately(vault.signed),
        "mistakes": Mistakes(),
        "wrong": {},
        **more,
    }
    return sealed_page(request, vault.signed, "office/sealed/report.html", given, status=status)


@of_vault(methods=("POST",))
def open_seal(request: HttpRequest, vault: Vault) -> HttpResponse:
    """Open the seal for a quarter of an hour: a purpose of the list, and a second factor."""
    signed = vault.signed

    def do() -> str:
        check_second(request, signed)
        steps.open_sealed(vault.report, by=signed.actor, purpose=request.POST.get("tujuan", ""), now=signed.now)
        return vault.here

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, FIELDS, "kode")
    except TooOften:
        mistakes = Mistakes([("kode", TRY_LATER)])
    said = {"purpose": request.POST.get("tujuan", "")}
    fresh = Vault(sealed_report(signed.actor, vault.report.name), signed)
    return show_vault(request, fresh, status=422, mistakes=mistakes, wrong=mistakes.by_field, asked=said)


def mark_of(signed: Signed) -> str:
    """Return what lies under the words, on screen and paper: who reads them, and since when; over and over."""
    at = signed.now.astimezone(signed.zone)
    return f"{signed.person.name} · {at:%d-%m-%Y %H.%M}     " * 60


def was_second_lately(signed: Signed) -> bool:
    """Return whether a second factor was shown in this session within five minutes."""
    at = signed.person.second_at
    return at is not None and real_time() - at < SHOWN_LATELY


def check_second(request: HttpRequest, signed: Signed) -> None:
    """Ask for a second factor unless one was shown just now. The demo asks as well. Raises Invalid, TooOften."""
    if was_second_lately(signed):
        return
    steps.check_second(
        signed.person.person_id,
        request.POST.get("kode", ""),
        session_id=signed.person.session_id,
        address=request.META.get("REMOTE_ADDR", ""),
        real_now=real_time(),
    )
