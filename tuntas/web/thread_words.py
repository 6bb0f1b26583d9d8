"""What happened to a report, in the words a reporter understands. A table, and who is who in it."""

from dataclasses import dataclass

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.faces import Face
from tuntas.rules.hops import ARBITER_AT, COORDINATOR_AT
from tuntas.rules.life import Act
from tuntas.rules.reasons import Outcome
from tuntas.rules.role_words import ROLES, SOMEBODY
from tuntas.rules.thread import Json
from tuntas.rules.words import FACES

YOU = Say("Anda", "You")
SYSTEM = Say("Sistem", "The system")
DESK = Say("Meja aduan", "The complaint desk")
DESK_WITHIN = Say("meja aduan", "the complaint desk")
APPOINTED = Say("Pemeriksa yang ditunjuk", "The appointed examiners")
APPOINTED_WITHIN = Say("pemeriksa yang ditunjuk", "the appointed examiners")

HEADS: dict[Act, Say] = {
    # {by} begins the sentence, {to} and {desk} stand within it
    Act.SUBMIT: Say("Diterima", "Received"),
    Act.ASK: Say("{by} bertanya kepada Anda", "{by} asked you something"),
    Act.COMPLETE: Say("Anda menjawab", "You answered"),
    Act.INFORM: Say("{by} memberi kabar", "{by} sent news"),
    Act.DISPATCH: Say("Diperiksa {desk}, diteruskan ke {to}", "Checked by {desk}, sent to {to}"),
    Act.ARCHIVE: Say("Tidak diproses", "Not handled"),
    Act.APPEAL: Say("Anda mengajukan keberatan", "You appealed"),
    Act.WITHDRAW: Say("Anda menarik laporan ini", "You withdrew this report"),
    Act.START: Say("{by} mulai mengerjakan", "{by} began to work on it"),
    Act.SCHEDULE: Say("{by} menjadwalkan pengerjaan: {on}", "{by} set a date for the work: {on}"),
    Act.RESUME: Say("{by} melanjutkan pengerjaan", "{by} went on with the work"),
    Act.SIGN: Say("Jawaban ditandatangani {by}", "The answer was signed by {by}"),
    Act.APPROVE: Say("Dijawab {by}", "Answered by {by}"),
    Act.SUPPLEMENT: Say("Anda menambah keterangan", "You added details"),
    Act.REPLY: Say("Anda menanggapi jawaban", "You replied to the answer"),
    Act.RATE: Say("Anda menilai: {rating}", "You rated it: {rating}"),
    Act.CLOSE: Say("Ditutup {by}", "Closed by {by}"),
    Act.REOPEN: Say("{by} membuka lagi laporan ini", "{by} opened this report again"),
    Act.ESCALATE: Say("Dibawa ke atasan", "Brought to a higher level"),
    Act.PUBLISH: Say("{by} mengatur yang tayang untuk umum", "{by} chose what everybody sees"),
    Act.SET_PRIVACY: Say("Anda mengubah pilihan privasi", "You changed your privacy choices"),
    Act.TRANSFER: Say("{by}: ini urusan {to}", "{by}: this belongs to {to}"),
    Act.ACCEPT_TRANSFER: Say("Diterima {by}", "Accepted by {by}"),
    Act.DECLINE_TRANSFER: Say("{by} belum menerima laporan ini", "{by} did not take this report"),
    Act.ARBITRATE: Say("Sekretaris Daerah menentukan: urusan {to}", "The regional secretary decided: it is for {to}"),
    Act.DECIDE_IDENTITY: Say("Nama Anda dibuka untuk {role}", "Your name was opened to: {role}"),
    Act.FORWARD_EXTERNAL: Say("Dirujuk ke luar", "Referred elsewhere"),  # with names and days: web.outside_words
    Act.OUTSIDE_NEWS: Say("Kabar dari luar", "News from outside"),
    Act.MERGE: Say("Digabung dengan laporan {number}", "Joined with report {number}"),
    Act.UNMERGE: Say("Dipisahkan lagi dari laporan {number}", "Taken out of report {number} again"),
    Act.SPLIT: Say(
        "Laporan ini memuat beberapa hal, jadi dipecah", "This report held several matters, so it was split"
    ),
    Act.ASK_PART: Say("{to} diminta membantu, paling lambat {on}", "{to} was asked to help, by {on}"),
    Act.DO_PART: Say("{by} selesai dengan bagiannya", "{by} finished its part"),
    Act.DECLINE_PART: Say("{by} tidak mengerjakan bagian yang diminta", "{by} does not do what it was asked for"),
    Act.WITHDRAW_PART: Say("{to} tidak lagi diminta membantu", "{to} is no longer asked to help"),
    Act.HAND_TO_PPID: Say(
        "Diteruskan ke {to} sebagai permohonan informasi resmi", "Sent to {to} as a formal request for information"
    ),
    Act.EXTEND_INFORMATION: Say("{by} butuh waktu sampai {on}", "{by} needs until {on}"),
    Act.RECEIVE_LETTER: Say("Surat diterima", "A letter came"),  # with who wrote: web.letter_words
    Act.ANSWER_AUDIENCE: Say("Permintaan audiensi dijawab", "The audience request was answered"),
    Act.RECALL: Say("Ditarik kembali oleh {by}", "Taken back by {by}"),
    Act.SEAL: Say("Dipindahkan ke ruang tersegel", "Moved into the sealed room"),
}
BEGUN_RESTRICTED = Say("{by} mulai memeriksa", "{by} began to examine it")
TO_DESK = Say(
    "{by} meminta meja aduan mencarikan instansi lain", "{by} asked the complaint desk to find another agency"
)
AGAIN = Say(", yang sudah pernah memegang laporan ini", ", which has had this report before")
SILENT = Say("{to} tidak menanggapi sampai batas waktunya", "{to} did not answer in time")
SPLIT_OFF = Say("Dipisahkan dari laporan {number}", "Split off from report {number}")
BACK_AT_DESK = Say("Kembali di {desk}", "Back with {desk}")
CLOSED_BY_SYSTEM = Say("Ditutup tanpa penilaian", "Closed without rating")
ARCHIVED_BY_SYSTEM = Say("Berakhir tanpa keterangan dari Anda", "Ended without details from you")
RATED_UNFIXED = Say("Anda menilai: {rating}, dan membuka lagi", "You rated it: {rating}, and opened it again")
OUTCOMES: dict[str, Say] = {
    Outcome.FIXED: Say("Selesai menurut {by}", "Fixed, says {by}"),
    Outcome.PARTIALLY_FIXED: Say("Sebagian selesai menurut {by}", "Partly fixed, says {by}"),
    Outcome.CANNOT_BE_FIXED: Say("Dijawab {by}: belum bisa diperbaiki", "Answered by {by}: cannot be fixed yet"),
    Outcome.DUPLICATE_RESOLVED: Say("Dijawab {by}: beres di laporan lain", "Answered by {by}: done in another report"),
}

