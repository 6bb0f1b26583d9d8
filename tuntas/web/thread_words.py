"""What happened to a report, in the words a reporter understands. A table, and who is who in it."""

from dataclasses import dataclass

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.faces import Face
from tuntas.rules.life import Act
from tuntas.rules.reasons import Outcome
from tuntas.rules.thread import Json
from tuntas.rules.who import Role
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
    Act.PUBLISH: Say("{by} mengatur yang tayang untuk umum", "{by} chose what everybody sees"),
    Act.SET_PRIVACY: Say("Anda mengubah pilihan privasi", "You changed your privacy choices"),
    Act.TRANSFER: Say("{by}: ini urusan {to}", "{by}: this belongs to {to}"),
    Act.ACCEPT_TRANSFER: Say("Diterima {by}", "Accepted by {by}"),
    Act.DECLINE_TRANSFER: Say("{by} belum menerima laporan ini", "{by} did not take this report"),
    Act.RECALL: Say("Ditarik kembali oleh {by}", "Taken back by {by}"),
}
BEGUN_RESTRICTED = Say("{by} mulai memeriksa", "{by} began to examine it")
TO_DESK = Say(
    "{by} meminta meja aduan mencarikan instansi lain", "{by} asked the complaint desk to find another agency"
)
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
}

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
ROLES: dict[str, Say] = {
    Role.CALL_OPERATOR: Say("Petugas telepon", "Call operator"),
    Role.INTAKE_PARTNER: Say("Petugas loket", "Counter clerk"),
    Role.NATIONAL_ADMIN: Say("Admin nasional", "National admin"),
    Role.AGENCY_ADMIN: Say("Admin meja aduan", "Admin of the complaint desk"),
    Role.ASSISTANT_ADMIN: Say("Petugas meja aduan", "Officer of the complaint desk"),
    Role.LIAISON: Say("Petugas penghubung instansi", "Liaison officer of the agency"),
    Role.UNIT_HANDLER: Say("Petugas instansi", "Officer of the agency"),
    Role.RESPONSE_VALIDATOR: Say("Pemeriksa jawaban", "Checker of answers"),
    Role.INSPECTORATE: Say("Inspektorat", "Inspectorate"),
    Role.SEALED_READER: Say("Pembaca yang ditunjuk", "Appointed reader"),
    Role.DPO: Say("Petugas pelindungan data", "Data protection officer"),
}
SOMEBODY = Say("Petugas", "An officer")


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
    begins = said.id.startswith("{by}")
    return said.fill_each(
        by=names.of(line["by"], within=not begins),
        to=names.of(line.get("to_agency", ""), within=True),
        desk=names.desk(within=True),
        on=on or Say("", ""),
        rating=RATINGS.get(line.get("rating") or 0, Say("", "")),
    )


def _special(act: Act, line: Json, names: Names) -> Say | None:
    """Return other words where the act alone does not tell what happened."""
    is_desk = line["by"] == installation().slug_of(installation().desk_id)
    match act:
        case Act.APPROVE:
            return OUTCOMES.get(line.get("outcome", ""))
        case Act.START if names.is_restricted:
            return BEGUN_RESTRICTED
        case Act.TRANSFER if not line.get("to_agency"):
            return TO_DESK
        case Act.ACCEPT_TRANSFER if is_desk:
            return BACK_AT_DESK
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
    return None if note is None else note.fill_each(by=names.of(line["by"]))
