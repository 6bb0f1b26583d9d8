"""The words of notices: that there is news and where to read it, never a word of the report itself (ux 2.2)."""

from tuntas.channels.email import Letter
from tuntas.kit.env import env
from tuntas.kit.words import Language, Say
from tuntas.reports.models import Notice

SUBJECTS = {
    "received": Say("Laporan Anda sudah kami terima", "We have received your report"),
    "answered": Say("Laporan {name} sudah dijawab", "Report {name} was answered"),
    "needs_you": Say("Kami butuh keterangan untuk laporan {name}", "We need details for report {name}"),
    "done": Say("Laporan {name} dinyatakan selesai", "Report {name} was closed"),
    "not_handled": Say("Kabar tentang laporan {name}", "News about report {name}"),
    "news": Say("Kabar tentang laporan {name}", "News about report {name}"),
    "quiet": Say("Ada kabar", "There is news"),
    "work": Say("Laporan {name} menunggu Anda", "Report {name} waits for you"),
    "late": Say("Laporan {name} lewat batas waktu", "Report {name} has missed a promise"),
}
TEXTS = {
    "received": Say(
        "Laporan diterima. Kode lacak {code}. Simpan kode ini dan jangan disebar. "
        "Kami tidak pernah meminta uang, PIN, atau kode OTP.\n\n{url}/lacak\n",
        "Report received. Tracking code {code}. Keep this code and do not share it. "
        "We never ask for money, a PIN or an OTP code.\n\n{url}/lacak\n",
    ),
    "answered": Say("Laporan {name} sudah dijawab. Baca: {url}/lacak\n", "Report {name} was answered: {url}/lacak\n"),
    "needs_you": Say(
        "Kami butuh keterangan untuk laporan {name}. Jam kami berhenti sampai Anda menjawab: {url}/lacak\n",
        "We need details for report {name}. Our clock stands still until you answer: {url}/lacak\n",
    ),
    "done": Say(
        "Laporan {name} dinyatakan selesai. Sudah beres? Nilai atau buka lagi: {url}/lacak\n",
        "Report {name} was closed. Is it fixed? Rate it or open it again: {url}/lacak\n",
    ),
    "not_handled": Say(
        "Ada kabar tentang laporan {name}. Anda bisa mengajukan keberatan: {url}/lacak\n",
        "There is news about report {name}. You can appeal: {url}/lacak\n",
    ),
    "news": Say("Ada kabar tentang laporan {name}: {url}/lacak\n", "There is news about report {name}: {url}/lacak\n"),
    "quiet": Say("Ada kabar. Buka dengan kode Anda.\n", "There is news. Open it with your code.\n"),
    "work": Say("Laporan {name} menunggu Anda. Buka: {url}/masuk\n", "Report {name} waits for you: {url}/masuk\n"),
    "late": Say(
        "Laporan {name} melewati batas waktunya. Buka: {url}/masuk\n",
        "Report {name} has missed one of its promises: {url}/masuk\n",
    ),
}


def letter_of(notice: Notice, *, code: str, base_url: str, language: Language) -> Letter:
    """Return the letter a notice becomes; *code* only in the first one to the reporter."""
    given = {"name": notice.report.name, "code": code, "url": base_url}
    return Letter(
        to=notice.email,
        subject=SUBJECTS[notice.template].fill(**given).in_(language),
        text=TEXTS[notice.template].fill(**given).in_(language),
        key=f"notice-{notice.pk}",
        sender=env().email_from,
        server=env().email_url,
    )
