"""What the invented people of the demo write. Nobody here exists; ``{street}`` and the like are filled by dice."""

STREETS = (
    "Jl. Teratai", "Jl. Melati Raya", "Jl. Kenanga", "Jl. Cempaka Putih", "Jl. Pahlawan Seribu", "Jl. Veteran Lama",
    "Jl. Kebon Jeruk", "Jl. Anggrek Bulan", "Gang Mawar", "Gang Haji Soleh", "Jl. Pasar Baru", "Jl. Stasiun Timur",
    "Jl. Bambu Kuning", "Jl. Sawo Manila", "Jl. Raya Ciburial", "Jl. Situ Gede", "Jl. Lembah Hijau", "Gang Delima",
)  # fmt: skip
LANDMARKS = (
    "depan SDN 03", "dekat pos ronda", "samping masjid Al-Ikhlas", "seberang minimarket", "belakang pasar",
    "dekat jembatan kecil", "depan puskesmas", "di pertigaan", "sebelum rel kereta", "dekat lapangan voli",
    "depan bengkel motor", "di belokan pertama", "samping balai warga", "dekat warung Bu Iis",
)  # fmt: skip
SINCE = (
    "sudah dua minggu", "sejak hari Senin", "sudah hampir sebulan", "sejak hujan besar kemarin",
    "sudah tiga hari", "sejak awal bulan", "sudah lama, tapi makin parah", "sejak seminggu lalu",
)  # fmt: skip
CLOSINGS = (
    "Mohon segera dicek.", "Warga sudah sering mengeluh.", "Tolong ada petugas yang datang melihat.",
    "Saya khawatir ada korban.", "Terima kasih sebelumnya.", "Kami siap membantu kerja bakti.",
    "Anak-anak sekolah lewat sini setiap hari.", "Kalau malam berbahaya.", "", "",
)  # fmt: skip
NAMES = (
    "Sari Wulandari", "Dadang Hidayat", "Rina Marlina", "Yusuf Maulana", "Ibu Nining", "Agus Setiadi", "Tia Rahayu",
    "Fajar Nugroho", "Euis Komariah", "Budi Santosa", "Lilis Suryani", "Hasan Basri", "Wulan Pertiwi", "Deden Kurnia",
)  # fmt: skip

