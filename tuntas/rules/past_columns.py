"""Which column of a table from another system is what of a report, guessed from its name and from what stands in it.

Pure. A guess is shown and corrected by hand; what was corrected is kept per shape of the head.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from tuntas.rules.past_dates import read_instant


class Column(StrEnum):
    """What a column can be."""

    ID = "id"
    RECEIVED = "received"
    RECEIVED_TIME = "received_time"
    BODY = "body"
    PUBLIC_TEXT = "public_text"
    TITLE = "title"
    PLACE = "place"
    AREA = "area"
    VILLAGE = "village"
    DISTRICT = "subdistrict"
    LAT = "lat"
    LNG = "lng"
    AGENCY = "agency"
    PARENT_AGENCY = "parent_agency"
    TOPIC = "topic"
    CLASSIFICATION = "classification"
    CHANNEL = "channel"
    STATUS = "status"
    REASON = "reason"
    DISPATCHED = "dispatched"
    ANSWERED = "answered"
    CLOSED = "closed"
    ANSWER = "answer"
    RATING = "rating"
    ANONYMOUS = "anonymous"
    SECRET = "secret"  # noqa: S105  # no password: whether only the desk and the agency read it


NEEDED = (Column.BODY, Column.RECEIVED)
SAMPLE = 50  # rows that are looked at where a name says little
FEWEST = 0.8  # of them must look alike
LEAST_LETTERS = 40  # of a story, on average

_DAY = r"(?:tanggal|tgl|waktu|date|time|created|tanggal waktu|tgl waktu)"
# The first that fits a name wins; each column is taken once. Small letters, other signs than letters as one space.
_NAMES: tuple[tuple[Column, str], ...] = (
    (Column.RECEIVED_TIME, r"(?:waktu|jam|pukul)(?: laporan| aduan| pengaduan)?(?: masuk| lapor| diterima)?"),
    (
        Column.RECEIVED,
        rf"{_DAY}(?: laporan| aduan| pengaduan| keluhan)?(?: masuk| lapor| diterima| dibuat)?"
        r"|tanggal ?laporan|received(?: at| on| date)?|(?:created|submitted|opened|open)(?: at| on| date| dt)?"
        r"|(?:requested|report|open|opened) (?:datetime|date|dt)|timestamp",
    ),
    (Column.ID, r"id|no|nomor|nomer|tracking id|(?:id|no|nomor|kode)[ .]*(?:laporan|aduan|pengaduan|keluhan|tiket)"
        r"|ticket(?: id| no| number)?|case(?: enquiry)? id|service request id|unique key|number|report id"),
    (Column.PUBLIC_TEXT, r"isi laporan akhir|isi akhir|public text|teks publik"),
    (
        Column.BODY,
        r"(?:isi|uraian|detail|deskripsi|teks|text|keterangan)(?: laporan| aduan| pengaduan| keluhan)?(?: awal)?"
        r"|keluhan|aduan|pengaduan|laporan|body|description|complaint|message|pesan",
    ),
    (Column.TITLE, r"judul(?: laporan| aduan)?|title|subject|perihal|subjek"),
    (Column.AREA, r"kode (?:wilayah|kelurahan|desa|kemendagri)|area(?: code)?|village code"),
    (Column.VILLAGE, r"kelurahan(?: desa)?|desa(?: kelurahan)?|kel|village|kel desa|ward"),
    (Column.DISTRICT, r"kecamatan|kec|district|subdistrict"),
    (Column.LAT, r"lat|latitude|lintang"),
    (Column.LNG, r"lng|lon|long|longitude|bujur"),
    (Column.PLACE, r"alamat(?: kejadian| lokasi)?|lokasi(?: kejadian)?|tempat(?: kejadian)?|location|address|place"
        r"|location text|incident address"),
    (Column.PARENT_AGENCY, r"instansi induk|induk instansi|parent agency"),
    (
        Column.AGENCY,
        r"instansi(?: terdisposisi| tujuan| penanggung jawab| pelaksana)?|opd|skpd|dinas|perangkat daerah|agency"
        r"|department|unit(?: kerja)?|unit pelaksana|agency name|assigned (?:unit|department)",
    ),
    (Column.CLASSIFICATION, r"klasifikasi(?: laporan)?|classification|jenis laporan|jenis pengaduan"),
    (Column.TOPIC, r"topik|kategori(?: laporan| aduan)?|category|topic|type|bidang|jenis(?: aduan| keluhan)?"
        r"|complaint type|service name|sub ?kategori"),
    (Column.CHANNEL, r"sumber(?: laporan)?|kanal|saluran|channel|source|media"),
    (Column.REASON, r"alasan(?: tunda| arsip| tunda arsip| penolakan)?|status reason|reason(?: code)?"),
    (Column.STATUS, r"status(?: laporan| aduan| akhir)?|state|case status"),
    (Column.DISPATCHED, rf"{_DAY} (?:disposisi|terdisposisi|diteruskan)|dispatched(?: at)?"),
    (
        Column.ANSWERED,
        rf"{_DAY} (?:ditanggapi|tanggapan|respon|respons|tindak lanjut|ditindaklanjuti|dijawab|jawaban)"
        r"|(?:answered|responded|first response)(?: at)?",
    ),
    (Column.CLOSED, rf"{_DAY} (?:laporan )?(?:selesai|ditutup|penutupan)|(?:closed|resolved)(?: at| date| dt)?"),
    (Column.ANSWER, r"tanggapan|jawaban|respon|tindak lanjut|isi (?:tanggapan|jawaban|tindak lanjut)|answer|response"
        r"|resolution(?: description)?|closure reason"),
    (Column.RATING, r"penilaian|rating|kepuasan"),
    (Column.ANONYMOUS, r"anonim(?: rahasia)?|is anonymous|anonymous"),
    (Column.SECRET, r"rahasia|is secret|secret"),
)  # fmt: skip
_PERSONAL = re.compile(
    r"nama(?: lengkap)?(?: pelapor| pengadu| warga)?|pelapor|pengadu|(?:no |nomor )?(?:hp|telp|telepon|wa|ponsel)"
    r"(?: pelapor)?|nik|(?:no |nomor )?ktp|(?:no )?kk|e ?mail(?: pelapor)?|surel|(?:reporter )?(?:name|phone)"
    r"|tanggal lahir|jenis kelamin|umur|usia|pekerjaan|alamat (?:pelapor|rumah)|username|user(?: name)?"
)


def plain(name: str) -> str:
    """Return the name of a column as it is compared: small letters, one space for everything else."""
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def shape_of(head: Sequence[str]) -> str:
    """Return what two tables of the same columns have in common, as 32 hex digits."""
    return hashlib.sha256("\n".join(plain(name) for name in head).encode()).hexdigest()[:32]


def is_personal(name: str) -> bool:
    """Return whether a column, by its name, says who the reporter is; such a column is never taken by itself."""
    return _PERSONAL.fullmatch(plain(name)) is not None


def guess_columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[Column, int]:
    """Return which column is what: by the names, and where those say too little by what stands in the first rows."""
    found: dict[Column, int] = {}
    free = {n: plain(name) for n, name in enumerate(head) if not is_personal(name)}
    for column, pattern in _NAMES:
        at = next((n for n, name in free.items() if re.fullmatch(pattern, name)), None)
        if at is not None:
            found[column] = at
            del free[at]
    _guess_by_contents(found, free, rows[:SAMPLE])
    if Column.RECEIVED not in found and Column.RECEIVED_TIME in found:  # “waktu” alone is the whole instant
        found[Column.RECEIVED] = found.pop(Column.RECEIVED_TIME)
    if Column.BODY not in found and Column.TITLE in found:
        found[Column.BODY] = found.pop(Column.TITLE)
    return found


def _guess_by_contents(found: dict[Column, int], free: dict[int, str], rows: Sequence[Sequence[str]]) -> None:
    cells = {n: [row[n] for row in rows if n < len(row) and row[n]] for n in free}
    if Column.RECEIVED not in found and Column.RECEIVED_TIME not in found:
        at = next((n for n, told in cells.items() if _are_instants(told)), None)
        if at is not None:
            found[Column.RECEIVED] = at
            del cells[at]
    if Column.BODY not in found:
        lengths = {n: sum(map(len, told)) / len(told) for n, told in cells.items() if told}
        longest = max(lengths, key=lengths.__getitem__, default=None)
        if longest is not None and lengths[longest] >= LEAST_LETTERS:
            found[Column.BODY] = longest


def _are_instants(told: Sequence[str]) -> bool:
    read = [one for one in told if not one.isdigit() and read_instant(one) is not None]
    return bool(told) and len(read) >= FEWEST * len(told)


def columns_of(named: Mapping[str, str], head: Sequence[str]) -> dict[Column, int]:
    """Return a map by hand, what: name in the head, as numbers of columns. Raises LookupError for an unknown name."""
    numbers = {plain(name): n for n, name in reversed(list(enumerate(head)))}
    found = {}
    for what, name in named.items():
        if what not in list(Column):
            raise LookupError(what)
        if plain(name) not in numbers:
            raise LookupError(name)
        found[Column(what)] = numbers[plain(name)]
    return found
