"""All that decides what has nobody to look after it: the tree, posts, topics, open reports, shifts."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency
from tuntas.people.duty import has_gap, posts_held_now
from tuntas.people.queries import reach_of
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.alarms import Place, Posts, Staffing
from tuntas.rules.who import Role

ROLES = (Role.LIAISON, Role.AGENCY_ADMIN, Role.RESPONSE_VALIDATOR)


def staffing_now(*, now: datetime) -> Staffing:
    """Return who is there for what. Half a dozen queries, each as long as the tree of agencies."""
    here, held = installation(), posts_held_now(ROLES, now=now)
    open_here = Report.objects.filter(holder=OuterRef("pk"), state__in=OPEN_STATES)
    busy = set(Agency.objects.filter(Exists(open_here)).values_list("pk", flat=True))
    return Staffing(
        places={
            agency.id: Place(
                agency.id,
                agency.parent_id,
                is_active=agency.is_active,
                has_open=agency.id in busy,
                is_apart=agency.is_desk or agency.examines,
            )
            for agency in here.agencies.values()
        },
        posts=Posts(
            liaisons=frozenset(agency_id for role, agency_id in held if role is Role.LIAISON),
            admins=frozenset().union(
                *(reach_of(here, role, agency_id) for role, agency_id in held if role is Role.AGENCY_ADMIN)
            ),
            validators=frozenset(agency_id for role, agency_id in held if role is Role.RESPONSE_VALIDATOR),
        ),
        owners={category.id: category.owner_id for category in here.categories.values() if category.is_active},
        desk_id=here.desk_id,
        has_gap=has_gap(here.desk_id, now=now),
    )
