"""What must not be taken away because work would be stranded. Pure."""

from dataclasses import dataclass

from tuntas.kit.words import Say

NEEDED = Say(
    "Pemerintah ini tidak bisa bekerja tanpa instansi ini. Ganti dulu di profil.",
    "This government cannot work without this agency. Name another in the profile first.",
)
HOLDS = Say(
    "Masih ada {n} laporan terbuka di instansi ini. Pindahkan atau selesaikan dulu.",
    "This agency still has {n} open reports. Move or finish them first.",
)
OWNS = Say(
    "Instansi ini masih memiliki {n} topik. Pilih pemilik lain dulu.",
    "This agency still owns {n} topics. Choose another owner first.",
)
ABOVE = Say(
    "Masih ada {n} instansi di bawahnya. Pindahkan dulu.", "There are still {n} agencies below it. Move them first."
)
LAST_LIAISON = Say(
    "{agency} punya pekerjaan dan tidak punya narahubung lain. Tunjuk penggantinya dulu.",
    "{agency} has work and no other liaison. Appoint a successor first.",
)
LAST_ADMIN = Say(
    "Ini admin meja aduan yang terakhir. Tunjuk admin lain dulu.",
    "This is the last admin of the desk. Appoint another one first.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """What depends on an agency.

    is_needed   the government's root, its desk, or who answers requests for information
    """

    reports: int = 0
    topics: int = 0
    children: int = 0
    is_needed: bool = False


def why_not_off(held: Held) -> Say | None:
    """Return why an agency cannot be switched off, or None."""
    if held.is_needed:
        return NEEDED
    for n, say in ((held.reports, HOLDS), (held.topics, OWNS), (held.children, ABOVE)):
        if n:
            return say.fill(n=n)
    return None
