"""Who practises, as the practice city knows them: the same person with the one post of their course."""

from contextlib import suppress
from dataclasses import replace

from django.db import Error

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Government
from tuntas.kit import practice
from tuntas.people.models import Person
from tuntas.people.queries import actor_of
from tuntas.people.sessions import SignedIn


def is_ready() -> bool:
    """Return whether the practice city stands, as it should. Asked from the real one."""
    if not practice.is_there():
        return False
    with practice.practising(), suppress(Error):  # a database that nobody filled yet has no tables
        return Government.objects.exists()
    return False


def practised_by(signed: SignedIn) -> SignedIn | None:
    """Return somebody with what they are in the practice city, or None who has not begun. Asked while practising."""
    person = Person.objects.filter(email=signed.email).prefetch_related("posts").first()
    posts = () if person is None else tuple((post.role, post.agency_id) for post in person.posts.all())
    if person is None or not posts:
        return None
    return replace(
        signed,
        person_id=person.pk,
        keys=person.keys,
        posts=posts,
        agency=installation().slug_of(posts[0][1]),
        actor=actor_of(person),
        stands_for=(),
    )
