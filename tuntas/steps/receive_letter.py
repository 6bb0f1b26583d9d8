from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, Promise, Told
from tuntas.rules.reasons import LetterKind
from tuntas.rules.redaction import redact
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.walk import walk

MOST_SENDER, MOST_NUMBER = 120, 60
NO_KIND = Say("Pilih salah satu: {known}.", "Choose one of: {known}.")
WAITS = Say(
    "Permintaan audiensi sebelumnya belum dijawab. Jawab dulu yang itu.",
    "An earlier audience request was not answered yet. Answer that one first.",
)
NOT_YET = Say("Tanggal surat belum tiba.", "The letter is dated in the future.")


def receive_letter(
    report: Report,
    *,
    by: Actor,
    kind: str,
    sender: str,
    number: str = "",
    dated: date | None = None,
    text: str,
    file_ids: Sequence[UUID] = (),
    now: datetime,
) -> Event:
    """Note a letter that came about a report, from a village head or from somebody who wants to be heard.

    kind     one of rules.reasons.LetterKind; a request for an audience waits for an answer, with a clock
    sender   who wrote, as an office: the reporter reads it, with numbers of persons masked
    number   of the letter, as it stands there
    text     what it says, for staff alone

    Nobody else ever reads of it. Raises Invalid.
    """
    if kind not in set(LetterKind):
        raise Invalid.field("/kind", NO_KIND.fill(known=", ".join(LetterKind)))
    sender = redact(checked(sender, "/sender", most=MOST_SENDER))
    number = checked(number, "/number", most=MOST_NUMBER, may_be_empty=True)
    text = checked(text)
    if dated is not None and dated > now.astimezone(installation().zone).date():
        raise Invalid.field("/dated", NOT_YET)
    with begin(report, Act.RECEIVE_LETTER, by=by) as report:
        asks = kind == LetterKind.AUDIENCE_REQUEST
        if asks and report.awaits_audience:
            raise Invalid.field("/kind", WAITS)
        report.awaits_audience = report.awaits_audience or asks
        data = {"kind": kind, "sender": sender, "letter_number": number, "dated": dated and dated.isoformat()}
        return walk(
            report,
            Act.RECEIVE_LETTER,
            by=by,
            text=text,
            data={name: value for name, value in data.items() if value},
            file_ids=file_ids,
            without=() if asks else (Promise.AUDIENCE,),
            tells=(Told.DESK,) if asks else (Told.HOLDER,),
            now=now,
        )
