"""The forms of a case: one row for each thing the desk does to a report, and what its page asks for."""

from dataclasses import dataclass
from enum import StrEnum

from tuntas.kit.words import Say
from tuntas.rules.life import Act


class Part(StrEnum):
    """A part of a form."""

    WORDS = "kata"
    MAYBE_WORDS = "boleh_kata"  # words that may be left out
    LIGHTS = "lampu"  # the five lights: the words go to the reporter
    PHOTOS = "foto"
    LATE = "penyebab"  # asks for the cause of a missed promise
    REASON = "alasan"  # why a report is not handled
    HANDING = "alasan_alih"  # why it belongs elsewhere
    OUTCOME = "hasil"
    LEVEL = "tingkat"
    TARGET = "instansi"
    TARGET_OR_DESK = "instansi_atau_meja"
    TOPIC = "topik"
    PUBLIC = "umum"  # title and text that everybody reads
    CALL = "telepon"


@dataclass(frozen=True, slots=True)
class ActForm:
    """One page with a form; ``label`` names the field for words."""

    slug: str
    act: Act
    title: Say
    lead: Say
    label: Say
    button: Say
    parts: frozenset[Part]
    is_tab: bool = False  # stands in the composer, beside the story
    icon: str = "pesan"

    def has(self, part: Part) -> bool:
        return part in self.parts

    @property
    def has_lights(self) -> bool:
        return Part.LIGHTS in self.parts

    @property
    def has_photos(self) -> bool:
        return Part.PHOTOS in self.parts

    @property
    def is_call(self) -> bool:
        return Part.CALL in self.parts

    @property
    def offers_desk(self) -> bool:
        return Part.TARGET_OR_DESK in self.parts

    @property
    def writes(self) -> bool:
        return bool({Part.WORDS, Part.MAYBE_WORDS} & self.parts)

    @property
    def is_inside(self) -> bool:
        """Whether the words stay in the house: they lie on other paper, so that nobody mistakes them."""
        return self.act is Act.NOTE


P = Part
NOTHING = Say("", "")
WRITE = Say("Penjelasan", "Explanation")

