"""The life of a report: every act, who may do it, where it leads, which clocks it moves, who is told.

This is the one place to change for a new state, act or promise. From it are made the database check on the state,
``docs/reference/life.md`` with its diagram, ``docs/reference/permissions.md``, ``GET /api/v1/life``, the acts a person
is offered, and the random walks of the tests. A condition on words or dates is in the act's step, never here.
"""

from dataclasses import dataclass
from enum import StrEnum

from tuntas.rules import who
from tuntas.rules.led import is_done_on_lead
from tuntas.rules.who import APPOINTED, DESK, About, Actor, Who


class State(StrEnum):
    """Where a report stands."""

    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    DISPATCHED = "dispatched"
    TRANSFER_PENDING = "transfer_pending"
    IN_PROGRESS = "in_progress"
    SCHEDULED = "scheduled"
    UNDER_EXAMINATION = "under_examination"
    AWAITING_VALIDATION = "awaiting_validation"
    ANSWERED = "answered"
    REPORTER_REPLIED = "reporter_replied"
    FORWARDED_EXTERNAL = "forwarded_external"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Act(StrEnum):
    """What can be done to a report. The same word names the step, the API path and the row in the docs."""

    SUBMIT = "submit"
    ASK = "ask"
    COMPLETE = "complete"
    INFORM = "inform"
    DISPATCH = "dispatch"
    ARCHIVE = "archive"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"
    START = "start"
    NOTE = "note"
    SCHEDULE = "schedule"
    RESUME = "resume"
    PROPOSE_ANSWER = "propose_answer"
    APPROVE = "approve"
    RETURN_ANSWER = "return_answer"
    SUPPLEMENT = "supplement"
    REPLY = "reply"
    RATE = "rate"
    CLOSE = "close"
    REOPEN = "reopen"
    SET_PRIVACY = "set_privacy"
    FOLLOW = "follow"
    ESCALATE = "escalate"
    TRANSFER = "transfer"
    ACCEPT_TRANSFER = "accept_transfer"
    DECLINE_TRANSFER = "decline_transfer"
    ARBITRATE = "arbitrate"
    FORWARD_EXTERNAL = "forward_external"
    OUTSIDE_NEWS = "outside_news"
    ASK_PART = "ask_part"
    DO_PART = "do_part"
    DECLINE_PART = "decline_part"
    WITHDRAW_PART = "withdraw_part"
    HAND_TO_PPID = "hand_to_ppid"
    EXTEND_INFORMATION = "extend_information"
    RECEIVE_LETTER = "receive_letter"
    ANSWER_AUDIENCE = "answer_audience"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"
    SIGN = "sign"
    PUBLISH = "publish"
    RECALL = "recall"
    SEAL = "seal"
    CLEAR = "clear"
    RELEASE = "release"
    ASK_IDENTITY = "ask_identity"
    DECIDE_IDENTITY = "decide_identity"


class Promise(StrEnum):
    """A clock somebody can be held to, or a window in which somebody may still act."""

    ANSWER = "answer"
    VERIFY = "verify"
    RESPOND = "respond"
    RESOLVE = "resolve"
    INFORMATION = "information"  # formal, by the law on public information
    TRANSFER = "transfer"
    ARBITRATE = "arbitrate"
    VALIDATE = "validate"
    SCHEDULED = "scheduled"
    OUTSIDE_NEWS = "outside_news"
    AUDIENCE = "audience"
    NEEDS_INFO_WINDOW = "needs_info_window"
    REPORTER_WINDOW = "reporter_window"
    APPEAL_WINDOW = "appeal_window"
    REOPEN_WINDOW = "reopen_window"


class Told(StrEnum):
    """Who hears of an act."""

    REPORTER = "reporter"
    HOLDER = "holder"
    DESK = "desk"
    OFFERED = "offered"
    HELPER = "helper"  # the agency that is asked for a part
    ARBITER = "arbiter"  # once three hand-overs were refused
    VALIDATOR = "validator"
    FOLLOWERS = "followers"
    DECIDERS = "deciders"  # the second person where an anonymous name is asked for
    ASKER = "asker"
    DPO = "dpo"


