"""The words of notices: that there is news and where to read it, never a word of the report itself (ux 2.2)."""

from tuntas.agencies.installation import installation
from tuntas.channels.email import Letter
from tuntas.kit.env import env
from tuntas.kit.words import Language, Say
from tuntas.people.invitations import address_of_invitation
from tuntas.people.models import Person
from tuntas.people.queries import actor_of
from tuntas.reports.follow_links import follow_token
from tuntas.reports.models import Notice
from tuntas.reports.reveal_queries import granted_reveal
from tuntas.rules.ladder import rung_at
from tuntas.rules.ladder_words import say_part
from tuntas.rules.life import Promise
from tuntas.rules.redaction import redact
from tuntas.rules.role_words import ROLES, SOMEBODY
from tuntas.rules.seen_as import seen_as
from tuntas.rules.words import PROMISES

SUBJECTS = {
    "received": Say("Laporan Anda sudah kami terima", "We have received your report"),
    "answered": Say("Laporan {name} sudah dijawab", "Report {name} was answered"),
    "needs_you": Say("Kami butuh keterangan untuk laporan {name}", "We need details for report {name}"),
    "done": Say("Laporan {name} dinyatakan selesai", "Report {name} was closed"),
    "not_handled": Say("Kabar tentang laporan {name}", "News about report {name}"),
    "news": Say("Kabar tentang laporan {name}", "News about report {name}"),
    "new_code": Say("Kode lacak baru untuk laporan {name}", "New tracking code for report {name}"),
    "follow_confirm": Say("Ikuti laporan {name}?", "Follow report {name}?"),
    "follow_news": Say("Kabar tentang laporan {name} yang Anda ikuti", "News about report {name}, which you follow"),
    "work": Say("Laporan {name} menunggu Anda", "Report {name} waits for you"),
    "part": Say("Bagian dari laporan {name} menunggu Anda", "A part of report {name} waits for you"),
    "part_done": Say("Satu bagian dari laporan {name} selesai", "A part of report {name} is done"),
    "part_declined": Say("Satu bagian dari laporan {name} ditolak", "A part of report {name} was declined"),
    "part_late": Say("Satu bagian dari laporan {name} lewat batas waktu", "A part of report {name} is late"),
    "late": Say("Laporan {name} lewat batas waktu", "Report {name} has missed a promise"),
    "rung": Say("Laporan {name}: {part} waktunya sudah lewat", "Report {name}: {part} of its time is over"),
    "rung_beyond": Say("Laporan {name} terlambat {part}", "Report {name} is {part} late"),
    "window_to_complete": Say("Laporan {name} menunggu keterangan Anda", "Report {name} waits for your details"),
    "window_to_rate": Say("Sudah beres? Laporan {name} segera ditutup", "Is it fixed? Report {name} closes soon"),
    "ombudsman": Say("Laporan {name} belum selesai sesudah 60 hari", "Report {name} is not settled after 60 days"),
    "meeting": Say("Keputusan rakor menunggu Anda", "Decisions of a meeting wait for you"),
    "invitation": Say("Undangan untuk bekerja dengan Tuntas", "An invitation to work with Tuntas"),
    "alarms": Say("{n} hal tanpa penanggung jawab", "{n} things nobody looks after"),
    "name_opened": Say("Nama Anda dibuka pada laporan {name}", "Your name was opened on report {name}"),
    "name_opened_dpo": Say("Nama pelapor dibuka pada laporan {name}", "A reporter's name was opened on report {name}"),
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
    **dict.fromkeys(
        ("part", "part_done", "part_declined", "part_late"),
        Say(
            "Ada kabar tentang satu bagian dari laporan {name}. Buka: {url}/masuk\n",
            "There is news about a part of report {name}: {url}/masuk\n",
        ),
    ),
    "name_opened": Say(
        "Nama Anda pada laporan {name} dibuka untuk {role} pada {at}. Alasannya: {why}\n\n"
        "Ada pertanyaan? Tulis di halaman lacak: {url}/lacak\n",
        "Your name on report {name} was opened on {at} to: {role}. The reason: {why}\n\n"
        "Any questions? Write on the tracking page: {url}/lacak\n",
    ),
    "name_opened_dpo": Say(
        "Nama pelapor anonim pada laporan {name} dibuka untuk {role} pada {at}. Alasannya: {why}\n",
        "The name of an anonymous reporter on report {name} was opened on {at} to: {role}. The reason: {why}\n",
    ),
    "rung": Say(
        "Laporan {name}: {part} waktu sudah lewat untuk janji “{promise}”. Buka: {url}/masuk\n",
        "Report {name}: {part} of the time is over for the promise “{promise}”: {url}/masuk\n",
    ),
    "rung_beyond": Say(
        "Laporan {name} sudah terlambat {part} untuk janji “{promise}”. Buka: {url}/masuk\n",
        "Report {name} is {part} late for the promise “{promise}”: {url}/masuk\n",
    ),
    "window_to_complete": Say(
        "Laporan {name} kami akhiri kalau keterangannya belum datang sampai {until}. Lengkapi: {url}/lacak\n",
        "We end report {name} if the details have not come by {until}. Complete it: {url}/lacak\n",
    ),
    "window_to_rate": Say(
        "Laporan {name} kami tutup pada {until}. Belum beres? Katakan sebelum itu, atau beri nilai: {url}/lacak\n",
        "We close report {name} on {until}. Not fixed? Say so before, or rate it: {url}/lacak\n",
    ),
    "ombudsman": Say(
        "Sudah 60 hari laporan {name} tanpa jawaban akhir. Maaf. Kalau mau, Anda bisa melapor ke Ombudsman RI. "
        "Suratnya sudah kami siapkan; Anda sendiri yang mengirim: {url}/lacak\n",
        "Report {name} has had no final answer for 60 days. We are sorry. You may turn to the Ombudsman. "
        "A letter is ready; it is yours to send: {url}/lacak\n",
    ),
    "meeting": Say(
        "{n} keputusan rakor {day} menjadi tugas instansi Anda: {url}/instansi\n",
        "{n} decisions of the meeting of {day} are work of your agency: {url}/instansi\n",
    ),
    "invitation": Say(
        "Pilih kata sandi Anda lewat tautan ini. Tautan berlaku seminggu dan hanya sekali: {invitation}\n\n"
        "Jangan teruskan surat ini. Kalau Anda tidak menunggunya, abaikan saja.\n",
        "Choose your password by this link. It is good for a week, and once: {invitation}\n\n"
        "Do not pass this letter on. If you did not expect it, do nothing.\n",
    ),
    "alarms": Say(
        "Ada {n} hal yang tidak dipegang siapa pun. Lihat apa yang bisa dilakukan: {url}/meja/peringatan\n",
        "There are {n} things that nobody looks after. See what can be done: {url}/meja/peringatan\n",
    ),
    "late": Say(
        "Laporan {name} melewati batas waktunya. Buka: {url}/masuk\n",
        "Report {name} has missed one of its promises: {url}/masuk\n",
    ),
}


