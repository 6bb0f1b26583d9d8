"""The words of the start page and the demo's mailbox, in both languages."""

from tuntas.kit.words import Say

WORDS: dict[str, Say] = {
    "title": Say("Lapor masalah layanan publik", "Report a problem with public services"),
    "skip": Say("Langsung ke isi", "Skip to content"),
    "hero_1": Say("Ada yang tidak beres?", "Something is wrong?"),
    "hero_2": Say("Kami kawal sampai tuntas.", "We follow it to the end."),
    "lead": Say(
        "Jalan rusak, sampah, layanan lambat, pungutan liar: ceritakan saja. Kami carikan siapa yang harus menangani.",
        "Broken roads, waste, slow services, illegal fees: just tell us. We find out who has to act.",
    ),
    "promise": Say(
        "Janji kami: dijawab petugas paling lambat {length}", "Our promise: answered by a person within {length}"
    ),
    "meaning": Say(
        "Dijawab artinya dibaca manusia, lalu Anda diberi tahu siapa yang menangani dan apa langkah berikutnya. "
        "Balasan otomatis tidak dihitung. {holidays}",
        "Answered means that a person has read it and tells you who deals with it and what comes next. "
        "Automatic replies do not count. {holidays}",
    ),
    "urgent": Say("Darurat?", "An emergency?"),
    "urgent_before": Say("Kebakaran, kecelakaan, kejahatan: telepon", "Fire, accident, crime: call"),
    "urgent_after": Say("sekarang. Jangan menunggu jawaban di sini.", "now. Do not wait for an answer here."),
    "soon": Say("Halaman lapor dan lacak segera menyusul", "The pages to report and to track come later"),
    "soon_body": Say(
        "Laporan sudah bisa dikirim dan dilacak lewat API. Keterangannya:",
        "Reports can be sent and tracked through the API already. Its description:",
    ),
    "meanwhile": Say("Meja aduan:", "The complaint desk:"),
    "thread": Say("Satu laporan, satu benang", "One report, one thread"),
    "official": Say("Layanan resmi {city}.", "The official service of {city}."),
    "invented": Say(
        "Ini contoh: kota, orang, dan laporannya rekaan.", "This is a demo: city, people and reports are invented."
    ),
    "letters": Say("Surat terkirim", "Sent letters"),
    "letters_lead": Say(
        "Surat yang dikirim kota contoh ini, yang terbaru di atas. Tidak ada yang sampai ke internet.",
        "The letters this demo city has sent, the newest first. None of them reaches the internet.",
    ),
    "no_letters": Say("Belum ada surat.", "No letter yet."),
    "to": Say("Kepada", "To"),
}
FINE = (
    Say("Tanpa akun", "No account"),
    Say("Gratis", "Free"),
    Say("Bisa tanpa nama", "Your name is up to you"),
)
WAY = (
    (
        Say("Anda bercerita", "You tell"),
        Say(
            "Tulis kejadiannya, tambah foto dan tempat. Salah instansi tidak apa-apa, itu tugas kami.",
            "Write what happened, add photos and the place. The wrong agency does not matter, that is our job.",
        ),
    ),
    (
        Say("Meja aduan memeriksa", "The desk checks"),
        Say(
            "Petugas membaca, lalu meneruskan ke instansi yang berwenang.",
            "A person reads it and sends it to the agency in charge.",
        ),
    ),
    (
        Say("Instansi mengerjakan", "The agency works"),
        Say(
            "Anda melihat di tangan siapa laporan berada dan kapan batas waktunya.",
            "You see in whose hands it is, and by when.",
        ),
    ),
    (
        Say("Anda yang menilai", "You judge"),
        Say(
            "Laporan baru disebut tuntas setelah Anda diberi kesempatan menilai. Belum beres? Buka lagi.",
            "It is called closed only after you could rate it. Not fixed? Open it again.",
        ),
    ),
)
HOLIDAYS_COUNT = Say("Hari libur tetap dihitung.", "Holidays count too.")
WORKING_DAYS_ONLY = Say("Yang dihitung hari kerja.", "Working days are counted.")
LENGTHS: dict[str, Say] = {
    "hours": Say("{amount} jam", "{amount} hours"),
    "whole_days": Say("{days}×24 jam", "{days}×24 hours"),
    "days": Say("{amount}×24 jam", "{amount}×24 hours"),
    "working_days": Say("{amount} hari kerja", "{amount} working days"),
}
