"""Ask to know who an anonymous reporter is: the first of two persons."""

from datetime import datetime

from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report, Reveal
from tuntas.rules.life import Act
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

FEWEST_LETTERS, MOST_LETTERS = 20, 500
TOO_SHORT = Say(
    "Tulis alasannya, sedikitnya {n} huruf. Pelapor akan membacanya.",
    "Write the reason, {n} letters at least. The reporter will read it.",
)
NOTHING_HIDDEN = Say("Pelapor ini tidak anonim.", "This reporter is not anonymous.")
NO_CONTACT = Say("Pelapor ini tidak meninggalkan nama atau kontak.", "This reporter left no name or contact.")
ASKED_ALREADY = Say(
    "Sudah ada permintaan. Tunggu orang kedua memutuskannya.",
    "It was asked for already. Wait for a second person to decide.",
)


def ask_identity(report: Report, *, by: Actor, text: str, now: datetime) -> Event:
    """Ask for an anonymous reporter's name with a reason; a second person decides, and the reporter reads the reason.

    Raises Invalid where the reason is too short or there is no name to ask for, WrongState while one asks already.
    """
    text = reason_of(text)
    with begin(report, Act.ASK_IDENTITY, by=by) as report:
        if not report.is_anonymous:
            raise Invalid.field("", NOTHING_HIDDEN)
        if not hasattr(report, "contact"):
            raise Invalid.field("", NO_CONTACT)
        if report.identity_asked_by_id is not None:
            raise WrongState(ASKED_ALREADY)
        report.identity_asked_by_id = by.person_id
        Reveal(report=report, asked_by_id=by.person_id or 0, asked_at=now, why=text).save()
        return walk(report, Act.ASK_IDENTITY, by=by, text=text, now=now)


def reason_of(text: str) -> str:
    """Return a reason without white space around it. Raises Invalid where it says too little."""
    text = checked(text, most=MOST_LETTERS)
    if len(text) < FEWEST_LETTERS:
        raise Invalid.field("/text", TOO_SHORT.fill(n=FEWEST_LETTERS))
    return text
