"""A register as a spreadsheet: download, change, upload, see what would change, then let it."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.sheets import CSV, XLSX, as_csv, as_xlsx
from tuntas.kit.tables import BadTable, read_table
from tuntas.kit.words import Say
from tuntas.rules.registers import Register, changed_in, write_value
from tuntas.rules.registers_fields import FIELDS
from tuntas.steps.bring_table import Line, Typed, mark_of_lines, try_table
from tuntas.steps.change_register import NO_DECREE
from tuntas.steps.registers import shown_register
from tuntas.web.forms import Mistakes
from tuntas.web.manage.told import ADMINS, HOME, NAMES, labels_of, register_at, say_value
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import once_only

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_CARRIED = 200_000  # letters of a form that carries the rows on
NO_FILE = Say("Pilih berkas CSV atau XLSX", "Choose a CSV or XLSX file")
TOO_BIG = Say("Berkas ini terlalu besar. Bagi menjadi beberapa.", "This file is too big. Make several of it.")
NO_HEAD = Say("Kolom ini tidak ada dalam berkas: {names}", "The file lacks these columns: {names}")
SAME = Say("Berkas ini tidak mengubah apa pun.", "This file changes nothing.")
Rows = Sequence[tuple[int, Typed]]


@for_staff(ADMINS, methods=("GET", "HEAD"))
def download(request: HttpRequest, signed: Signed, slug: str) -> HttpResponse:
    """Give a register as a file. Raises NotFound."""
    register = register_at(slug)
    shown, fields = shown_register(register, by=signed.actor, now=signed.now), FIELDS[register]
    table = [
        tuple(field.slug for field in fields),
        *(tuple(write_value(row.get(field.name)) for field in fields) for row in shown.rows.values()),
    ]
    is_book = request.GET.get("bentuk") == "xlsx"
    content = as_xlsx([(slug, table)], made_at=signed.now) if is_book else as_csv(table)
    response = HttpResponse(content, content_type=XLSX if is_book else CSV)
    response["Content-Disposition"] = f'attachment; filename="{slug}.{"xlsx" if is_book else "csv"}"'
    response["Cache-Control"] = "no-store"
    return response


@for_staff(ADMINS)
def upload(request: HttpRequest, signed: Signed, slug: str) -> HttpResponse:
    """Show what a file would change; change it once somebody has seen that. Raises NotFound."""
    register, mistakes, lines, rows = register_at(slug), Mistakes(), list[Line](), list[tuple[int, Typed]]()
    shown = shown_register(register, by=signed.actor, now=signed.now)
    decree = request.POST.get("dasar", "").strip()[:200]
    if request.method == "POST":
        if register is Register.PEOPLE and (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        try:
            rows = _rows(request, register)
            if "simpan" in request.POST:
                return once_only(
                    request, caller=signed.key, do=lambda: _bring(request, signed, register, slug, rows), now=signed.now
                )
            if not decree:
                raise Invalid.field("/dasar", NO_DECREE)
            lines = try_table(register, rows, by=signed.actor, now=signed.now, decree=decree)
        except Invalid as no:
            mistakes.add_step(no, {"/dasar": "dasar"}, "berkas")
        except BadTable as no:
            mistakes.add("berkas", no.say)
        except WrongState as no:
            mistakes.add("berkas", no.say)
            lines = try_table(register, rows, by=signed.actor, now=signed.now, decree=decree)
        if not lines and not mistakes:
            mistakes.add("berkas", SAME)
    carried = json.dumps([(n, dict(typed)) for n, typed in rows if any(line.n == n for line in lines)])
    if len(carried) > MOST_CARRIED:
        mistakes.add("berkas", TOO_BIG)
    wrong = [line for line in lines if line.mistakes]
    given = {
        "nav": "kelola",
        "slug": slug,
        "name": NAMES[register],
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "lines": [_told(register, line, labels_of(shown.choices)) for line in lines],
        "n_wrong": len(wrong),
        "n_right": len(lines) - len(wrong),
        "may_save": bool(lines) and not wrong and len(carried) <= MOST_CARRIED,
        "carried": carried,
        "seen": mark_of_lines(lines),
        "decree": decree,
    }
    return office_page(request, signed, "manage/upload.html", given, status=422 if mistakes or wrong else 200)


def _bring(request: HttpRequest, signed: Signed, register: Register, slug: str, rows: Rows) -> str:
    decree, seen = request.POST.get("dasar", "").strip()[:200], request.POST.get("versi", "")
    steps.bring_table(register, rows, by=signed.actor, now=signed.now, decree=decree, seen=seen)
    return f"{HOME}/{slug}"


def _rows(request: HttpRequest, register: Register) -> list[tuple[int, Typed]]:
    """Return the rows of the file, or those that the form carries on. Raises Invalid, BadTable."""
    if "simpan" in request.POST:
        return _carried(request.POST.get("baris", ""), {field.name for field in FIELDS[register]})
    file = request.FILES.get("berkas")
    if not isinstance(file, UploadedFile) or not file.size:
        raise Invalid.field("/berkas", NO_FILE)
    if file.size > MOST_BYTES:
        raise Invalid.field("/berkas", TOO_BIG)
    with NamedTemporaryFile(suffix=".xlsx") as held:
        held.writelines(file.chunks())
        held.flush()
        return _named(register, read_table(Path(held.name)))


def _carried(text: str, names: set[str]) -> list[tuple[int, Typed]]:
    try:
        return [
            (int(n), {name: str(value) for name, value in typed.items() if name in names})
            for n, typed in json.loads(text)
        ]
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid.field("/berkas", NO_FILE) from error


def _named(register: Register, table: Iterable[list[str]]) -> list[tuple[int, Typed]]:
    """Return the rows by the names of fields; a column that is not ours is left out. Raises Invalid."""
    fields, head, rows = FIELDS[register], list[str](), list[tuple[int, Typed]]()
    for n, cells in enumerate(table, 1):
        if not head:
            head = [cell.strip().lower() for cell in cells]
            if missing := [field.slug for field in fields if field.needed and field.slug not in head]:
                raise Invalid.field("/berkas", NO_HEAD.fill(names=", ".join(missing)))
            continue
        if n > MOST_ROWS + 1:
            raise Invalid.field("/berkas", TOO_BIG)
        by_slug = dict(zip(head, cells, strict=False))
        rows.append((n, {field.name: by_slug.get(field.slug, "") for field in fields if field.slug in head}))
    return rows


def _told(register: Register, line: Line, labels: Any) -> dict[str, Any]:
    fields = {field.name: field for field in FIELDS[register]}
    after = line.after or {}

    def shown(row: Any, name: str) -> Say:
        return say_value(fields[name].kind, (row or {}).get(name), labels.get(name, {}))

    return {
        "n": line.n,
        "name": line.name,
        "is_new": line.before is None,
        "lines": [
            {"say": fields[name].say, "before": shown(line.before, name), "after": shown(after, name)}
            for name in changed_in(line.before, line.after)
            if line.after is not None
        ],
        "mistakes": [mistake.say for mistake in line.mistakes],
    }
