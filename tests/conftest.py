"""What every test has: the kota-contoh profile in the database, its cast, and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast
from tests.sealed_room import make_readers
from tuntas import steps
from tuntas.agencies.installation import forget_installation, held_installation
from tuntas.agencies.models import Government
from tuntas.agencies.profile import Profile, read_profile
from tuntas.kit.env import env

PROFILE = Path(__file__).parents[1] / "profiles" / "kota-contoh"
T0 = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)  # a Friday, 10.00 in Jakarta


@pytest.fixture(scope="session")
def profile() -> Profile:
    return read_profile(PROFILE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, profile: Profile) -> None:
    """Load the profile once, outside any test's transaction."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        steps.load_profile(profile)
        make_readers()


@pytest.fixture
def city(db: None, profile: Profile) -> None:
    """The loaded profile; loaded again where a test with real transactions has emptied the tables."""
    if not Government.objects.exists():
        steps.load_profile(profile)
        make_readers()


@pytest.fixture(autouse=True)
def _remembers_no_other_profile() -> Iterator[None]:
    """What a test loads is rolled back: the next one, seconds later, must not be served it from memory."""
    before = held_installation()
    yield
    if held_installation() is not before:
        forget_installation()


@pytest.fixture
def changed_profile(city: None) -> Iterator[None]:
    """For tests that change an agency behind the profile's back: what they saw of it is forgotten after them."""
    yield
    forget_installation()


@pytest.fixture
def cast(city: None) -> Cast:
    return Cast()


@pytest.fixture
def now() -> datetime:
    return T0


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def clock() -> Iterator[Path]:
    """The file that moves the clock; the test writes to it."""
    path = env().data / "clock"
    yield path
    path.unlink(missing_ok=True)
