"""What the page and the minutes of a rakor show: its points with their facts, and the decisions, as words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.meetings.agenda import draft_agenda, waiting_brought
from tuntas.meetings.queries import Case, cases_of, items_of
from tuntas.rules.agenda import MINUTES, Json, Kind, cases_in, own_part
from tuntas.rules.meetings import leads, own_agencies
from tuntas.web.office.meeting_words import (
    AND_OTHERS,
    OLDEST,
    OUTSIDE,
    PROPOSALS,
    Standing,
    meeting_when,
    sentence_of,
    side_of,
    standing,
    title_of,
)
from tuntas.web.office.signed import Signed

if TYPE_CHECKING:
    from tuntas.meetings.models import Brought, Decision, Item, Meeting

MOST_BARS, WORST = 4, 2
Raw = tuple[int, Kind, Json, "Brought | None", "list[Decision]"]  # place, kind, facts, who brought it, decisions


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as a row: what, who, by when, and how it stands."""

    key: int
    what: str
    who: str
    by_when: date
    standing: Standing
    number: str = ""
    done_words: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Cases beside a name: an agency with its oldest, a body outside with its silent ones."""

    label: Say | None
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agenda; whoever it is not about sees its heading, where a decision of theirs stands there."""

    position: int
    kind: Kind
    title: Say
    side: Say
    sentence: Say | None = None
    proposal: Say | None = None
    why: str = ""
    why_by: str = ""
    earlier: tuple[Decided, ...] = ()
    bars: tuple[dict[str, Any], ...] = ()
    named: tuple[Named, ...] = ()
    years: tuple[dict[str, Any], ...] = ()
    decisions: tuple[Decided, ...] = ()
    numbers: tuple[str, ...] = ()  # the cases a decision can be about

    @property
    def slot(self) -> str:
        """What the ids of its form end in."""
        return str(self.position)

    @property
    def is_decided_on(self) -> bool:
        """Whether something can be decided here; earlier decisions are only looked at."""
        return self.kind is not Kind.LAST


@dataclass(frozen=True, slots=True)
class Agenda:
    """The points somebody may see, and when the whole meeting is."""

    points: tuple[Point, ...]
    when: Say


def agenda_of(meeting: "Meeting", signed: Signed) -> Agenda:
    """Return the agenda of a meeting as somebody may see it: all, or only what is about their agencies."""
    today = (meeting.started_at or signed.now).astimezone(installation().zone).date()
    if meeting.is_planned:
        waiting = {each.pk: each for each in waiting_brought(meeting.desk_id)}
        raw: list[Raw] = [
            (n, draft.kind, draft.facts, waiting.get(draft.facts.get("brought", 0)), [])
            for n, draft in enumerate(draft_agenda(meeting.desk_id, now=signed.now), 1)
        ]
    else:
        raw = [_of_item(item) for item in items_of(meeting)]
    cases = cases_of(case for _, _, facts, _, _ in raw for case in cases_in(facts))
    sees_all, mine = leads(signed.actor, meeting.desk_id), own_agencies(signed.actor)
    points = []
    for position, kind, facts, brought, decisions in raw:
        shown = facts if sees_all else own_part(kind, facts, mine)
        theirs = [each for each in decisions if sees_all or each.agency_id in mine]
        if shown is not None or theirs:
            decided = tuple(decided_of(theirs, today=today if meeting.is_ended else _today(signed)))
            points.append(_point(position, kind, facts, shown, brought, decided, cases, today))
    when = meeting_when(meeting.held_on, meeting.begins, (MINUTES[kind] for _, kind, *_ in raw))
    return Agenda(tuple(points), when)


def _of_item(item: "Item") -> Raw:
    brought = item.brought if hasattr(item, "brought") else None
    return item.position, Kind(item.kind), item.facts, brought, sorted(item.decisions.all(), key=lambda each: each.pk)


def _today(signed: Signed) -> date:
    return signed.now.astimezone(installation().zone).date()


