"""In which of their roles, and for which agency, somebody reads a report. Pure."""

from tuntas.rules.who import (
    HELPERS,
    About,
    Actor,
    Role,
    Who,
    agency_admin,
    arbiter_if_awaited,
    assistant_admin,
    call_operator_who_entered,
    inspectorate,
    intake_partner_who_entered,
    leader,
    liaison_of_helper,
    liaison_of_holder,
    liaison_of_offered_agency,
    national_admin,
    response_validator,
    sealed_reader_if_restricted,
    sealed_reader_if_suspected,
    unit_handler_of_helper,
    unit_handler_of_holder,
)

ROLE_OF: tuple[tuple[Who, Role], ...] = (
    # The first that fits names somebody of several posts: the appointment before the post it stands on.
    (sealed_reader_if_restricted, Role.SEALED_READER),
    (sealed_reader_if_suspected, Role.SEALED_READER),
    (inspectorate, Role.INSPECTORATE),
    (agency_admin, Role.AGENCY_ADMIN),
    (assistant_admin, Role.ASSISTANT_ADMIN),
    (national_admin, Role.NATIONAL_ADMIN),
    (liaison_of_holder, Role.LIAISON),
    (unit_handler_of_holder, Role.UNIT_HANDLER),
    (liaison_of_offered_agency, Role.LIAISON),
    (liaison_of_helper, Role.LIAISON),
    (unit_handler_of_helper, Role.UNIT_HANDLER),
    (arbiter_if_awaited, Role.ARBITER),
    (response_validator, Role.RESPONSE_VALIDATOR),
    (leader, Role.LEADER),
    (call_operator_who_entered, Role.CALL_OPERATOR),
    (intake_partner_who_entered, Role.INTAKE_PARTNER),
)
AT_THE_HOLDER = frozenset({liaison_of_holder, unit_handler_of_holder, response_validator})


def seen_as(actor: Actor, report: About) -> tuple[str, int | None]:
    """Return the role in which *actor* reads *report*, and the agency they do it for; "" and None where they may not.

    The desk and the Inspectorate serve the whole government: their role says who they are, no agency beside it.
    """
    for fits, role in ROLE_OF:
        if fits(actor, report):
            return role.value, _agency(fits, role, actor, report)
    return "", None


def _agency(fits: Who, role: Role, actor: Actor, report: About) -> int | None:
    if fits in AT_THE_HOLDER:
        return report.holder_id
    if fits in HELPERS:
        return next(id_ for id_ in report.helper_ids if actor.has(role, id_))
    return report.offered_to_id if fits is liaison_of_offered_agency else None
