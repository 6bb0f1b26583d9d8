"""The parts of one task: what its agency asked of others, and a form to ask for one more."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, No, NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.reports.told import possible_acts
from tuntas.rules.life import Act
from tuntas.rules.text import has_words
from tuntas.web.forms import Mistakes
from tuntas.web.office.beside_forms import NO_DAY, NO_PART, day_of
from tuntas.web.office.office_page import office_page
from tuntas.web.office.parts_told import part_lines
from tuntas.web.office.signed import FIELD, Signed, for_staff
from tuntas.web.office.task_rows import place_of, title_of
from tuntas.web.office.tasks import WORKERS, open_report
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.reports.models import Report

NO_AGENCY = Say("Pilih instansinya", "Choose the agency")
NO_WORDS = Say("Tulis apa yang diminta", "Write what is asked for")
FIELDS = {"/agency": "instansi", "/text": "teks", "/due_on": "batas", "/part": "batal"}


@for_staff(FIELD)
def ask_part(request: HttpRequest, signed: Signed, number: str) -> HttpResponse:
    """Show what was asked of other agencies, ask for one more part, or withdraw one. Raises NotFound."""
    report = open_report(signed, number, WORKERS)
    if request.method != "POST":
        return _page(request, signed, report)
    post, mistakes = request.POST, Mistakes()
    said = {name: post.get(name, "").replace("\r\n", "\n") for name in ("instansi", "teks", "batas")}
    withdrawn = post.get("batal", "")
    if "batal" in post:
        if not (withdrawn.isascii() and withdrawn.isdecimal() and len(withdrawn) < 19):
            mistakes.add("batal", NO_PART)
    else:
        _note_mistakes(said, mistakes)
    if mistakes:
        return _page(request, signed, report, said=said, mistakes=mistakes)

    def do() -> str:
        if "batal" in post:
            steps.withdraw_part(report, by=signed.actor, part=int(withdrawn), now=signed.now)
        else:
            given: dict[str, Any] = {"agency": said["instansi"], "text": said["teks"], "due_on": day_of(said["batas"])}
            steps.ask_part(report, by=signed.actor, now=signed.now, **given)
        return f"{signed.root}/instansi/tugas/{report.name}/bagian"

    try:
        return once_only(request, caller=signed.key, do=do, now=signed.now)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, "teks")
        return _page(request, signed, report, said=said, mistakes=mistakes)
    except (WrongState, NotAllowed) as no:
        return _page(request, signed, open_report(signed, number, WORKERS), said=said, refused=no)


def _note_mistakes(said: dict[str, str], mistakes: Mistakes) -> None:
    if said["instansi"] not in installation().agency_by_slug:
        mistakes.add("instansi", NO_AGENCY)
    if day_of(said["batas"]) is None:
        mistakes.add("batas", NO_DAY)
    if not has_words(said["teks"]):
        mistakes.add("teks", NO_WORDS)


def _page(
    request: HttpRequest,
    signed: Signed,
    report: "Report",
    *,
    said: dict[str, str] | None = None,
    mistakes: Mistakes | None = None,
    refused: No | None = None,
) -> HttpResponse:
    acts = possible_acts(signed.actor, report, now=signed.now)
    agencies = sorted(installation().agencies.values(), key=lambda each: each.name)
    given = {
        "nav": "instansi",
        "number": report.name,
        "title": title_of(report, signed),
        "place": place_of(report, signed),
        "parts": part_lines(report, now=signed.now, zone=signed.zone),
        "may_ask": Act.ASK_PART in acts,
        "may_withdraw": Act.WITHDRAW_PART in acts,
        "agencies": [each for each in agencies if each.is_active and each.parent_id and each.id != report.holder_id],
        "said": said or {},
        "mistakes": mistakes,
        "wrong": mistakes.by_field if mistakes else {},
        "refused": None if refused is None else refused.say,
    }
    status = 422 if mistakes else 409 if refused else 200
    return office_page(request, signed, "office/ask_part.html", given, status=status)
