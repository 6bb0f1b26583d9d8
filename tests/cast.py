"""The people of kota-contoh, by what they do."""

from functools import cached_property

from django.db.models import Count

from tuntas.kit.crypto import new_token
from tuntas.kit.time import real_time
from tuntas.people.models import Person, Token
from tuntas.people.queries import actor_of, token_hash
from tuntas.rules.who import Actor, Role


class Cast:
    """Actors and tokens of the profile's people. ``cast.actor(Role.LIAISON, "dlh")``."""

    def person(self, role: Role, agency: str = "", *, also: Role | None = None) -> Person:
        """Return the person who holds *role* (at *agency*), and no other role unless *also*."""
        people = Person.objects.annotate(n=Count("posts")).filter(n=2 if also else 1, posts__role=role)
        if agency:
            people = people.filter(posts__agency__slug=agency)
        if also:
            people = people.filter(pk__in=Person.objects.filter(posts__role=also))
        return people.order_by("pk")[0]

    def actor(self, role: Role, agency: str = "", *, also: Role | None = None) -> Actor:
        return actor_of(self.person(role, agency, also=also))

    def token(self, role: Role, agency: str = "", *, also: Role | None = None) -> str:
        token = new_token()
        person = self.person(role, agency, also=also)
        made = real_time()  # used just now: calls need not write down that it is in use
        Token.objects.create(person=person, hash=token_hash(token), created_at=made, used_at=made)
        return token

    def bearer(self, role: Role, agency: str = "", *, also: Role | None = None) -> dict[str, str]:
        """Return the header a test client sends."""
        return {"Authorization": f"Bearer {self.token(role, agency, also=also)}"}

    @cached_property
    def desk(self) -> Actor:
        return self.actor(Role.AGENCY_ADMIN)

    @cached_property
    def liaison(self) -> Actor:
        return self.actor(Role.LIAISON, "dinas-pupr")

    @cached_property
    def other_liaison(self) -> Actor:
        return self.actor(Role.LIAISON, "dlh")

    @cached_property
    def handler(self) -> Actor:
        return self.actor(Role.UNIT_HANDLER, "dinas-pupr")

    @cached_property
    def validator(self) -> Actor:
        return self.actor(Role.RESPONSE_VALIDATOR)

    @cached_property
    def inspector(self) -> Actor:
        return self.actor(Role.INSPECTORATE)

    @cached_property
    def appointed_inspector(self) -> Actor:
        return self.actor(Role.INSPECTORATE, also=Role.SEALED_READER)

    @cached_property
    def appointed_admin(self) -> Actor:
        return self.actor(Role.AGENCY_ADMIN, also=Role.SEALED_READER)
