"""Who someone is to a report. Pure: a predicate is a sentence, takes actor and report, and may not query.

The name of a predicate starts with the role that decides, because the printed pages and ``GET /life`` show it.
"""

from collections.abc import Callable, Collection
from typing import Protocol

from tuntas.rules.actors import APPOINTED_ROLES, DESK_ROLES, NOWHERE, STRANGER, SYSTEM, Actor, Reach, Role

__all__ = ["APPOINTED_ROLES", "DESK_ROLES", "NOWHERE", "STRANGER", "SYSTEM", "Actor", "Reach", "Role"]

RAISED_AT = 2  # reopenings, from which on each brings a report one level up


class About(Protocol):
    """What the predicates may look at. The Report record is one."""

    @property
    def pk(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def desk_id(self) -> int: ...
    @property
    def holder_id(self) -> int | None: ...
    @property
    def offered_to_id(self) -> int | None: ...
    @property
    def is_offered(self) -> bool: ...
    @property
    def awaits_arbiter(self) -> bool: ...
    @property
    def is_restricted(self) -> bool: ...
    @property
    def is_suspected(self) -> bool: ...
    @property
    def is_held(self) -> bool: ...
    @property
    def is_secret(self) -> bool: ...
    @property
    def is_anonymous(self) -> bool: ...
    @property
    def entered_by_id(self) -> int | None: ...
    @property
    def identity_asked_by_id(self) -> int | None: ...
    @property
    def proposed_by_id(self) -> int | None: ...
    @property
    def awaits_signature(self) -> bool: ...
    @property
    def reopen_count(self) -> int: ...
    @property
    def is_led(self) -> bool: ...
    @property
    def helper_ids(self) -> Collection[int]: ...


Who = Callable[[Actor, About], bool]


def anyone(actor: Actor, report: About) -> bool:
    """Everybody, signed in or not."""
    return True


def anyone_if_public(actor: Actor, report: About) -> bool:
    """Everybody, on a report everybody may know of."""
    return is_public(report)


def system(actor: Actor, report: About) -> bool:
    """Tuntas itself, when a clock or a window runs out."""
    return actor.is_system


def reporter(actor: Actor, report: About) -> bool:
    """The person who holds the report's code."""
    return actor.report_id is not None and actor.report_id == report.pk


def agency_admin(actor: Actor, report: About) -> bool:
    """An admin of the desk that answers for the report."""
    return _is_ordinary(report) and actor.has(Role.AGENCY_ADMIN, report.desk_id)


def assistant_admin(actor: Actor, report: About) -> bool:
    """Somebody who shares the desk's work."""
    return _is_ordinary(report) and actor.has(Role.ASSISTANT_ADMIN, report.desk_id)


def national_admin(actor: Actor, report: About) -> bool:
    """The national desk, over every desk below it."""
    return _is_ordinary(report) and actor.has(Role.NATIONAL_ADMIN, report.desk_id)


def liaison_of_holder(actor: Actor, report: About) -> bool:
    """The liaison officer of the agency that holds the report now."""
    return _is_ordinary(report) and actor.has(Role.LIAISON, report.holder_id)


def liaison_to_sign(actor: Actor, report: About) -> bool:
    """The liaison officer of the holding agency, while somebody else's answer there waits for a signature."""
    return report.awaits_signature and liaison_of_holder(actor, report) and _is_second_person(actor, report)


def unit_handler_of_holder(actor: Actor, report: About) -> bool:
    """Somebody who does the work in the agency that holds the report now."""
    return _is_ordinary(report) and actor.has(Role.UNIT_HANDLER, report.holder_id)


def liaison_of_helper(actor: Actor, report: About) -> bool:
    """The liaison officer of an agency that was asked for a part of the work."""
    return _is_ordinary(report) and any(actor.has(Role.LIAISON, id_) for id_ in report.helper_ids)


def unit_handler_of_helper(actor: Actor, report: About) -> bool:
    """Somebody who does the work in an agency that was asked for a part of it."""
    return _is_ordinary(report) and any(actor.has(Role.UNIT_HANDLER, id_) for id_ in report.helper_ids)


def liaison_of_offered_agency(actor: Actor, report: About) -> bool:
    """The liaison officer of the agency the report is offered to."""
    return _is_ordinary(report) and actor.has(Role.LIAISON, report.offered_to_id)


def agency_admin_if_offered(actor: Actor, report: About) -> bool:
    """An admin of the desk, while the report is offered back to the desk."""
    return _offered_to_desk(report) and agency_admin(actor, report)


def assistant_admin_if_offered(actor: Actor, report: About) -> bool:
    """Somebody who shares the desk's work, while the report is offered back to the desk."""
    return _offered_to_desk(report) and assistant_admin(actor, report)


def arbiter_if_awaited(actor: Actor, report: About) -> bool:
    """Whoever settles whose it is, above the agency that holds it, once it was refused three times."""
    return report.awaits_arbiter and _is_ordinary(report) and actor.has(Role.ARBITER, report.holder_id)


def response_validator(actor: Actor, report: About) -> bool:
    """Somebody who checks answers of the holding agency."""
    return _is_ordinary(report) and actor.has(Role.RESPONSE_VALIDATOR, report.holder_id)


def response_validator_not_author(actor: Actor, report: About) -> bool:
    """Who checks the holding agency's answers and did not write this one; reopened twice, who checks for all."""
    is_high = not is_raised(report) or actor.has(Role.RESPONSE_VALIDATOR, report.desk_id)
    return is_high and response_validator(actor, report) and _is_second_person(actor, report)


def agency_admin_not_author(actor: Actor, report: About) -> bool:
    """An admin of the desk who did not write this answer."""
    return agency_admin(actor, report) and _is_second_person(actor, report)


def leader(actor: Actor, report: About) -> bool:
    """A head of the government the report was made to."""
    return _is_ordinary(report) and actor.has(Role.LEADER, report.desk_id)


def inspectorate_if_restricted(actor: Actor, report: About) -> bool:
    """The Inspectorate, on reports that nobody else may open."""
    return report.is_restricted and actor.has(Role.INSPECTORATE, report.desk_id)


def inspectorate_not_author_if_restricted(actor: Actor, report: About) -> bool:
    """Somebody of the Inspectorate who did not write this answer, on reports nobody else may open."""
    return inspectorate_if_restricted(actor, report) and _is_second_person(actor, report)


def inspectorate(actor: Actor, report: About) -> bool:
    """The Inspectorate, which may read every report of its government."""
    return actor.has(Role.INSPECTORATE, report.desk_id)


def inspectorate_if_not_restricted(actor: Actor, report: About) -> bool:
    """The Inspectorate, on a report that is not in the sealed room."""
    return not report.is_restricted and actor.has(Role.INSPECTORATE, report.desk_id)


def agency_admin_not_asker(actor: Actor, report: About) -> bool:
    """An admin of the desk, on a report that is not secret, while somebody else asks for the anonymous name."""
    return agency_admin(actor, report) and not report.is_secret and _is_asked_by_another(actor, report)


def inspectorate_not_asker(actor: Actor, report: About) -> bool:
    """The Inspectorate, while somebody else asks for an anonymous name."""
    return inspectorate(actor, report) and _is_asked_by_another(actor, report)


def sealed_reader_if_suspected(actor: Actor, report: About) -> bool:
    """Somebody appointed to read restricted reports, on one that may have to become one."""
    return _is_waiting_to_be_looked_at(report) and actor.has(Role.SEALED_READER, report.desk_id)


def sealed_reader_if_restricted(actor: Actor, report: About) -> bool:
    """Somebody appointed to read restricted reports."""
    return report.is_restricted and actor.has(Role.SEALED_READER, report.desk_id)


def call_operator_who_entered(actor: Actor, report: About) -> bool:
    """The operator who typed in the report for somebody else; restricted ones lock behind them."""
    return _is_ordinary(report) and Role.CALL_OPERATOR in actor.reach and _entered(actor, report)


def intake_partner_who_entered(actor: Actor, report: About) -> bool:
    """The village partner who brought the report; restricted ones lock behind them."""
    return _is_ordinary(report) and Role.INTAKE_PARTNER in actor.reach and _entered(actor, report)


def _is_ordinary(report: About) -> bool:
    """Return whether a report is neither sealed nor suspected of having to be."""
    return not report.is_restricted and not report.is_suspected


def _is_waiting_to_be_looked_at(report: About) -> bool:
    return report.is_suspected and not report.is_restricted


def _entered(actor: Actor, report: About) -> bool:
    return actor.person_id is not None and actor.person_id == report.entered_by_id


def _offered_to_desk(report: About) -> bool:
    return report.is_offered and report.offered_to_id is None and not report.awaits_arbiter


def _is_asked_by_another(actor: Actor, report: About) -> bool:
    asker = report.identity_asked_by_id
    return asker is not None and actor.person_id is not None and actor.person_id != asker


def is_raised(report: About) -> bool:
    """Return whether a report was opened again so often that the holder's own people no longer let an answer out."""
    return report.reopen_count >= RAISED_AT


def _is_second_person(actor: Actor, report: About) -> bool:
    return actor.person_id is not None and actor.person_id != report.proposed_by_id


DESK: tuple[Who, ...] = (agency_admin, assistant_admin, national_admin)
APPOINTED: tuple[Who, ...] = (inspectorate_if_restricted, sealed_reader_if_restricted)
SEALERS: tuple[Who, ...] = (*DESK, inspectorate_if_not_restricted, sealed_reader_if_suspected)
CLEARERS: tuple[Who, ...] = (sealed_reader_if_suspected,)
HELPERS: tuple[Who, ...] = (liaison_of_helper, unit_handler_of_helper)
READERS: tuple[Who, ...] = (
    # Who sees more of a report than everybody does. ``Report.objects.visible_to`` is the same rule as a filter.
    reporter,
    system,
    *DESK,
    liaison_of_holder,
    unit_handler_of_holder,
    liaison_of_offered_agency,
    liaison_of_helper,
    unit_handler_of_helper,
    arbiter_if_awaited,
    response_validator,
    leader,
    inspectorate,
    sealed_reader_if_restricted,
    sealed_reader_if_suspected,
    call_operator_who_entered,
    intake_partner_who_entered,
)


def may_read(actor: Actor, report: About) -> bool:
    """Return whether *actor* sees more of the report than everybody does."""
    return any(allowed(actor, report) for allowed in READERS)


def is_public(report: About) -> bool:
    """Return whether everybody may know of the report."""
    return not report.is_restricted and not report.is_secret and not report.is_held


NAME_READERS: tuple[Who, ...] = (
    *DESK,
    liaison_of_holder,
    inspectorate,
    sealed_reader_if_restricted,
    call_operator_who_entered,
    intake_partner_who_entered,
)


def may_know_name(actor: Actor, report: About) -> bool:
    """Return whether *actor* sees the reporter's name and contact at once.

    Of an anonymous reporter nobody does: that takes a reason, two persons, a record and a notice (CONTRACT 6).
    """
    return not report.is_anonymous and any(allowed(actor, report) for allowed in NAME_READERS)


def may_read_notes(actor: Actor, report: About) -> bool:
    """Return whether *actor* sees what is said inside the house.

    Who only typed a report in does not (DOMAIN 2.1), nor does who was only asked for a part.
    """
    outsiders = (reporter, call_operator_who_entered, intake_partner_who_entered, *HELPERS)
    return any(allowed(actor, report) for allowed in READERS if allowed not in outsiders)


SECRET_READERS: tuple[Who, ...] = (*DESK, *APPOINTED, sealed_reader_if_suspected, inspectorate)


def may_read_original(actor: Actor, report: About) -> bool:
    """Return whether *actor* reads the words as they were written, numbers of persons included.

    Agencies read an anonymous reporter's words with such numbers masked; leaders read secret ones masked.
    """
    if reporter(actor, report) or any(allowed(actor, report) for allowed in SECRET_READERS):
        return True
    return not report.is_anonymous and (liaison_of_holder(actor, report) or call_operator_who_entered(actor, report))
