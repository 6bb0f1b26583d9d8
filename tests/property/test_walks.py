"""Random walks over the life of a report: whoever does whatever whenever, what must always hold does."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.make import T0, Made, make_held, make_report
from tests.steps.seen import everybody, fresh, photo, published, usual_body
from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Agency
from tuntas.kit.errors import Invalid, No, NotAllowed, WrongState
from tuntas.kit.words import Language
from tuntas.publications.models import Publication
from tuntas.reports.models import Contact, Deadline, Event, Report, SideTask
from tuntas.reports.told import track_view
from tuntas.rules import clock
from tuntas.rules.life import OPEN, OURS, WINDOWS, Act, Promise, State, acts_of, can, may
from tuntas.rules.who import SYSTEM, Actor, Role, is_public
from tuntas.steps.story import retell

WALKS, STEPS = 12, 30
KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "anonymous with an address": {"email": "sari@mail.example"},
    "secret": {"is_secret": True, "email": "sari@mail.example", "is_anonymous": False},
    "with proof": {"category": "road_bridge"},
    "restricted": {"category": "bribery_corruption"},
    "held": {},
}
INTERNAL = {Act.NOTE, Act.PROPOSE_ANSWER, Act.SIGN, Act.RETURN_ANSWER, Act.ESCALATE, Act.PUBLISH}
INTERNAL |= {Act.CLEAR, Act.RELEASE, Act.ASK_IDENTITY, Act.DECIDE_IDENTITY}
LOOKS_AT_NOTHING = {Act.NOTE, Act.CLEAR, Act.ASK_IDENTITY, Act.DECIDE_IDENTITY}  # of a held report
WITH_PHOTOS = {Act.ASK, Act.NOTE, Act.REPLY, Act.COMPLETE, Act.SUPPLEMENT, Act.INFORM, Act.PROPOSE_ANSWER}
WITH_CAUSE = {Act.INFORM, Act.START, Act.ARCHIVE, Act.PROPOSE_ANSWER, Act.FORWARD_EXTERNAL}
LIKELY = {  # of eight; what leads on is tried more often than what leads back
    **dict.fromkeys((Act.NOTE, Act.ESCALATE, Act.INFORM, Act.SET_PRIVACY, Act.ASK, Act.ARCHIVE), 1),
    **dict.fromkeys((Act.SUPPLEMENT, Act.FOLLOW), 1),
    **dict.fromkeys((Act.TRANSFER, Act.SCHEDULE, Act.RETURN_ANSWER), 2),
    **dict.fromkeys((Act.WITHDRAW, Act.SEAL, Act.MERGE, Act.UNMERGE, Act.SPLIT), 0.3),
    Act.RELEASE: 0.3,
    Act.HAND_TO_PPID: 1,
    Act.RECEIVE_LETTER: 2,
    Act.FORWARD_EXTERNAL: 1,
    **dict.fromkeys((Act.ASK_IDENTITY, Act.DECIDE_IDENTITY), 1),
}
TAKEN = ("accept_transfer", "dispatch", "arbitrate", "seal")  # since when refusals are counted
FOR_ALL = {Act.START, Act.SCHEDULE, Act.RESUME, Act.ARCHIVE, Act.CLOSE}


# --- the slow oracle of the clocks: the table of CONTRACT 6 once more, by hand ---------------------------------------

KEEPS: dict[str, set[str]] = {
    "complete": {"needs_info_window"},
    "inform": {"answer"},
    "dispatch": {"verify"},
    "archive": {"answer", "verify"},
    "appeal": {"appeal_window"},
    "start": {"answer", "respond"},
    "resume": {"scheduled"},
    "approve": {"answer", "respond", "resolve", "information", "validate"},
    "hand_to_ppid": {"verify"},
    "answer_audience": {"audience"},
    "return_answer": {"validate"},
    "reply": {"reporter_window"},
    "rate": {"reporter_window"},
    "reopen": {"reporter_window", "reopen_window"},
    "forward_external": {"answer", "verify"},
    "outside_news": {"outside_news"},
    "accept_transfer": {"transfer"},
    "decline_transfer": {"transfer"},
    "arbitrate": {"arbitrate"},
}
STARTS: dict[str, tuple[str, ...]] = {
    "submit": ("answer", "verify"),
    "ask": ("needs_info_window",),
    "dispatch": ("respond", "resolve"),
    "archive": ("appeal_window",),
    "withdraw": ("appeal_window",),
    "appeal": ("verify",),
    "schedule": ("scheduled",),
    "propose_answer": ("validate",),
    "approve": ("reporter_window",),
    "reply": ("respond",),
    "rate": ("reopen_window", "resolve"),
    "close": ("reopen_window",),
    "reopen": ("resolve",),
    "transfer": ("transfer",),
    "accept_transfer": ("verify",),
    "decline_transfer": ("arbitrate",),
    "seal": ("verify",),
    "hand_to_ppid": ("information",),
    "receive_letter": ("audience",),
    "forward_external": ("outside_news",),
    "outside_news": ("outside_news", "verify", "reporter_window"),
}
ENDED = {"closed", "archived"}
DAYS = {"scheduled": "on", "outside_news": "next_news_on"}  # promises of a day that somebody names


def lives(promise: str, state: str) -> bool:
    """Whether somebody still owes a promise in a state."""
    only = {
        "verify": {"submitted", "needs_info"},
        "transfer": {"transfer_pending", "needs_info"},
        "arbitrate": {"transfer_pending", "needs_info"},
        "validate": {"awaiting_validation", "needs_info"},
        "scheduled": {"scheduled", "needs_info"},
        "outside_news": {"forwarded_external", "needs_info"},
        "needs_info_window": {"needs_info"},
        "reporter_window": {"answered", "needs_info"},
        "appeal_window": {"archived"},
        "reopen_window": {"closed"},
    }
    if promise in only:
        return state in only[promise]
    is_theirs = promise in ("respond", "information")
    return state not in ENDED and not (is_theirs and state in ("submitted", "forwarded_external"))


@dataclass
class Hand:
    """One clock, as the oracle turns it."""

    promise: str
    unit: clock.Unit
    started_at: datetime
    due_at: datetime | None
    left: timedelta | None = None
    kept_at: datetime | None = None
    missed_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.kept_at is None and self.ended_at is None

    def miss(self, now: datetime) -> None:
        if self.is_running and self.missed_at is None and self.due_at is not None and self.due_at < now:
            self.missed_at = self.due_at

    def told(self) -> tuple[Any, ...]:
        return (
            self.promise,
            self.started_at,
            self.due_at,
            self.left,
            self.kept_at,
            self.missed_at,
            self.ended_at,
        )


def rebuild(report: Report, now: datetime) -> list[Hand]:
    """Turn all clocks of a report from its events alone, one event after the other."""
    here, hands, kind = installation(), list[Hand](), ""
    holder: int | None = None
    offered: str | None = None
    before: dict[int, tuple[list[Hand], int | None]] = {}
    for event in report.events.order_by("id"):
        act = str(event.act)
        before[event.pk] = deepcopy((hands, holder))
        if act == "recall":
            hands, holder = _taken_back(event, hands, *before[event.data["event"]])
            continue
        if act in ("dispatch", "arbitrate", "hand_to_ppid"):
            holder = here.agency_by_slug[event.data["to_agency"]].id
        elif act == "transfer":
            offered = event.data["to_agency"]
        elif act == "accept_transfer":
            holder = here.agency_by_slug[offered].id if offered else None
        elif act in ("appeal", "seal", "forward_external"):
            holder = None
        calendar = here.calendar_of(holder or report.desk_id)
        for hand in hands:
            _turn(hand, event, calendar)
        if act == "hand_to_ppid":
            kind = "information_request"
        is_letter = event.data.get("kind") == "village_letter"
        for promise in () if is_letter else STARTS.get(act, ()):
            if lives(promise, event.to) and not any(h.promise == promise and h.is_running for h in hands):
                hands.append(_new(promise, event, report, holder or report.desk_id, kind))
    for hand in hands:
        hand.miss(now)
    return hands


def _taken_back(
    event: Event, hands: list[Hand], stood: list[Hand], holder: int | None
) -> tuple[list[Hand], int | None]:
    """All hands as they stood, and those that were begun meanwhile only where they ran out: then nobody owes them."""
    for hand in hands[len(stood) :]:
        hand.miss(event.at)
        if hand.missed_at is not None:
            hand.ended_at = event.at
            stood.append(hand)
    return stood, holder


def _turn(hand: Hand, event: Event, calendar: clock.Calendar) -> None:
    if not hand.is_running:
        return
    keeps = KEEPS.get(event.act, set()) - ({"answer"} if event.voice == "system" else set())
    if event.act == "outside_news" and event.data.get("outcome"):
        keeps |= {"resolve"}
    is_window = hand.promise in {p.value for p in WINDOWS} | {"transfer"}
    is_refused = event.act == "decline_transfer" and event.voice == "system" and hand.promise == "transfer"
    if is_refused or (event.act == "hand_to_ppid" and hand.promise in ("respond", "resolve")):
        hand.miss(event.at)
        hand.ended_at = event.at
    elif event.act == "extend_information" and hand.promise == "information" and hand.due_at is not None:
        hand.due_at = clock.due_at(hand.due_at, clock.Length(7, clock.Unit.WORKING_DAYS), calendar)
    elif hand.promise in keeps:
        hand.miss(event.at)
        hand.kept_at = event.at
    elif not lives(hand.promise, event.to):
        hand.ended_at = event.at
    elif event.act == "ask" and hand.due_at is not None and hand.promise != "needs_info_window":
        if not is_window:
            hand.miss(event.at)
        hand.left, hand.due_at = clock.left_of(event.at, hand.due_at, hand.unit, calendar), None
    elif event.act in ("complete", "seal") and hand.left is not None:
        hand.due_at, hand.left = clock.due_after(event.at, hand.left, hand.unit, calendar), None


def _new(promise: str, event: Event, report: Report, agency_id: int, kind: str) -> Hand:
    calendar = installation().calendar_of(agency_id)
    if promise in DAYS:
        day = date.fromisoformat(event.data[DAYS[promise]])
        return Hand(promise, clock.Unit.DAYS, event.at, calendar.hours_of(day)[1])
    length = installation().length_of(
        Promise(promise),
        event.at,
        category_id=report.category_id,
        classification=kind,
        agency_id=agency_id,
    )
    assert length is not None
    return Hand(promise, length.unit, event.at, clock.due_at(event.at, length, calendar))


# --- the walk --------------------------------------------------------------------------------------------------------


@dataclass
class Walk:
    """One report on its way, and what its walker remembers of it."""

    random: Random
    made: Made
    people: dict[str, Actor]
    now: datetime
    events: list[Any] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)  # words that everybody must never read
    inside: set[str] = field(default_factory=set)  # words that the reporter must never read
    done: list[str] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)  # an address in small letters, "" for none
    is_held: bool = False
    was_held: bool = False  # before the last act

    @property
    def report(self) -> Report:
        return fresh(self.made.report)

    def step(self) -> None:
        """Let time go by, perhaps let the job run, and let somebody do something."""
        if self.random.random() < 0.25:
            self.now += timedelta(seconds=self.random.randrange(16))
        else:
            hours = self.random.choice([0, 0, 1, 5, 20, 60, 300])
            self.now += timedelta(hours=hours, seconds=self.random.randrange(3600))
        if self.random.random() < 0.4:
            self.tick()
        act, who = self.choose()
        before = self.report
        body = self.body(act, before)
        expected = self.refusal(act, self.people[who], before, body)
        self.done.append(f"{self.now:%F %T} {who} {act} {body}")
        try:
            with transaction.atomic():
                getattr(steps, act.value)(before, by=self.people[who], now=self.now, **body)
        except No as no:
            got: type[No] | None = type(no)
        else:
            got = None
            self.remember(act, body)
            self.look(act, self.people[who], body)
        assert got is expected, self.tale(f"{got}, not {expected}")
        if got is not None:
            assert _fields(self.report) == _fields(before), self.tale("a refusal changed something")

    def tick(self) -> None:
        while steps.miss_next(now=self.now):
            pass

    def choose(self) -> tuple[Act, str]:
        """Mostly something possible, often by chance, sometimes nonsense."""
        acts = [act for act in Act if act is not Act.SUBMIT]
        if self.random.random() < 0.25:
            return self.random.choice(acts), self.random.choice(list(self.people))
        report = self.report
        possible = [
            (act, who) for who, by in self.people.items() for act in acts_of(by, report) if act is not Act.SUBMIT
        ]
        acts = sorted({act for act, who in possible if who != "system"})
        likely = LIKELY | {Act.RECALL: 12 if report.recallable else 0.5}
        act = self.random.choices(acts, [likely.get(act, 8) for act in acts])[0]
        if act is Act.RECALL and self.random.random() < 0.7:  # mostly by the one who may, to see it happen
            return act, next((who for who, by in self.people.items() if by.person_id == self.last.by_id), "desk")
        return act, self.random.choice([who for a, who in possible if a is act and who != "system"])

    def body(self, act: Act, report: Report) -> dict[str, Any]:
        """A body that fits most of the time, with words that can be found again."""
        given = usual_body(act, self.now)
        if "text" in given:
            given["text"] = f"kata{len(self.done)}{act.value}kata"
        if act in WITH_PHOTOS and self.random.random() < 0.35:
            given["file_ids"] = [photo(self.now)]
        if act in WITH_CAUSE and self.random.random() < 0.8:
            given["late_cause"] = "volume"
        return given | self.own_words(act, report)

    def own_words(self, act: Act, report: Report) -> dict[str, Any]:
        """What is particular to one act."""
        pick = self.random.choice
        likely = ["inspektorat"] if report.is_restricted else ["dinas-pupr", "dlh"]
        words: dict[Act, dict[str, Any]] = {
            Act.DISPATCH: {"agency": pick([*likely * 3, "dishub", "tidak-ada"])},
            Act.TRANSFER: {"agency": pick(["dlh", "dinas-pupr", None]), "is_again": pick([True, True, False])},
            Act.ASK_PART: {"agency": pick(["dlh", "dlh", "dishub"])},
            Act.DO_PART: {"part": pick(self.parts)},
            Act.DECLINE_PART: {"part": pick(self.parts)},
            Act.WITHDRAW_PART: {"part": pick(self.parts)},
            Act.RECEIVE_LETTER: {"kind": pick(["village_letter", "audience_request"])},
            Act.ARBITRATE: {"agency": pick(["dlh", "dinas-pupr", "bpbd"])},
            Act.PROPOSE_ANSWER: {"outcome": pick(["answered", "fixed", "partially_fixed"])},
            Act.ARCHIVE: {"reason_code": pick(["unclear", "spam"])},
            Act.RATE: {"rating": pick([1, 2, 3, 4]), "fixed": pick([None, True, False])},
            Act.CLOSE: {"outcome": pick(["answered", "partially_fixed"])},
            Act.ESCALATE: {"level": report.escalation_level + pick([0, 1])},
            Act.FOLLOW: {"email": pick(["", "ani@mail.example", "Ani@mail.example", "budi@mail.example"])},
            Act.SET_PRIVACY: {"is_secret": pick([True, False, False]), "is_anonymous": pick([True, False])},
        }
        if act is Act.OUTSIDE_NEWS:
            ends: list[dict[str, Any]] = [
                {},
                {"to_us": True, "next_news_on": None},
                {"outcome": "answered", "next_news_on": None},
            ]
            return pick(ends)
        return words.get(act, {})

    def refusal(self, act: Act, by: Actor, report: Report, body: dict[str, Any]) -> type[No] | None:
        """Which refusal the rules and the promises of DOMAIN 3.3 ask for, if any."""
        if not may(by, act, report):
            return NotAllowed
        if not can(act, State(report.state)):
            return WrongState
        return self._wrong_time(act, by, report) or self._wrong_data(act, by, report, body)

    @property
    def last(self) -> Event:
        """The newest event."""
        return Event.objects.filter(report=self.made.report).order_by("-id")[0]

    def _told(self, *acts: str) -> list[Event]:
        """The events of some acts, the newest first; what was taken back quietly never was."""
        events = list(self.made.report.events.order_by("-id"))
        never = {e.data["event"] for e in events if e.act == "recall" and e.data.get("quiet")}
        return [event for event in events if event.act in acts and event.pk not in never]

    @property
    def parts(self) -> list[int]:
        """The parts that were ever asked for, and one that never was."""
        return [*SideTask.objects.filter(report=self.made.report).order_by("pk").values_list("pk", flat=True), 0]

    @property
    def refusals(self) -> int:
        """How many offers in a row nobody took, up to the last hand that took it."""
        acts = [e.act for e in self._told("decline_transfer", "hand_to_ppid", *TAKEN)]
        return next((n for n, act in enumerate(acts) if act != "decline_transfer"), len(acts))

    @property
    def settled_by_arbiter(self) -> bool:
        last = next(iter(self._told("hand_to_ppid", *TAKEN)), None)
        return last is not None and last.act == "arbitrate"

    @property
    def had_it(self) -> set[str]:
        """The agencies that ever had the report in hand."""
        found, offered = set[str](), ""
        for event in reversed(self._told("dispatch", "transfer", "accept_transfer", "arbitrate", "hand_to_ppid")):
            if event.act == "transfer":
                offered = event.data["to_agency"] or ""
            else:
                found.add(offered if event.act == "accept_transfer" else event.data["to_agency"])
        return found - {""}

    def _not_to_be_taken_back(self, by: Actor, report: Report) -> type[No] | None:
        """Only the desk's last word: within ten seconds by who said it, later a report on its way by anybody there."""
        if report.is_restricted or self.last.act not in ("dispatch", "ask", "archive", "inform"):
            return WrongState
        writer = next((actor for actor in self.people.values() if actor.person_id == self.last.by_id), SYSTEM)
        if not may(writer, Act.RECALL, report):
            return WrongState
        if self.now - self.last.at <= timedelta(seconds=10):
            return None if by.person_id == self.last.by_id else WrongState
        return None if self.last.act == "dispatch" else WrongState

    def _wrong_time(self, act: Act, by: Actor, report: Report) -> type[No] | None:
        if act is Act.RECALL:
            return self._not_to_be_taken_back(by, report)
        if act is Act.RELEASE and not report.doubts:
            return WrongState
        if act is Act.UNMERGE:  # nothing is merged here: tests/property/test_clusters.py
            return WrongState
        if act is Act.DECLINE_TRANSFER and report.awaits_arbiter:
            return WrongState
        if act is Act.TRANSFER and not by.is_desk and (self.refusals >= 2 or self.settled_by_arbiter):
            return WrongState
        if act is Act.APPROVE and report.awaits_signature:
            return WrongState
        if act is Act.ASK_IDENTITY and self._hides_a_name(report) and report.identity_asked_by_id is not None:
            return WrongState
        owed = {c.promise: c for c in report.deadlines.running()}
        if act is Act.HAND_TO_PPID and "information" in owed:
            return WrongState if installation().slug_of(report.holder_id) == "ppid-kota" else None
        if act is Act.EXTEND_INFORMATION:
            return self._not_to_be_put_off(owed.get("information"))
        if act is Act.ANSWER_AUDIENCE and "audience" not in owed:
            return WrongState
        window = {
            (Act.RATE, State.CLOSED): Promise.REOPEN_WINDOW,
            (Act.REOPEN, State.CLOSED): Promise.REOPEN_WINDOW,
            (Act.APPEAL, State.ARCHIVED): Promise.APPEAL_WINDOW,
        }.get((act, State(report.state)))
        if window is not None:
            due = owed[window].due_at
            assert due is not None
            return WrongState if self.now > due else None
        if act is Act.ASK:
            is_answered = report.deadlines.filter(promise="answer", kept_at__isnull=False).exists()
            return WrongState if report.ask_count >= (2 if is_answered else 1) else None
        return None

    def _wrong_data(self, act: Act, by: Actor, report: Report, body: dict[str, Any]) -> type[No] | None:
        agency = installation().agency_by_slug.get(body.get("agency") or "")
        if act is Act.MERGE or self._is_wrong_beside(act, by, report, body):
            return Invalid
        if act is Act.ASK_IDENTITY and not self._hides_a_name(report):
            return Invalid
        if act is Act.DISPATCH and (agency is None or (report.is_restricted and not agency.examines)):
            return Invalid
        if act is Act.TRANSFER and agency is not None and agency.id == report.holder_id:
            return Invalid
        if act is Act.TRANSFER and agency is not None and agency.slug in self.had_it and not body["is_again"]:
            return Invalid
        if act is Act.ARBITRATE and body["agency"] == "bpbd":  # nobody there to take it
            return Invalid
        if act is Act.ESCALATE and not report.escalation_level < body["level"] <= 4:
            return Invalid
        if act is Act.ARCHIVE and by.is_system:
            return None
        if (
            act is Act.PROPOSE_ANSWER
            and body["outcome"] == "fixed"
            and "file_ids" not in body
            and self.lacks_proof(report)
        ):
            return Invalid
        return Invalid if act in WITH_CAUSE and "late_cause" not in body and self.is_late(report) else None

    def _not_to_be_put_off(self, hand: Deadline | None) -> type[No] | None:
        if hand is None or hand.due_at is None or self.now > hand.due_at:
            return WrongState
        return WrongState if any(e.at >= hand.started_at for e in self._told("extend_information")) else None

    def _is_wrong_beside(self, act: Act, by: Actor, report: Report, body: dict[str, Any]) -> bool:
        """Whether a part is asked of the holder, or is not there to be ended by this person, or a letter waits."""
        if act is Act.ASK_PART:
            return installation().agency_by_slug[body["agency"]].id == report.holder_id
        if act is Act.RECEIVE_LETTER and body["kind"] == "audience_request":
            return report.deadlines.running().filter(promise="audience").exists()
        if act not in (Act.DO_PART, Act.DECLINE_PART, Act.WITHDRAW_PART):
            return False
        part = SideTask.objects.filter(report=report, pk=body["part"], state="asked").first()
        works = by.reach.get(Role.LIAISON, frozenset()) | by.reach.get(Role.UNIT_HANDLER, frozenset())
        return part is None or (act is not Act.WITHDRAW_PART and part.agency_id not in works)

    @staticmethod
    def _hides_a_name(report: Report) -> bool:
        return report.is_anonymous and Contact.objects.filter(report=report).exists()

    def lacks_proof(self, report: Report) -> bool:
        if report.category_id is None or not installation().categories[report.category_id].proof:
            return False
        given = False
        for event in report.events.order_by("id").prefetch_related("files"):
            if event.act in (Act.REOPEN, Act.RATE) and event.to == "in_progress":
                given = False
            if event.act == Act.PROPOSE_ANSWER and event.files.all():
                given = True
        return not given

    def is_late(self, report: Report) -> bool:
        answer = next((c for c in report.deadlines.running() if c.promise == "answer"), None)
        if answer is None or answer.cause:
            return False
        return answer.missed_at is not None or (answer.due_at is not None and answer.due_at < self.now)

    def look(self, act: Act, by: Actor, body: dict[str, Any]) -> None:
        """Whether it is held still: until the desk does something that takes it for real, and that stays done."""
        if act is Act.RECALL and self.last.data["quiet"]:
            self.is_held = self.was_held
            return
        self.was_held = self.is_held
        has_looked = by.is_desk and act not in LOOKS_AT_NOTHING and body.get("reason_code") != "spam"
        self.is_held = self.is_held and not has_looked and act is not Act.SEAL

    def remember(self, act: Act, body: dict[str, Any]) -> None:
        if act is Act.FOLLOW:
            self.follows.append(body["email"].lower())
        if act is Act.RECALL and self.last.data["quiet"]:
            self.unsay(self.report.events.get(pk=self.last.data["event"]))
        if act is Act.SEAL:  # what was said so far is in envelopes, and is read here by nobody
            said = {event["text"] for event in self.events} - {""}
            self.events, self.follows, self.hidden, self.inside = [], [], self.hidden | said, self.inside | said
        text = body.get("text")
        if not text:
            return
        if act in INTERNAL:
            self.inside.add(text)
        if act not in FOR_ALL:
            self.hidden.add(text)
        if act in (Act.TRANSFER, Act.DECLINE_TRANSFER, Act.ARBITRATE, Act.DECLINE_PART, Act.RECEIVE_LETTER):
            self.inside.add(text)

    def unsay(self, event: Event) -> None:
        """Nobody ever reads what was undone within seconds, and no letter of it is left."""
        self.inside |= {event.text} - {""}
        self.hidden |= {event.text} - {""}
        waits = event.report.notices.filter(created_at=event.at).exclude(template__in=("received", "late"))
        assert not waits.exists(), self.tale("a letter of what was undone still goes out")

    def let_out(self) -> set[str]:
        """The words of answers that a second person approved."""
        proposed, out = "", set()
        for event in self.report.events.order_by("id"):
            if event.act == Act.PROPOSE_ANSWER or (event.act == Act.SIGN and event.text):
                proposed = event.text
            if event.act == Act.APPROVE:
                out.add(proposed)
            if event.act == Act.OUTSIDE_NEWS and event.data.get("outcome"):
                out.add(event.text)
        return out

    def tale(self, what: str) -> str:
        return "\n".join([what, *self.done])


