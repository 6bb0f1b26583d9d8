"""Bring in reports of an earlier system: upload a table, say what its columns are, try it, start it, follow it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.sheets import CSV, harmless
from tuntas.kit.words import Language, Say
from tuntas.rules.past_columns import NEEDED, Column
from tuntas.steps.bring_past import (
    HOW,
    MOST_BYTES,
    TOO_BIG,
    past_table,
    past_tables,
    refused_of,
    set_past_map,
    start_past,
    take_past_table,
)
from tuntas.steps.past_tables import Table, refused_rows
from tuntas.web.forms import Mistakes
from tuntas.web.in_memory import keep_files_in_memory
from tuntas.web.manage.told import ADMINS
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only

HOME = "/kelola/masa-lalu"
NO_FILE = Say("Pilih berkas CSV atau XLSX", "Choose a CSV or XLSX file")
LONGEST_NAME = 120
SAMPLES = 3
STATES = {
    "read": Say("Belum dimulai", "Not started"),
    "running": Say("Sedang berjalan", "Under way"),
    "done": Say("Selesai", "Done"),
    "failed": Say("Gagal: berkasnya tidak bisa dibaca lagi", "Failed: its file can no longer be read"),
}
COLUMNS = {
    Column.BODY: Say("Isi laporan", "Text of the report"),
    Column.RECEIVED: Say("Tanggal masuk", "Date of receipt"),
    Column.RECEIVED_TIME: Say("Jam masuk", "Hour of receipt"),
    Column.ID: Say("Nomor di sistem lama", "Number in the earlier system"),
    Column.TITLE: Say("Judul", "Title"),
    Column.PUBLIC_TEXT: Say("Isi untuk umum", "Text for everybody"),
    Column.PLACE: Say("Alamat", "Address"),
    Column.VILLAGE: Say("Kelurahan atau desa", "Village"),
    Column.DISTRICT: Say("Kecamatan", "District"),
    Column.AREA: Say("Kode wilayah", "Area code"),
    Column.LAT: Say("Lintang", "Latitude"),
    Column.LNG: Say("Bujur", "Longitude"),
    Column.AGENCY: Say("Instansi", "Agency"),
    Column.PARENT_AGENCY: Say("Instansi induk", "Parent agency"),
    Column.TOPIC: Say("Topik", "Topic"),
    Column.CLASSIFICATION: Say("Klasifikasi", "Class"),
    Column.CHANNEL: Say("Sumber", "Channel"),
    Column.STATUS: Say("Status", "Status"),
    Column.REASON: Say("Alasan arsip", "Why it was not handled"),
    Column.DISPATCHED: Say("Tanggal diteruskan", "Date it was sent on"),
    Column.ANSWERED: Say("Tanggal dijawab", "Date of the answer"),
    Column.CLOSED: Say("Tanggal selesai", "Date it was closed"),
    Column.ANSWER: Say("Isi jawaban", "Text of the answer"),
    Column.RATING: Say("Nilai dari pelapor", "Rating by the reporter"),
    Column.ANONYMOUS: Say("Anonim", "Anonymous"),
    Column.SECRET: Say("Rahasia", "Secret"),
}
CHOICES = {
    "make_agencies": Say("Buat instansi yang belum ada, tanpa tugas baru", "Make missing agencies, closed to new work"),
    "keep_open": Say("Laporan yang masih terbuka tetap dikerjakan", "Reports that are still open stay in work"),
    "publish": Say("Tampilkan isinya untuk umum, nomor disamarkan", "Let everybody read the texts, numbers masked"),
}


@for_staff(ADMINS)
def past(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show what was brought in, and take a table. Raises NotAllowed."""
    mistakes = Mistakes()
    if request.method == "POST":
        keep_files_in_memory(request)
        try:
            return once_only(request, caller=signed.key, do=lambda: _take(request, signed), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, {}, "berkas")
    told = [(each, STATES[each.state]) for each in past_tables(by=signed.actor)]
    given = {"nav": "kelola", "tables": told, "mistakes": mistakes, "wrong": mistakes.by_field}
    return office_page(request, signed, "manage/past.html", given, status=422 if mistakes else 200)


def _take(request: HttpRequest, signed: Signed) -> str:
    file = request.FILES.get("berkas")
    if not isinstance(file, UploadedFile) or not file.size:
        raise Invalid.field("/file", NO_FILE)
    if file.size > MOST_BYTES:
        raise Invalid.field("/file", TOO_BIG)
    return f"{HOME}/{take_past_table(file.read(), (file.name or '')[:LONGEST_NAME], by=signed.actor, now=signed.now)}"


@for_staff(ADMINS)
def one(request: HttpRequest, signed: Signed, number: int) -> HttpResponse:
    """Show one table: its columns, what would happen or happened; correct, try, start it. Raises NotFound."""
    mistakes = Mistakes()
    if request.method == "POST":
        try:
            return once_only(request, caller=signed.key, do=lambda: _act(request, signed, number), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, {}, f"k-{Column.BODY}")
        except WrongState as no:
            mistakes.add(f"k-{Column.BODY}", no.say)
    bringing, table = past_table(number, by=signed.actor)
    given = {
        "nav": "kelola",
        "one": bringing,
        "state": STATES[bringing.state],
        "columns": [] if table is None or table.is_whole else list(_columns(table)),
        "head": table.head if table else (),
        "personal": table.personal if table else (),
        "is_whole": bool(table and table.is_whole),
        "choices": [(name, CHOICES[name], bool(bringing.order.get(name))) for name in HOW],
        "agencies": bringing.tally.agencies.most_common(10),
        "topics": bringing.tally.topics.most_common(10),
        "has_file": table is not None,
        "mistakes": mistakes,
    }
    return office_page(request, signed, "manage/past_one.html", given, status=422 if mistakes else 200)


def _columns(table: Table) -> Iterator[dict[str, Any]]:
    """Yield what a column can be, with the one chosen and what stands in it."""
    for column, name in COLUMNS.items():
        at = table.columns.get(column)
        yield {
            "slug": column.value,
            "name": name,
            "chosen": "" if at is None else table.head[at],
            "is_needed": column in NEEDED,
            "samples": [] if at is None else [row[at][:60] for row in table.sample[:SAMPLES] if at < len(row)],
        }


def _act(request: HttpRequest, signed: Signed, number: int) -> str:
    post, address = request.POST, f"{HOME}/{number}"
    if any(name.startswith("k-") for name in post):
        columns = {column.value: name for column in Column if (name := post.get(f"k-{column}", ""))}
        set_past_map(number, columns, by=signed.actor, now=signed.now)
    if "coba" in post or "mulai" in post:
        how = {name: name in post for name in HOW}
        start_past(number, how, is_dry="mulai" not in post, by=signed.actor, now=signed.now)
    return address


@for_staff(ADMINS, methods=("GET", "HEAD"))
def refused(request: HttpRequest, signed: Signed, number: int) -> HttpResponse:
    """Give the rows that cannot be taken as a file, each with the reason. Raises NotFound, WrongState."""
    head, rows = refused_of(number, by=signed.actor, now=signed.now)
    table = refused_rows(head, rows, language_id=signed.language is Language.ID)
    response = HttpResponse("".join(map(_line, table)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="ditolak-{number}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _line(row: list[str]) -> str:
    page = io.StringIO()
    csv.writer(page).writerow([harmless(cell) for cell in row])
    return page.getvalue()
