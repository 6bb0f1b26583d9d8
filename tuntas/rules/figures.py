"""How public figures are told so that nobody can be found in them. Pure.

Three ways in which a number could point at a person, and what stands against each:

- *A small cell.* Cells under five are hidden, and others with them, so that total and shown cells do not give one away
  (``hidden_cells``).
- *A comparison with the public list.* Everybody can count the reports they may read. What figures say beyond that is
  about secret and restricted reports; these are counted in no category, agency or area, and in totals only.
- *Two periods that overlap.* The difference of two totals is the total of some days. So secret and restricted reports
  enter in groups of five or more, whole weeks at a time (``groups_of``): no difference is about fewer.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

FEWEST = 5  # persons in a cell (INSIGHT 4)
WEEK = timedelta(days=7)


def hidden_cells(counts: Mapping[str, int], fewest: int = FEWEST) -> set[str]:
    """Return which cells to hide: those under five persons, and the smallest others until none can be worked out.

    Whoever knows the total knows the sum of the hidden cells, and that none of them is empty. So at least two are
    hidden, and each could hold any of five numbers or more.
    """
    hidden = {name for name, n in counts.items() if 0 < n < fewest}
    others = sorted((name for name in counts if name not in hidden and counts[name]), key=lambda name: counts[name])
    for name in others:
        if not hidden or _is_safe(counts, hidden, fewest):
            break
        hidden.add(name)
    return hidden


def _is_safe(counts: Mapping[str, int], hidden: set[str], fewest: int) -> bool:
    return len(hidden) > 1 and sum(counts[name] for name in hidden) - len(hidden) >= fewest


def shown_cells(counts: Mapping[str, int], fewest: int = FEWEST) -> dict[str, int | None]:
    """Return the cells as they may be shown, None where hidden; nothing at all where all are hidden and even their
    names would give them away: five names and a total of five are five times one."""
    hidden = hidden_cells(counts, fewest)
    is_given_away = len(hidden) > 1 and not _is_safe(counts, hidden, fewest)
    return {} if is_given_away else {name: None if name in hidden else n for name, n in counts.items()}


def groups_of(weeks: Iterable[tuple[date, int]], fewest: int = FEWEST) -> dict[date, date]:
    """Return for each week that is counted the week with which its group is counted: the one that made it full.

    weeks   Mondays, rising, and how many reports nobody may read came in each

    Weeks whose group is not full yet are missing: they wait, and are counted with the next ones.
    """
    group, waiting, n = dict[date, date](), list[date](), 0
    for monday, came in weeks:
        waiting.append(monday)
        n += came
        if n >= fewest:
            group.update(dict.fromkeys(waiting, monday))
            waiting, n = [], 0
    return group


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
