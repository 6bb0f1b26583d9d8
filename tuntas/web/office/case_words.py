"""What happened to a report, in the words of those who work on it. A table."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.life import Act
from tuntas.rules.reason_words import ARCHIVE_REASONS
from tuntas.rules.reasons import NO_ANSWER, ArchiveReason, Outcome, TransferReason
from tuntas.rules.words import ACTS
from tuntas.web.dates import say_day
from tuntas.web.letter_words import LETTERS, head_letter
from tuntas.web.outside_words import OUTSIDE, head_outside
from tuntas.web.thread_words import DESK_WITHIN, RATINGS

if TYPE_CHECKING:
    from tuntas.reports.models import Event

HEADS: dict[Act, Say] = {
    Act.SUBMIT: Say("Laporan diterima", "Report received"),
    Act.ASK: Say("Pelapor ditanya", "The reporter was asked"),
    Act.COMPLETE: Say("Pelapor menjawab pertanyaan", "The reporter answered the question"),
    Act.INFORM: Say("Jawaban untuk pelapor", "Answer to the reporter"),
    Act.DISPATCH: Say("Diteruskan ke {to}", "Sent to {to}"),
    Act.ARCHIVE: Say("Tidak diproses: {reason}", "Not handled: {reason}"),
    Act.APPEAL: Say("Pelapor mengajukan keberatan", "The reporter appealed"),
    Act.WITHDRAW: Say("Ditarik pelapor", "Withdrawn by the reporter"),
    Act.START: Say("Mulai dikerjakan", "Work began"),
    Act.NOTE: Say("Catatan internal", "Internal note"),
    Act.SCHEDULE: Say("Dijadwalkan {on}", "Scheduled for {on}"),
    Act.RESUME: Say("Pengerjaan dilanjutkan", "Work went on"),
    Act.PROPOSE_ANSWER: Say("Jawaban diajukan: {outcome}", "Answer proposed: {outcome}"),
    Act.SIGN: Say("Jawaban ditandatangani narahubung", "Answer signed by the liaison officer"),
    Act.APPROVE: Say("Jawaban disetujui dan terkirim: {outcome}", "Answer approved and sent: {outcome}"),
    Act.RETURN_ANSWER: Say("Jawaban dikembalikan ke penulisnya", "Answer returned to its author"),
    Act.SUPPLEMENT: Say("Pelapor menambah keterangan", "The reporter added details"),
    Act.REPLY: Say("Pelapor menanggapi jawaban", "The reporter replied to the answer"),
    Act.RATE: Say("Pelapor menilai: {rating}", "The reporter rated it: {rating}"),
    Act.CLOSE: Say("Ditutup: {outcome}", "Closed: {outcome}"),
    Act.REOPEN: Say("Dibuka lagi", "Opened again"),
    Act.SET_PRIVACY: Say("Pelapor mengubah pilihan privasi", "The reporter changed privacy choices"),
    Act.ESCALATE: Say("Dinaikkan ke tingkat {level}", "Escalated to level {level}"),
    Act.TRANSFER: Say("Ditawarkan ke {to}", "Offered to {to}"),
    Act.ACCEPT_TRANSFER: Say("Tawaran diterima", "Offer accepted"),
    Act.DECLINE_TRANSFER: Say("Tawaran ditolak", "Offer declined"),
    Act.ARBITRATE: Say("Penengah menentukan: {to}", "The arbiter decided: {to}"),
    Act.ASK_PART: Say("Bagian diminta kepada {to}, paling lambat {on}", "{to} was asked for a part, by {on}"),
    Act.DO_PART: Say("Bagian {to} selesai", "Part done by {to}"),
    Act.DECLINE_PART: Say("Bagian ditolak {to}", "Part declined by {to}"),
    Act.WITHDRAW_PART: Say("Permintaan kepada {to} dibatalkan", "{to} is asked no longer"),
    Act.HAND_TO_PPID: Say("Diserahkan ke {to}", "Handed to {to}"),
    Act.EXTEND_INFORMATION: Say("Permohonan informasi diperpanjang sampai {on}", "Information request: until {on}"),
    Act.PUBLISH: Say("Teks atau foto untuk umum diubah", "Public text or photos changed"),
    Act.MERGE: Say("Digabung ke laporan {number}", "Merged into report {number}"),
    Act.UNMERGE: Say("Dipisahkan lagi dari laporan {number}", "Taken out of report {number} again"),
    Act.SPLIT: Say("Dipecah: {number}", "Split: {number}"),
    Act.RECALL: Say("Ditarik kembali", "Taken back"),
    Act.ASK_IDENTITY: Say("Nama pelapor diminta", "The reporter's name was asked for"),
    Act.SEAL: Say("Dipindahkan ke ruang tersegel", "Moved into the sealed room"),
    Act.CLEAR: Say("Dibuka untuk meja aduan", "Opened to the desk"),
    Act.RELEASE: Say("Diloloskan", "Let through"),
}
UNANSWERED = Say("{to} tidak menanggapi tawaran", "{to} did not answer the offer")
AGAIN = Say(" (pernah memegang)", " (had it before)")
CALLS = {
    ("reporter", True): Say("Telepon ke pelapor, tersambung", "Call to the reporter, reached"),
    ("reporter", False): Say("Telepon ke pelapor, tidak tersambung", "Call to the reporter, not reached"),
    ("agency", True): Say("Telepon ke instansi, tersambung", "Call to the agency, reached"),
    ("agency", False): Say("Telepon ke instansi, tidak tersambung", "Call to the agency, not reached"),
}
NAMES = {
    True: Say("Nama pelapor dibuka untuk yang meminta", "The reporter's name was opened to who asked"),
    False: Say("Permintaan nama pelapor ditolak", "The request for the reporter's name was refused"),
}
OUTCOMES: dict[str, Say] = {
    Outcome.FIXED: Say("sudah selesai", "fixed"),
    Outcome.ANSWERED: Say("sudah dijawab", "answered"),
    Outcome.PARTIALLY_FIXED: Say("sebagian selesai", "partly fixed"),
    Outcome.CANNOT_BE_FIXED: Say("belum bisa diperbaiki", "cannot be fixed yet"),
    Outcome.DUPLICATE_RESOLVED: Say("beres di laporan lain", "done in another report"),
    Outcome.NO_REPLY_FROM_REPORTER: Say("pelapor tidak menanggapi", "the reporter did not reply"),
}
TRANSFER_REASONS: dict[TransferReason, Say] = {
    TransferReason.NOT_AUTHORITY: Say("Urusan instansi lain menurut aturan", "By law another agency's matter"),
    TransferReason.WRONG_AREA: Say("Tempatnya di wilayah lain", "The place lies in another area"),
    TransferReason.WRONG_AGENCY: Say("Salah kirim", "Sent to the wrong agency"),
    TransferReason.OTHER_TIER: Say("Urusan provinsi atau pusat", "A matter of the province or the nation"),
    TransferReason.NOT_ENOUGH_INFO: Say("Keterangannya kurang", "Too little is said"),
    TransferReason.OTHER: Say("Sebab lain", "Another reason"),
}
NOTHING = Say("", "")


def head_of_event(event: "Event", *, now: datetime) -> Say:
    """Return the sentence of an event, as the desk reads it."""
    act, data = Act(event.act), event.data
    if data.get("call"):
        return CALLS[data["call"], bool(data.get("reached"))]
    if act in OUTSIDE:
        return head_outside(data | {"act": act}, today=now.astimezone(installation().zone).date())
    if act in LETTERS:
        return head_letter(data | {"act": act}, today=now.astimezone(installation().zone).date())
    if act is Act.DECIDE_IDENTITY:
        return NAMES[bool(data.get("is_granted"))]
    said = HEADS.get(act, ACTS[act])
    if data.get("reason_code") == NO_ANSWER:
        said = UNANSWERED
    said = said.fill_each(
        to=_agency(data.get("to_agency")),
        reason=_reason(data),
        outcome=OUTCOMES.get(data.get("outcome", ""), NOTHING),
        on=_day(data.get("on"), now),
        rating=RATINGS.get(data.get("rating") or 0, NOTHING),
        level=Say(str(data.get("level", "")), str(data.get("level", ""))),
        number=_number(data),
    )
    again = AGAIN if data.get("again") else NOTHING
    return Say(said.id.removesuffix(": ").rstrip() + again.id, said.en.removesuffix(": ").rstrip() + again.en)


def _number(data: Mapping[str, Any]) -> Say:
    """Return the numbers of the other reports that an event speaks of."""
    number = ", ".join(data.get("parts", ())) or data.get("into") or ""
    return Say(number, number)


def _agency(slug: str | None) -> Say:
    found = installation().agency_by_slug.get(slug or "")
    return DESK_WITHIN if found is None else Say(found.name, found.name)


def _reason(data: Mapping[str, Any]) -> Say:
    code = data.get("reason_code")
    said = ARCHIVE_REASONS[ArchiveReason(code)] if code in set(ArchiveReason) else NOTHING
    return Say(_within(said.id), _within(said.en))


def _within(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _day(on: str | None, now: datetime) -> Say:
    if not on:
        return NOTHING
    return say_day(date.fromisoformat(on), today=now.astimezone(installation().zone).date())
