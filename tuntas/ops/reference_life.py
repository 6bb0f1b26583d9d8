"""docs/reference/life.md: the life table, its diagram, states and promises."""

from collections.abc import Iterable, Iterator

from tuntas.ops.markdown import codes, page, table
from tuntas.ops.reference_permissions import name_of
from tuntas.rules import words
from tuntas.rules.faces import FACES
from tuntas.rules.life import ALL, ARROW, LIFE, LIVES_IN, OPEN, WINDOWS, Arrow, Promise, State

MOST_DRAWN = 5  # an act from or to more states than this would hide all others: it is listed instead


def life_page() -> str:
    return page(
        "The life of a report",
        "The table is `tuntas/rules/life.py`. Conditions on words, files and dates are in each act's step.",
        "## Acts",
        table(("act", "who", "from", "to", "stops", "pauses", "resumes", "starts", "tells"), map(_row, LIFE)),
        "“As it was” leaves the state alone; of several ends the act's step chooses. A clock that lives in none of the "
        "states an act leads to is dropped: nobody owes it any more.",
        "## Diagram",
        _diagram(),
        _not_drawn(),
        "## States",
        table(("state", "face", "Indonesian", "English", "face in Indonesian", "face in English"), map(_state, State)),
        "`diperiksa` stands for `diterima` once somebody of the desk has opened the report, `dibuka` for `dikerjakan` "
        "from reopening until the next answer.",
        "## Promises",
        table(("promise", "Indonesian", "English", "kind", "lives in"), map(_promise, Promise)),
        "A government keeps or misses a *promise of ours*; a *window* only ends. Lengths come from the profile.",
    )


def _row(arrow: Arrow) -> tuple[str, ...]:
    return (
        f"`{arrow.act}`",
        codes(name_of(allowed) for allowed in arrow.who),
        _states(arrow.frm),
        _states(arrow.to) if arrow.to else "as it was",
        *(codes(clocks) for clocks in (arrow.stops, arrow.pauses, arrow.resumes, arrow.starts)),
        codes(arrow.tells),
    )


def _states(states: Iterable[State]) -> str:
    """Return states in the order of a life, or the word for all of them and all open ones."""
    known = frozenset(states)
    if known == ALL:
        return "every state"
    if known == OPEN:
        return "every open state"
    if known == OPEN - {State.NEEDS_INFO}:
        return "every open state but `needs_info`"
    return codes(state for state in State if state in known)


def _is_drawn(arrow: Arrow) -> bool:
    return bool(arrow.to) and max(len(arrow.frm), len(arrow.to)) <= MOST_DRAWN


def _diagram() -> str:
    lines = [f"    {edge}" for arrow in LIFE if _is_drawn(arrow) for edge in _edges(arrow)]
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "    closed --> [*]", "    archived --> [*]", "```"))


def _edges(arrow: Arrow) -> Iterator[str]:
    starts = [state.value for state in State if state in arrow.frm] or ["[*]"]
    for frm in starts:
        yield from (f"{frm} --> {to} : {arrow.act}" for to in arrow.to)


def _not_drawn() -> str:
    moves = [
        f"`{arrow.act}` leads from {_states(arrow.frm)} to {_states(arrow.to)}"
        for arrow in ARROW.values()
        if arrow.to and not _is_drawn(arrow)
    ]
    still = codes(arrow.act for arrow in ARROW.values() if not arrow.to)
    return f"Not drawn: {'; '.join(moves)}. These change no state: {still}."


def _state(state: State) -> tuple[str, ...]:
    face = FACES[state]
    return (
        f"`{state}`",
        f"`{face}`",
        words.STATES[state].id,
        words.STATES[state].en,
        words.FACES[face].id,
        words.FACES[face].en,
    )


def _promise(promise: Promise) -> tuple[str, ...]:
    kind = "window" if promise in WINDOWS else "promise of ours"
    said = words.PROMISES[promise]
    return f"`{promise}`", said.id, said.en, kind, _states(LIVES_IN[promise])