S, P, T = State, Promise, Told
ALL = frozenset(State)
OPEN = ALL - {S.CLOSED, S.ARCHIVED}
WINDOWS = frozenset({P.NEEDS_INFO_WINDOW, P.REPORTER_WINDOW, P.APPEAL_WINDOW, P.REOPEN_WINDOW})
OURS = frozenset(Promise) - WINDOWS  # a government keeps or misses these; a window only ends
ENDS_BY_ITSELF = WINDOWS | {P.TRANSFER}  # when these run out the system acts: silence is no answer
PAUSED_BY_ASKING = OURS | {P.REPORTER_WINDOW}
LIVES_IN: dict[Promise, frozenset[State]] = {
    # Where a clock makes sense. An act that leads elsewhere without stopping it drops it: nobody owes it any more.
    P.ANSWER: OPEN,
    P.VERIFY: frozenset({S.SUBMITTED, S.NEEDS_INFO}),
    P.RESPOND: OPEN - {S.SUBMITTED, S.FORWARDED_EXTERNAL},
    P.RESOLVE: OPEN,
    P.INFORMATION: OPEN - {S.SUBMITTED, S.FORWARDED_EXTERNAL},
    P.TRANSFER: frozenset({S.TRANSFER_PENDING, S.NEEDS_INFO}),
    P.ARBITRATE: frozenset({S.TRANSFER_PENDING, S.NEEDS_INFO}),
    P.VALIDATE: frozenset({S.AWAITING_VALIDATION, S.NEEDS_INFO}),
    P.SCHEDULED: frozenset({S.SCHEDULED, S.NEEDS_INFO}),
    P.OUTSIDE_NEWS: frozenset({S.FORWARDED_EXTERNAL, S.NEEDS_INFO}),
    P.AUDIENCE: OPEN,
    P.NEEDS_INFO_WINDOW: frozenset({S.NEEDS_INFO}),
    P.REPORTER_WINDOW: frozenset({S.ANSWERED, S.NEEDS_INFO}),
    P.APPEAL_WINDOW: frozenset({S.ARCHIVED}),
    P.REOPEN_WINDOW: frozenset({S.CLOSED}),
}


@dataclass(frozen=True, slots=True)
class Arrow:
    """One row of the table below. ``to`` empty: the act leaves the state as it is; several: its step decides."""

    act: Act
    who: tuple[Who, ...]
    frm: frozenset[State]
    to: tuple[State, ...] = ()
    stops: tuple[Promise, ...] = ()
    pauses: tuple[Promise, ...] = ()
    resumes: tuple[Promise, ...] = ()
    starts: tuple[Promise, ...] = ()
    tells: tuple[Told, ...] = ()


def _of(*states: State) -> frozenset[State]:
    return frozenset(states)


_ASKED_FROM = tuple(s for s in State if s in OPEN and s is not S.NEEDS_INFO)
# While a question is open the reporter completes, and to an answer they reply: those acts lead on, this one does not.
_SUPPLEMENTED_IN = OPEN - {S.NEEDS_INFO, S.ANSWERED}
_HELD = OPEN - {S.SUBMITTED, S.NEEDS_INFO, S.FORWARDED_EXTERNAL, S.UNDER_EXAMINATION}
_PARTS_IN = OPEN | {S.CLOSED}  # what was asked of another agency may be done after the report itself
_MERGED_FROM = (S.SUBMITTED, S.DISPATCHED, S.IN_PROGRESS, S.SCHEDULED)
_SPLIT_IN = _of(*_MERGED_FROM, S.NEEDS_INFO, S.TRANSFER_PENDING, S.REPORTER_REPLIED)
_PAUSED = tuple(p for p in Promise if p in PAUSED_BY_ASKING)
_WORKERS: tuple[Who, ...] = (who.liaison_of_holder, who.unit_handler_of_holder, who.inspectorate_if_restricted)
_SECOND: tuple[Who, ...] = (
    who.response_validator_not_author,
    who.agency_admin_not_author,
    who.inspectorate_not_author_if_restricted,
)
_TRANSFERRERS: tuple[Who, ...] = (who.liaison_of_holder, who.agency_admin, who.assistant_admin)
_OFFERED: tuple[Who, ...] = (
    who.liaison_of_offered_agency,
    who.agency_admin_if_offered,
    who.assistant_admin_if_offered,
)
_REOPENERS: tuple[Who, ...] = (
    who.reporter,
    who.agency_admin,
    who.response_validator,
    who.leader,
    who.inspectorate_if_restricted,
)
_NOTERS: tuple[Who, ...] = (
    *DESK,
    who.liaison_of_holder,
    who.unit_handler_of_holder,
    who.response_validator,
    who.leader,
    *APPOINTED,
)

