"""One answer before somebody else's eye: approved, signed, or returned with words; never by who wrote it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.told import staff_view
from tuntas.rules.life import Act
from tuntas.rules.lit import Lit
from tuntas.rules.thread import Json
from tuntas.rules.who import is_raised
from tuntas.steps.lights import evidence_of, judge_for
from tuntas.web.forms import Mistakes
from tuntas.web.office.doubted import doubts_of, field_doors
from tuntas.web.office.evidence import Proof
from tuntas.web.office.office_page import office_page
from tuntas.web.office.parts_told import open_count
from tuntas.web.office.signed import CHECKERS, FIELD, Signed, for_staff
from tuntas.web.office.task_form import OUTCOMES
from tuntas.web.office.task_lights import shown
from tuntas.web.office.task_rows import due_clock, place_of, title_of
from tuntas.web.office.task_view import proofs_in, reporters_photo_in
from tuntas.web.office.tasks import CHECKS, open_report
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.reports.models import Report

APPROVE, SIGN, RETURN = "setujui", "tanda-tangan", "kembalikan"
ACTS = {APPROVE: Act.APPROVE, SIGN: Act.SIGN, RETURN: Act.RETURN_ANSWER}
GONE = Say(
    "Jawaban ini sudah berubah. Beginilah keadaannya sekarang.", "This answer changed. This is how it stands now."
)
NO_WORDS = Say("Tulis apa yang perlu diperbaiki", "Write what should be better")


@for_staff(FIELD | CHECKERS)
def check(request: HttpRequest, signed: Signed, number: str) -> HttpResponse:
    """Show an answer that waits, or take the decision about it. Raises NotFound."""
    report = steps.fetch(open_report(signed, number, CHECKS), by=signed.actor, now=signed.now)
    if request.method != "POST":
        return _page(request, signed, report)
    return _decide(request, signed, report)


def _decide(request: HttpRequest, signed: Signed, report: "Report") -> HttpResponse:
    post, by, now = request.POST, signed.actor, signed.now
    how, text, words = post.get("putusan", ""), post.get("teks", ""), post.get("alasan", "").strip()
    mistakes = Mistakes()
    if how == RETURN and not words:
        mistakes.add("alasan", NO_WORDS)
    if how not in ACTS or mistakes:
        return _page(request, signed, report, mistakes=mistakes, text=text, words=words)
    ways: dict[str, Callable[[], object]] = {
        APPROVE: lambda: steps.approve(report, by=by, now=now),
        SIGN: lambda: steps.sign(report, by=by, text=text.replace("\r\n", "\n"), is_confirmed="yakin" in post, now=now),
        RETURN: lambda: steps.return_answer(report, by=by, text=words, now=now),
    }

    def do() -> str:
        seen = post.get("dilihat", "")
        steps.unless_changed(report, int(seen[:18]) if seen.isdecimal() else 0, ways[how], by=by)
        return f"{signed.root}/instansi/cek?terkirim={report.name}"

    try:
        return once_only(request, caller=signed.key, do=do, now=now)
    except Invalid as no:
        mistakes.add_step(no, {"/text": "alasan" if how == RETURN else "teks"}, "teks")
        return _page(request, signed, report, mistakes=mistakes, text=text, words=words)
    except (WrongState, NotAllowed) as no:
        fresh = open_report(signed, report.name, CHECKS)
        refused = no.say if isinstance(no, NotAllowed) else GONE
        return _page(request, signed, fresh, status=409, refused=refused, text=text, words=words)


def _page(
    request: HttpRequest,
    signed: Signed,
    report: "Report",
    *,
    mistakes: Mistakes | None = None,
    status: int = 200,
    text: str = "",
    words: str = "",
    **more: Any,
) -> HttpResponse:
    view = staff_view(report, signed.actor, language=signed.language, now=signed.now)
    proposal = view["proposed_answer"]
    can = [how for how, act in ACTS.items() if act in view["acts"]]
    given = {
        "nav": "cek",
        "report": report,
        "view": view,
        "number": report.name,
        "title": title_of(report, signed),
        "place": place_of(report, signed),
        "clock": due_clock(report.due_at, now=signed.now, zone=signed.zone),
        "photos": [photo for photo in view["photos"] if photo["is_reporters"]],
        "proposal": proposal,
        "parts_open": open_count(view),
        "outcome": OUTCOMES.get(proposal["outcome"]) if proposal else None,
        "proofs": _proofs(view, signed),
        "before": reporters_photo_in(view, signed),
        **(doubts_of(report, proposal, signed, field_doors(signed)) if can else {}),
        **shown(_lights(view, report, signed)),
        "can": can,
        "is_raised": is_raised(report),
        "is_own": report.proposed_by_id == signed.person.person_id,
        "text": text or (proposal["text"] if proposal else ""),
        "words": words,
        "seen": last_event_of(report),
        "mistakes": mistakes,
        "wrong": mistakes.by_field if mistakes else {},
        **more,
    }
    return office_page(request, signed, "office/check.html", given, status=422 if mistakes else status)


def _proofs(view: Json, signed: Signed) -> list[Proof]:
    files = view["proposed_answer"]["files"] if view["proposed_answer"] else []
    return [proof for proof in proofs_in(view, signed) if proof.id in files]


def _lights(view: Json, report: "Report", signed: Signed) -> Sequence[Lit]:
    proposal = view["proposed_answer"]
    if not proposal:
        return ()
    return judge_for(
        report,
        Act.PROPOSE_ANSWER,
        proposal["text"],
        by=signed.actor,
        photos=evidence_of([UUID(file) for file in proposal["files"]], report),
        outcome=proposal["outcome"] or "",
        is_confirmed=True,
        now=signed.now,
    )
