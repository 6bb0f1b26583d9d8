"""The invented nation of ``profiles/nasional-contoh`` in the place of the city; undone with the test's transaction."""

from pathlib import Path

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.agencies.profile import read_profile
from tuntas.people.models import Person
from tuntas.people.queries import actor_of
from tuntas.rules.who import Actor

NATION = Path(__file__).parents[1] / "profiles" / "nasional-contoh"


def load_nation() -> None:
    """Load the profile and read it again."""
    steps.load_profile(read_profile(NATION))
    assert installation().area_code == "00"


def person(name: str) -> Person:
    """Return somebody by the first part of their address: ``person("prita")``."""
    return Person.objects.get(email=f"{name}@kencana.example")


def actor(name: str) -> Actor:
    return actor_of(person(name))