BODIES: dict[str, tuple[str, ...]] = {
    "road_bridge": (
        "Jalan berlubang besar di {street} {landmark}, {since}. Kalau hujan lubangnya tertutup air.",
        "Aspal di {street} terkelupas sepanjang kira-kira dua puluh meter, {landmark}. Motor sering oleng, {since}.",
        "Pagar jembatan di {street} patah {landmark}, {since}. Bekasnya hanya ditutup bambu.",
        "Tutup gorong-gorong di {street} hilang, {landmark}. Roda mobil saya sempat masuk. Keadaannya {since}.",
        "Bahu jalan {street} longsor {landmark}, {since}. Lebar jalan tinggal satu mobil.",
        "Trotoar di {street} hancur {landmark}, kursi roda ibu saya tidak bisa lewat. {since}.",
        "Galian kabel di {street} tidak ditutup lagi dengan rapi, {landmark}, {since}.",
    ),
    "drainage_water": (
        "Selokan di {street} mampet {landmark}, airnya meluap ke rumah. Ini {since}.",
        "Setiap hujan {street} banjir selutut, {landmark}. Salurannya penuh lumpur, {since}.",
        "Tanggul kali kecil di {street} retak {landmark}, {since}. Kalau jebol, air masuk ke permukiman.",
        "Saluran air di {street} tertutup bangunan liar, {landmark}. Air tidak jalan, {since}.",
        "Air got di {street} menghitam dan bau {landmark}, {since}. Nyamuk banyak sekali.",
    ),
    "street_light": (
        "Lampu jalan di {street} mati {landmark}, {since}. Malam gelap sekali.",
        "Tiga tiang lampu berturut-turut mati di {street}, {landmark}. {since}.",
        "Lampu penerangan di {street} berkedip terus {landmark}, {since}, kadang mengeluarkan percikan.",
        "Tiang lampu di {street} miring ke arah jalan, {landmark}, {since}. Takut roboh.",
        "Kabel lampu jalan menjuntai rendah di {street} {landmark}, {since}.",
    ),
    "waste_environment": (
        "Sampah menumpuk di {street} {landmark}, {since} tidak diangkut. Baunya sampai ke rumah.",
        "Ada pembuangan sampah liar di {street}, {landmark}. Orang buang malam-malam, {since}.",
        "Bak sampah di {street} rusak {landmark}, sampah berserakan ditarik anjing, {since}.",
        "Warga membakar sampah setiap sore di {street} {landmark}, asapnya masuk ke kamar bayi. {since}.",
        "Pohon besar di {street} sudah lapuk {landmark}, dahannya jatuh, {since}.",
        "Taman di {street} tidak terawat {landmark}: rumput tinggi, bangku patah, {since}.",
    ),
    "traffic_parking": (
        "Parkir liar di {street} {landmark} makan separuh jalan, {since}. Angkot tidak bisa lewat.",
        "Lampu merah di {street} mati {landmark}, {since}. Pagi macet dan hampir tabrakan.",
        "Truk besar lewat {street} padahal dilarang, {landmark}, {since}. Rumah kami bergetar.",
        "Rambu satu arah di {street} tertutup dahan {landmark}, banyak yang salah masuk. {since}.",
        "Zebra cross {landmark} di {street} sudah tidak kelihatan, {since}.",
    ),
    "public_order": (
        "Suara musik keras sampai lewat tengah malam di {street}, {landmark}, {since}.",
        "Pedagang menutup seluruh trotoar {street} {landmark}, {since}. Pejalan kaki turun ke jalan.",
        "Anak-anak balapan motor di {street} {landmark} setiap malam Minggu, {since}.",
    ),
    "health": (
        "Antrean di puskesmas dekat {street} dari subuh sampai siang, loket hanya satu yang buka. {since}.",
        "Obat darah tinggi kosong di puskesmas {landmark}, {since}. Ibu saya disuruh beli sendiri.",
        "Fogging di {street} belum juga ada, padahal sudah empat orang kena demam berdarah, {since}.",
    ),
    "education": (
        "Atap kelas sekolah di {street} bocor {landmark}, {since}. Anak-anak belajar sambil pindah tempat duduk.",
        "Sekolah di {street} menarik biaya seragam di luar daftar, {since}. Mohon penjelasan aturannya.",
        "Pagar sekolah {landmark} di {street} roboh, {since}. Anak kecil bisa lari ke jalan.",
    ),
    "civil_registry": (
        "KTP saya belum jadi, {since}. Petugas selalu bilang blangko habis.",
        "Nama anak saya salah tulis di akta kelahiran. Sudah dua kali ke kantor, {since} belum diperbaiki.",
        "Situs antrean kartu keluarga selalu penuh sebelum jam delapan, {since}.",
    ),
    "social_aid": (
        "Nama nenek saya hilang dari daftar bantuan, {since}. Padahal tinggal sendiri di {street}.",
        "Beras bantuan yang dibagikan di {street} berkutu, {landmark}. {since}.",
        "Tetangga yang punya mobil dapat bantuan, yang janda tidak. Mohon data di {street} dicek, {since}.",
    ),
    "manpower": (
        "Upah kami di pabrik dekat {street} dibayar di bawah upah minimum, {since}.",
        "Pelatihan kerja di balai {landmark} dibatalkan tanpa kabar, {since}.",
    ),
    "licensing": (
        "Izin usaha warung saya di {street} tidak ada kabar, {since}. Statusnya tetap “diproses”.",
        "Ada kafe di {street} buka tanpa papan izin, {landmark}, {since}.",
    ),
    "market_trade": (
        "Kios pasar di {street} bocor {landmark}, dagangan basah setiap hujan. {since}.",
        "Timbangan pedagang di pasar {landmark} banyak yang tidak pas, {since}.",
        "Harga elpiji tiga kilo di {street} jauh di atas harga eceran, {since}.",
    ),
    "agriculture": (
        "Pintu air irigasi dekat {street} rusak, sawah kami kering. {since}.",
        "Hama wereng menyerang sawah di sekitar {street}, {since}. Mohon penyuluh datang.",
    ),
    "tourism_culture": (
        "Dinding bangunan tua di {street} dicoret-coret {landmark}, {since}.",
        "Toilet di tempat wisata {landmark} dekat {street} terkunci terus, {since}.",
    ),
    "digital_service": (
        "Aplikasi antrean kota selalu keluar sendiri waktu mengunggah foto, {since}.",
        "Wi-Fi gratis di taman {street} tidak tersambung, {since}.",
    ),
    "village": ("Pengeras suara di kantor kelurahan dekat {street} rusak, pengumuman tidak terdengar. {since}.",),
    "disaster": (
        "Tebing di belakang rumah warga {street} retak setelah hujan, {landmark}. Kami takut longsor.",
        "Pohon tumbang menutup {street} {landmark} sejak tadi malam.",
    ),
    "proposal": (
        "Usul: buat jalur sepeda di {street}, banyak pelajar bersepeda {landmark}.",
        "Mohon dibuat taman bermain di lahan kosong {street}, {landmark}.",
        "Usul jam buka perpustakaan kota sampai malam, agar pekerja bisa datang.",
    ),
    "platform": ("Saya tidak bisa mengunggah foto di situs ini dari ponsel lama, {since}.",),
    "other": (
        "Ada kucing terjepit di saluran {street} {landmark}, mohon dibantu.",
        "Papan nama {street} terbalik {landmark}, kurir selalu salah alamat. {since}.",
    ),
}
RESTRICTED_BODIES: dict[str, tuple[str, ...]] = {
    "bribery_corruption": (
        "Petugas loket meminta uang rokok supaya berkas saya cepat selesai. Kejadiannya {since}.",
        "Ada pungutan tanpa kuitansi setiap truk masuk {street}, {since}.",
        "Panitia meminta lima persen dari nilai pekerjaan perbaikan {street}.",
    ),
    "staff_conduct": (
        "Petugas membentak ibu saya yang sudah tua di loket {landmark}. Kejadian {since}.",
        "Kantor {landmark} tutup pada jam kerja, petugas pulang sebelum pukul dua. {since}.",
    ),
}
STARTED = (
    "Petugas kami sudah melihat lokasi. Pekerjaan masuk jadwal minggu ini.",
    "Kami terima. Regu lapangan berangkat besok pagi.",
    "Sudah kami ukur di tempat; bahan disiapkan.",
    "Terima kasih, kami cek dulu penyebabnya, lalu kami kabari.",
)
ANSWERS = (
    "Pekerjaan sudah selesai kemarin, foto terlampir. Mohon dicek kembali.",
    "Sudah ditangani regu lapangan dan diperiksa mandor. Foto sesudah pekerjaan kami sertakan.",
    "Selesai dikerjakan pada kunjungan kedua. Bila masih ada yang kurang, balas di sini.",
)
INFORMED = (
    "Laporan Anda sudah kami baca. Kami sedang memastikan dinas mana yang berwenang.",
    "Sudah kami teruskan untuk dicek. Kabar berikutnya paling lambat lusa.",
    "Kami baca laporan Anda. Petugas akan menghubungi lewat halaman ini.",
)
ASKED = (
    "Di sebelah mana tepatnya? Sebutkan nomor rumah atau patokan terdekat.",
    "Boleh kirim foto dari jauh, supaya kami tahu letaknya?",
    "Kapan terakhir kali terjadi?",
)
COMPLETED = ("Di depan rumah nomor 14, cat hijau.", "Dekat tiang listrik nomor 27.", "Tadi pagi, sekitar jam tujuh.")
REPLIES = ("Masih ada satu bagian yang belum dikerjakan.", "Sudah lebih baik, tapi sebelah kiri masih sama.")
THANKS = ("Cepat sekali, terima kasih.", "Sudah bagus.", "Lumayan, terima kasih petugas.", "", "")
NOT_FIXED = ("Belum beres, baru dua hari sudah rusak lagi.", "Petugas datang, tapi tidak dikerjakan.")
REASONS: dict[str, str] = {
    "unclear": "Tempat dan kejadiannya tidak bisa kami kenali dari tulisan ini.",
    "spam": "Isinya iklan, bukan laporan.",
    "test_or_prank": "Kiriman ini percobaan.",
    "duplicate": "Laporan yang sama sudah kami tangani lebih dulu.",
    "private_matter": "Ini perselisihan antarwarga; kelurahan dapat membantu menengahi.",
    "private_company": "Ini urusan perusahaan swasta; Anda bisa mengadu ke lembaga konsumen.",
    "no_evidence": "Kami belum menemukan yang dilaporkan di tempat itu.",
    "out_of_scope_court": "Perkara ini sedang diperiksa pengadilan, jadi kami tidak boleh memutusnya.",
}
