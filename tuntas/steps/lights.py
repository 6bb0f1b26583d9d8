"""The five lights where they count: what blocks is refused at every door, what only advises is noted with the event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, Mistake
from tuntas.reports.models import Contact, File, FileKind, Report
from tuntas.reports.print_queries import twins_of
from tuntas.reports.told import promises_of
from tuntas.rules.evidence import Evidence, Reuse
from tuntas.rules.life import Act, Promise
from tuntas.rules.lights import judge
from tuntas.rules.lit import Light, Lit, Result
from tuntas.rules.reasons import Outcome
from tuntas.rules.text import Sealed
from tuntas.rules.who import Actor, may_know_name
from tuntas.steps.proof import lacks_proof

_TO_THE_REPORTER = frozenset(
    {Promise.ANSWER, Promise.RESOLVE, Promise.INFORMATION, Promise.SCHEDULED}
)  # late is what they were promised


def lit(
    report: Report,
    act: Act,
    text: str,
    *,
    by: Actor,
    file_ids: Sequence[UUID] = (),
    outcome: str = "",
    is_confirmed: bool = True,
    now: datetime,
) -> dict[str, Any]:
    """Refuse words to the reporter that may not go out; else return what the event keeps: the lights passed on amber.

    is_confirmed  that what is personal in the words may be said; only pages, which show it, say no

    The system and reporters are not judged. That “fixed” needs proof is refused by the steps that can say so, at the
    field where a photo is missing. Raises Invalid at "/text" with every sentence that blocks.
    """
    if by.is_system or by.person_id is None or isinstance(text, Sealed):
        return {}
    photos = evidence_of(file_ids, report)
    lights = judge_for(
        report,
        act,
        text,
        by=by,
        photos=photos,
        outcome=outcome,
        is_confirmed=is_confirmed,
        now=now,
    )
    blocked = [each.say for each in lights if each.result is Result.BLOCK and each.light is not Light.BUKTI]
    if blocked:
        raise Invalid(*(Mistake("/text", say) for say in blocked))
    advised = [each.light.value for each in lights if each.result is Result.ADVISE]
    reused = sorted({reuse.value for photo in photos for reuse in photo.reuses})
    return ({"advised": advised} if advised else {}) | ({"reused": reused} if reused else {})


def judge_for(
    report: Report,
    act: Act,
    text: str,
    *,
    by: Actor,
    photos: Sequence[Evidence] = (),
    outcome: str = "",
    is_confirmed: bool = False,
    now: datetime,
) -> list[Lit]:
    """Return the five lights of words that *by* would send, and send nothing. At most three queries.

    photos   that go with the words; ``evidence_of`` makes them of uploaded files
    """
    here = installation()
    return judge(
        text,
        here.manners,
        act=act,
        is_late=_is_late(report, now),
        photos=photos,
        point=None if report.lat is None or report.lng is None else (report.lat, report.lng),
        received_at=report.received_at,
        reporter_name=_name_known_to(by, report),
        outcome=outcome,
        needs_proof=outcome == Outcome.FIXED and not photos and lacks_proof(report),
        is_confirmed=is_confirmed,
        templates=[template.text for template in here.templates],
    )


def evidence_of(file_ids: Sequence[UUID], report: Report) -> list[Evidence]:
    """Return what is known of uploaded photos, and where they were used before; no query where there are none."""
    if not file_ids:
        return []
    used: dict[UUID, list[Reuse]] = {}
    for twin in twins_of(file_ids, report):
        used.setdefault(twin.of, []).append(twin.reuse)
    rows = File.objects.filter(pk__in=file_ids, kind=FileKind.PHOTO).values_list("pk", "taken_at", "lat", "lng")
    return [
        Evidence(taken, None if lat is None or lng is None else (lat, lng), tuple(used.get(name, ())))
        for name, taken, lat, lng in rows
    ]


def _is_late(report: Report, now: datetime) -> bool:
    """Return whether the newest promise of a kind to the reporter was missed and is owed still."""
    newest = {told["promise"]: told for told in promises_of(report, now)}
    return any(newest[p]["state"] == "missed" and "kept_at" not in newest[p] for p in _TO_THE_REPORTER & set(newest))


def _name_known_to(by: Actor, report: Report) -> str:
    """Return the reporter's name where the writer knows it: a light that went red at a guess would betray it."""
    if not may_know_name(by, report):
        return ""
    return Contact.objects.filter(report=report).values_list("name", flat=True).first() or ""
