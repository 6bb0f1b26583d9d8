"""Proposals of an agency as the pages show them: the rules' proposals with names, slugs and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuntas.agencies.installation import Installation, installation
from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.suggesting import Sure, Topic, suggest
from tuntas.rules.topics import guess_topics
from tuntas.web.office.rows import words_of

if TYPE_CHECKING:
    from tuntas.reports.models import Report


@dataclass(frozen=True, slots=True)
class Offered:
    """One agency a report could go to."""

    slug: str
    name: str
    topic: str
    sure: Sure
    why: tuple[Say, ...]
    against: tuple[Say, ...]


def offered_for(report: "Report", story: str, handled: Mapping[int, int] | None = None) -> list[Offered]:
    """Return up to three agencies, the surest first; the desk itself is never proposed.

    story     the title and the words, or the first of them
    handled   what ``inbox_queries.handled_before`` found; where it is given the report's whole story is at hand too
    """
    here = installation()
    topics = _topics(here)
    category = here.categories.get(report.category_id or 0)
    guesses = guess_topics(story, words_of(here))
    found = suggest(
        topics.get(category.code) if category else None,
        guesses,
        topics,
        handled={agency: n for agency, n in (handled or {}).items() if agency != here.desk_id},
        gave_back=_gave_back(report, here) if handled is not None else (),
        is_reporters=report.holder_id is None and not report.public_title,
        road=None if report.lat is None or report.lng is None else here.places.roads.at(report.lat, report.lng),
        keepers=here.places.roads.keepers,
    )
    return [_offered(each.agency, each.topic, each.sure, each.why, each.against, here) for each in found]


def _gave_back(report: "Report", here: Installation) -> set[int]:
    """Return the agencies that offered this report to others."""
    slugs = {line["by"] for line in report.thread["timeline"] if line["act"] == Act.TRANSFER}
    return {here.agency_by_slug[slug].id for slug in slugs if slug in here.agency_by_slug}


def _topics(here: Installation) -> dict[str, Topic]:
    return {
        each.code: Topic(each.code, each.name, each.owner_id)
        for each in here.categories.values()
        if each.is_active and not each.is_restricted and each.owner_id != here.desk_id
    }


def _offered(agency_id: int, topic: str, sure: Sure, why: list[Say], against: list[Say], here: Installation) -> Offered:
    agency = here.agencies[agency_id]
    return Offered(agency.slug, agency.short, topic, sure, tuple(why), tuple(against))


def targets(here: Installation) -> list[tuple[str, str]]:
    """Return slug and name of every agency a report can be sent to, by name."""
    found = [each for each in here.agencies.values() if each.is_active and not each.is_desk and each.parent_id]
    return [(each.slug, each.name) for each in sorted(found, key=lambda each: each.name)]
