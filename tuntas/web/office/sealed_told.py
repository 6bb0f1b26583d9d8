"""What the page of a sealed report shows without opening it: where it stands, who may open it, and who did."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuntas.kit.words import Say
from tuntas.reports.told import events_of, possible_acts, promises_of
from tuntas.rules.life import Act, State
from tuntas.rules.sealed_purposes import PURPOSES, SEALED_LOOKS, Purpose, SealedLook
from tuntas.rules.words import STATES
from tuntas.sealed.appointed import lacks_key, lacks_reporters_key, may_open, seen_by
from tuntas.sealed.queries import key_of, live_opening, seal_of
from tuntas.sealed.recovery import recovering_until
from tuntas.web.office.case_told import clocks_of
from tuntas.web.office.sealed_door import Vault
from tuntas.web.office.sealed_forms import FORMS
from tuntas.web.office.sealed_trail import role_said

if TYPE_CHECKING:
    from tuntas.reports.models import Event

SEEN_BEFORE = Say("membaca keterangan laporan", "read about the report")
SEALED_HOW = {
    "browser": Say(
        "Dikunci di perangkat pelapor sebelum dikirim. Pengelola server tidak bisa membacanya.",
        "Closed on the reporter's device before it was sent. Who runs the server cannot read it.",
    ),
    "server": Say(
        "Dikunci server saat diterima. Server melihat isinya sekali, saat menguncinya.",
        "Closed by the server on arrival. The server saw the words once, while closing them.",
    ),
    "later": Say(
        "Dipindahkan ke ruang tersegel. Sebelum itu meja aduan bisa membacanya.",
        "Moved into the sealed room. Before that, the complaint desk could read it.",
    ),
}
STAGES: tuple[tuple[Say, frozenset[State]], ...] = (
    (Say("Telaah awal", "First look"), frozenset({State.SUBMITTED})),
    (Say("Klarifikasi", "Clarification"), frozenset({State.DISPATCHED, State.NEEDS_INFO})),
    (
        Say("Pemeriksaan", "Examination"),
        frozenset({State.IN_PROGRESS, State.UNDER_EXAMINATION, State.REPORTER_REPLIED, State.SCHEDULED}),
    ),
    (Say("Hasil diperiksa orang kedua", "A second person checks the outcome"), frozenset({State.AWAITING_VALIDATION})),
    (Say("Pelapor dijawab", "The reporter is answered"), frozenset({State.ANSWERED, State.CLOSED})),
)
SEALED = Say("Disegel", "Sealed")
ENDED = Say("Diakhiri tanpa diproses", "Ended without handling")


@dataclass(frozen=True, slots=True)
class Stage:
    """One knot of the steps. ``kind`` as in ui/knot.html: empty for what is done, kini, nanti."""

    head: Say
    kind: str = ""
    at: datetime | None = None

    @property
    def icon(self) -> str:
        return "" if self.kind else "centang"


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the access trail."""

    name: str
    said: Say
    at: datetime
    why: str = ""


def tell(vault: Vault) -> dict[str, Any]:
    """Return what the template needs; the number of queries does not grow with what happened."""
    report, signed = vault.report, vault.signed
    events, seal = events_of(report), seal_of(report.pk)
    acts = set(possible_acts(signed.actor, report, now=signed.now, last_by=events[-1].by_id))
    opening = live_opening(report.pk, signed.person.person_id, now=signed.now)
    readers = may_open(seal)
    return {
        "vault": vault,
        "report": report,
        "seal": seal,
        "sealed_how": SEALED_HOW.get(seal.by) if seal else None,
        "stage": STATES[State(report.state)],
        "clocks": clocks_of({"promises": promises_of(report, signed.now)}, now=signed.now),
        "stages": stages_of(report.state, events, signed.now),
        "acts": acts,
        "forms": [form for form in FORMS if form.act in acts],
        "opening": opening,
        "seconds_left": int((opening.ends_at - signed.now).total_seconds()) if opening else 0,
        "opened_for": PURPOSES[Purpose(opening.purpose)] if opening else None,
        "purposes": list(PURPOSES.items()),
        "readers": [(reader, role_said(reader.role)) for reader in readers],
        "n_people": sum(not reader.is_recovery for reader in readers),
        "n_excluded": len(seal.excluded) if seal else 0,
        "lacking": lacks_key(seal, readers) if seal else [],
        "reporter_lacks": seal is not None and lacks_reporters_key(seal),
        "trail": [_look(each) for each in seen_by(report.pk)],
        "has_key": key_of(signed.person.person_id) is not None,
        "is_recovering": recovering_until(signed.person.person_id, now=signed.now) is not None,
        "seen": events[-1].pk,
    }


def stages_of(state: str, events: "list[Event]", now: datetime) -> list[Stage]:
    """Return the steps of a sealed report: those done with their day, the one it stands at, and those to come."""
    found = [Stage(SEALED, at=events[0].at)]
    if state == State.ARCHIVED:
        return [*found, Stage(ENDED, at=events[-1].at)]
    here = next((n for n, (_, states) in enumerate(STAGES) if state in states), 0)
    first: dict[int, datetime] = {}
    for event in events:
        stage = next((n for n, (_, states) in enumerate(STAGES) if event.to in states), None)
        if stage is not None:
            first.setdefault(stage, event.at)
    is_over = state == State.CLOSED
    for n, (head, _) in enumerate(STAGES):
        kind = "" if n < here or (is_over and n == here) else "kini" if n == here else "nanti"
        found.append(Stage(head, kind, first.get(n) if kind != "nanti" else None))
    return found


def _look(seen: Any) -> Look:
    if seen.what == SealedLook.OPENED:
        return Look(seen.name, Say(seen.why, seen.why), seen.at)
    said = SEALED_LOOKS[SealedLook(seen.what)] if seen.what in set(SealedLook) else SEEN_BEFORE
    return Look(seen.name, said, seen.at, seen.why)


def next_of(acts: set[Act]) -> list[str]:
    """Return the forms that lead on from where a report stands: buttons beside its step."""
    leads = (Act.DISPATCH, Act.START, Act.PROPOSE_ANSWER, Act.APPROVE, Act.RETURN_ANSWER, Act.ARCHIVE, Act.CLOSE)
    return [form.slug for form in FORMS if form.act in acts and form.act in leads]