def _fields(report: Report) -> dict[str, Any]:
    return {name: value for name, value in report.__dict__.items() if not name.startswith("_")}


# --- what always holds -----------------------------------------------------------------------------------------------


def check(walk: Walk) -> None:
    """Look at everything that must hold after any step."""
    report = walk.report
    assert report.state in set(State)
    _check_events(walk, report)
    _check_clocks(walk, report)
    _check_story(walk, report)
    _check_words(walk, report)
    assert report.is_held == walk.is_held, walk.tale("it is held, or not, against the rule")
    counted = len([None for address in walk.follows if not address]) + len({*walk.follows} - {""})
    proposal = report.events.filter(act__in=(Act.PROPOSE_ANSWER, Act.SIGN)).order_by("id").last()
    waits = State.AWAITING_VALIDATION in (report.state, report.asked_from)
    by_handler = proposal is not None and proposal.by_id == walk.people["handler"].person_id
    assert report.awaits_signature == (waits and by_handler), walk.tale("a signature is awaited, or not, for nothing")
    assert report.follower_count == report.followers.count() == counted, walk.tale("others follow than did")


def _check_events(walk: Walk, report: Report) -> None:
    events: list[Any] = list(Event.objects.filter(report=report).order_by("id").values())
    assert events[: len(walk.events)] == walk.events, walk.tale("an event was changed")
    assert [event["frm"] for event in events[1:]] == [event["to"] for event in events[:-1]]
    assert events[-1]["to"] == report.state, walk.tale("the state is not where the last event led")
    walk.events = events


