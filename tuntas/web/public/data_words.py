"""What the columns of the open data mean. A test holds them to the columns there are."""

from tuntas.kit.words import Say

REPORT_COLUMNS: dict[str, Say] = {
    "number": Say("Nomor laporan.", "The report's number."),
    "received_at": Say("Kapan diterima.", "When it was received."),
    "updated_at": Say("Kapan terakhir berubah.", "When it last changed."),
    "state": Say("Keadaan menurut sistem.", "Its state in the system."),
    "face": Say("Status seperti di halaman laporan.", "Its status as on the pages."),
    "category": Say("Kode topik.", "Code of the topic."),
    "area": Say("Kode wilayah Kemendagri.", "Official code of the village."),
    "cell_lat": Say("Lintang tengah kotak 275 meter, bukan titik pasti.", "Latitude of a 275 m square's middle."),
    "cell_lng": Say("Bujur tengah kotak 275 meter, bukan titik pasti.", "Longitude of a 275 m square's middle."),
    "agency": Say("Instansi yang memegang, kosong bila belum ada.", "The agency that holds it, if any."),
    "title": Say("Judul untuk umum, kosong sebelum diperiksa.", "The public title, empty until checked."),
    "answer_state": Say(
        "Janji jawab: kept ditepati, missed terlambat, running berjalan, paused berhenti menunggu pelapor.",
        "The promise to answer: kept, missed, running, or paused while the reporter is asked.",
    ),
    "answered_after_hours": Say("Dijawab setelah berapa jam.", "Hours until a person answered."),
    "rating": Say("Penilaian pelapor, 4 Sangat Puas sampai 1 Tidak Puas.", "The reporter's rating, 4 to 1."),
    "followers": Say("Jumlah pengikut.", "How many follow it."),
    "is_late": Say("Janji jawab terlewat.", "The promise to answer was missed."),
    "closed_at": Say("Kapan ditutup, kosong selama terbuka.", "When it was closed, empty while open."),
}
FIGURE_COLUMNS: dict[str, Say] = {
    "period": Say("Rentang waktu: d30 untuk 30 hari, bulan, atau pekan.", "The period: d30, a month, or a week."),
    "since": Say("Hari pertama.", "The first day."),
    "until": Say("Hari terakhir.", "The last day."),
    "table": Say("Tentang apa: city, category, area, agency, atau week.", "City, category, area, agency, or week."),
    "key": Say(
        "Kode di dalam tabel itu; kosong berarti tidak diketahui atau tidak ditampilkan.",
        "The code in that table; empty is not known or not shown.",
    ),
    "figure": Say("Nama angka, lihat di bawah.", "Name of the figure, see below."),
    "value": Say("Nilainya.", "Its value."),
    "note": Say("“disembunyikan” bila terlalu kecil untuk ditampilkan.", "“disembunyikan” where too small to show."),
}
FIGURES: dict[str, Say] = {
    "received": Say("Laporan masuk.", "Reports received."),
    "answer_kept": Say("Dijawab petugas sebelum batas waktu.", "Answered by a person in time."),
    "answer_missed": Say("Lewat batas waktu tanpa jawaban petugas.", "The time ran out before a person answered."),
    "answer_not_due": Say("Belum dijawab, batas waktu belum lewat.", "Not answered yet, and not due yet."),
    "answer_kept_percent": Say("Tepat waktu, dari tepat waktu dan terlambat.", "Kept, of kept and missed."),
    "declared_done": Say("Dinyatakan selesai oleh instansi.", "Declared done by the agency."),
    "acknowledged": Say("Diakui beres oleh pelapor.", "Acknowledged by the reporter."),
    "closed_unrated": Say("Ditutup tanpa penilaian pelapor.", "Closed without the reporter's rating."),
    "open_again": Say("Dibuka lagi dan belum dijawab lagi.", "Opened again, and not answered since."),
    "waiting_for_rating": Say("Menunggu penilaian pelapor.", "Waiting for the reporter's rating."),
    "reopened_percent": Say("Pernah dibuka lagi, dari yang dinyatakan selesai.", "Ever reopened, of those done."),
    "rated_4": Say("Sangat Puas.", "Very satisfied."),
    "rated_3": Say("Puas.", "Satisfied."),
    "rated_2": Say("Cukup Puas.", "Fairly satisfied."),
    "rated_1": Say("Tidak Puas.", "Not satisfied."),
    "rated_percent": Say("Yang menilai, dari yang dinyatakan selesai.", "Those who rated, of those done."),
    "content_percent": Say("Sangat Puas dan Puas, dari yang menilai.", "Satisfied or very, of those who rated."),
    "median_answer_hours": Say("Separuh dijawab dalam sekian jam.", "Half were answered within so many hours."),
    "longest_answer_hours": Say("Jawaban yang paling lama, dalam jam.", "The longest answer, in hours."),
    "median_resolve_days": Say("Separuh selesai dikerjakan dalam sekian hari.", "Half were done within so many days."),
    "closed": Say("Laporan umum yang ditutup pekan itu.", "Public reports closed in that week."),
}
