"""A page of the staff: the dark bar with what somebody's posts let them do, their language, their clock."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.people.duty import ON_DUTY
from tuntas.rules.meetings import SEE as MEETING
from tuntas.rules.who import DESK_ROLES, Role
from tuntas.rules.work_figures import SEE
from tuntas.web.office.signed import CHECKERS, FIELD, TAKERS, Signed
from tuntas.web.page import page
from tuntas.web.posts import new_form_key

ROLES = {
    Role.CALL_OPERATOR: Say("petugas telepon", "call operator"),
    Role.INTAKE_PARTNER: Say("mitra penerima", "intake partner"),
    Role.NATIONAL_ADMIN: Say("admin nasional", "national admin"),
    Role.AGENCY_ADMIN: Say("admin meja aduan", "desk admin"),
    Role.ASSISTANT_ADMIN: Say("pembantu meja aduan", "desk assistant"),
    Role.LIAISON: Say("narahubung", "liaison officer"),
    Role.UNIT_HANDLER: Say("petugas", "handler"),
    Role.RESPONSE_VALIDATOR: Say("pemeriksa jawaban", "validator"),
    Role.INSPECTORATE: Say("Inspektorat", "Inspectorate"),
    Role.LEADER: Say("pimpinan", "leader"),
    Role.OMBUDSMAN_OBSERVER: Say("pengamat Ombudsman", "Ombudsman observer"),
    Role.DPO: Say("pejabat pelindungan data", "data protection officer"),
    Role.INTEGRATION: Say("sambungan", "integration"),
    Role.SYSADMIN: Say("admin sistem", "system administrator"),
    Role.ARBITER: Say("penengah", "arbiter"),
    Role.SEALED_READER: Say("pembaca laporan tersegel", "reader of sealed reports"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One word in the bar."""

    slug: str
    address: str
    name: Say
    is_practised: bool = True  # stands in the practice city as well


PLACES = (
    (DESK_ROLES, Place("meja", "/meja", Say("Antrean", "Inbox"))),
    (FIELD, Place("instansi", "/instansi", Say("Tugas", "Tasks"))),
    (FIELD | CHECKERS, Place("cek", "/instansi/cek", Say("Cek jawaban", "Check answers"))),
    (DESK_ROLES | TAKERS, Place("baru", "/meja/baru", Say("Catat laporan", "Take a report"))),
    (frozenset(SEE), Place("kinerja", "/meja/kinerja", Say("Angka kerja", "Work figures"), is_practised=False)),
    (frozenset(MEETING), Place("rakor", "/rakor", Say("Rakor", "Meetings"), is_practised=False)),
    (
        frozenset({Role.AGENCY_ADMIN, Role.LIAISON}),
        Place("orang", "/meja/orang", Say("Orang", "People"), is_practised=False),
    ),
    (ON_DUTY, Place("jaga", "/meja/jaga", Say("Jaga", "Shifts"), is_practised=False)),
    (frozenset({Role.ARBITER}), Place("arbitrase", "/meja/arbitrase", Say("Perlu ditentukan", "To be decided"))),
    (
        frozenset({Role.AGENCY_ADMIN, Role.SYSADMIN}),
        Place("kelola", "/kelola", Say("Kelola", "Manage"), is_practised=False),
    ),
    (frozenset({Role.SEALED_READER}), Place("brankas", "/brankas", Say("Brankas", "Sealed room"))),
)


def office_page(
    request: HttpRequest, signed: Signed, template: str, given: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return a page in the staff's frame. Templates write addresses as ``{{ root }}/meja``: practice has its own."""
    frame = {
        "signed": signed,
        "root": signed.root,
        "zone": signed.zone,
        "places": [p for roles, p in PLACES if signed.is_any(roles) and (p.is_practised or not signed.root)],
        "is_desk": signed.actor.is_desk,
        "is_field": signed.is_any(FIELD),
        "role": role_of(signed),
        "agency_name": installation().agency_by_slug[signed.person.agency].name if signed.person.agency else "",
        "kunci": new_form_key(),
    }
    return page(request, template, {**frame, **(given or {})}, status=status, is_private=True, language=signed.language)


def role_of(signed: Signed) -> Say:
    """Return what somebody is called here, by their first post."""
    return ROLES[Role(signed.person.posts[0][0])] if signed.person.posts else Say("", "")