def _check_clocks(walk: Walk, report: Report) -> None:
    clocks = list(report.deadlines.order_by("id"))
    running = [c for c in clocks if c.kept_at is None and c.ended_at is None]
    assert len({c.promise for c in running}) == len(running)
    assert all(lives(c.promise, report.state) for c in running), walk.tale("a clock runs where it cannot live")
    owed = [c.due_at for c in running if c.due_at is not None and Promise(c.promise) in OURS]
    assert report.due_at == min(owed, default=None), walk.tale("the nearest promise is another")
    if report.state == State.NEEDS_INFO:
        assert all(c.due_at is None for c in running if Promise(c.promise) in OURS)
    else:
        assert all(c.due_at is not None for c in running), walk.tale("a clock stands still for nothing")
    rebuilt = sorted(hand.told() for hand in rebuild(report, walk.now))
    for c in clocks:  # whether the job has come by to mark it makes no difference to what is owed
        if c.kept_at is None and c.ended_at is None and c.missed_at is None and c.due_at and c.due_at < walk.now:
            c.missed_at = c.due_at
    stored = sorted((c.promise, c.started_at, c.due_at, c.left, c.kept_at, c.missed_at, c.ended_at) for c in clocks)
    assert _plain(stored) == _plain(rebuilt), walk.tale("rebuilt clocks are not the stored ones")


