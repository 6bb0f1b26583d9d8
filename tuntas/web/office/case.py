"""The page of one case, and every act on it: each a page of its own, and a form that is never lost."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Say
from tuntas.reports.desk_queries import others_present
from tuntas.reports.queries import report_for
from tuntas.rules.life import Act, State, can, may
from tuntas.rules.text import trouble_with
from tuntas.rules.who import DESK_ROLES, Role
from tuntas.rules.words import ACTS
from tuntas.steps.begin import refuse_wrong_person
from tuntas.steps.unless_changed import Changed, unless_changed
from tuntas.steps.windows import OVER
from tuntas.web.forms import Mistakes
from tuntas.web.office.case_forms import BY_SLUG, FORMS, TABS, ActForm, Part
from tuntas.web.office.case_given import BODIES, FIELDS, Given, draft_of, mistakes_in, read_given
from tuntas.web.office.case_meeting import rakor_of
from tuntas.web.office.case_shared import shared_of
from tuntas.web.office.case_told import beside, tell
from tuntas.web.office.composer import compose, offers_for, unsent_by_form, with_template
from tuntas.web.office.evidence import take_evidence
from tuntas.web.office.keep_words import keep_words
from tuntas.web.office.office_page import office_page
from tuntas.web.office.open_report import Case, of_case
from tuntas.web.office.queues import QUEUES
from tuntas.web.office.undo import DONE
from tuntas.web.posts import once_only

if TYPE_CHECKING:
    from tuntas.steps.unless_changed import News

GONE_ON = frozenset({Act.DISPATCH, Act.ASK, Act.ARCHIVE})  # after these, who came from a queue goes on with it
NOT_NOW = Say(
    "Ini tidak bisa dilakukan sekarang. Beginilah keadaan laporan ini.",
    "This cannot be done now. This is how the report stands.",
)
MOVED = Say(
    "Laporan ini berubah, jadi kiriman Anda belum dipakai. Tulisan Anda ada di bawah.",
    "This report changed, so what you sent was not used. Your words are below.",
)


@of_case(methods=("GET", "HEAD"))
def case_page(request: HttpRequest, case: Case) -> HttpResponse:
    """Show a report; to open it is a look, and others who have it open see that."""
    return show_case(request, looked_at(case))


def looked_at(case: Case) -> Case:
    """Note that somebody opened a report, and return it as it is then."""
    report = steps.fetch(case.report, by=case.signed.actor, now=case.signed.now)
    steps.be_present(report, by=case.signed.actor, now=case.signed.now)
    return Case(report, case.signed, case.queue)


@of_case()
def act(request: HttpRequest, case: Case, slug: str) -> HttpResponse:
    """Show the page of one act, or do it."""
    form = BY_SLUG[slug]
    if request.method == "POST" and not may(case.signed.actor, form.act, case.report):
        return _sent_before(request, case, form)
    refuse_wrong_person(case.signed.actor, form.act, case.report)
    if request.method != "POST":
        return _show(request, looked_at(case), form)
    photos, troubles = take_evidence(request, now=case.signed.now) if form.has(Part.PHOTOS) else ([], [])
    given = read_given(request.POST, photos)
    if (aside := _aside(request, case, form, given)) is not None:
        return aside
    mistakes = mistakes_in(form, given)
    if mistakes or troubles:  # named beside whatever else is wrong, before anything is done
        if form.has(Part.WORDS) and (trouble := trouble_with(given.text)) is not None:
            mistakes.found.insert(0, ("teks", trouble))
        if troubles:
            mistakes.add("foto", _together(troubles))
        return _show(request, case, form, given=given, mistakes=mistakes)
    return _do(request, case, form, given)


def _sent_before(request: HttpRequest, case: Case, form: ActForm) -> HttpResponse:
    """Answer a form that comes again after it ended its sender's right, as it was answered then. Raises NotAllowed."""

    def do() -> str:
        refuse_wrong_person(case.signed.actor, form.act, case.report)
        return case.here

    return once_only(request, caller=case.signed.key, do=do, now=case.signed.now)


def _aside(request: HttpRequest, case: Case, form: ActForm, given: Given) -> HttpResponse | None:
    """Do what the other buttons of a form ask for, which sends nothing: a template, a look at the lights, a draft."""
    if "sisipkan" in request.POST:
        given.said["teks"] = with_template(given.text, request.POST.get("templat", ""), form)
    elif "simpan" in request.POST:
        keep_words(case, form, given)
    elif "periksa" not in request.POST:
        return None
    return _show(request, case, form, given=given)


