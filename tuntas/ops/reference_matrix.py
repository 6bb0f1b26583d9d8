"""The table of who may do and see what, row by row and role by role, computed by asking the rules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tuntas.rules.life import Act, State, may
from tuntas.rules.who import (
    STRANGER,
    Actor,
    Role,
    is_public,
    may_know_name,
    may_read,
    may_read_original,
)

DESK, HOLDER, OFFERED, OUTSIDE = 1, 2, 3, 9
SOMEBODY, OTHER = 7, 8
OWN_UNIT = frozenset({Role.LIAISON, Role.UNIT_HANDLER, Role.RESPONSE_VALIDATOR})
COLUMNS: tuple[str, ...] = ("public", "reporter", *(role.value for role in Role))


@dataclass(frozen=True)
class Sample:
    """An invented report, as the rules see one."""

    state: str = State.IN_PROGRESS
    pk: int = 1
    desk_id: int = DESK
    holder_id: int | None = HOLDER
    offered_to_id: int | None = None
    is_restricted: bool = False
    is_suspected: bool = False
    is_held: bool = False
    is_secret: bool = False
    is_anonymous: bool = False
    entered_by_id: int | None = OTHER
    proposed_by_id: int | None = OTHER
    awaits_signature: bool = False
    is_led: bool = False
    reopen_count: int = 0
    awaits_arbiter: bool = False
    helper_ids: tuple[int, ...] = ()
    identity_asked_by_id: int | None = None

    @property
    def is_offered(self) -> bool:
        return self.state == State.TRANSFER_PENDING


PLAIN = Sample()
SECRET, SEALED = Sample(is_secret=True), Sample(is_restricted=True)
ANONYMOUS = Sample(is_anonymous=True)
OFFER = Sample(state=State.TRANSFER_PENDING, offered_to_id=OFFERED)
Cell = Callable[[Actor, Sample], str]


def _reads(actor: Actor, report: Sample) -> str:
    if may_read(actor, report):
        return "R" if may_read_original(actor, report) or actor.report_id else "M"
    return "M" if is_public(report) else ""


def _knows(actor: Actor, report: Sample) -> str:
    if actor.report_id == report.pk:
        return "O"
    if may_know_name(actor, report):
        return "R"
    return "2" if may(actor, Act.ASK_IDENTITY, report) and report.is_anonymous else ""


def _does(*acts: Act) -> Cell:
    return lambda actor, report: "W" if any(may(actor, act, report) for act in acts) else ""


ROWS: tuple[tuple[str, Cell, tuple[Sample, ...]], ...] = (
    ("Public case (text, status, answers)", _reads, (PLAIN,)),
    ("Secret case text", _reads, (SECRET,)),
    ("Restricted case (sealed room)", _reads, (SEALED,)),
    ("Case suspected of belonging there", _reads, (replace(SECRET, is_suspected=True),)),
    ("Reporter identity, not anonymous", _knows, (PLAIN,)),
    ("Reporter identity, anonymous", _knows, (ANONYMOUS,)),
    ("Submit", _does(Act.SUBMIT), (PLAIN,)),
    ("Verify, classify, edit public text", _does(Act.DISPATCH, Act.PUBLISH), (PLAIN, SEALED)),
    ("Dispatch, transfer", _does(Act.DISPATCH, Act.TRANSFER), (PLAIN, SEALED)),
    ("Refuse as not authority", _does(Act.DECLINE_TRANSFER, Act.TRANSFER), (PLAIN, OFFER)),
    ("Settle a hand-over", _does(Act.ARBITRATE), (replace(OFFER, offered_to_id=None, awaits_arbiter=True),)),
    ("Ask another agency for a part", _does(Act.ASK_PART), (PLAIN, SEALED)),
    ("Do a part one was asked for", _does(Act.DO_PART), (replace(PLAIN, helper_ids=(HOLDER,)),)),
    ("Hand to the information officer", _does(Act.HAND_TO_PPID), (PLAIN, SEALED)),
    ("Note a letter", _does(Act.RECEIVE_LETTER), (PLAIN, SEALED)),
    ("Answer a request to be heard", _does(Act.ANSWER_AUDIENCE), (PLAIN, SEALED)),
    ("Internal note", _does(Act.NOTE), (PLAIN, SEALED)),
    ("Answer the reporter", _does(Act.INFORM, Act.PROPOSE_ANSWER), (PLAIN, SEALED)),
    ("Approve an answer", _does(Act.APPROVE), (PLAIN, SEALED)),
    ("Add, reply, complete", _does(Act.SUPPLEMENT, Act.REPLY, Act.COMPLETE), (PLAIN,)),
    ("Close", _does(Act.CLOSE, Act.RATE), (PLAIN, SEALED)),
    ("Archive, withdraw", _does(Act.ARCHIVE, Act.WITHDRAW), (PLAIN, SEALED)),
    ("Reopen", _does(Act.REOPEN), (PLAIN, SEALED)),
    ("Merge duplicates, split", _does(Act.MERGE, Act.UNMERGE, Act.SPLIT), (PLAIN,)),
    ("Move into the sealed room", _does(Act.SEAL), (PLAIN, replace(PLAIN, is_suspected=True))),
    ("Change privacy", _does(Act.SET_PRIVACY), (PLAIN,)),
)
LEGEND = (
    "R reads, W acts, M reads masked (no name, numbers of persons covered) or what everybody reads, 2 may ask for it: "
    "a reason, a second person, a record and a notice to the reporter. A letter behind it says where: O own cases only "
    "(for who typed a report in: those they entered), U own unit only, A the whole government; r on restricted or "
    "suspected cases alone. Empty: nothing."
)
DIFFERENCES = (
    "Everybody reads what is public, the system administrator too: it needs no sign-in. Their post adds nothing.",
    "A liaison officer of the holding agency sees the name of a reporter who is not anonymous without asking each "
    "time; every look is recorded and the reporter sees it. The matrix says: if needed to visit.",
    "Handlers, checkers and leaders read the reporter's words with numbers of persons masked, secret ones too: such "
    "a number is part of an identity, which the matrix masks for them.",
    "The Inspectorate also needs a second person to open an anonymous name; the matrix asks a reason and a record.",
    "The Inspectorate reads every report but acts on those of the sealed room alone: it does not do the desk's work.",
    "The ombudsman and the data protection officer read nothing yet: handing over and incidents are not built. The "
    "officer is told by letter of every anonymous name that is opened.",
    "Of the desk's rows the national admin and the assistants have what `Acts by role` says; the matrix has no columns "
    "for them.",
    "Archiving a restricted case takes one person here, not two. Changing settings and exports by staff are "
    "not built; open data holds what is public alone.",
)


def matrix_rows() -> Iterable[tuple[str, ...]]:
    """Yield the rows: what it is, then a cell for the public, the reporter and each role."""
    for name, ask, samples in ROWS:
        yield name, *(_cell(column, ask, samples) for column in COLUMNS)


def _cell(column: str, ask: Cell, samples: tuple[Sample, ...]) -> str:
    if column == "public":
        return ask(STRANGER, samples[0])
    if column == "reporter":
        return _own(ask(Actor(report_id=1), samples[0]))
    role = Role(column)
    found = [(sample, _of_role(role, ask, sample)) for sample in samples]
    said = next((cell for _, cell in found if cell), "")
    only_sealed = bool(said) and not any(
        cell for each, cell in found if not each.is_restricted and not each.is_suspected
    )
    return said + ("r" if only_sealed and len(samples) > 1 else "")


def _own(cell: str) -> str:
    return cell.replace("R", "RO").replace("W", "WO")


def _of_role(role: Role, ask: Cell, sample: Sample) -> str:
    """Return what a role gives beyond everybody's, with how far: the city, its own unit, or what it typed in."""
    everybodys = ask(Actor(person_id=SOMEBODY), sample)
    unit = OFFERED if sample.is_offered else HOLDER
    near = Actor(person_id=SOMEBODY, reach={role: frozenset({unit})})
    wide = Actor(person_id=SOMEBODY, reach={role: frozenset({DESK, HOLDER, OFFERED})})
    if (cell := ask(wide, sample)) != everybodys:
        return cell + ("U" if role in OWN_UNIT and ask(near, sample) == cell else "A")
    entered = replace(sample, entered_by_id=SOMEBODY)
    if (cell := ask(near, entered)) != everybodys:
        return cell + "O"
    return everybodys
