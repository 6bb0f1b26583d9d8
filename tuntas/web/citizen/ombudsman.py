"""A letter to the Ombudsman, filled in for whoever wants to go there: theirs to sign and to bring, never sent by us."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.letters import Facts, Letter, written
from tuntas.kit.sending import letter_answer
from tuntas.kit.words import Language
from tuntas.reports.told import track_view
from tuntas.rules.life import OURS, Promise
from tuntas.rules.thread import Json
from tuntas.rules.words import PROMISES
from tuntas.web.citizen.ombudsman_offer import OLD, why_ombudsman
from tuntas.web.citizen.open_case import Case, of_case
from tuntas.web.citizen.track_told import head_of_line
from tuntas.web.dates import say_day_long, say_instant
from tuntas.web.thread_words import Names

DOTS = "......................................"
LONG = "Lebih dari 60 hari kemudian belum ada jawaban akhir."
QUIET = "Laporan itu dirujuk ke instansi lain, dan 10 hari kerja lewat tanpa kabar yang dijanjikan."
SAYS = {"running": "berjalan", "paused": "berhenti, menunggu pelapor", "kept": "ditepati", "missed": "terlewat"}


@of_case
def letter(request: HttpRequest, case: Case) -> HttpResponse:
    """Hand over the letter, once there was no answer, or no news from outside, for long. Raises Http404."""
    view = track_view(case.report, language=Language.ID, now=case.now, code=case.code)
    why = why_ombudsman(case.report, view, now=case.now)
    if why is None:
        raise Http404
    called = f"ombudsman-{view['number'] or 'laporan'}.pdf"
    return letter_answer(written(letter_of(case, view, is_old=why is OLD)), called=called)


def letter_of(case: Case, view: Json, *, is_old: bool) -> Letter:
    """Return the letter: who was asked for what, when, and every promise with whether it was kept. Names nobody.

    is_old   60 days have passed; else a body outside is silent
    """
    here, names = installation(), Names(case.report.is_restricted)
    number, zone = view["number"] or "tanpa nomor, laporan tertutup", here.zone
    received = say_day_long(case.report.received_at.astimezone(zone).date()).id
    return Letter(
        title="Surat kepada Ombudsman Republik Indonesia",
        sender=(f"Nama: {DOTS}", f"Alamat: {DOTS}", f"Telepon: {DOTS}"),
        dated="....................., tanggal .....................",
        about=Facts((("Hal", f"Laporan kepada Pemerintah {here.name.id} tanpa jawaban akhir"),)),
        to=("Kepada Yth.", "Ombudsman Republik Indonesia", f"Perwakilan {DOTS}"),
        parts=(
            "Dengan hormat,",
            f"Saya melapor kepada Pemerintah {here.name.id} pada {received}. {LONG if is_old else QUIET} "
            f"Saya meminta Ombudsman memeriksanya.",
            Facts(
                (
                    ("Nomor laporan", number),
                    ("Diterima", say_instant(case.report.received_at, zone).id),
                    ("Sekarang di", names.held_by(view["holder"]).id),
                    ("Keadaan", view["state_label"]),
                )
            ),
            f"Yang saya laporkan: {view['body'] or DOTS}",
            "Janji pemerintah atas laporan ini:",
            Facts(tuple(_promises(view)), widths=(0.36, 0.28, 0.36), is_headed=True),
            "Perjalanan laporan ini:",
            Facts(tuple(_way(case, view, names)), widths=(0.3, 0.7)),
        ),
        signed=("Hormat saya,", f"({DOTS})"),
    )


def _promises(view: Json) -> list[tuple[str, str, str]]:
    rows = [("Janji", "Batas", "Keadaan")]
    for entry in view["promises"]:
        if entry["promise"] in OURS:
            rows.append((PROMISES[Promise(entry["promise"])].id, _instant(entry["due_at"]), _stands(entry)))
    return rows


def _stands(entry: Json) -> str:
    if entry["state"] == "missed" and entry.get("kept_at"):
        return f"terlewat, baru {_instant(entry['kept_at'])}"
    return f"ditepati {_instant(entry['kept_at'])}" if entry.get("kept_at") else SAYS[entry["state"]]


def _way(case: Case, view: Json, names: Names) -> list[tuple[str, str]]:
    return [(_instant(line["at"]), head_of_line(line, names, case.now).id) for line in view["timeline"]]


def _instant(at: datetime | None) -> str:
    return "-" if at is None else say_instant(at, installation().zone).id
