"""Which agency a report is probably for, and why: what the reporter chose, the story's words, what was done before.

A proposal with its reasons, each its own line; certainty is a word. Nothing is sent on by it. Pure.
Source: ux.md 6.3. Worked examples: tests/rules/test_suggesting.py.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from tuntas.kit.words import Say
from tuntas.rules.roads import RoadHere
from tuntas.rules.topics import Guess

MOST = 3
FEW = 3  # cases before one can speak of a habit
CHOSEN = Say("Topik dari pelapor: {topic}", "Topic from the reporter: {topic}")
SET = Say("Topik laporan ini: {topic}", "Topic of this report: {topic}")
WORDS = Say("Kata {words}: {topic}", "Words {words}: {topic}")
DONE = Say(
    "{n} dari {all} laporan serupa di sini ditangani instansi ini", "{n} of {all} like it here were handled by it"
)
GAVE_BACK = Say("Sudah mengembalikan laporan ini", "Gave this report back already")
ON_ROAD = Say("Letaknya di {road}, {status}", "It lies on {road}, {status}")
NOT_ITS_ROAD = Say("Jalan di sini bukan miliknya", "The road here is not its own")
SELDOM = Say("Jarang menangani laporan serupa di sini", "Has seldom handled reports like it here")


class Sure(IntEnum):
    """How sure a proposal is; also how many of its dots are filled, less one."""

    KECIL = 1
    MUNGKIN = 2
    YAKIN = 3

    @property
    def say(self) -> Say:
        return {
            Sure.YAKIN: Say("yakin", "sure"),
            Sure.MUNGKIN: Say("mungkin", "perhaps"),
            Sure.KECIL: Say("kecil", "small chance"),
        }[self]

    @property
    def dots(self) -> tuple[bool, bool, bool]:
        filled = {Sure.YAKIN: 3, Sure.MUNGKIN: 1, Sure.KECIL: 0}[self]
        return filled > 0, filled > 1, filled > 2


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as far as a proposal looks at it: its name and who usually answers for it."""

    code: str
    name: Say
    owner: int


@dataclass(slots=True)
class Suggestion:
    """One agency, how sure, and the reasons; ``against`` speaks for caution."""

    agency: int
    topic: str  # the code of the topic that led here
    sure: Sure = Sure.KECIL
    why: list[Say] = field(default_factory=list)
    against: list[Say] = field(default_factory=list)


def suggest(
    chosen: Topic | None,
    guesses: Sequence[Guess],
    topics: Mapping[str, Topic],
    *,
    handled: Mapping[int, int] | None = None,
    gave_back: Collection[int] = (),
    is_reporters: bool = True,
    road: RoadHere | None = None,
    keepers: Collection[int] = (),
) -> list[Suggestion]:
    """Return up to three agencies, the surest first; one that gave the report back comes last.

    chosen    the topic the report has
    guesses   topics the story's words point to
    handled   per agency how many of the last closed reports of this topic in this area it handled
    gave_back agencies that had this very report and said it is not theirs
    road      the road it lies on, as far as its keeper is known
    keepers   all agencies that keep roads
    """
    found: dict[int, Suggestion] = {}
    if chosen is not None:
        why = (CHOSEN if is_reporters else SET).fill_each(topic=chosen.name)
        found[chosen.owner] = Suggestion(chosen.owner, chosen.code, Sure.MUNGKIN, [why])
    for place, guess in enumerate(each for each in guesses if each.code in topics):
        topic = topics[guess.code]
        known = found.setdefault(topic.owner, Suggestion(topic.owner, topic.code))
        known.why.append(_words_of(guess, topic))
        known.sure = max(known.sure, _sureness(known, guess, is_first=place == 0, is_alone=chosen is None))
    _look_back(found, chosen, handled or {})
    if road is not None:
        _look_at_road(found, road, keepers)
    for agency in set(found).intersection(gave_back):
        found[agency].against.append(GAVE_BACK)
        found[agency].sure = Sure.KECIL
    return sorted(found.values(), key=lambda each: (each.agency in gave_back, -each.sure))[:MOST]


def _words_of(guess: Guess, topic: Topic) -> Say:
    quoted = ", ".join(f"“{word}”" for word in guess.words[:3])
    return WORDS.fill_each(words=Say(quoted, quoted), topic=topic.name)


def _sureness(known: Suggestion, guess: Guess, *, is_first: bool, is_alone: bool) -> Sure:
    """The reporter's own topic with a word for it is sure; words alone must be several and point there first."""
    if len(known.why) > 1 and known.sure >= Sure.MUNGKIN:
        return Sure.YAKIN
    if is_alone and is_first:
        return Sure.YAKIN if len(guess.words) > 1 else Sure.MUNGKIN
    return Sure.KECIL


def _look_back(found: dict[int, Suggestion], chosen: Topic | None, handled: Mapping[int, int]) -> None:
    whole = sum(handled.values())
    if whole < FEW:
        return
    for agency, n in sorted(handled.items(), key=lambda row: -row[1]):
        known = found.setdefault(agency, Suggestion(agency, chosen.code if chosen else ""))
        known.why.append(DONE.fill(n=n, all=whole))
        if n * 2 > whole:
            known.sure = Sure.YAKIN if known.sure >= Sure.MUNGKIN else Sure.MUNGKIN
    for agency, known in found.items():
        if agency not in handled:
            known.against.append(SELDOM)
            known.sure = min(known.sure, Sure.MUNGKIN)


def _look_at_road(found: dict[int, Suggestion], road: RoadHere, keepers: Collection[int]) -> None:
    """Let what would go to a keeper of roads go to the one who keeps this road."""
    others = [known for agency, known in found.items() if agency in keepers and agency != road.keeper]
    if road.keeper not in found and not others:
        return  # rubbish by the road is not the road's
    known = found.setdefault(road.keeper, Suggestion(road.keeper, others[0].topic if others else ""))
    known.why.append(ON_ROAD.fill_each(road=Say(road.name, road.name), status=road.status.say))
    known.sure = Sure.YAKIN
    for other in others:
        other.against.append(NOT_ITS_ROAD)
        other.sure = Sure.KECIL