def letter_of(notice: Notice, *, code: str, base_url: str, language: Language) -> Letter:
    """Return the letter a notice becomes; *code* only in those that bring the reporter a code."""
    more = _opened(notice, language) if notice.template.startswith("name_opened") else _links(notice, base_url)
    name = notice.report.name if notice.report else ""
    given = {"name": name, "code": code, "url": base_url, **more, **_about(notice, language)}
    return Letter(
        to=notice.email,
        subject=SUBJECTS[notice.template].fill(**given).in_(language),
        text=TEXTS[notice.template].fill(**given).in_(language),
        key=f"notice-{notice.pk}",
        sender=env().email_from,
        server=env().email_url,
    )


def _opened(notice: Notice, language: Language) -> dict[str, str]:
    """Return to whom a name was opened, when and why; numbers of persons in the reason masked, as letters travel."""
    reveal = granted_reveal(notice.report, notice.created_at) if notice.report else None
    if reveal is None or notice.report is None:
        return {"role": SOMEBODY.in_(language), "at": "", "why": ""}
    role, _ = seen_as(actor_of(reveal.asked_by, now=notice.created_at), notice.report)
    at = notice.created_at.astimezone(installation().zone)
    return {
        "role": ROLES.get(role, SOMEBODY).in_(language),
        "at": f"{at:%d-%m-%Y %H.%M}",
        "why": redact(reveal.why),
    }


def _about(notice: Notice, language: Language) -> dict[str, str]:
    """Return of which promise a reminder speaks, and how far it is; of alarms, how many."""
    if "promise" not in notice.about:
        return dict(notice.about)
    part, promise = say_part(rung_at(notice.about["at"], (), 0)), PROMISES[Promise(notice.about["promise"])]
    return {"part": part.in_(language), "promise": promise.in_(language)}


def _links(notice: Notice, base_url: str) -> dict[str, str]:
    """Return the links that are somebody's own: to choose a password; to say yes to following, and to stop."""
    if notice.template == "invitation":
        person = Person.objects.get(email=notice.email)
        return {"invitation": address_of_invitation(person, base_url)}
    if notice.follower_id is None:
        return {}
    follow = f"{base_url}/ikut/{follow_token(notice.follower_id)}"
    return {"follow": follow, "stop": f"{follow}/berhenti"}
