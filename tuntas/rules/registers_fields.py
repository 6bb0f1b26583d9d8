"""The fields of each register, and the words for them. Pure."""

from collections.abc import Mapping

from tuntas.kit.words import Say
from tuntas.rules.registers import Field, Kind, Register

ACTIVE = Field("is_active", "aktif", Say("Dipakai", "In use"), Kind.YES)
EMAIL = Say("Surel", "E-mail")
NAME_ID = Field("name_id", "nama", Say("Nama", "Name"), needed=True)
NAME_EN = Field("name_en", "nama-inggris", Say("Nama dalam bahasa Inggris", "Name in English"), needed=True)
POSITION = Field("position", "urutan", Say("Urutan", "Position"), Kind.NUMBER, most=6)
CODE = Field(
    "code",
    "kode",
    Say("Kode", "Code"),
    Kind.CODE,
    needed=True,
    fixed=True,
    most=60,
    hint=Say("Tidak bisa diubah kemudian.", "It cannot be changed later."),
)
DECREE = Field(
    "decree",
    "dasar",
    Say("Dasar: nomor keputusan", "By which decree"),
    needed=True,
    hint=Say("Misalnya Keputusan Wali Kota 12/2026.", "For example Mayor's decree 12/2026."),
)
HEX = Say("Misalnya #14466b. Kosong: warna Tuntas.", "For example #14466b. Empty: the colour of Tuntas.")
FIELDS: Mapping[Register, tuple[Field, ...]] = {
    Register.AGENCIES: (
        Field("slug", "kode", CODE.say, Kind.CODE, needed=True, fixed=True, most=60, hint=CODE.hint),
        Field("name", "nama", Say("Nama", "Name"), needed=True),
        Field("short", "singkatan", Say("Nama pendek", "Short name"), most=60),
        Field("tier", "tingkat", Say("Tingkat", "Tier"), Kind.CHOICE, needed=True),
        Field("parent", "induk", Say("Di bawah", "Below"), Kind.CHOICE),
        Field("calendar", "kalender", Say("Kalender kerja", "Calendar"), Kind.CHOICE, needed=True),
        Field("email", "surel", EMAIL, Kind.EMAIL, most=254),
        Field(
            "liaison_signs",
            "tanda-tangan",
            Say("Jawaban petugas ditandatangani narahubung", "A liaison signs handlers' answers"),
            Kind.YES,
        ),
        ACTIVE,
    ),
    Register.PEOPLE: (
        Field("email", "surel", EMAIL, Kind.EMAIL, needed=True, fixed=True, most=254),
        Field("name", "nama", Say("Nama", "Name"), needed=True),
        Field("posts", "tugas", Say("Tugas", "Posts"), Kind.POSTS, most=2000),
        ACTIVE,
    ),
    Register.TOPICS: (
        CODE,
        NAME_ID,
        NAME_EN,
        Field("parent", "induk", Say("Bagian dari topik", "Part of topic"), Kind.CHOICE),
        Field("owner", "pemilik", Say("Instansi pemilik", "Owning agency"), Kind.CHOICE, needed=True),
        Field(
            "proof",
            "bukti",
            Say("Selesai perlu foto bukti", "Done needs a photo as proof"),
            Kind.YES,
        ),
        Field(
            "suggests_secret",
            "saran-rahasia",
            Say("Sarankan kepada pelapor: rahasiakan", "Suggest secrecy to reporters"),
            Kind.YES,
        ),
        Field(
            "words",
            "kata",
            Say("Kata yang menandakan topik ini", "Words that sound like this topic"),
            Kind.WORDS,
            most=4000,
            hint=Say("Pisahkan dengan koma.", "With commas between."),
        ),
        POSITION,
        ACTIVE,
    ),
    Register.PROMISES: (
        Field("promise", "janji", Say("Janji", "Promise"), Kind.CHOICE, needed=True, fixed=True),
        Field("category", "topik", Say("Hanya topik", "Only for topic"), Kind.CHOICE, fixed=True),
        Field("classification", "jenis", Say("Hanya jenis laporan", "Only for kind"), Kind.CHOICE, fixed=True),
        Field("agency", "instansi", Say("Hanya instansi", "Only at agency"), Kind.CHOICE, fixed=True),
        Field("tier", "tingkat", Say("Hanya tingkat", "Only for tier"), Kind.CHOICE, fixed=True),
        Field("amount", "lama", Say("Lamanya", "How long"), Kind.NUMBER, needed=True, most=6),
        Field("unit", "satuan", Say("Satuan", "Unit"), Kind.CHOICE, needed=True),
        Field(
            "since",
            "berlaku",
            Say("Berlaku mulai", "In force from"),
            Kind.DATE,
            needed=True,
            hint=Say(
                "Jam yang sudah berjalan tidak berubah. Yang mulai sejak hari itu memakai batas baru.",
                "Clocks that run stay as they are. Those that begin from that day on take the new limit.",
            ),
        ),
        DECREE,
    ),
    Register.CALENDARS: (
        Field("name", "nama", Say("Nama", "Name"), Kind.TEXT, needed=True, fixed=True, most=60),
        Field("zone", "zona", Say("Zona waktu", "Time zone"), Kind.CHOICE, needed=True),
        Field("opens", "buka", Say("Buka jam", "Opens at"), Kind.TIME, needed=True, most=5),
        Field("closes", "tutup", Say("Tutup jam", "Closes at"), Kind.TIME, needed=True, most=5),
        Field("weekdays", "hari", Say("Hari kerja", "Working days"), Kind.WEEKDAYS, most=80),
    ),
    Register.DAYS: (
        Field("calendar", "kalender", Say("Kalender", "Calendar"), Kind.CHOICE, needed=True, fixed=True),
        Field("on", "tanggal", Say("Tanggal", "Day"), Kind.DATE, needed=True, fixed=True),
        Field("name", "nama", Say("Nama hari", "Name of the day"), needed=True),
        Field("is_closed", "libur", Say("Libur pada hari ini", "Closed on this day"), Kind.YES),
        DECREE,
    ),
    Register.TEMPLATES: (
        CODE,
        Field("act", "untuk", Say("Untuk tindakan", "For which act"), Kind.CHOICE, needed=True),
        NAME_ID,
        NAME_EN,
        Field(
            "text",
            "teks",
            Say("Teks", "Text"),
            Kind.LONG,
            needed=True,
            most=4000,
            hint=Say("Tulis … di tempat kata yang masih harus diisi.", "Write … where words are still missing."),
        ),
        POSITION,
        ACTIVE,
    ),
    Register.BRAND: (
        NAME_ID,
        NAME_EN,
        Field("phone", "telepon", Say("Nomor telepon", "Telephone number"), most=60),
        Field("whatsapp", "whatsapp", Say("Nomor WhatsApp", "WhatsApp number"), most=60),
        Field("email", "surel", EMAIL, Kind.EMAIL, needed=True, most=254),
        Field("brand", "warna-merek", Say("Warna merek", "Colour of the brand"), Kind.COLOUR, most=7, hint=HEX),
        Field("action", "warna-tombol", Say("Warna tombol", "Colour of buttons"), Kind.COLOUR, most=7, hint=HEX),
        Field("accent", "warna-tanda", Say("Warna tanda", "Colour of marks"), Kind.COLOUR, most=7, hint=HEX),
    ),
    Register.AREAS: (
        Field("code", "kode", Say("Kode wilayah", "Area code"), needed=True, fixed=True, most=20),
        Field("name", "nama", Say("Nama", "Name"), needed=True),
        ACTIVE,
    ),
}
# How large an area is by its outline: no field of a form, but what a drawn one changes.
OUTLINE = Field("outline", "batas", Say("Luas di dalam batas", "Size of the outline"))
