"""Headings and rows of the pages of words; their sentences stand in the templates."""

from tuntas.kit.words import Say
from tuntas.rules.life import Promise
from tuntas.rules.reasons import Classification

Sections = dict[str, Say]

READ_MORE: Sections = {
    # The address is the key.
    "/bantuan": Say("Bantuan", "Help"),
    "/janji": Say("Janji layanan", "Service promise"),
    "/perlindungan": Say("Perlindungan pelapor", "Protection of reporters"),
    "/privasi": Say("Privasi", "Privacy"),
    "/aksesibilitas": Say("Aksesibilitas", "Accessibility"),
}

PROMISE: Sections = {
    "batas": Say("Batas waktu kami", "Our time limits"),
    "arti": Say("Apa yang disebut dijawab", "What counts as answered"),
    "jeda": Say("Kapan jam berhenti", "When the clock stops"),
    "lewat": Say("Kalau kami terlambat", "When we are late"),
    "anda": Say("Batas waktu untuk Anda", "Time limits for you"),
    "keberatan": Say("Kalau Anda tidak puas dengan kami", "If you are not content with us"),
}
OURS: dict[Promise, tuple[Say, Say]] = {
    # What is promised, and since when it is counted.
    Promise.ANSWER: (
        Say("Dijawab petugas", "Answered by a person"),
        Say("laporan kami terima", "we received the report"),
    ),
    Promise.VERIFY: (
        Say("Diperiksa lalu diteruskan, ditanyakan, atau diakhiri", "Checked, then sent on, asked about or ended"),
        Say("laporan kami terima", "we received the report"),
    ),
    Promise.RESPOND: (
        Say("Tanggapan pertama instansi", "First response of the agency"),
        Say("laporan diteruskan", "the report was sent on"),
    ),
    Promise.RESOLVE: (Say("Jawaban akhir", "Final answer"), Say("laporan diteruskan", "the report was sent on")),
    Promise.TRANSFER: (
        Say("Pengalihan diterima instansi lain", "Hand-over accepted by another agency"),
        Say("pengalihan ditawarkan", "the hand-over was offered"),
    ),
    Promise.VALIDATE: (
        Say("Jawaban dicek orang kedua", "Answer checked by a second person"),
        Say("jawaban ditulis", "the answer was written"),
    ),
}
OF_KIND = Say("{name}: {kind}", "{name}: {kind}")
RESOLVED = Say("Jawaban akhir: {kind}", "Final answer: {kind}")
BY_CLASSIFICATION: dict[Classification, Say] = {
    Classification.INFORMATION_REQUEST: Say("permintaan informasi", "requests for information"),
    Classification.ASPIRATION: Say("usulan dan harapan", "wishes and ideas"),
    Classification.COMPLAINT_ORDINARY: Say("laporan masalah layanan", "problems with a service"),
    Classification.COMPLAINT_SUPERVISORY: Say("laporan yang perlu pemeriksaan", "reports that need an examination"),
}
YOURS: dict[Promise, tuple[Say, Say]] = {
    # What the reporter may do, and what happens after that time.
    Promise.NEEDS_INFO_WINDOW: (
        Say("Melengkapi keterangan yang kami minta", "Complete what we asked for"),
        Say("Laporan diakhiri; Anda bisa mengajukan keberatan.", "The report ends; you can appeal."),
    ),
    Promise.REPORTER_WINDOW: (
        Say("Menilai jawaban akhir", "Rate the final answer"),
        Say("Laporan ditutup sebagai “tuntas tanpa penilaian”.", "The report closes as “closed without rating”."),
    ),
    Promise.APPEAL_WINDOW: (
        Say("Mengajukan keberatan atas laporan yang tidak diproses", "Appeal when a report is not handled"),
        Say("Laporan tetap tidak diproses.", "The report stays as it is."),
    ),
    Promise.REOPEN_WINDOW: (
        Say("Membuka lagi laporan yang sudah tuntas", "Open a closed report again"),
        Say("Laporan tetap tuntas. Anda bisa membuat laporan baru.", "It stays closed. You can make a new report."),
    ),
}

PROTECTION: Sections = {
    "nama": Say("Siapa yang melihat nama Anda", "Who sees your name"),
    "membaca": Say("Siapa yang melihat isi laporan", "Who sees the report"),
    "tertutup": Say(
        "Laporan tertutup: pungli, korupsi, dan sejenisnya", "Closed reports: illegal fees, corruption and the like"
    ),
    "foto": Say("Foto dan tempat", "Photos and places"),
    "keluar": Say("Tombol Keluar cepat", "The button Leave quickly"),
    "catatan": Say("Catatan server kami", "Our server's notes"),
    "sendiri": Say("Yang bisa Anda lakukan sendiri", "What you can do yourself"),
}
HELP: Sections = {
    "cara": Say("Cara melapor", "How to report"),
    "cepat": Say("Yang membuat laporan cepat ditangani", "What gets a report dealt with soon"),
    "dibantu": Say("Siapa yang bisa membantu mengetik", "Who can help you type"),
    "kode": Say("Kode lacak hilang", "The tracking code is lost"),
    "bahasa": Say("Bahasa lain", "Other languages"),
    "bukan": Say("Yang tidak bisa kami tangani", "What we cannot deal with"),
}
PRIVACY: Sections = {
    "simpan": Say("Apa yang kami simpan, dan berapa lama", "What we keep, and how long"),
    "guna": Say("Untuk apa", "What for"),
    "lihat": Say("Siapa yang melihat", "Who sees it"),
    "hak": Say("Hak Anda", "Your rights"),
    "kuki": Say("Kuki di peramban Anda", "Cookies in your browser"),
}
