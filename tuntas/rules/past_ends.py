"""How reports ended elsewhere, in our words: states, who closed, why not handled, from where. Pure.

The words are those of SP4N-LAPOR! (DOMAIN 3.1, 1.5) and what other lists of complaints say.
"""

import re
from dataclasses import dataclass

from tuntas.rules.life import OPEN, State
from tuntas.rules.reasons import ArchiveReason, Classification, ClosedBy, Outcome

BY_SYSTEM, BY_REPORTER, BY_ADMIN = ClosedBy.SYSTEM, ClosedBy.REPORTER, ClosedBy.AGENCY_ADMIN


@dataclass(frozen=True, slots=True)
class End:
    """Where a report stood when it left the other system, and by whose hand."""

    state: State
    by: ClosedBy = BY_SYSTEM

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def outcome(self) -> Outcome:
        """How a closed one ended: what a system closed by itself is never told as an answer (DOMAIN 3.2)."""
        return Outcome.NO_REPLY_FROM_REPORTER if self.by is BY_SYSTEM else Outcome.ANSWERED


# As an export of SP4N-LAPOR! writes them; the other way round, too.
SP4N_ENDS: dict[str, End] = {
    "Ditutup oleh Sistem": End(State.CLOSED, BY_SYSTEM),
    "Ditutup oleh Pelapor": End(State.CLOSED, BY_REPORTER),
    "Ditutup oleh Admin": End(State.CLOSED, BY_ADMIN),
    "Diarsipkan oleh Admin": End(State.ARCHIVED, BY_ADMIN),
    "Diarsipkan oleh Sistem": End(State.ARCHIVED, BY_SYSTEM),
    "Diarsipkan oleh Pelapor": End(State.ARCHIVED, BY_REPORTER),
    "Menunggu Kelengkapan Informasi": End(State.NEEDS_INFO),
    "Belum Terverifikasi": End(State.SUBMITTED),
    "Terdisposisi Belum Ditindaklanjuti": End(State.DISPATCHED),
    "Terdisposisi Sedang Diproses": End(State.IN_PROGRESS),
    "Ditindaklanjuti oleh Instansi": End(State.ANSWERED),
    "Ditanggapi oleh Pelapor": End(State.REPORTER_REPLIED),
}
_ENDS: tuple[tuple[str, End], ...] = (
    *((re.escape(name.lower()), end) for name, end in SP4N_ENDS.items()),
    (r"(?:di)?tutup.*sistem|selesai otomatis.*", End(State.CLOSED, BY_SYSTEM)),
    (r"(?:di)?tutup.*pelapor|closed by reporter", End(State.CLOSED, BY_REPORTER)),
    (r"terdisposisi selesai|selesai|tuntas|ditutup.*|closed|resolved|done|sudah ditindaklanjuti|sudah selesai"
     r"|complete[d]?", End(State.CLOSED, BY_ADMIN)),
    (r"dibatalkan.*|ditarik.*|withdrawn|cancell?ed", End(State.ARCHIVED, BY_REPORTER)),
    (r"(?:di)?arsip(?:kan)?.*|ditolak.*|rejected|archived|spam|duplicate", End(State.ARCHIVED, BY_ADMIN)),
    (r"tertunda|ditunda|tunda|pending|menunggu (?:kelengkapan|informasi|pelapor).*", End(State.NEEDS_INFO)),
    (r"terdisposisi.*|diteruskan.*|didisposisikan|dispatched|assigned", End(State.DISPATCHED)),
    (r"(?:sedang |dalam )?(?:di)?proses.*|dikerjakan|in progress|ditindaklanjuti", End(State.IN_PROGRESS)),
    (r"belum.*|baru|new|open|diterima|submitted|masuk|verifikasi|menunggu verifikasi", End(State.SUBMITTED)),
)  # fmt: skip
# In the order of DOMAIN 1.5; of several joined reasons the one named first counts.
_REASONS: tuple[tuple[ArchiveReason, str], ...] = (
    (ArchiveReason.SARA, r"\bsara\b"),
    (ArchiveReason.NO_EVIDENCE, r"tidak (?:memiliki|ada|disertai) bukti|no evidence|no_evidence"),
    (ArchiveReason.INFO_NOT_COMPLETED, r"tidak melengkapi|info_not_completed"),
    (ArchiveReason.UNCLEAR, r"tidak jelas|terlalu umum|unclear"),
    (ArchiveReason.NOT_GOVERNMENT_PERFORMANCE, r"tidak relevan|not_government_performance"),
    (ArchiveReason.EXPIRED, r"kedaluwarsa|kadaluarsa|kadaluwarsa|expired"),
    (ArchiveReason.BY_REPORTER, r"keinginan pelapor|permintaan pelapor|by_reporter"),
    (ArchiveReason.WRONG_FORMAT, r"format .{0,20}salah|wrong_format"),
    (ArchiveReason.TEST_OR_PRANK, r"\biseng\b|uji ?coba|\btes\b|prank"),
    (ArchiveReason.SPAM, r"\bspam\b"),
    (ArchiveReason.DUPLICATE, r"ganda|duplikat|duplicate|sudah pernah dilaporkan"),
    (ArchiveReason.OUT_OF_SCOPE_COURT, r"pengadilan|out_of_scope_court"),
    (ArchiveReason.PRIVATE_MATTER, r"urusan pribadi|masalah pribadi|private_matter"),
    (ArchiveReason.PRIVATE_COMPANY, r"swasta|private_company"),
)
SP4N_REASONS: dict[ArchiveReason, str] = {
    ArchiveReason.SARA: "Mengandung SARA",
    ArchiveReason.NO_EVIDENCE: "Tidak memiliki bukti dukung",
    ArchiveReason.UNCLEAR: "Tidak jelas / terlalu umum",
    ArchiveReason.NOT_GOVERNMENT_PERFORMANCE: "Tidak relevan dengan kinerja pemerintah",
    ArchiveReason.EXPIRED: "Sudah mencapai batas kedaluwarsa",
    ArchiveReason.BY_REPORTER: "Sesuai keinginan pelapor",
    ArchiveReason.INFO_NOT_COMPLETED: "Tidak melengkapi data dalam 10 hari kerja",
    ArchiveReason.WRONG_FORMAT: "Format SMS/TL/BL salah",
    ArchiveReason.SPAM: "Spam",
    ArchiveReason.TEST_OR_PRANK: "Iseng atau uji coba",
    ArchiveReason.DUPLICATE: "Laporan ganda",
    ArchiveReason.OUT_OF_SCOPE_COURT: "Sedang di pengadilan",
    ArchiveReason.PRIVATE_MATTER: "Urusan pribadi",
    ArchiveReason.PRIVATE_COMPANY: "Urusan perusahaan swasta",
}
SP4N_CLASSES: dict[Classification, str] = {
    Classification.INFORMATION_REQUEST: "Permintaan Informasi",
    Classification.ASPIRATION: "Aspirasi",
    Classification.COMPLAINT_ORDINARY: "Pengaduan Tidak Berkadar Pengawasan",
    Classification.COMPLAINT_SUPERVISORY: "Pengaduan Berkadar Pengawasan",
}
_CLASSES: tuple[tuple[Classification, str], ...] = (
    (Classification.COMPLAINT_ORDINARY, r".*tidak berkadar.*|complaint_ordinary|pengaduan|keluhan"),
    (Classification.COMPLAINT_SUPERVISORY, r".*berkadar.*|complaint_supervisory"),
    (Classification.INFORMATION_REQUEST, r".*informasi.*|information_request"),
    (Classification.ASPIRATION, r".*aspirasi.*|aspiration|saran|usulan"),
)
IMPORT = "import"  # the channel of what names none that is known here
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("whatsapp", r"whats ?app|wa"),
    ("android", r"android.*"),
    ("ios", r"ios|iphone"),
    ("sms", r"sms.*"),
    ("call_112", r"112|call ?112"),
    ("call_center", r"call ?cent(?:er|re)|telepon|phone"),
    ("email", r"e-?mail|surel"),
    ("letter", r"surat"),
    ("counter", r"loket|tatap muka|datang langsung"),
    ("web", r"web.*|situs|online"),
)
_YES = frozenset({"ya", "y", "yes", "true", "1", "benar"})