NOTES: dict[Act, Say] = {
    # a sentence of ours under the head; a handing over must never sound like an ending
    Act.TRANSFER: Say(
        "{by} tetap memegang laporan ini sampai ada yang menerima. Anda tidak perlu melapor ulang.",
        "{by} keeps this report until it is accepted. You need not report again.",
    ),
    Act.ACCEPT_TRANSFER: Say(
        "Laporan ini berlanjut dengan nomor, kode, dan batas waktu yang sama.",
        "This report goes on with the same number, code and deadlines.",
    ),
    Act.DECLINE_TRANSFER: Say(
        "Laporan ini tetap di tangan yang sebelumnya.", "This report stays with those who had it."
    ),
    Act.ARBITRATE: Say(
        "Ini mengikat. Laporan ini berlanjut dengan nomor, kode, dan batas waktu yang sama.",
        "This is binding. The report goes on with the same number, code and deadlines.",
    ),
    Act.ESCALATE: Say(
        "Laporan ini lebih dari sekali dibuka lagi. Jawaban berikutnya dicek di atas instansi itu.",
        "This report was opened again more than once. The next answer is checked above that agency.",
    ),
    Act.MERGE: Say(
        "Tempat dan halnya sama. Kode, batas waktu, dan penilaian Anda tetap milik Anda.",
        "Place and matter are the same. Your code, your deadlines and your rating stay yours.",
    ),
    Act.UNMERGE: Say(
        "Laporan ini berjalan sendiri lagi, dengan batas waktu yang sama.",
        "This report goes on by itself again, with the same deadlines.",
    ),
    Act.SPLIT: Say(
        "Tiap hal jadi laporan sendiri. Foto tetap di laporan ini.",
        "Each matter became a report of its own. Photos stay with this report.",
    ),
    Act.FORWARD_EXTERNAL: Say("Kami yang menanyakan, bukan Anda.", "We do the asking, not you."),
    Act.ASK_PART: Say("Pemegang laporan ini tidak berubah.", "Who has this report stays the same."),
    Act.DECLINE_PART: Say("Pemegang laporan mencari jalan lain.", "Whoever has the report looks for another way."),
    Act.HAND_TO_PPID: Say(
        "Dasarnya UU 14/2008 tentang keterbukaan informasi. Bila tidak puas, Anda boleh mengajukan keberatan.",
        "The law is UU 14/2008 on public information. If you disagree with the answer, you may object.",
    ),
    Act.EXTEND_INFORMATION: Say(
        "UU 14/2008 membolehkan ini satu kali.", "The law on public information, UU 14/2008, allows this once."
    ),
    Act.DECIDE_IDENTITY: Say(
        "Terbuka 24 jam, dengan persetujuan orang kedua. Alasannya: {why}",
        "Open for 24 hours, a second person agreed. The reason: {why}",
    ),
}
OFFERED_BY_DESK = Say(
    "Pemegang sekarang tetap memegang laporan ini sampai ada yang menerima.",
    "Whoever has this report now keeps it until it is accepted.",
)
REFUSED: dict[int, Say] = {
    # under a refusal: who decides now
    COORDINATOR_AT: Say(
        "Sudah dua kali ditolak. Sekarang meja aduan yang menentukan ke mana laporan ini.",
        "Refused twice. Now the complaint desk decides where this report goes.",
    ),
    ARBITER_AT: Say(
        "Sudah tiga kali ditolak. Sekarang Sekretaris Daerah menentukan siapa yang mengerjakan.",
        "Refused three times. Now the regional secretary decides who does the work.",
    ),
}