def _do(request: HttpRequest, case: Case, form: ActForm, given: Given) -> HttpResponse:
    report, by, now = case.report, case.signed.actor, case.signed.now
    step, body_of = BODIES[form.slug]

    def do_it() -> None:
        step(report, by=by, now=now, **body_of(given))
        steps.forget_unsent(report, by=by, form=draft_of(form))

    def do() -> str:
        if given.seen is None:
            do_it()
        else:
            unless_changed(report, given.seen, do_it, by=by)
        return _onward(case, form)

    try:
        return once_only(request, caller=case.signed.key, do=do, now=now)
    except Invalid as no:
        mistakes = Mistakes()
        mistakes.add_step(no, FIELDS, "teks")
        return _show(request, case, form, given=given, mistakes=mistakes)
    except Changed as no:
        return _show(request, case, form, given=given, news=no.news)
    except WrongState as no:
        return _show_changed(request, case, form, given=given, said=no.say)


def _onward(case: Case, form: ActForm) -> str:
    """Return where somebody goes on: with the queue they came from, once a report has left it; else the same case."""
    if form.act is Act.SEAL:  # its number is no more
        return f"{case.signed.root}/meja"
    if form.act is Act.ARBITRATE:  # it is no longer theirs to read
        return f"{case.signed.root}/meja/arbitrase?terkirim={case.report.name}"
    if case.queue and form.act is Act.RELEASE and case.signed.is_any(DESK_ROLES):
        return f"{case.signed.root}/meja?antrean={case.queue}&lolos={case.report.name}"
    if case.queue and form.act in GONE_ON and case.signed.is_any(DESK_ROLES):
        return f"{case.signed.root}/meja?antrean={case.queue}&sesudah={case.report.name}"
    return case.here


def _together(says: list[Say]) -> Say:
    """Return the sentences about several photos as one."""
    return Say("; ".join(say.id for say in says), "; ".join(say.en for say in says))


def _show(
    request: HttpRequest,
    case: Case,
    form: ActForm,
    *,
    given: Given | None = None,
    mistakes: Mistakes | None = None,
    news: "list[News] | None" = None,
) -> HttpResponse:
    """Show the form of an act: in the composer on the report's page, or on a page of its own."""
    if news:  # the report has moved on since this request read it
        case = Case(report_for(case.signed.actor, case.report.name), case.signed, case.queue)
    told = {**tell(case), "unsent": unsent_by_form(case)}
    if form.act not in told["acts"]:
        return _show_changed(request, case, form, given=given)
    composed = compose(case, form, told, given, mistakes, to=request.GET.get("ke", "")[:60])
    status = 409 if news else 422 if mistakes else 200
    more = {**composed, "news": [_said(each) for each in news or ()]}
    if form.is_tab:
        return show_case(request, case, told=told, status=status, **more)
    return office_page(
        request, case.signed, "office/case_act.html", {**_frame(case, told), **told, **more}, status=status
    )


def _said(news: "News") -> dict[str, Any]:
    return {"name": news.name, "said": ACTS[news.act], "at": news.at, "text": news.text}


def _show_changed(
    request: HttpRequest, case: Case, form: ActForm, *, given: Given | None = None, said: Say | None = None
) -> HttpResponse:
    """Show the report as it is now to somebody who asked for what is not possible any more; their words are kept."""
    case = Case(report_for(case.signed.actor, case.report.name), case.signed, case.queue)
    why = said or (OVER if can(form.act, State(case.report.state)) else NOT_NOW)
    kept = given.text if given else ""
    return show_case(request, case, status=409, refused=why, moved=MOVED if kept else None, kept_words=kept)


def show_case(
    request: HttpRequest, case: Case, *, told: dict[str, Any] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the page of a report; its composer is the one of *more*, else the first that is possible."""
    if told is None:
        told = {**tell(case, is_public=request.GET.get("riwayat") == "publik"), "unsent": unsent_by_form(case)}
    tabs = [form for form in TABS if form.act in told["acts"]]
    composed = more if "form" in more or not tabs else {**compose(case, tabs[0], told), **more}
    given = {
        **_frame(case, told),
        **told,
        **beside(case),
        **rakor_of(case, told["lines"], is_public=told["is_public"]),
        "tabs": tabs,
        "others": others_present(case.report, case.signed.person.person_id, case.signed.now),
        "shared": shared_of(case, told),
        "offered": offers_for(case) if Act.DISPATCH in told["acts"] else (),
        **composed,
    }
    return office_page(request, case.signed, "office/case.html", given, status=status)


def _frame(case: Case, told: dict[str, Any]) -> dict[str, Any]:
    """Return what all pages of a case have: the way back, and what else can be done."""
    report = case.report
    undo = DONE.get(Act(report.recallable)) if Act.RECALL in told["acts"] and report.recallable else None
    to = (told["view"]["holder"] or {}).get("name", "")
    is_arbiters = Role.ARBITER in case.signed.actor.reach and not case.signed.is_any(DESK_ROLES)
    return {
        "nav": "arbitrase" if is_arbiters else "meja",
        "list": "/meja/arbitrase" if is_arbiters else "",
        "queue": QUEUES.get(case.queue),
        "undo_says": None if undo is None else undo.fill(name=report.name, to=to),
        "others_acts": [form for form in FORMS if not (form.is_tab or form.is_on_name) and form.act in told["acts"]],
    }
