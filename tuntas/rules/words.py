"""The words of states, faces and acts in both languages (ux 2 and 4). Pure."""

from tuntas.kit.words import Say
from tuntas.rules.faces import Face
from tuntas.rules.life import Act, Promise, State

STATES: dict[State, Say] = {
    State.SUBMITTED: Say("Diterima, menunggu diperiksa", "Received, waiting to be checked"),
    State.NEEDS_INFO: Say("Menunggu keterangan pelapor", "Waiting for details from the reporter"),
    State.DISPATCHED: Say("Diteruskan ke instansi", "Sent to an agency"),
    State.TRANSFER_PENDING: Say("Menunggu diterima instansi lain", "Waiting for another agency to accept"),
    State.IN_PROGRESS: Say("Sedang dikerjakan", "In progress"),
    State.SCHEDULED: Say("Dijadwalkan", "Scheduled"),
    State.UNDER_EXAMINATION: Say("Dalam pemeriksaan", "Under examination"),
    State.AWAITING_VALIDATION: Say("Jawaban sedang dicek", "Answer being checked"),
    State.ANSWERED: Say("Dijawab, menunggu penilaian pelapor", "Answered, waiting for the reporter"),
    State.REPORTER_REPLIED: Say("Ditanggapi pelapor", "The reporter replied"),
    State.FORWARDED_EXTERNAL: Say("Dirujuk ke instansi di luar", "Referred to an outside body"),
    State.CLOSED: Say("Tuntas", "Closed"),
    State.ARCHIVED: Say("Tidak diproses", "Not handled"),
}

FACES: dict[Face, Say] = {
    Face.DITERIMA: Say("Diterima", "Received"),
    Face.DIPERIKSA: Say("Diperiksa", "Being checked"),
    Face.DITERUSKAN: Say("Diteruskan", "Sent to an agency"),
    Face.DIKERJAKAN: Say("Dikerjakan", "In progress"),
    Face.MENUNGGU: Say("Menunggu keterangan pelapor", "Waiting for the reporter"),
    Face.DIRUJUK: Say("Dirujuk, tetap kami kawal", "Referred, still followed by us"),
    Face.DIJAWAB: Say("Menunggu penilaian pelapor", "Waiting for the reporter's rating"),
    Face.TUNTAS: Say("Tuntas", "Closed"),
    Face.DIBUKA: Say("Dibuka lagi", "Reopened"),
    Face.DITOLAK: Say("Tidak diproses", "Not handled"),
}
TO_THE_REPORTER: dict[Face, Say] = {
    Face.MENUNGGU: Say("Menunggu Anda", "Waiting for you"),
    Face.DIJAWAB: Say("Menunggu penilaian Anda", "Waiting for your rating"),
}
CLOSED_UNRATED = Say("Tuntas tanpa penilaian", "Closed without rating")
CLOSED_ACKNOWLEDGED = Say("Tuntas (diakui)", "Closed (acknowledged)")
WITHDRAWN = Say("Ditarik pelapor", "Withdrawn by the reporter")

