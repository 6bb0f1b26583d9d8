"""The five lights beside an answer that is being written: brief, complete, polite, proven, nobody's data. Pure.

Each explains itself in short sentences. Amber advises and can be passed; red blocks. Pages show them while somebody
types and the steps ask the same function, so that no door lets through what another would not.
Source: ux.md 6.4. Worked examples: tests/rules/test_lights.py.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from tuntas.kit.words import Say
from tuntas.rules import evidence
from tuntas.rules.evidence import Evidence, Point, doubts_about
from tuntas.rules.life import Act
from tuntas.rules.lit import NAMES, Light, Lit, Result, begun, judged, listed
from tuntas.rules.manners import Manners, places_of
from tuntas.rules.polite import judge_politeness
from tuntas.rules.private import judge_privacy
from tuntas.rules.reasons import Outcome
from tuntas.rules.unfinished import is_bare, open_places
from tuntas.rules.when import says_when

__all__ = ["NAMES", "Evidence", "Light", "Lit", "Manners", "Point", "Result", "judge"]

MOST_WORDS, TOO_MANY_WORDS, MOST_IN_A_SENTENCE = 120, 300, 20

COUNTED = Say("{n} kata dari paling banyak {most}.", "Words: {n} of at most {most}.")
SHORTEN = Say("{n} kata: pendekkan sampai {most} kata.", "Words: {n}. Shorten to {most}.")
LONG_SENTENCES = Say(
    "Rata-rata {n} kata tiap kalimat: bagi kalimat yang panjang.",
    "Sentences have {n} words on average: split the long ones.",
)
BARE = Say("Tambahkan kalimat Anda sendiri pada templat.", "Add a sentence of your own to the template.")
OPEN_PLACE = Say("Isi tempat kosong “…” pada templat.", "Fill in the open places “…” of the template.")
WHO, WHAT, WHEN = Say("siapa", "who"), Say("apa", "what"), Say("kapan", "when")
THERE = Say("{there} sudah ada.", "Said: {there}.")
NAME_IT = {
    WHO: Say("Sebut siapa yang menangani.", "Say who handles it."),
    WHAT: Say("Sebut apa yang dilakukan.", "Say what is done."),
    WHEN: Say("Sebut kapan kabar berikutnya.", "Say when there is news."),
}
WHEN_DONE = Say("Sebut kapan dikerjakan.", "Say when it was done.")
QUESTION = Say("Sebut apa yang perlu dilengkapi pelapor.", "Say what the reporter should add.")
ASKED = Say("Pertanyaannya jelas.", "The question is clear.")

_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_DEED = re.compile(r"(?<!\w)(?:di(?!n[ks]|s[hdkt])|me[mnlrwy])\w{4,}", re.IGNORECASE)  # not dinkes, dishub
_NO_DEEDS = frozenset(["mereka", "merasa", "mengenai", "dimana", "disini", "disana", "digital", "direktur", "disiplin"])
_SAYS_NO_WHO = frozenset({Act.FORWARD_EXTERNAL, Act.OUTSIDE_NEWS})  # the name and the date stand beside it
_SAYS_NO_WHEN = _SAYS_NO_WHO | {Act.SCHEDULE, Act.ARCHIVE, Act.CLOSE}  # a date stands beside it, or nothing follows
_CLAIMS = frozenset({Outcome.FIXED, Outcome.PARTIALLY_FIXED})


def judge(
    text: str,
    manners: Manners,
    *,
    act: Act,
    is_late: bool = False,
    photos: Sequence[Evidence] = (),
    point: Point | None = None,
    received_at: datetime | None = None,
    reporter_name: str = "",
    outcome: str = "",
    needs_proof: bool = False,
    is_confirmed: bool = False,
    templates: Iterable[str] = (),
) -> list[Lit]:
    """Return the five lights of *text*, in the order they are shown.

    is_late       a promise to the reporter was missed and not kept since
    photos        that go with the text; *point* is where the report lies, *received_at* when it came in
    needs_proof   the report may not be called fixed without a new photo
    is_confirmed  a person said that what is personal in it may be said
    templates     the texts that writers begin with
    """
    return [
        judge_brevity(text),
        judge_fullness(text, manners, act=act, templates=tuple(templates)),
        judge_politeness(text, manners, is_late=is_late),
        judge_proof(photos, point, received_at, outcome=outcome, needs_proof=needs_proof),
        judge_privacy(text, reporter_name, is_confirmed=is_confirmed),
    ]


def judge_brevity(text: str) -> Lit:
    """Return how *Ringkas* burns: amber over 120 words or over 20 in a sentence on average, red over 300."""
    words = count_words(text)
    if words > TOO_MANY_WORDS:
        return Lit(Light.RINGKAS, Result.BLOCK, SHORTEN.fill(n=words, most=TOO_MANY_WORDS))
    troubles = [SHORTEN.fill(n=words, most=MOST_WORDS)] if words > MOST_WORDS else []
    sentences = sum(count_words(part) > 0 for part in _SENTENCES.split(text)) or 1
    if words > MOST_IN_A_SENTENCE * sentences:
        troubles.append(LONG_SENTENCES.fill(n=-(-words // sentences)))
    return judged(Light.RINGKAS, troubles, COUNTED.fill(n=words, most=MOST_WORDS))


def count_words(text: str) -> int:
    """Count what stands between blanks and holds a letter or a digit."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def judge_fullness(text: str, manners: Manners, *, act: Act, templates: Sequence[str]) -> Lit:
    """Return how *Padat* burns: who, what and when, in words of the writer's own; a bare template blocks."""
    if is_bare(text, templates):
        return Lit(Light.PADAT, Result.BLOCK, BARE)
    if open_places(text, templates):
        return Lit(Light.PADAT, Result.BLOCK, OPEN_PLACE)
    if act is Act.ASK:
        return judged(Light.PADAT, [] if "?" in text or _says_what(text, manners) else [QUESTION], ASKED)
    asked = {WHAT: _says_what(text, manners)}
    if act not in _SAYS_NO_WHO:
        asked = {WHO: not manners.who or bool(places_of(text, manners.who)), **asked}
    if act not in _SAYS_NO_WHEN:
        asked[WHEN] = says_when(text) or bool(places_of(text, manners.when))
    there = [say for say, is_there in asked.items() if is_there]
    missing = [say for say, is_there in asked.items() if not is_there]
    said = begun(THERE.fill_each(there=listed(there)))
    troubles = [WHEN_DONE if say is WHEN and act is Act.PROPOSE_ANSWER else NAME_IT[say] for say in missing]
    return judged(Light.PADAT, [said, *troubles] if there and missing else troubles, said)


def _says_what(text: str, manners: Manners) -> bool:
    if not manners.what or places_of(text, manners.what):
        return True
    return any(word.group().lower() not in _NO_DEEDS for word in _DEED.finditer(text))


def judge_proof(
    photos: Sequence[Evidence],
    point: Point | None,
    received_at: datetime | None = None,
    *,
    outcome: str,
    needs_proof: bool,
) -> Lit:
    """Return how *Bukti* burns: red for “fixed” without the photo its category asks for."""
    if photos:
        fine = evidence.GOOD if point and all(photo.point for photo in photos) else evidence.WITH_TIME
        return judged(Light.BUKTI, doubts_about(photos, point, received_at), fine.fill(n=len(photos)))
    if outcome == Outcome.FIXED and needs_proof:
        return Lit(Light.BUKTI, Result.BLOCK, evidence.NEEDS_PROOF)
    return judged(Light.BUKTI, [evidence.NONE] if outcome in _CLAIMS else [], evidence.NOT_NEEDED)
