"""Who acts: the roles, and somebody with what their posts reach. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """A role somebody holds through a post in an agency (DOMAIN 2)."""

    CALL_OPERATOR = "call_operator"
    INTAKE_PARTNER = "intake_partner"
    NATIONAL_ADMIN = "national_admin"
    AGENCY_ADMIN = "agency_admin"
    ASSISTANT_ADMIN = "assistant_admin"
    LIAISON = "liaison"
    UNIT_HANDLER = "unit_handler"
    RESPONSE_VALIDATOR = "response_validator"
    INSPECTORATE = "inspectorate"
    LEADER = "leader"
    OMBUDSMAN_OBSERVER = "ombudsman_observer"
    DPO = "dpo"
    INTEGRATION = "integration"
    SYSADMIN = "sysadmin"
    ARBITER = "arbiter"
    SEALED_READER = "sealed_reader"  # an appointment on top of another post


DESK_ROLES = frozenset({Role.AGENCY_ADMIN, Role.ASSISTANT_ADMIN, Role.NATIONAL_ADMIN})
APPOINTED_ROLES = frozenset({Role.SEALED_READER, Role.INSPECTORATE})

Reach = Mapping[Role, frozenset[int]]
NOWHERE: Reach = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a reporter with a code, a stranger, or the system itself, at the moment of acting."""

    person_id: int | None = None
    reach: Reach = field(default_factory=lambda: NOWHERE)  # per role: the agencies at and below the person's posts
    report_id: int | None = None  # the report whose code was shown
    is_system: bool = False
    parts: tuple[tuple[int | None, Reach], ...] = ()  # where some posts are lent: own first (None), then by their owner
    took_over: tuple[int, ...] = ()  # from whom they took over all open work

    @property
    def is_desk(self) -> bool:
        return any(role in self.reach for role in DESK_ROLES)

    def has(self, role: Role, agency_id: int | None) -> bool:
        """Return whether the actor holds *role* at *agency_id* or above it."""
        return agency_id is not None and agency_id in self.reach.get(role, frozenset())


SYSTEM = Actor(is_system=True)
STRANGER = Actor()
