"""What everybody sees of a state (CONTRACT 6, ux 4.1). Pure."""

from enum import StrEnum

from tuntas.rules.life import State


class Face(StrEnum):
    """The public word for where a report stands."""

    DITERIMA = "diterima"
    DIPERIKSA = "diperiksa"
    DITERUSKAN = "diteruskan"
    DIKERJAKAN = "dikerjakan"
    MENUNGGU = "menunggu"
    DIRUJUK = "dirujuk"
    DIJAWAB = "dijawab"
    TUNTAS = "tuntas"
    DIBUKA = "dibuka"
    DITOLAK = "ditolak"


FACES: dict[State, Face] = {
    State.SUBMITTED: Face.DITERIMA,
    State.NEEDS_INFO: Face.MENUNGGU,
    State.DISPATCHED: Face.DITERUSKAN,
    State.TRANSFER_PENDING: Face.DITERUSKAN,
    State.IN_PROGRESS: Face.DIKERJAKAN,
    State.SCHEDULED: Face.DIKERJAKAN,
    State.UNDER_EXAMINATION: Face.DIKERJAKAN,
    State.AWAITING_VALIDATION: Face.DIKERJAKAN,
    State.REPORTER_REPLIED: Face.DIKERJAKAN,
    State.FORWARDED_EXTERNAL: Face.DIRUJUK,
    State.ANSWERED: Face.DIJAWAB,
    State.CLOSED: Face.TUNTAS,
    State.ARCHIVED: Face.DITOLAK,
}


def face_of(state: State, *, is_fetched: bool = False, is_reopened: bool = False) -> Face:
    """Return the face of *state*; a desk person has fetched it, or it was reopened and not answered since."""
    face = FACES[state]
    if face is Face.DITERIMA and is_fetched:
        return Face.DIPERIKSA
    if face is Face.DIKERJAKAN and is_reopened:
        return Face.DIBUKA
    return face


def states_of(face: Face) -> frozenset[State]:
    """Return the states that can wear *face*."""
    plain = {Face.DIPERIKSA: Face.DITERIMA, Face.DIBUKA: Face.DIKERJAKAN}.get(face, face)
    return frozenset(state for state, worn in FACES.items() if worn is plain)


class Pill(StrEnum):
    """The four ways of looking at the public list (ux 5.7); the slug stands in the address."""

    ALL = "semua"
    UNFINISHED = "belum-selesai"
    DONE = "tuntas"
    REFERRED = "dirujuk"


# A report that was not handled is neither unfinished nor done: it is under "all", and under its own face.
PILLS: dict[Pill, tuple[Face, ...]] = {
    Pill.ALL: (),
    Pill.UNFINISHED: tuple(face for face in Face if face not in (Face.TUNTAS, Face.DITOLAK, Face.DIRUJUK)),
    Pill.DONE: (Face.TUNTAS,),
    Pill.REFERRED: (Face.DIRUJUK,),
}
