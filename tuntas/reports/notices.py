"""The words of notices: that there is news and where to read it, never a word of the report itself (ux 2.2)."""

from tuntas.channels.email import Letter
from tuntas.kit.env import env
from tuntas.kit.words import Language, Say
from tuntas.reports.follow_links import follow_token
from tuntas.reports.models import Notice

SUBJECTS = {
    "received": Say("Laporan Anda sudah kami terima", "We have received your report"),
    "answered": Say("Laporan {name} sudah dijawab", "Report {name} was answered"),
    "needs_you": Say("Kami butuh keterangan untuk laporan {name}", "We need details for report {name}"),
    "done": Say("Laporan {name} dinyatakan selesai", "Report {name} was closed"),
    "not_handled": Say("Kabar tentang laporan {name}", "News about report {name}"),
    "news": Say("Kabar tentang laporan {name}", "News about report {name}"),
    "quiet": Say("Ada kabar", "There is news"),
    "new_code": Say("Kode lacak baru untuk laporan {name}", "New tracking code for report {name}"),
    "follow_confirm": Say("Ikuti laporan {name}?", "Follow report {name}?"),
    "follow_news": Say("Kabar tentang laporan {name} yang Anda ikuti", "News about report {name}, which you follow"),
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
    "new_code": Say(
        "Kode lacak baru untuk laporan {name}: {code}. Kode yang lama tidak berlaku lagi. "
        "Simpan kode ini dan jangan disebar. Kami tidak pernah meminta uang, PIN, atau kode OTP.\n\n{url}/lacak\n",
        "New tracking code for report {name}: {code}. The old code no longer works. "
        "Keep this code and do not share it. We never ask for money, a PIN or an OTP code.\n\n{url}/lacak\n",
    ),
    "follow_confirm": Say(
        "Ikuti laporan {name}? Buka tautan ini, lalu kami kirim kabarnya ke sini: {follow}\n\n"
        "Bukan Anda yang meminta? Abaikan surat ini.\n",
        "Follow report {name}? Open this link, and we send its news here: {follow}\n\n"
        "Was it not you who asked? Do nothing.\n",
    ),
    "follow_news": Say(
        "Ada kabar tentang laporan {name} yang Anda ikuti: {url}/laporan/{name}\n\nBerhenti mengikuti: {stop}\n",
        "There is news about report {name}, which you follow: {url}/laporan/{name}\n\nStop following: {stop}\n",
    ),
    "work": Say("Laporan {name} menunggu Anda. Buka: {url}/masuk\n", "Report {name} waits for you: {url}/masuk\n"),
    "late": Say(
        "Laporan {name} melewati batas waktunya. Buka: {url}/masuk\n",
        "Report {name} has missed one of its promises: {url}/masuk\n",
    ),
}


def letter_of(notice: Notice, *, code: str, base_url: str, language: Language) -> Letter:
    """Return the letter a notice becomes; *code* only in those that bring the reporter a code."""
    given = {"name": notice.report.name, "code": code, "url": base_url, **_links(notice, base_url)}
    return Letter(
        to=notice.email,
        subject=SUBJECTS[notice.template].fill(**given).in_(language),
        text=TEXTS[notice.template].fill(**given).in_(language),
        key=f"notice-{notice.pk}",
        sender=env().email_from,
        server=env().email_url,
    )


def _links(notice: Notice, base_url: str) -> dict[str, str]:
    """Return the links that are a follower's own: to say yes, and to stop."""
    if notice.follower_id is None:
        return {}
    follow = f"{base_url}/ikut/{follow_token(notice.follower_id)}"
    return {"follow": follow, "stop": f"{follow}/berhenti"}
