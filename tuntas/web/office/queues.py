"""The queues of the inbox, in their groups, with how much stands in each (ux 6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from tuntas.kit.words import Say
from tuntas.reports.inbox_queries import MOST

FIRST = "perlu-dipilah"
HELD, AUDIENCE = "perlu-dilihat", "audiensi"  # shown while there is something in them


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue as it is shown; ``sort`` is the order its rows usually have."""

    slug: str
    name: Say
    icon: str
    tone: str = ""
    sort: str = "due"


@dataclass(frozen=True, slots=True)
class Counted:
    """A queue and its number in words: 999+ where there are more than anybody counts."""

    queue: Queue
    n: int
    is_here: bool

    @property
    def said(self) -> str:
        return f"{MOST - 1}+" if self.n >= MOST else str(self.n)


GROUPS: tuple[tuple[Say, tuple[Queue, ...]], ...] = (
    (
        Say("Kerja saya", "My work"),
        (
            Queue(FIRST, Say("Perlu dipilah", "To be sorted"), "kotak"),
            Queue(HELD, Say("Perlu dilihat", "To be looked at"), "melihat"),
            Queue("milik-saya", Say("Milik saya", "Mine"), "orang"),
            Queue("cek-jawaban", Say("Cek jawaban instansi", "Check agencies' answers"), "periksa"),
            Queue(AUDIENCE, Say("Minta audiensi", "Audience requests"), "orang"),
            Queue("dikembalikan", Say("Dikembalikan instansi", "Given back by agencies"), "ulang"),
            Queue("menunggu-pelapor", Say("Menunggu pelapor", "Waiting for reporters"), "jeda"),
        ),
    ),
    (
        Say("Batas waktu", "Deadlines"),
        (
            Queue("lewat-batas", Say("Lewat batas", "Late"), "awas", "lewat"),
            Queue("kurang-dari-6-jam", Say("Kurang dari 6 jam", "Less than 6 hours"), "jam", "dekat"),
        ),
    ),
    (
        Say("Pantau", "Watch"),
        (
            Queue("di-instansi", Say("Di instansi", "With agencies"), "kantor"),
            Queue("dirujuk", Say("Dirujuk ke luar", "Referred elsewhere"), "rujuk"),
            Queue("dibuka-lagi", Say("Dibuka lagi", "Reopened"), "ulang"),
            Queue("tuntas-pekan-ini", Say("Tuntas pekan ini", "Closed this week"), "centang", sort="updated"),
        ),
    ),
)
QUEUES = {queue.slug: queue for _, queues in GROUPS for queue in queues}


def counted(counts: Mapping[str, int], here: str) -> list[tuple[Say, list[Counted]]]:
    """Return the groups with their numbers; *here* is the queue on the page."""
    return [
        (head, [each for queue in queues if _is_shown(each := Counted(queue, counts[queue.slug], queue.slug == here))])
        for head, queues in GROUPS
    ]


def _is_shown(counted: Counted) -> bool:
    return counted.queue.slug not in (HELD, AUDIENCE) or counted.n > 0 or counted.is_here