# fmt: off
LIFE: tuple[Arrow, ...] = (
    Arrow(Act.SUBMIT, (who.anyone,), _of(), (S.SUBMITTED,), starts=(P.ANSWER, P.VERIFY), tells=(T.REPORTER,)),
    Arrow(Act.ASK, (*DESK, who.liaison_of_holder, *APPOINTED), _of(*_ASKED_FROM), (S.NEEDS_INFO,),
          pauses=_PAUSED, starts=(P.NEEDS_INFO_WINDOW,), tells=(T.REPORTER,)),
    Arrow(Act.COMPLETE, (who.reporter,), _of(S.NEEDS_INFO), _ASKED_FROM,
          stops=(P.NEEDS_INFO_WINDOW,), resumes=_PAUSED, tells=(T.HOLDER, T.DESK)),
    Arrow(Act.INFORM, (*DESK, who.liaison_of_holder, *APPOINTED), OPEN, stops=(P.ANSWER,), tells=(T.REPORTER,)),
    Arrow(Act.DISPATCH, (*DESK, *APPOINTED), _of(S.SUBMITTED), (S.DISPATCHED,),
          stops=(P.VERIFY,), starts=(P.RESPOND, P.RESOLVE), tells=(T.REPORTER, T.HOLDER)),
    Arrow(Act.ARCHIVE, (*DESK, *APPOINTED, who.system), _of(S.SUBMITTED, S.NEEDS_INFO), (S.ARCHIVED,),
          stops=(P.ANSWER, P.VERIFY), starts=(P.APPEAL_WINDOW,), tells=(T.REPORTER, T.FOLLOWERS)),
    Arrow(Act.APPEAL, (who.reporter,), _of(S.ARCHIVED), (S.SUBMITTED,),
          stops=(P.APPEAL_WINDOW,), starts=(P.VERIFY,), tells=(T.DESK,)),
    Arrow(Act.WITHDRAW, (who.reporter,), OPEN, (S.ARCHIVED,), starts=(P.APPEAL_WINDOW,), tells=(T.HOLDER,)),
    Arrow(Act.START, _WORKERS, _of(S.DISPATCHED, S.REPORTER_REPLIED), (S.IN_PROGRESS, S.UNDER_EXAMINATION),
          stops=(P.ANSWER, P.RESPOND), tells=(T.REPORTER, T.FOLLOWERS)),
    Arrow(Act.NOTE, _NOTERS, ALL),
    Arrow(Act.SCHEDULE, (who.liaison_of_holder,), _of(S.IN_PROGRESS), (S.SCHEDULED,),
          starts=(P.SCHEDULED,), tells=(T.REPORTER, T.FOLLOWERS)),
    Arrow(Act.RESUME, (who.liaison_of_holder, who.unit_handler_of_holder), _of(S.SCHEDULED), (S.IN_PROGRESS,),
          stops=(P.SCHEDULED,), tells=(T.REPORTER,)),
    Arrow(Act.PROPOSE_ANSWER, _WORKERS, _of(S.IN_PROGRESS, S.UNDER_EXAMINATION, S.REPORTER_REPLIED),
          (S.AWAITING_VALIDATION,), starts=(P.VALIDATE,), tells=(T.VALIDATOR,)),
    Arrow(Act.APPROVE, _SECOND, _of(S.AWAITING_VALIDATION), (S.ANSWERED,),
          stops=(P.ANSWER, P.RESPOND, P.RESOLVE, P.INFORMATION, P.VALIDATE), starts=(P.REPORTER_WINDOW,),
          tells=(T.REPORTER, T.HOLDER, T.FOLLOWERS)),
    Arrow(Act.SIGN, (who.liaison_to_sign,), _of(S.AWAITING_VALIDATION), tells=(T.VALIDATOR,)),
    Arrow(Act.RETURN_ANSWER, (*_SECOND, who.liaison_to_sign), _of(S.AWAITING_VALIDATION),
          (S.IN_PROGRESS, S.UNDER_EXAMINATION), stops=(P.VALIDATE,), tells=(T.HOLDER,)),
    Arrow(Act.SUPPLEMENT, (who.reporter,), _SUPPLEMENTED_IN, tells=(T.HOLDER, T.DESK)),
    Arrow(Act.REPLY, (who.reporter,), _of(S.ANSWERED), (S.REPORTER_REPLIED,),
          stops=(P.REPORTER_WINDOW,), starts=(P.RESPOND,), tells=(T.HOLDER,)),
    Arrow(Act.RATE, (who.reporter,), _of(S.ANSWERED, S.CLOSED), (S.CLOSED, S.IN_PROGRESS),
          stops=(P.REPORTER_WINDOW,), starts=(P.REOPEN_WINDOW, P.RESOLVE), tells=(T.HOLDER,)),
    Arrow(Act.CLOSE, (who.agency_admin, *APPOINTED, who.system), _of(S.ANSWERED, S.REPORTER_REPLIED), (S.CLOSED,),
          starts=(P.REOPEN_WINDOW,), tells=(T.REPORTER, T.FOLLOWERS)),
    Arrow(Act.REOPEN, _REOPENERS, _of(S.ANSWERED, S.CLOSED), (S.IN_PROGRESS,),
          stops=(P.REPORTER_WINDOW, P.REOPEN_WINDOW), starts=(P.RESOLVE,),
          tells=(T.REPORTER, T.HOLDER, T.DESK, T.FOLLOWERS)),
    Arrow(Act.PUBLISH, DESK, ALL),
    # Told only where it is not undone within seconds; the holder is the one that loses it.
    Arrow(Act.RECALL, DESK, OPEN | {S.ARCHIVED}, tuple(s for s in State if s in OPEN), tells=(T.REPORTER, T.HOLDER)),
    # Into the sealed room, where it begins again; and the look that finds a suspicion wrong.
    Arrow(Act.SEAL, who.SEALERS, OPEN, (S.SUBMITTED,), resumes=_PAUSED, starts=(P.VERIFY,), tells=(T.DESK,)),
    Arrow(Act.CLEAR, who.CLEARERS, OPEN, tells=()),
    # The look that finds nothing wrong with a held report; the desk's other acts say the same (rules.held).
    Arrow(Act.RELEASE, DESK, OPEN),
    Arrow(Act.SET_PRIVACY, (who.reporter,), ALL),
    # Who an anonymous reporter is: asked for by one person, opened by another, read for a day, told to the reporter.
    Arrow(Act.ASK_IDENTITY, (who.agency_admin, who.inspectorate_if_not_restricted), ALL, tells=(T.DECIDERS,)),
    Arrow(Act.DECIDE_IDENTITY, (who.agency_admin_not_asker, who.inspectorate_not_asker), ALL,
          tells=(T.REPORTER, T.ASKER, T.DPO)),
    Arrow(Act.FOLLOW, (who.anyone_if_public,), OPEN | {S.CLOSED}),
    # By the system where the ladder of a clock says so (rules.ladder).
    Arrow(Act.ESCALATE, (who.agency_admin, who.leader, who.inspectorate_if_restricted, who.system), OPEN,
          tells=(T.HOLDER, T.DESK)),
    Arrow(Act.TRANSFER, _TRANSFERRERS, _of(S.DISPATCHED, S.IN_PROGRESS), (S.TRANSFER_PENDING,),
          starts=(P.TRANSFER,), tells=(T.OFFERED, T.REPORTER)),
    Arrow(Act.ACCEPT_TRANSFER, _OFFERED, _of(S.TRANSFER_PENDING), (S.DISPATCHED, S.SUBMITTED),
          stops=(P.TRANSFER,), starts=(P.VERIFY,), tells=(T.REPORTER, T.HOLDER, T.DESK)),
    # Not taken three times, it stays pending: nobody is offered it, and the arbiter decides.
    Arrow(Act.DECLINE_TRANSFER, (*_OFFERED, who.system), _of(S.TRANSFER_PENDING),
          (S.DISPATCHED, S.IN_PROGRESS, S.TRANSFER_PENDING),
          stops=(P.TRANSFER,), starts=(P.ARBITRATE,), tells=(T.HOLDER, T.DESK, T.ARBITER)),
    Arrow(Act.ARBITRATE, (who.arbiter_if_awaited,), _of(S.TRANSFER_PENDING), (S.DISPATCHED,),
          stops=(P.ARBITRATE,), tells=(T.REPORTER, T.HOLDER, T.DESK)),
    # To a body that is no agency of ours: the desk keeps asking there, and says by when there is news.
    Arrow(Act.FORWARD_EXTERNAL, (who.agency_admin, who.assistant_admin),
          _of(S.SUBMITTED, S.DISPATCHED, S.IN_PROGRESS, S.REPORTER_REPLIED), (S.FORWARDED_EXTERNAL,),
          stops=(P.ANSWER, P.VERIFY), starts=(P.OUTSIDE_NEWS,), tells=(T.REPORTER, T.FOLLOWERS)),
    Arrow(Act.OUTSIDE_NEWS, (who.agency_admin, who.assistant_admin), _of(S.FORWARDED_EXTERNAL),
          (S.FORWARDED_EXTERNAL, S.SUBMITTED, S.ANSWERED), stops=(P.OUTSIDE_NEWS, P.RESOLVE),
          starts=(P.OUTSIDE_NEWS, P.VERIFY, P.REPORTER_WINDOW), tells=(T.REPORTER, T.FOLLOWERS)),
    # A part of the work, asked of another agency: the report stays in the hand it is in.
    Arrow(Act.ASK_PART, (*DESK, who.liaison_of_holder), _HELD, tells=(T.REPORTER, T.HELPER)),
    Arrow(Act.DO_PART, who.HELPERS, _PARTS_IN, tells=(T.REPORTER, T.HOLDER)),
    Arrow(Act.DECLINE_PART, who.HELPERS, _PARTS_IN, tells=(T.HOLDER,)),
    Arrow(Act.WITHDRAW_PART, (*DESK, who.liaison_of_holder), _PARTS_IN, tells=(T.HELPER,)),
    # Formal requests for information go to the officer the law names; the clocks of the work end there, unkept.
    Arrow(Act.HAND_TO_PPID, DESK, _of(S.SUBMITTED, S.DISPATCHED, S.IN_PROGRESS), (S.DISPATCHED,),
          stops=(P.VERIFY,), starts=(P.INFORMATION,), tells=(T.REPORTER, T.HOLDER)),
    Arrow(Act.EXTEND_INFORMATION, (*DESK, who.liaison_of_holder), _HELD, tells=(T.REPORTER,)),
    Arrow(Act.RECEIVE_LETTER, (*DESK, who.call_operator_who_entered, who.intake_partner_who_entered), OPEN,
          starts=(P.AUDIENCE,), tells=(T.HOLDER, T.DESK)),
    Arrow(Act.ANSWER_AUDIENCE, (*DESK, who.leader), OPEN, stops=(P.AUDIENCE,), tells=(T.REPORTER,)),
    # One matter, many people: it goes where the report goes that it is merged into, on clocks of its own.
    Arrow(Act.MERGE, (who.agency_admin, who.assistant_admin), _of(*_MERGED_FROM), (*_MERGED_FROM, S.FORWARDED_EXTERNAL),
          starts=(P.RESPOND, P.RESOLVE), tells=(T.REPORTER,)),
    Arrow(Act.UNMERGE, (who.agency_admin, who.assistant_admin), OPEN, _MERGED_FROM,
          starts=(P.VERIFY, P.RESPOND, P.RESOLVE), tells=(T.REPORTER, T.HOLDER)),
    # Several matters in one report: each becomes a report of its own, and this one goes on.
    Arrow(Act.SPLIT, (who.agency_admin, who.assistant_admin), _SPLIT_IN, tells=(T.REPORTER,)),
)
# fmt: on
ARROW = {arrow.act: arrow for arrow in LIFE}
KEEPS_ANSWER = frozenset(arrow.act for arrow in LIFE if P.ANSWER in arrow.stops)


def most_rounds(*, is_answered: bool) -> int:
    """Return how often a reporter may be asked: twice, of which once before the first answer (CONTRACT 6)."""
    return 2 if is_answered else 1


def may(actor: Actor, act: Act, report: About) -> bool:
    """Return whether *actor* is one of those who may do *act* to *report*, its state aside."""
    return any(allowed(actor, report) for allowed in ARROW[act].who)


def can(act: Act, state: State) -> bool:
    """Return whether *act* can be done to a report in *state*."""
    return state in ARROW[act].frm


def acts_of(actor: Actor, report: About) -> list[Act]:
    """Return what *actor* may do to *report* now, in the table's order."""
    state = State(report.state)
    possible = [arrow.act for arrow in LIFE if state in arrow.frm and may(actor, arrow.act, report)]
    return [act for act in possible if not is_done_on_lead(actor, act, report)] if report.is_led else possible
