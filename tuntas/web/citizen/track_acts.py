"""What a reporter does to their report: add, rate, open again, appeal, withdraw. Each a page, a form and an act."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.reasons import ArchiveReason
from tuntas.rules.text import has_words, trouble_with
from tuntas.web.citizen.open_case import Case, of_case, show_case, show_changed
from tuntas.web.citizen.photos import Kept, take_photos, waiting_photos
from tuntas.web.citizen.track_forms import ADDING, APPEAL, REOPEN, TAKE_BACK, WITHDRAW, WordsForm
from tuntas.web.forms import Mistakes
from tuntas.web.language import language_of_page
from tuntas.web.posts import once_only, see_other

CHOOSE_FACE = Say("Pilih seberapa puas Anda.", "Choose how satisfied you are.")
NO_REASON = Say("Pelapor tidak menulis alasan.", "The reporter gave no reason.")
STEPS: dict[Act, Callable[..., object]] = {
    Act.SUPPLEMENT: steps.supplement,
    Act.COMPLETE: steps.complete,
    Act.REPLY: steps.reply,
    Act.REOPEN: steps.reopen,
    Act.APPEAL: steps.appeal,
}
SLUGS = dict.fromkeys(ADDING, "tambah") | {
    Act.REOPEN: "buka-lagi",
    Act.APPEAL: "banding",
    Act.WITHDRAW: "tarik",
}
KEPT_PHOTO = "foto_id"  # names a photo that an earlier try of the same form has brought
FIELDS = {"/text": "teks", "/file_ids": "foto"}


@of_case
def track_add(request: HttpRequest, case: Case) -> HttpResponse:
    """Add details, answer the question that was asked, or reply to the answer: what the state calls for.

    The form says for which of them it was written, so that words of one kind never become another.
    """
    meant = request.POST.get("cara") or next((act for act in ADDING if act in case.acts), Act.SUPPLEMENT)
    return _write(request, case, ADDING.get(Act(meant) if meant in ADDING else Act.SUPPLEMENT, ADDING[Act.SUPPLEMENT]))


@of_case
def track_reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Open an answered or closed report again, saying what is not fixed."""
    return _write(request, case, REOPEN)


@of_case
def track_appeal(request: HttpRequest, case: Case) -> HttpResponse:
    """Object to a report not being handled, or take up again what one withdrew oneself."""
    return _write(request, case, TAKE_BACK if case.report.reason_code == ArchiveReason.BY_REPORTER else APPEAL)


def _write(request: HttpRequest, case: Case, form: WordsForm) -> HttpResponse:
    """Show a form for words and photos, or do its act."""
    if request.method != "POST":
        return _form(request, case, form) if form.act in case.acts else show_changed(request, case, form.act)
    text, mistakes = request.POST.get("teks", ""), Mistakes()
    sent = take_photos(request, waiting_photos(request.POST.getlist(KEPT_PHOTO), now=case.now), now=case.now)
    if sent.mistakes:  # named beside whatever else is wrong, before anything is done
        if (trouble := trouble_with(text, may_be_empty=form.act is Act.SUPPLEMENT)) is not None:
            mistakes.add("teks", trouble)
        mistakes.add("foto", _together(sent.mistakes))
        return _form(request, case, form, mistakes, text=text, photos=sent.files)

    def do() -> str:
        ids = [UUID(file["id"]) for file in sent.files]
        STEPS[form.act](case.report, by=case.by, text=text, file_ids=ids, now=case.now)
        return f"{case.base}#kini"

    try:
        return once_only(request, caller=str(case.report.pk), do=do, now=case.now)
    except Invalid as no:
        mistakes.add_step(no, FIELDS, "teks")
        return _form(request, case, form, mistakes, text=text, photos=sent.files)
    except WrongState:
        return show_changed(request, case, form.act, typed=text)


def _together(mistakes: list[Say]) -> Say:
    """Return the sentences about several photos as one."""
    return Say("; ".join(say.id for say in mistakes), "; ".join(say.en for say in mistakes))


def _form(
    request: HttpRequest,
    case: Case,
    form: WordsForm,
    mistakes: Mistakes | None = None,
    *,
    text: str = "",
    photos: Kept | None = None,
) -> HttpResponse:
    return show_case(
        request,
        case,
        template="pages/track_act_words.html",
        mistakes=mistakes or Mistakes(),
        form=form,
        slug=SLUGS[form.act],
        cara=form.act if form.act in ADDING else "",
        takes_photos=form.act is not Act.WITHDRAW,
        typed=text,
        kept=photos or [],
    )


@of_case
def track_rate(request: HttpRequest, case: Case) -> HttpResponse:
    """Say how satisfied one is; "not fixed" opens the report again, and asks what is not, where nothing was written."""
    if request.method != "POST":
        return _rating(request, case) if Act.RATE in case.acts else show_changed(request, case, Act.RATE)
    chosen, text = request.POST.get("puas", ""), request.POST.get("komentar", "")
    rating = int(chosen) if chosen in ("1", "2", "3", "4") else None
    is_fixed = "buka" not in request.POST
    if not is_fixed and not has_words(text):
        return see_other(f"{case.base}/buka-lagi")
    if is_fixed and rating is None:
        return _rating(request, case, text=text, mistakes=_one("puas", CHOOSE_FACE))

    def do() -> str:
        if rating is None:
            steps.reopen(case.report, by=case.by, text=text, now=case.now)
        else:
            fixed = None if is_fixed else False
            steps.rate(case.report, by=case.by, rating=rating, fixed=fixed, text=text, now=case.now)
        return f"{case.base}#kini"

    try:
        return once_only(request, caller=str(case.report.pk), do=do, now=case.now)
    except Invalid as no:
        return _rating(request, case, text=text, rating=rating, mistakes=_one("komentar", no.mistakes[0].say))
    except WrongState:
        return show_changed(request, case, Act.RATE, typed=text)


def _one(field: str, say: Say) -> Mistakes:
    mistakes = Mistakes()
    mistakes.add(field, say)
    return mistakes


def _rating(
    request: HttpRequest, case: Case, *, text: str = "", rating: int | None = None, mistakes: Mistakes | None = None
) -> HttpResponse:
    template, mistakes = "pages/track_act_rate.html", mistakes or Mistakes()
    return show_case(request, case, template=template, mistakes=mistakes, typed=text, chosen=rating)


@of_case
def track_withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Take the report back; asks twice."""
    if request.method != "POST":
        return (
            _form(request, case, WITHDRAW) if Act.WITHDRAW in case.acts else show_changed(request, case, Act.WITHDRAW)
        )
    text = request.POST.get("teks", "")
    if (trouble := trouble_with(text, may_be_empty=True)) is not None:
        return _form(request, case, WITHDRAW, _one("teks", trouble), text=text)
    if "yakin" not in request.POST:
        return show_case(request, case, template="pages/track_act_withdraw.html", typed=text)

    def do() -> str:
        said = text if has_words(text) else NO_REASON.in_(language_of_page(request))
        steps.withdraw(case.report, by=case.by, text=said, now=case.now)
        return f"{case.base}#kini"

    try:
        return once_only(request, caller=str(case.report.pk), do=do, now=case.now)
    except WrongState:
        return show_changed(request, case, Act.WITHDRAW, typed=text)