def decided_of(decisions: "Iterable[Decision]", *, today: date) -> Iterator[Decided]:
    """Yield decisions as rows, as they stand on a day."""
    here = installation()
    for each in decisions:
        done_on = each.done_at.astimezone(here.zone).date() if each.done_at else None
        yield Decided(
            key=each.pk,
            what=each.what,
            who=_who(each.agency_id, each.person),
            by_when=each.by_when,
            standing=standing(each.by_when, done_on, today, here),
            number=(each.report.number or "") if each.report else "",
            done_words=each.done_words,
        )


def _who(agency_id: int, person: str) -> str:
    short = installation().agencies[agency_id].short
    return f"{short} ({person})" if person else short


def _point(
    position: int,
    kind: Kind,
    whole: Json,
    shown: Json | None,
    brought: "Brought | None",
    decisions: tuple[Decided, ...],
    cases: Mapping[int, Case],
    today: date,
) -> Point:
    here, facts = installation(), shown or {}
    named = [cases[key] for key in facts.get("cases", ()) if key in cases]
    called = named[0].number if named else ""
    title, numbers = title_of(kind, whole, here, today=today, case=called), _numbers(facts, cases)
    if shown is None:
        return Point(position, kind, title, side_of(kind, MINUTES[kind], {**whole, "n": 0}, here), decisions=decisions)
    return Point(
        position=position,
        kind=kind,
        title=title,
        side=side_of(kind, MINUTES[kind], facts, here),
        sentence=sentence_of(kind, facts, today=today),
        proposal=PROPOSALS.get(kind),
        why=brought.why if brought and named else "",
        why_by=brought.by.name if brought and named else "",
        earlier=tuple(_earlier(facts, today)) if kind is Kind.LAST else (),
        bars=tuple(_bars(facts)) if kind is Kind.OVERDUE else (),
        named=tuple(_named(kind, facts, cases)),
        years=tuple(_years(facts)) if kind is Kind.BUDGET else (),
        decisions=decisions,
        numbers=numbers,
    )


def _numbers(facts: Json, cases: Mapping[int, Case]) -> tuple[str, ...]:
    return tuple(cases[key].number for key in cases_in(facts) if key in cases)


def _earlier(facts: Json, today: date) -> Iterator[Decided]:
    here = installation()
    for row in facts["rows"]:
        by_when = date.fromisoformat(row["by_when"])
        done_on = date.fromisoformat(row["done_on"]) if row["done_on"] else None
        who = _who(row["agency"], row["person"])
        yield Decided(0, row["what"], who, by_when, standing(by_when, done_on, today, here))


def _bars(facts: Json) -> Iterator[dict[str, Any]]:
    """Yield the agencies with the most, then all others together; as wide in hundredths as of the largest."""
    here, rows = installation(), facts["rows"]
    told = [(Say(here.agencies[row["agency"]].name, here.agencies[row["agency"]].name), row["n"]) for row in rows]
    rest = told[MOST_BARS:] if len(told) > MOST_BARS + 1 else []
    shown = told[: len(told) - len(rest)]
    if rest:
        shown.append((AND_OTHERS.fill(n=len(rest)), sum(n for _, n in rest)))
    largest = max(n for _, n in shown)
    for place, (word, n) in enumerate(shown):
        colour = "c4" if place < WORST and place < len(told) - len(rest) else "c1"
        yield {"word": word, "n": n, "colour": colour, "link": "", "width": round(100 * n / largest, 1)}


def _named(kind: Kind, facts: Json, cases: Mapping[int, Case]) -> Iterator[Named]:
    """Yield the cases a point names, beside whose they are."""
    if kind in (Kind.OVERDUE, Kind.SILENT):
        for row in facts["rows"]:
            name = row.get("body") or installation().agencies[row["agency"]].name
            label = (OUTSIDE if kind is Kind.SILENT else OLDEST).fill(name=name, days=row["days"])
            yield Named(label, tuple(cases[key] for key in row["cases"] if key in cases))
    elif found := tuple(cases[key] for key in facts.get("cases", ()) if key in cases):
        yield Named(None, found)


def _years(facts: Json) -> Iterator[dict[str, Any]]:
    here = installation()
    for row in facts["rows"]:
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        yield {**row, "name": here.agencies[row["agency"]].name, "first": first, "last": last}
