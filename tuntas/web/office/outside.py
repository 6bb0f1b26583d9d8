"""A report that is outside, as the desk has it: whom it asks there, and the letter it sends."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.env import env
from tuntas.kit.letters import Facts, Letter, written
from tuntas.kit.sending import letter_answer
from tuntas.reports.referral_queries import rounds_of, running_referral
from tuntas.rules.life import State
from tuntas.rules.redaction import redact
from tuntas.rules.who import is_public, may_know_name
from tuntas.web.dates import say_day_long, say_instant
from tuntas.web.office.open_report import Case, of_case

if TYPE_CHECKING:
    from tuntas.reports.models import Report
    from tuntas.reports.referrals import Referral

OUT = (State.FORWARDED_EXTERNAL, State.NEEDS_INFO)


def referral_told(case: Case) -> dict[str, Any] | None:
    """Return what the page of a case shows of a referral that runs; None where there is none. One query at most."""
    referral = running_referral(case.report.pk) if case.report.state in OUT else None
    if referral is None:
        return None
    return {
        "body": referral.body_name,
        "contact": referral.contact,
        "number": referral.external_number,
        "on": referral.next_news_on,
        "missed": referral.missed_count,
        "may_name": may_know_name(case.signed.actor, case.report) and not case.report.is_anonymous,
    }


@of_case(methods=("GET", "HEAD"), is_quiet=True)
def letter(request: HttpRequest, case: Case) -> HttpResponse:
    """Hand over the letter to the body outside; with the reporter's name where it may be known and was ticked."""
    referral = running_referral(case.report.pk) if case.report.state in OUT else None
    if referral is None:
        raise Http404
    is_named = "nama" in request.GET and not case.report.is_anonymous and may_know_name(case.signed.actor, case.report)
    data = written(letter_of(case.report, referral, reporter=_name_of(case.report) if is_named else ""))
    return letter_answer(data, called=f"surat-{case.report.name}.pdf")


def _name_of(report: "Report") -> str:
    return report.contact.name if hasattr(report, "contact") else ""


def letter_of(report: "Report", referral: "Referral", *, reporter: str = "") -> Letter:
    """Return the letter that asks the body to look into a report.

    reporter   a name that may be said there; without it the letter says of nobody
    """
    here, zone, event = installation(), installation().zone, referral.event
    number = f"{report.name}/R{rounds_of(referral)}"
    reach = ", ".join(here.contact[kind] for kind in ("phone", "email") if here.contact.get(kind))
    by = say_day_long(_promised(referral)).id
    text = report.public_text or redact(report.body)
    link = f"{env().base_url}/laporan/{report.number}" if is_public(report) else ""
    return Letter(
        title=f"Surat rujukan {number}",
        sender=(f"Pemerintah {here.name.id}", here.agencies[report.desk_id].name, f"Meja aduan, {reach}"),
        dated=f"{here.name.id}, {say_day_long(event.at.astimezone(zone).date()).id}",
        about=Facts((("Nomor", number), ("Hal", f"Rujukan laporan warga {report.name}"))),
        to=("Kepada Yth.", f"Pimpinan {referral.body_name}", referral.contact),
        parts=(
            "Dengan hormat,",
            f"Kami menerima laporan warga di bawah ini. Menurut pemeriksaan kami, yang berwenang menanganinya adalah "
            f"{referral.body_name}.",
            Facts(tuple(_facts(report, reporter))),
            f"Isi laporan: {text}",
            f"Kami meminta laporan ini ditangani, diberi nomor di tempat Bapak/Ibu, dan kami dikabari paling lambat "
            f"{by}. Kami meneruskan kabar itu kepada pelapor.",
            f"Balasan: {reach}. Mohon sebutkan nomor {number}.",
        ),
        signed=("Hormat kami,", f"Meja aduan {here.name.id}", "(......................................)"),
        link=link,
        link_says="Keadaan laporan ini untuk umum",
    )


def _promised(referral: "Referral") -> date:
    """Return the day that was asked for in the letter: the first one, however often it was moved since."""
    from_event = referral.event.data.get("next_news_on")
    return date.fromisoformat(from_event) if from_event else referral.next_news_on


def _facts(report: "Report", reporter: str) -> list[tuple[str, str]]:
    here = installation()
    zone = here.zone
    area = here.area_names[report.area_id][1] if report.area_id else ""
    place = ", ".join(part for part in (redact(report.location_text), area) if part)
    facts = [("Nomor laporan", report.name), ("Diterima", say_instant(report.received_at, zone).id)]
    if report.category_id:
        facts.append(("Topik", here.categories[report.category_id].name.id))
    if place:
        facts.append(("Tempat", place))
    if report.lat is not None and report.lng is not None:
        facts.append(("Titik peta", f"{report.lat:.5f}, {report.lng:.5f}"))
    if report.event_date:
        facts.append(("Kejadian", say_day_long(report.event_date).id))
    return [*facts, ("Pelapor", reporter or "tidak disebutkan")]
