"""The words of the forms on which a reporter writes something: what is asked, and what happens with it."""

from dataclasses import dataclass

from tuntas.kit.words import Say
from tuntas.rules.life import Act


@dataclass(frozen=True, slots=True)
class WordsForm:
    """A page with one field for words, and one for photos. {holder}, {desk} and {readers} are filled in."""

    act: Act
    title: Say
    lead: Say
    label: Say
    button: Say


SUPPLEMENT = WordsForm(
    Act.SUPPLEMENT,
    Say("Tambah keterangan", "Add details"),
    Say(
        "Dibaca {readers}. Tidak tayang untuk umum.",
        "Read by {readers}. Not public.",
    ),
    Say("Keterangan tambahan", "More details"),
    Say("Kirim keterangan", "Send details"),
)
COMPLETE = WordsForm(
    Act.COMPLETE,
    Say("Kami butuh jawaban Anda", "We need your answer"),
    Say("Begitu Anda menjawab, jam kami berjalan lagi.", "As soon as you answer, our clock runs again."),
    Say("Jawaban Anda", "Your answer"),
    Say("Kirim jawaban", "Send answer"),
)
REPLY = WordsForm(
    Act.REPLY,
    Say("Tanggapi tanpa menilai", "Reply without rating"),
    Say(
        "Dibaca {holder}, yang lalu harus menanggapi lagi. Anda menilai sesudahnya.",
        "Read by {holder}, who must then answer again. You rate afterwards.",
    ),
    Say("Tanggapan Anda", "Your reply"),
    Say("Kirim tanggapan", "Send reply"),
)
REOPEN = WordsForm(
    Act.REOPEN,
    Say("Apa yang belum beres?", "What is not fixed?"),
    Say(
        "Laporan ini dibuka lagi dan batas waktu pengerjaan mulai dari awal.",
        "The report is opened again and the time for the work starts anew.",
    ),
    Say("Yang belum beres", "What is not fixed"),
    Say("Buka lagi laporan ini", "Open this report again"),
)
APPEAL = WordsForm(
    Act.APPEAL,
    Say("Ajukan keberatan", "Appeal"),
    Say(
        "Laporan ini kembali ke {desk}, yang harus memeriksanya lagi.",
        "The report goes back to {desk}, who must look again.",
    ),
    Say("Mengapa laporan ini perlu ditangani?", "Why does this report need to be handled?"),
    Say("Kirim keberatan", "Send the appeal"),
)
TAKE_BACK = WordsForm(  # an appeal against one's own withdrawal
    Act.APPEAL,
    Say("Lanjutkan laporan ini", "Go on with this report"),
    Say("Laporan ini kembali ke {desk}.", "The report goes back to {desk}."),
    Say("Apa yang perlu kami tahu?", "What do we need to know?"),
    Say("Lanjutkan laporan", "Go on"),
)
WITHDRAW = WordsForm(
    Act.WITHDRAW,
    Say("Tarik laporan", "Withdraw the report"),
    Say(
        "Laporan ini berhenti ditangani. Semua batas waktunya berakhir.",
        "The report is no longer handled. All its deadlines end.",
    ),
    Say("Mengapa Anda menarik laporan ini? (boleh kosong)", "Why do you withdraw it? (may be empty)"),
    Say("Lanjut", "Continue"),
)
ADDING = {Act.COMPLETE: COMPLETE, Act.REPLY: REPLY, Act.SUPPLEMENT: SUPPLEMENT}  # what /tambah does, by the state
