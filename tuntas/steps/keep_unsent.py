from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tuntas.kit.errors import NOT_FOUND, NotAllowed, NotFound, WrongState
from tuntas.kit.words import Say
from tuntas.reports.models import Report, Unsent
from tuntas.rules.text import checked
from tuntas.rules.who import Actor, may_read, may_read_notes

SHARED_FORMS = frozenset({"propose_answer"})  # the desk and the agency that holds a report answer together
MOST_LETTERS = 20_000  # more than any form sends: what is too long to send is still kept
FORM_LETTERS = 30
NOT_YOURS = Say(
    "Tulisan bersama ini hanya untuk petugas laporan ini.",
    "These shared words are only for those who work on this report.",
)
WRITTEN_MEANWHILE = Say(
    "{name} mengubah tulisan ini sementara Anda mengetik. Bandingkan keduanya.",
    "{name} changed these words while you were typing. Compare the two.",
)


class WrittenMeanwhile(WrongState):
    """Somebody else saved shared words since they were read; carries theirs, so that both can be shown."""

    def __init__(self, theirs: Unsent) -> None:
        super().__init__(WRITTEN_MEANWHILE.fill(name=theirs.last_by.name))
        self.theirs = theirs


def keep_unsent(
    report: Report,
    *,
    by: Actor,
    form: str,
    fields: Mapping[str, str],
    is_shared: bool = False,
    version: int = 0,
    now: datetime,
) -> Unsent:
    """Keep words that were typed and not sent: one's own, or those the desk and the agency write together.

    form      an act's name
    version   of shared words: which version they were typed over, 0 for none

    Raises NotFound, NotAllowed, Invalid, WrittenMeanwhile. One's own words are never refused for their version.
    """
    person = _person_of(report, by, form, is_shared=is_shared)
    form = checked(form, "/form", most=FORM_LETTERS)
    kept = {
        checked(name, "/fields", most=FORM_LETTERS): checked(value, f"/{name}", most=MOST_LETTERS, may_be_empty=True)
        for name, value in fields.items()
    }
    given = {"last_by_id": person, "fields": kept, "saved_at": now}
    key: dict[str, Any] = {"report": report, "person_id": None if is_shared else person, "form": form}
    with transaction.atomic():
        # Whoever is first makes the row; the others wait for it here.
        unsent, is_new = Unsent.objects.select_for_update(of=("self",)).get_or_create(**key, defaults=given)
        if is_new or unsent.fields == kept:
            return unsent
        if is_shared and version != unsent.version:
            raise WrittenMeanwhile(unsent)
        unsent.last_by_id, unsent.fields, unsent.saved_at = person, kept, now
        unsent.version += 1
        unsent.save()
        return unsent


def _person_of(report: Report, by: Actor, form: str, *, is_shared: bool) -> int:
    """Return who types. Raises NotFound unless they work on the report, NotAllowed unless they may share words."""
    if by.person_id is None or not may_read(by, report):
        raise NotFound(NOT_FOUND)
    if is_shared and not (form in SHARED_FORMS and may_read_notes(by, report)):
        raise NotAllowed(NOT_YOURS)
    return by.person_id
