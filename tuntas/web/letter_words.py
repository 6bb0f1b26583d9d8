"""Letters about a report and requests to be heard, in words: the reporter's lines, and staff's with number and day."""

from datetime import date

from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.reasons import LetterKind
from tuntas.rules.thread import Json
from tuntas.web.dates import say_day

LETTERS = frozenset({Act.RECEIVE_LETTER, Act.ANSWER_AUDIENCE})
KINDS: dict[LetterKind, Say] = {
    LetterKind.VILLAGE_LETTER: Say("Surat dari lurah atau kepala desa", "Letter from a village head"),
    LetterKind.AUDIENCE_REQUEST: Say("Permintaan audiensi", "Request for an audience"),
}
CAME = {
    LetterKind.VILLAGE_LETTER: Say("Surat dari {sender} diterima", "A letter from {sender} came"),
    LetterKind.AUDIENCE_REQUEST: Say(
        "Permintaan audiensi dari {sender} diterima", "A request for an audience from {sender} came"
    ),
}
NUMBERED, DATED = Say("nomor {number}", "number {number}"), Say("tanggal {day}", "dated {day}")
SOMEBODY = Say("warga", "a citizen")  # once the name was removed
GRANTED = Say("Audiensi diterima: {day}, {place}", "The audience is granted: {day}, {place}")
REFUSED = Say("Audiensi belum bisa dipenuhi", "The audience cannot be granted yet")


def head_letter(told: Json, *, today: date) -> Say:
    """Return the sentence of a letter or of its answer; *told* is a line of a thread, or an event's facts."""
    if told.get("act") == Act.ANSWER_AUDIENCE:
        if not told.get("granted"):
            return REFUSED
        place = told.get("place", "")
        day = say_day(date.fromisoformat(told["on"]), today=today) if told.get("on") else Say("", "")
        return GRANTED.fill_each(day=day, place=Say(place, place))
    kind, name = told.get("kind"), told.get("sender")
    came = CAME[LetterKind(kind) if kind in set(LetterKind) else LetterKind.VILLAGE_LETTER]
    said = came.fill_each(sender=Say(name, name) if name else SOMEBODY)
    more = []
    if told.get("letter_number"):
        more.append(NUMBERED.fill(number=told["letter_number"]))
    if told.get("dated"):
        more.append(DATED.fill_each(day=say_day(date.fromisoformat(told["dated"]), today=today)))
    return Say(", ".join([said.id, *(m.id for m in more)]), ", ".join([said.en, *(m.en for m in more)]))