def _plain(rows: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    """Sortable, and blind to whether a dropped clock was marked missed before it was dropped."""
    return sorted(
        tuple(str(value) for i, value in enumerate(row) if not (i == 5 and row[6] is not None)) for row in rows
    )


def _check_story(walk: Walk, report: Report) -> None:
    publication = published(report)
    assert (publication is not None) == is_public(report), walk.tale("published, or not, against the rule")
    stored = json.dumps(report.thread, sort_keys=True)
    before = _values(report)
    with transaction.atomic():
        retell(report)
        assert json.dumps(report.thread, sort_keys=True) == stored, walk.tale("the thread retold is another")
        assert _values(report) == before, walk.tale("the publication retold is another")
        transaction.set_rollback(True)


def _values(report: Report) -> list[Any]:
    return list(Publication.objects.filter(number=report.number).defer("words").values())


def _check_words(walk: Walk, report: Report) -> None:
    out = walk.let_out()
    public = json.dumps([_values(report), list(Publication.objects.values_list("thread", flat=True))], default=str)
    for words in walk.hidden - out:
        assert words not in public, walk.tale(f"everybody reads {words}")
    own = json.dumps(track_view(report, language=Language.ID, now=walk.now), default=str)
    for words in walk.inside - out:
        assert words not in own, walk.tale(f"the reporter reads {words}")
    if not is_public(report):
        assert "kata" not in public, walk.tale("a word of a report that is not public is public")


@pytest.fixture(autouse=True)
def signing(city: None) -> Iterator[None]:
    """The agency of roads wants its liaison to sign what a handler writes."""
    Agency.objects.filter(slug="dinas-pupr").update(liaison_signs=True)
    forget_installation()
    yield
    forget_installation()


def walk_of(cast: Cast, kind: str, seed: int) -> Walk:
    make = make_held if kind == "held" else make_report
    made = make(T0 + timedelta(hours=seed * 7), **KINDS[kind])
    people = everybody(cast, made) | {"reporter again": made.reporter, "system": SYSTEM}
    walk = Walk(Random(f"{kind} {seed}"), made, people, T0 + timedelta(hours=seed * 7))
    walk.is_held = walk.was_held = kind == "held"
    return walk


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_happens_what_must_hold_holds(cast: Cast, seed: int) -> None:
    walk = walk_of(cast, list(KINDS)[seed % len(KINDS)], seed)
    check(walk)
    for _ in range(STEPS):
        walk.step()
        check(walk)
    walk.now += timedelta(days=400)
    walk.tick()
    check(walk)
    assert walk.report.state not in (State.NEEDS_INFO, State.ANSWERED), "a window never stays open for ever"
    assert walk.report.state in OPEN | {State.CLOSED, State.ARCHIVED}
