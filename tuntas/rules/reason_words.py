"""The words of reasons: why late, why not handled, how it ended. Each fits inside or behind a sentence. Pure."""

from tuntas.kit.words import Say
from tuntas.rules.reasons import ArchiveReason, Classification, LateCause

LATE_CAUSES: dict[LateCause, Say] = {
    # behind "Penyebabnya:", without a full stop
    LateCause.VOLUME: Say("banyak laporan masuk bersamaan", "many reports came in at once"),
    LateCause.STAFF: Say("petugas kami kurang", "we had too few people"),
    LateCause.WAITING_AGENCY: Say("menunggu jawaban instansi", "we waited for the agency's answer"),
    LateCause.WAITING_REPORTER: Say("menunggu keterangan pelapor", "we waited for the reporter's details"),
    LateCause.WRONG_AGENCY: Say("sempat kami kirim ke instansi yang salah", "we sent it to the wrong agency at first"),
    LateCause.BUDGET: Say("menunggu anggaran", "we waited for money to be set aside"),
    LateCause.FIELD_ACCESS: Say("tempatnya sulit dijangkau", "the place was hard to reach"),
    LateCause.SYSTEM: Say("gangguan pada sistem kami", "our system had a fault"),
    LateCause.OTHER: Say("sebab lain", "another cause"),
}

ARCHIVE_REASONS: dict[ArchiveReason, Say] = {
    # whole sentences to the reporter
    ArchiveReason.SARA: Say(
        "Laporan ini menyerang suku, agama, ras, atau golongan.",
        "This report attacks an ethnic group, religion, race or class.",
    ),
    ArchiveReason.NO_EVIDENCE: Say("Belum ada bukti yang mendukung.", "There is no evidence to support it yet."),
    ArchiveReason.UNCLEAR: Say(
        "Ceritanya belum cukup jelas untuk ditangani.", "The story is not clear enough to be acted on."
    ),
    ArchiveReason.NOT_GOVERNMENT_PERFORMANCE: Say(
        "Ini bukan tentang layanan pemerintah.", "This is not about a service of the government."
    ),
    ArchiveReason.EXPIRED: Say("Kejadiannya sudah terlalu lama.", "It happened too long ago."),
    ArchiveReason.BY_REPORTER: Say("Pelapor menarik laporan ini.", "The reporter withdrew this report."),
    ArchiveReason.INFO_NOT_COMPLETED: Say(
        "Keterangan yang kami minta tidak datang sampai batas waktunya.",
        "The details we asked for did not come in time.",
    ),
    ArchiveReason.WRONG_FORMAT: Say("Pesannya tidak bisa dibaca.", "The message could not be read."),
    ArchiveReason.SPAM: Say("Kiriman ini iklan atau kiriman massal.", "This is advertising or mass mail."),
    ArchiveReason.TEST_OR_PRANK: Say("Kiriman ini uji coba atau iseng.", "This is a test or a prank."),
    ArchiveReason.DUPLICATE: Say(
        "Masalah ini sudah ditangani di laporan lain.", "This is already handled in another report."
    ),
    ArchiveReason.OUT_OF_SCOPE_COURT: Say("Perkara ini sedang ditangani pengadilan.", "This case is before a court."),
    ArchiveReason.PRIVATE_MATTER: Say(
        "Ini urusan pribadi, bukan layanan pemerintah.", "This is a private matter, not a service of the government."
    ),
    ArchiveReason.PRIVATE_COMPANY: Say(
        "Ini tentang perusahaan swasta, bukan layanan pemerintah.",
        "This is about a private company, not a service of the government.",
    ),
}

CLASSIFICATIONS: dict[Classification, Say] = {
    Classification.COMPLAINT_ORDINARY: Say("Keluhan", "Complaint"),
    Classification.COMPLAINT_SUPERVISORY: Say("Keluhan tentang petugas", "Complaint about officers"),
    Classification.ASPIRATION: Say("Usulan", "Proposal"),
    Classification.INFORMATION_REQUEST: Say("Permintaan informasi", "Request for information"),
}
