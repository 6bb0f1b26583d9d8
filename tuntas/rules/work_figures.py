"""What is counted of the work of those who answer reports, by person and month, and by which rule. Pure.

The same sentences stand on the page and in the files a city pays an allowance by: no figure leaves without its rule.
"""

from dataclasses import astuple, dataclass

from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.who import Actor, Role

SEE_THEIR_REACH = (Role.AGENCY_ADMIN, Role.LEADER, Role.LIAISON)
SEE_THEMSELVES = (Role.UNIT_HANDLER, Role.RESPONSE_VALIDATOR)
SEE = (*SEE_THEIR_REACH, *SEE_THEMSELVES)
CHECKS = (Act.APPROVE, Act.SIGN, Act.RETURN_ANSWER)
ABOUT_AN_ANSWER = (Act.APPROVE, Act.RETURN_ANSWER, Act.REOPEN, Act.RATE, Act.CLOSE)
COUNTED = tuple(dict.fromkeys((*ABOUT_AN_ANSWER, *CHECKS, Act.TRANSFER)))


@dataclass(frozen=True, slots=True)
class Work:
    """What one person did in a month at one agency, or several persons together."""

    handled: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    returned: int = 0
    reopened: int = 0
    acknowledged: int = 0
    closed_by_system: int = 0
    ratings: int = 0
    rating_sum: int = 0
    transfers: int = 0
    checked: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def mean_rating(self) -> float | None:
        """From 1 to 4, or None where nobody rated."""
        return self.rating_sum / self.ratings if self.ratings else None


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: where it stands in ``Work``, what it is called, and the rule by which it is counted."""

    of: str
    name: Say
    rule: Say
    places: int = 0  # behind the comma


COLUMNS = (
    Column(
        "handled",
        Say("Ditangani", "Handled"),
        Say(
            "Laporan yang jawaban pertamanya disetujui dalam bulan ini.",
            "Reports whose first answer was approved in this month.",
        ),
    ),
    Column(
        "answered",
        Say("Dijawab", "Answers"),
        Say(
            "Semua jawaban yang disetujui dalam bulan ini, termasuk jawaban berikutnya untuk laporan yang sama.",
            "All answers approved in this month, later ones to the same report included.",
        ),
    ),
    Column(
        "in_time",
        Say("Tepat waktu", "In time"),
        Say(
            "Dari jawaban itu, yang disetujui sebelum janji selesai lewat. "
            "Waktunya tidak mulai lagi saat laporan pindah instansi.",
            "Of those answers, the ones approved before the promised time ran out. "
            "That time does not start again when a report moves to another agency.",
        ),
    ),
    Column(
        "late",
        Say("Terlambat", "Late"),
        Say(
            "Dari jawaban itu, yang disetujui sesudah janji selesai lewat. "
            "Jawaban tanpa janji yang berjalan tidak masuk keduanya.",
            "Of those answers, the ones approved after it. Answers with no time running are in neither.",
        ),
    ),
    Column(
        "returned",
        Say("Dikembalikan", "Returned"),
        Say(
            "Jawaban yang dikembalikan pemeriksa atau narahubung dalam bulan ini untuk diperbaiki.",
            "Answers that a validator or liaison sent back in this month to be made better.",
        ),
    ),
    Column(
        "reopened",
        Say("Dibuka lagi", "Reopened"),
        Say(
            "Laporan yang dibuka lagi dalam bulan ini sesudah dijawab. Dihitung untuk penyusun jawaban terakhirnya.",
            "Reports opened again in this month after their answer. Counted for who wrote the last answer.",
        ),
    ),
    Column(
        "acknowledged",
        Say("Diakui beres", "Acknowledged"),
        Say(
            "Laporan yang ditutup pelapornya sendiri dengan penilaian dalam bulan ini.",
            "Reports that their reporters closed themselves in this month, with a rating.",
        ),
    ),
    Column(
        "closed_by_system",
        Say("Ditutup sistem", "Closed by system"),
        Say(
            "Laporan yang ditutup sistem karena pelapor tidak menjawab. Tidak pernah dihitung beres.",
            "Reports closed by the system because the reporter was silent. Never counted as fixed.",
        ),
    ),
    Column(
        "mean_rating",
        Say("Rata-rata nilai", "Mean rating"),
        Say(
            "Rata-rata penilaian dalam bulan ini, dari 1 (Tidak Puas) sampai 4 (Sangat Puas).",
            "Mean of the ratings given in this month, from 1 (not satisfied) to 4 (very satisfied).",
        ),
        places=2,
    ),
    Column(
        "ratings",
        Say("Dinilai", "Ratings"),
        Say(
            "Jawaban yang dinilai dalam bulan ini. Bila nilainya diganti, yang terakhir dihitung, sekali saja.",
            "Answers rated in this month. Where a rating was changed, the last one counts, once.",
        ),
    ),
    Column(
        "transfers",
        Say("Dialihkan", "Transfers"),
        Say(
            "Pengalihan yang diajukan orang ini dalam bulan ini, diterima atau tidak.",
            "Transfers this person asked for in this month, accepted or not.",
        ),
    ),
    Column(
        "checked",
        Say("Diperiksa", "Checked"),
        Say(
            "Jawaban orang lain yang disetujui, ditandatangani, atau dikembalikan orang ini dalam bulan ini.",
            "Other people's answers that this person approved, signed or sent back in this month.",
        ),
    ),
)
RULES = (
    # What holds for every figure; {zone} is the government's time zone.
    Say(
        "Jawaban dihitung untuk orang yang menyusunnya, di instansi tempat ia menyusunnya. "
        "Yang memeriksa atau menandatangani dihitung terpisah, di kolom Diperiksa.",
        "An answer counts for the person who wrote it, at the agency they wrote it for. "
        "Whoever checks or signs it is counted apart, in the column Checked.",
    ),
    Say(
        "Setiap kejadian dihitung dalam bulan terjadinya, menurut waktu {zone}. "
        "Bulan yang sudah lewat tidak berubah, kecuali laporannya kemudian disegel.",
        "Everything counts in the month in which it happened, by the time of {zone}. "
        "A month that is over does not change, unless one of its reports is sealed later.",
    ),
    Say(
        "Laporan tersegel, dan yang diduga perlu disegel, tidak ikut dihitung per orang. "
        "Laporan itu hanya ada di Statistik umum, dalam kelompok lima atau lebih.",
        "Sealed reports, and those suspected of having to be, are not counted person by person. "
        "They are in the public statistics alone, in groups of five or more.",
    ),
    Say("Laporan latihan tidak dihitung.", "Practice reports do not count."),
    Say(
        "Urutannya menurut nama, bukan peringkat. Di bawah 30 laporan, selisih angka bisa kebetulan saja.",
        "The order is by name and is no ranking. Below 30 reports, a difference may be mere chance.",
    ),
)


def seen_by(actor: Actor) -> tuple[frozenset[int], int | None]:
    """Return the agencies of which somebody sees everyone's figures, and the person whose own they see anywhere."""
    agencies = frozenset[int]().union(*(actor.reach.get(role, frozenset()) for role in SEE_THEIR_REACH))
    return agencies, actor.person_id