def end_of(status: str) -> End | None:
    """Return what a status says, or None where it is not known."""
    text = _plain(status)
    return next((end for pattern, end in _ENDS if re.fullmatch(pattern, text)), None) if text else None


def status_of(state: str, closed_by: str) -> str:
    """Return the status that an export of SP4N-LAPOR! would name."""
    by = ClosedBy(closed_by) if closed_by else None
    near = {
        State.TRANSFER_PENDING: State.DISPATCHED,
        State.SCHEDULED: State.IN_PROGRESS,
        State.UNDER_EXAMINATION: State.IN_PROGRESS,
        State.AWAITING_VALIDATION: State.IN_PROGRESS,
        State.FORWARDED_EXTERNAL: State.DISPATCHED,
    }
    wanted = near.get(State(state), State(state))
    named = (name for name, end in SP4N_ENDS.items() if end.state is wanted and (by is None or end.by is by))
    return next(named)


def reason_of(text: str) -> ArchiveReason | None:
    """Return the reason a text gives; of several the one named first."""
    low = text.lower().replace("-", " ")
    found = [(match.start(), reason) for reason, pattern in _REASONS if (match := re.search(pattern, low))]
    return min(found)[1] if found else None


def class_of(text: str) -> Classification | None:
    """Return the class a text names."""
    low = _plain(text)
    return next((kind for kind, pattern in _CLASSES if low and re.fullmatch(pattern, low)), None)


def channel_of(text: str) -> str:
    """Return from where a report came."""
    low = _plain(text)
    return next((channel for channel, pattern in _CHANNELS if low and re.fullmatch(pattern, low)), IMPORT)


def says_yes(text: str, word: str) -> bool:
    """Return whether a cell says yes, or *word* itself."""
    return text.strip().lower() in _YES or word in text.lower().replace("tidak " + word, "")


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
