"""The list of places one can choose from: every village of a city, or one level after another where they are many."""

from dataclasses import dataclass, field
from itertools import chain

from tuntas.agencies.installation import Installation

LISTED = 600  # villages that one list can hold; the largest regency has somewhat more, with its districts
MATCHES = 20
SHORTEST = 3  # letters that are looked for
LONGEST = 60

Named = tuple[str, str]  # code and name


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form offers: either groups of villages, or the way to an area and what lies right inside it."""

    groups: list[tuple[str, list[Named]]] = field(default_factory=list)
    path: list[Named] = field(default_factory=list)  # the area chosen now and those above it, the whole left out
    inside: list[Named] = field(default_factory=list)
    asked: str = ""
    matches: list[Named] = field(default_factory=list)

    @property
    def is_stepwise(self) -> bool:
        return not self.groups


def villages(here: Installation) -> list[tuple[str, list[Named]]]:
    """Return the lowest areas, code and name, each group under the name of the area above it.

    Of a province or a nation those of the finest level that one list can hold.
    """
    if is_large(here):
        return _level(here)
    parents = {code.rpartition(".")[0] for code in here.areas}
    groups: dict[str, list[Named]] = {}
    for code, area_id in sorted(here.areas.items()):
        if code not in parents:
            groups.setdefault(code.rpartition(".")[0], []).append((code, here.area_names[area_id][1]))
    named = {code: here.area_names[here.areas[code]][1] if code in here.areas else code for code in groups}
    return [(named[code], rows) for code, rows in groups.items()]


def choice_of(here: Installation, chosen: str, asked: str = "") -> Choice:
    """Return what can be chosen beside an area that is chosen now; *asked* is a part of a name to look for."""
    if not is_large(here):
        return Choice(groups=villages(here))
    places, asked = here.places, " ".join(asked.split())[:LONGEST]
    line = list(places.line_up(places.ids[chosen])) if chosen in places.ids else []
    whole = places.inside.get(None, ())
    top = line[0] if line else next(iter(whole), None)
    return Choice(
        path=[places.names[area_id] for area_id in reversed(line) if area_id not in whole],
        inside=[places.names[area_id] for area_id in places.inside.get(top, ())],
        asked=asked,
        matches=[(code, where(here, code)) for code in _matches(here, asked)],
    )


def is_large(here: Installation) -> bool:
    """Return whether the villages are too many for one list."""
    return len(here.areas) > LISTED


def has_parts(here: Installation, code: str) -> bool:
    """Return whether something smaller lies in an area."""
    return bool(here.areas_inside.get(here.areas[code]))


def where(here: Installation, code: str) -> str:
    """Name an area with what it lies in, the whole left out: “Ketabang, Genteng, Kota Surabaya, Jawa Timur”."""
    places = here.places
    line = [area_id for area_id in places.line_up(places.ids[code]) if places.above[area_id] is not None]
    return ", ".join(places.names[area_id][1] for area_id in line)


def _level(here: Installation) -> list[tuple[str, list[Named]]]:
    inside, names = here.areas_inside, here.area_names
    level = list(inside.get(None, ()))
    while 0 < sum(len(inside.get(area_id, ())) for area_id in level) <= LISTED:
        above, level = level, list(chain.from_iterable(inside.get(area_id, ()) for area_id in level))
    return [(names[id_][1], [names[each] for each in inside[id_]]) for id_ in above if id_ in inside]


def _matches(here: Installation, asked: str) -> list[str]:
    """Return codes of the areas with a part of a name in it: those called just so first, larger ones before smaller."""
    wanted = asked.casefold()
    if len(wanted) < SHORTEST:
        return []
    names = here.area_names
    found = [code for code, area_id in here.areas.items() if wanted in names[area_id][1].casefold()]
    known = {code: names[here.areas[code]][1].casefold() for code in found}
    found.sort(key=lambda code: (known[code] != wanted, not known[code].startswith(wanted), code.count("."), code))
    return found[:MATCHES]