ACTS: dict[Act, Say] = {
    Act.SUBMIT: Say("Buat laporan", "Report"),
    Act.ASK: Say("Minta keterangan", "Ask the reporter"),
    Act.COMPLETE: Say("Lengkapi", "Complete"),
    Act.INFORM: Say("Beri kabar", "Inform the reporter"),
    Act.DISPATCH: Say("Teruskan ke instansi", "Send to an agency"),
    Act.ARCHIVE: Say("Tidak diproses", "Archive"),
    Act.APPEAL: Say("Ajukan keberatan", "Appeal"),
    Act.WITHDRAW: Say("Tarik laporan", "Withdraw"),
    Act.START: Say("Mulai kerjakan", "Start"),
    Act.NOTE: Say("Catatan internal", "Internal note"),
    Act.SCHEDULE: Say("Jadwalkan", "Schedule"),
    Act.RESUME: Say("Lanjutkan", "Resume"),
    Act.PROPOSE_ANSWER: Say("Ajukan jawaban", "Propose an answer"),
    Act.SIGN: Say("Tanda tangani jawaban", "Sign the answer"),
    Act.APPROVE: Say("Setujui jawaban", "Approve the answer"),
    Act.RETURN_ANSWER: Say("Kembalikan jawaban", "Return the answer"),
    Act.SUPPLEMENT: Say("Tambah keterangan", "Add details"),
    Act.REPLY: Say("Balas", "Reply"),
    Act.RATE: Say("Nilai", "Rate"),
    Act.CLOSE: Say("Tutup", "Close"),
    Act.REOPEN: Say("Buka lagi", "Reopen"),
    Act.PUBLISH: Say("Atur yang tayang", "Choose what everybody sees"),
    Act.SET_PRIVACY: Say("Ubah privasi", "Change privacy"),
    Act.FOLLOW: Say("Ikuti", "Follow"),
    Act.ESCALATE: Say("Naikkan", "Escalate"),
    Act.TRANSFER: Say("Alihkan", "Hand over"),
    Act.ACCEPT_TRANSFER: Say("Terima pengalihan", "Accept the hand-over"),
    Act.DECLINE_TRANSFER: Say("Tolak pengalihan", "Decline the hand-over"),
    Act.ARBITRATE: Say("Tentukan instansi", "Decide whose it is"),
    Act.FORWARD_EXTERNAL: Say("Rujuk ke luar", "Refer to an outside body"),
    Act.OUTSIDE_NEWS: Say("Kabar dari luar", "News from outside"),
    Act.ASK_PART: Say("Minta bagian", "Ask for a part"),
    Act.DO_PART: Say("Bagian selesai", "Part done"),
    Act.DECLINE_PART: Say("Tolak bagian", "Decline the part"),
    Act.WITHDRAW_PART: Say("Batalkan permintaan bagian", "Withdraw the part"),
    Act.HAND_TO_PPID: Say("Serahkan ke PPID", "Hand to the information officer"),
    Act.EXTEND_INFORMATION: Say("Perpanjang permohonan informasi", "Extend the information request"),
    Act.RECEIVE_LETTER: Say("Catat surat", "Note a letter"),
    Act.ANSWER_AUDIENCE: Say("Jawab permintaan audiensi", "Answer the audience request"),
    Act.MERGE: Say("Gabungkan ke laporan lain", "Merge into another report"),
    Act.UNMERGE: Say("Pisahkan lagi", "Take out again"),
    Act.SPLIT: Say("Pecah laporan", "Split the report"),
    Act.RECALL: Say("Tarik kembali", "Take back"),
    Act.SEAL: Say("Pindahkan ke ruang tersegel", "Move into the sealed room"),
    Act.CLEAR: Say("Bukan laporan tersegel", "Not for the sealed room"),
    Act.RELEASE: Say("Loloskan", "Let through"),
    Act.ASK_IDENTITY: Say("Minta buka nama", "Ask for the name"),
    Act.DECIDE_IDENTITY: Say("Putuskan permintaan nama", "Decide on the name"),
}

PROMISES: dict[Promise, Say] = {
    Promise.ANSWER: Say("dijawab petugas", "answered by a person"),
    Promise.VERIFY: Say("diperiksa dan diteruskan", "checked and sent on"),
    Promise.RESPOND: Say("tanggapan pertama instansi", "first response of the agency"),
    Promise.RESOLVE: Say("selesai dikerjakan", "work finished"),
    Promise.INFORMATION: Say("permohonan informasi dijawab", "information request answered"),
    Promise.TRANSFER: Say("pengalihan diterima", "hand-over accepted"),
    Promise.ARBITRATE: Say("instansi ditentukan", "agency decided"),
    Promise.VALIDATE: Say("jawaban dicek", "answer checked"),
    Promise.SCHEDULED: Say("tanggal yang dijanjikan", "promised date"),
    Promise.OUTSIDE_NEWS: Say("kabar dari tempat rujukan", "news from the outside body"),
    Promise.AUDIENCE: Say("permintaan audiensi dijawab", "audience request answered"),
    Promise.NEEDS_INFO_WINDOW: Say("waktu melengkapi", "time to complete"),
    Promise.REPORTER_WINDOW: Say("waktu menilai", "time to rate"),
    Promise.APPEAL_WINDOW: Say("waktu mengajukan keberatan", "time to appeal"),
    Promise.REOPEN_WINDOW: Say("waktu membuka lagi", "time to reopen"),
}


def label_of(face: Face, *, closed_by: str, reason_code: str, to_reporter: bool = False) -> Say:
    """Return the words for a face: to everybody, or to the reporter, with how it ended where that matters."""
    if face is Face.TUNTAS:
        return CLOSED_ACKNOWLEDGED if closed_by == "reporter" else CLOSED_UNRATED
    if face is Face.DITOLAK and reason_code == "by_reporter":
        return WITHDRAWN
    return TO_THE_REPORTER.get(face, FACES[face]) if to_reporter else FACES[face]
