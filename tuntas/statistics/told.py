"""What figures are told as: each number beside what it is a share of. They hold no query."""

from collections.abc import Mapping
from dataclasses import dataclass

from tuntas.rules.figures import FEWEST


def percent_of(part: int, base: int) -> int | None:
    """Return a share in hundredths, or None where its base is under five."""
    return None if base < FEWEST else min(100, round(100 * part / base))


@dataclass(frozen=True, slots=True)
class Promised:
    """How the promise to answer was kept for the reports received in a period.

    kept      "tepat waktu": a person answered before the time was out
    missed    "terlambat": the time ran out first, whether somebody answered later or nobody yet
    not_due   "belum jatuh tempo": nobody answered yet and there is time left, or the clock stands while the reporter is
              asked something

    The three are all reports received, but for those whose promise fell away before either: withdrawn, say. The share
    is of those that can be judged, kept and missed; what is not due yet counts neither for nor against.
    """

    kept: int
    missed: int
    not_due: int

    @property
    def judged(self) -> int:
        return self.kept + self.missed

    @property
    def percent(self) -> int | None:
        return percent_of(self.kept, self.judged)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the reports an agency declared done: each stands in one of the four."""

    acknowledged: int  # the reporter said so
    unrated: int  # closed in silence, or by the desk
    open_again: int  # the reporter, or somebody for them, opened it again, and it is not answered since
    waiting: int  # the reporter may still rate

    @property
    def declared(self) -> int:
        return self.acknowledged + self.unrated + self.open_again + self.waiting


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How many gave each rating, of those declared done."""

    rated: Mapping[int, int]  # 4 Sangat Puas to 1 Tidak Puas
    declared: int

    @property
    def all(self) -> int:
        return sum(self.rated.values())

    @property
    def percent_who_rated(self) -> int | None:
        return percent_of(self.all, self.declared)

    @property
    def percent_content(self) -> int | None:
        return percent_of(self.rated[4] + self.rated[3], self.all)


@dataclass(frozen=True, slots=True)
class Whole:
    """All figures of one city, agency or area in a period; parts too small to tell are None."""

    received: int
    promised: Promised
    outcomes: Outcomes
    satisfaction: Satisfaction
    reopened_percent: int | None  # opened again at least once, of those declared done


@dataclass(frozen=True, slots=True)
class Medians:
    """How long half of the reports took, where enough of them did."""

    answer_hours: float | None
    longest_answer_hours: float | None
    resolve_days: float | None


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency in the table of all, or all of them that are too small to be told apart: then ``whole`` is None."""

    agency: str
    whole: Whole | None
    medians: Medians
