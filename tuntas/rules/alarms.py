"""What nobody looks after: which posts of a government stand empty though there is work for them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from tuntas.kit.words import Say

AGAIN = timedelta(days=7)  # between two letters about the same


class Alert(StrEnum):
    """What is missing."""

    NO_LIAISON = "no_liaison"  # an agency with open reports, or with topics, and nobody to take them
    NO_OWNER = "no_owner"  # a topic whose agency is gone
    NO_ADMIN = "no_admin"  # a desk without an admin
    NO_VALIDATOR = "no_validator"  # nobody checks answers
    NO_SHIFT = "no_shift"  # a desk with shifts, and hours without anybody on duty


ALERTS: Mapping[str, Say] = {
    Alert.NO_LIAISON: Say("{agency} belum punya narahubung", "{agency} has no liaison officer"),
    Alert.NO_OWNER: Say("Pemilik topik “{category}” tidak aktif lagi", "The owner of “{category}” is no longer active"),
    Alert.NO_ADMIN: Say("{agency} tidak punya admin", "{agency} has no admin"),
    Alert.NO_VALIDATOR: Say("Tidak ada pemeriksa jawaban di {agency}", "Nobody checks answers at {agency}"),
    Alert.NO_SHIFT: Say("Ada jam tanpa petugas jaga dalam 24 jam", "There are hours without anybody on duty within 24"),
}
TO_DO: Mapping[str, Say] = {
    Alert.NO_LIAISON: Say(
        "Beri seseorang tugas narahubung di sana, atau tunjuk pengganti selama ia tidak ada.",
        "Give somebody the post of liaison there, or name a deputy while they are away.",
    ),
    Alert.NO_OWNER: Say(
        "Pilih instansi aktif sebagai pemilik topik ini di profil pemerintah.",
        "Choose an active agency as this topic's owner in the government's profile.",
    ),
    Alert.NO_ADMIN: Say(
        "Serahkan pekerjaan admin kepada orang lain, atau tunjuk pengganti.",
        "Hand the admin's work over to somebody else, or name a deputy.",
    ),
    Alert.NO_VALIDATOR: Say(
        "Beri seseorang tugas memeriksa jawaban. Sampai itu hanya admin meja yang bisa.",
        "Give somebody the post of checking answers. Until then only a desk admin can.",
    ),
    Alert.NO_SHIFT: Say("Lengkapi jadwal jaga.", "Fill in the plan of shifts."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An agency as the alarms see it."""

    id: int
    parent_id: int | None
    is_active: bool = True
    has_open: bool = False  # it holds reports that are open
    is_apart: bool = False  # the desk, or who examines: people of their own take what comes there


@dataclass(frozen=True, slots=True)
class Posts:
    """Where somebody is there now, or their deputy: agencies by what they do there."""

    liaisons: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()  # agencies that an admin's post reaches
    validators: frozenset[int] = frozenset()  # agencies where somebody checks answers


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing."""

    kind: Alert
    agency_id: int
    category_id: int | None = None


@dataclass(frozen=True, slots=True)
class Staffing:
    """All that decides: the tree, who is there, which topics belong to whom, and desks with a gap in their shifts."""

    places: Mapping[int, Place]
    posts: Posts
    owners: Mapping[int, int] = field(default_factory=dict)  # topic: its agency
    desk_id: int = 0
    has_gap: bool = False


def missing_in(staffing: Staffing) -> Iterator[Missing]:
    """Yield what is missing, each once."""
    places, posts, desk = staffing.places, staffing.posts, staffing.desk_id
    for category_id, owner_id in staffing.owners.items():
        if not places[owner_id].is_active:
            yield Missing(Alert.NO_OWNER, owner_id, category_id)
    owning = set(staffing.owners.values())
    for place in places.values():
        has_work = place.has_open or (place.is_active and place.id in owning)
        if has_work and not place.is_apart and place.parent_id is not None and not _has_liaison(place, staffing):
            yield Missing(Alert.NO_LIAISON, place.id)
    if desk not in posts.admins:
        yield Missing(Alert.NO_ADMIN, desk)
    if not posts.validators:
        yield Missing(Alert.NO_VALIDATOR, desk)
    if staffing.has_gap:
        yield Missing(Alert.NO_SHIFT, desk)


def _has_liaison(place: Place, staffing: Staffing) -> bool:
    """Return whether a liaison is there: at the agency itself or above it, but not the whole government's."""
    above: Place | None = place
    while above is not None and above.parent_id is not None:
        if above.id in staffing.posts.liaisons:
            return True
        above = staffing.places.get(above.parent_id)
    return False