FORMS: tuple[ActForm, ...] = (
    ActForm(
        "jawab",
        Act.INFORM,
        Say("Jawab pelapor", "Answer the reporter"),
        Say("Terkirim ke pelapor dan halaman lacaknya.", "Goes to the reporter and their tracking page."),
        Say("Jawaban untuk pelapor", "Answer to the reporter"),
        Say("Kirim jawaban", "Send answer"),
        frozenset({P.WORDS, P.LIGHTS, P.PHOTOS, P.LATE}),
        is_tab=True,
    ),
    ActForm(
        "catatan",
        Act.NOTE,
        Say("Catatan internal", "Internal note"),
        Say("Hanya dibaca petugas laporan ini.", "Read by those who work on this report alone."),
        Say("Catatan internal", "Internal note"),
        Say("Simpan catatan", "Save note"),
        frozenset({P.WORDS, P.PHOTOS}),
        is_tab=True,
        icon="catatan",
    ),
    ActForm(
        "minta-data",
        Act.ASK,
        Say("Minta data", "Ask for details"),
        Say("Jam kami berhenti sampai pelapor menjawab.", "Our clocks stop until the reporter answers."),
        Say("Pertanyaan untuk pelapor", "Question to the reporter"),
        Say("Kirim pertanyaan", "Send question"),
        frozenset({P.WORDS, P.LIGHTS, P.PHOTOS}),
        is_tab=True,
        icon="tanya",
    ),
    ActForm(
        "teruskan",
        Act.DISPATCH,
        Say("Teruskan ke instansi", "Send to an agency"),
        Say("Judul dan teks untuk umum langsung tayang.", "The public title and text are shown at once."),
        Say("Pesan untuk pelapor (boleh kosong)", "Words to the reporter (may be empty)"),
        Say("Teruskan", "Send on"),
        frozenset({P.MAYBE_WORDS, P.TARGET, P.TOPIC, P.PUBLIC}),
        icon="panah",
    ),
    ActForm(
        "teks",
        Act.PUBLISH,
        Say("Judul dan teks untuk umum", "Public title and text"),
        Say("Tayang sesudah laporan diteruskan.", "Shown to everybody once the report was sent on."),
        NOTHING,
        Say("Simpan teks", "Save text"),
        frozenset({P.PUBLIC}),
        icon="melihat",
    ),
    ActForm(
        "telepon",
        Act.NOTE,
        Say("Catat telepon", "Log a call"),
        Say("Dicatat di riwayat, hanya untuk petugas.", "Kept in the history, for staff alone."),
        Say("Apa yang dibicarakan", "What was said"),
        Say("Simpan", "Save"),
        frozenset({P.WORDS, P.CALL}),
        icon="telepon",
    ),
    ActForm(
        "setujui",
        Act.APPROVE,
        Say("Setujui jawaban", "Approve the answer"),
        Say("Jawaban terkirim ke pelapor dan tayang untuk umum.", "The answer goes to the reporter and to everybody."),
        NOTHING,
        Say("Setujui dan kirim", "Approve and send"),
        frozenset(),
        icon="centang",
    ),
    ActForm(
        "kembalikan",
        Act.RETURN_ANSWER,
        Say("Kembalikan jawaban", "Return the answer"),
        Say("Penulisnya membaca alasan Anda. Pelapor tidak.", "Its author reads your reason. The reporter does not."),
        Say("Apa yang kurang", "What is missing"),
        Say("Kembalikan", "Return"),
        frozenset({P.WORDS}),
        icon="ulang",
    ),
    ActForm(
        "terima",
        Act.ACCEPT_TRANSFER,
        Say("Terima kembali", "Take it back"),
        Say("Laporan ini kembali ke meja aduan.", "The report returns to the complaint desk."),
        NOTHING,
        Say("Terima kembali", "Take it back"),
        frozenset(),
        icon="centang",
    ),
    ActForm(
        "tolak",
        Act.DECLINE_TRANSFER,
        Say("Tolak tawaran", "Decline the offer"),
        Say("Laporan ini tetap di instansi pengirim.", "The report stays with the agency that offers it."),
        WRITE,
        Say("Tolak tawaran", "Decline"),
        frozenset({P.HANDING, P.WORDS}),
        icon="ulang",
    ),
    ActForm(
        "alihkan",
        Act.TRANSFER,
        Say("Tawarkan ke instansi lain", "Offer to another agency"),
        Say(
            "Pemegang sekarang tetap memegangnya sampai ada yang menerima.", "The holder keeps it until it is accepted."
        ),
        WRITE,
        Say("Tawarkan", "Offer"),
        frozenset({P.TARGET_OR_DESK, P.HANDING, P.WORDS}),
        icon="panah",
    ),
    ActForm(
        "naikkan",
        Act.ESCALATE,
        Say("Naikkan", "Escalate"),
        Say("Atasan dan pemegang laporan diberi tahu.", "Those above and the holder are told."),
        WRITE,
        Say("Naikkan", "Escalate"),
        frozenset({P.LEVEL, P.WORDS}),
        icon="atas",
    ),
    ActForm(
        "buka-lagi",
        Act.REOPEN,
        Say("Buka lagi", "Open again"),
        Say("Batas waktu pengerjaan mulai dari awal.", "The time for the work starts anew."),
        Say("Apa yang belum beres", "What is not fixed"),
        Say("Buka lagi laporan ini", "Open this report again"),
        frozenset({P.WORDS, P.PHOTOS}),
        icon="ulang",
    ),
    ActForm(
        "tutup",
        Act.CLOSE,
        Say("Tutup laporan", "Close the report"),
        Say("Pelapor masih bisa membukanya lagi selama 30 hari.", "The reporter may open it again for 30 days."),
        Say("Pesan untuk pelapor", "Words to the reporter"),
        Say("Tutup laporan", "Close the report"),
        frozenset({P.OUTCOME, P.WORDS, P.LIGHTS}),
        icon="gembok",
    ),
    ActForm(
        "tidak-diproses",
        Act.ARCHIVE,
        Say("Tidak diproses", "Not handled"),
        Say("Pelapor membaca alasannya dan boleh keberatan.", "The reporter reads the reason and may appeal."),
        Say("Penjelasan untuk pelapor", "Explanation to the reporter"),
        Say("Akhiri tanpa diproses", "End without handling"),
        frozenset({P.REASON, P.WORDS, P.LIGHTS, P.LATE}),
        icon="hapus",
    ),
)
BY_SLUG = {form.slug: form for form in FORMS}
TABS = tuple(form for form in FORMS if form.is_tab)
