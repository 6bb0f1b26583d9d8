"""Open a step: take the report's lock, look again at who and where, then let the step decide the rest."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tuntas.kit.errors import NotAllowed, WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Report
from tuntas.rules import words
from tuntas.rules.deputies import instead_of
from tuntas.rules.led import is_done_on_lead
from tuntas.rules.life import Act, State, can, may
from tuntas.rules.who import Actor

FOLLOWS_LEAD = Say(
    "Laporan ini mengikuti laporan {number}. Kerjakan di sana; yang terjadi di sana berlaku di sini.",
    "This report follows report {number}. Do it there; what happens there happens here.",
)


def refuse_wrong_person(actor: Actor, act: Act, report: Report) -> None:
    """Raise NotAllowed unless *actor* is one of those who may."""
    if not may(actor, act, report):
        raise NotAllowed(
            Say(
                "Anda tidak berwenang melakukan ini: {act}.",
                "You may not do this: {act}.",
            ).fill_each(act=words.ACTS[act])
        )


def refuse_wrong_state(act: Act, report: Report) -> None:
    """Raise WrongState unless *act* can be done where the report stands."""
    if not can(act, State(report.state)):
        raise WrongState(
            Say(
                "Tidak bisa dilakukan sekarang ({act}): laporan ini {state}.",
                "This cannot be done now ({act}): the report is “{state}”.",
            ).fill_each(act=words.ACTS[act], state=words.STATES[State(report.state)])
        )


def refuse_led(actor: Actor, act: Act, report: Report) -> None:
    """Raise WrongState where this is done to the report it was merged into, and so to this one."""
    if is_done_on_lead(actor, act, report):
        lead = report.merged_into
        raise WrongState(FOLLOWS_LEAD.fill(number=lead.name if lead else ""))


@contextmanager
def begin(report: Report, act: Act, *, by: Actor) -> Iterator[Report]:
    """Yield the report fresh and locked, in a transaction that ends with the block.

    Of many who try at once, one goes on; the others find the new state. Raises NotAllowed, WrongState.
    """
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        refuse_wrong_person(by, act, locked)
        refuse_led(by, act, locked)
        refuse_wrong_state(act, locked)
        if by.parts:  # before the step changes what decides
            locked.acts_for_id = instead_of(by, lambda one: may(one, act, locked))
        yield locked
