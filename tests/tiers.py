"""A tree of four tiers: an office, a city, a province, a ministry, each with somebody who takes reports."""

from dataclasses import dataclass

from tests.cast import Cast
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Agency
from tuntas.people.models import Person, Post
from tuntas.people.queries import actor_of
from tuntas.rules.who import Actor, Role

NATIONAL, PROVINCIAL = "kemen-pu", "pu-prov"


@dataclass(frozen=True)
class Tiers:
    """Who takes and refuses where, by the agency's slug; and the arbiters of the ministry and of the city."""

    liaisons: dict[str, Actor]
    arbiter: Actor
    city_arbiter: Actor


def make_tiers(cast: Cast) -> Tiers:
    """Put a province and a ministry above the city, each with an office; undone with the test's transaction."""
    calendar = Agency.objects.get(slug="kota-cempaka").calendar
    nation = _agency("negara", "nation", None, calendar.pk)
    ministry = _agency(NATIONAL, "ministry", nation, calendar.pk)
    province = _agency("provinsi", "province", nation, calendar.pk)
    roads = _agency(PROVINCIAL, "office", province, calendar.pk)
    Agency.objects.filter(slug="kota-cempaka").update(parent=province)
    forget_installation()
    liaisons = {slug: cast.actor(Role.LIAISON, slug) for slug in ("dinas-pupr", "dlh")}
    return Tiers(
        liaisons | {each.slug: _person(Role.LIAISON, each) for each in (ministry, roads)},
        _person(Role.ARBITER, nation),
        cast.actor(Role.ARBITER),
    )


def _agency(slug: str, tier: str, parent: Agency | None, calendar_id: int) -> Agency:
    return Agency.objects.create(slug=slug, name=slug.title(), tier=tier, parent=parent, calendar_id=calendar_id)


def _person(role: Role, agency: Agency) -> Actor:
    person = Person.objects.create(name=agency.name, email=f"{role}@{agency.slug}.example", language="id")
    Post.objects.create(person=person, role=role, agency=agency)
    assert agency.pk in installation().agencies
    return actor_of(person)