KNOWN_AS = Say("Nomor di sana: {number}.", "The number there: {number}.")  # outside
RATINGS: dict[int, Say] = {
    4: Say("Sangat Puas", "Very satisfied"),
    3: Say("Puas", "Satisfied"),
    2: Say("Cukup Puas", "Fairly satisfied"),
    1: Say("Tidak Puas", "Not satisfied"),
}
CHANNELS: dict[str, Say] = {
    "web": Say("lewat situs", "on this site"),
    "whatsapp": Say("lewat WhatsApp", "by WhatsApp"),
    "phone": Say("lewat telepon", "by phone"),
    "counter": Say("di loket", "at a counter"),
    "letter": Say("lewat surat", "by letter"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Who is called what on one report: only appointed people touch a restricted one, never the desk as such."""

    is_restricted: bool

    def of(self, by: str, *, within: bool = False) -> Say:
        """Return the name of a thread's ``by``; *within* a sentence."""
        if by == "pelapor":
            return YOU
        if by == "sistem":
            return SYSTEM
        agency = installation().agency_by_slug.get(by)
        if agency is None or agency.id == installation().desk_id:
            return self.desk(within=within)
        return Say(agency.name, agency.name)

    def desk(self, *, within: bool = False) -> Say:
        """Return the name of those who read a report first."""
        if self.is_restricted:
            return APPOINTED_WITHIN if within else APPOINTED
        return DESK_WITHIN if within else DESK

    def held_by(self, holder: Json | None, *, within: bool = False) -> Say:
        """Return the name of the holder that a view tells."""
        return self.desk(within=within) if holder is None else self.of(holder["slug"], within=within)


def head_of(line: Json, names: Names, on: Say | None = None) -> Say:
    """Return the sentence of one line of the thread; *on* is its promised day in words."""
    known = set(Act)
    if line["act"] not in known:
        return FACES[Face(line["face"])]
    act = Act(line["act"])
    said = _special(act, line, names) or HEADS.get(act) or FACES[Face(line["face"])]
    if line.get("again"):
        said = Say(said.id + AGAIN.id, said.en + AGAIN.en)
    begins = said.id.startswith("{by}")
    return said.fill_each(
        by=names.of(line["by"], within=not begins),
        to=names.of(line.get("to_agency", ""), within=not said.id.startswith("{to}")),
        desk=names.desk(within=True),
        on=on or Say("", ""),
        rating=RATINGS.get(line.get("rating") or 0, Say("", "")),
        role=ROLES.get(line.get("to_role", ""), SOMEBODY),
        number=_number(line),
    )


def _number(line: Json) -> Say:
    """Return the number of the other report that a line speaks of."""
    number = line.get("into") or line.get("split_from") or ""
    return Say(number, number)


def _special(act: Act, line: Json, names: Names) -> Say | None:
    """Return other words where the act alone does not tell what happened."""
    is_desk = line["by"] == installation().slug_of(installation().desk_id)
    match act:
        case Act.SUBMIT if line.get("split_from"):
            return SPLIT_OFF
        case Act.APPROVE:
            return OUTCOMES.get(line.get("outcome", ""))
        case Act.START if names.is_restricted:
            return BEGUN_RESTRICTED
        case Act.TRANSFER if not line.get("to_agency"):
            return TO_DESK
        case Act.ACCEPT_TRANSFER if is_desk:
            return BACK_AT_DESK
        case Act.DECLINE_TRANSFER if line["by"] == "sistem":
            return SILENT
        case Act.CLOSE if line["by"] == "sistem":
            return CLOSED_BY_SYSTEM
        case Act.ARCHIVE if line["by"] == "sistem":
            return ARCHIVED_BY_SYSTEM
        case Act.RATE if line["face"] != Face.TUNTAS:
            return RATED_UNFIXED
    return None


def note_of(line: Json, names: Names) -> Say | None:
    """Return our own sentence under a line, or None."""
    note = NOTES.get(Act(line["act"])) if line["act"] in set(Act) else None
    note = REFUSED.get(line.get("refusals", 0), note)
    if line["act"] == Act.TRANSFER and line["by"] == installation().slug_of(installation().desk_id):
        note = OFFERED_BY_DESK
    why = line.get("why", "")
    said = None if note is None else note.fill_each(by=names.of(line["by"]), why=Say(why, why))
    number = line.get("external_id", "")
    if not number:
        return said
    known_as = KNOWN_AS.fill(number=number)
    return known_as if said is None else Say(f"{known_as.id} {said.id}", f"{known_as.en} {said.en}")
