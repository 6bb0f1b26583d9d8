"""Outlines of areas as GeoJSON: download, change in a map program, upload, see what would change, then let it."""

import gzip
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from shapely.geometry import mapping

from tuntas.agencies.area_files import OutlineRow, read_outlines
from tuntas.agencies.geo_files import BadFile
from tuntas.agencies.installation import Installation, installation
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.rules.registers import Register
from tuntas.steps.bring_outlines import Drawn, bring_outlines, try_outlines
from tuntas.steps.registers import shown_register
from tuntas.web.forms import Mistakes
from tuntas.web.manage.told import ADMINS, HOME, told_change
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only

MOST_BYTES = 5_000_000
MOST_CARRIED = 200_000  # letters of a form that carries the file on
SHOWN = 300
FIELDS = {"/decree": "dasar", "/file": "berkas"}
NO_FILE = Say("Pilih berkas GeoJSON", "Choose a GeoJSON file")
TOO_BIG = Say(
    "Berkas ini terlalu besar untuk halaman ini. Pakai tuntas import-areas di server.",
    "This file is too big for this page. Use tuntas import-areas on the server.",
)
BAD = Say("Berkas ini tidak bisa dibaca sebagai GeoJSON: {why}", "This file cannot be read as GeoJSON: {why}")


@for_staff(ADMINS, methods=("GET", "HEAD"))
def download(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Give the outlines as GeoJSON, as upload takes them. Raises NotFound."""
    shown_register(Register.AREAS, by=signed.actor, now=signed.now)
    response = HttpResponse(_features(installation()), content_type="application/geo+json")
    response["Content-Disposition"] = 'attachment; filename="wilayah.geojson"'
    response["Cache-Control"] = "no-store"
    return response


def _features(here: Installation) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    for nth, (area_id, shape) in enumerate(here.places.all_outlines()):
        code, name = here.area_names[area_id]
        told = {"type": "Feature", "properties": {"kode": code, "nama": name}, "geometry": mapping(shape)}
        yield (b",\n" if nth else b"\n") + orjson.dumps(told)
    yield b"\n]}\n"


@for_staff(ADMINS)
def upload(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show what a file would draw; draw it once somebody has seen that. Raises NotFound."""
    shown_register(Register.AREAS, by=signed.actor, now=signed.now)
    mistakes, drawn, carried = Mistakes(), Drawn(), ""
    decree = request.POST.get("dasar", "").strip()[:200]
    if request.method == "POST":
        try:
            packed = _packed(request)
            if "simpan" in request.POST:
                return once_only(request, caller=signed.key, do=lambda: _bring(packed, decree, signed), now=signed.now)
            drawn = try_outlines(_read(packed), by=signed.actor, now=signed.now)
            carried = b64encode(packed).decode() if drawn.changes else ""
        except Invalid as no:
            mistakes.add_step(no, FIELDS, "berkas")
    given = {
        "nav": "kelola",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "drawn": drawn,
        "is_tried": request.method == "POST" and not mistakes,
        "lines": [told_change(change, {}, now=signed.now) for change in drawn.changes[:SHOWN]],
        "carried": carried,
        "decree": decree,
    }
    return office_page(request, signed, "manage/outlines.html", given, status=422 if mistakes else 200)


def _bring(packed: bytes, decree: str, signed: Signed) -> str:
    bring_outlines(_read(packed), by=signed.actor, now=signed.now, decree=decree)
    return f"{HOME}/perubahan?daftar=wilayah"


def _packed(request: HttpRequest) -> bytes:
    """Return the file, or the one that the form carries on, packed. Raises Invalid."""
    if "simpan" in request.POST:
        try:
            return b64decode(request.POST.get("isi", ""), validate=True)
        except ValueError as error:
            raise Invalid.field("/file", NO_FILE) from error
    file = request.FILES.get("berkas")
    if not isinstance(file, UploadedFile) or not file.size:
        raise Invalid.field("/file", NO_FILE)
    if file.size > MOST_BYTES:
        raise Invalid.field("/file", TOO_BIG)
    content = file.read()
    packed = content if content[:2] == b"\x1f\x8b" else gzip.compress(content, mtime=0)
    if len(packed) * 4 // 3 > MOST_CARRIED:
        raise Invalid.field("/file", TOO_BIG)
    return packed


def _read(packed: bytes) -> list[OutlineRow]:
    try:
        content = zlib.decompressobj(wbits=31).decompress(packed, MOST_BYTES + 1)  # never more than that
    except zlib.error as error:
        raise Invalid.field("/file", NO_FILE) from error
    if len(content) > MOST_BYTES:
        raise Invalid.field("/file", TOO_BIG)
    with NamedTemporaryFile(suffix=".geojson") as held:
        held.write(content)
        held.flush()
        try:
            return read_outlines(Path(held.name))
        except BadFile as error:
            why = str(error).partition(": ")[2]
            raise Invalid.field("/file", BAD.fill(why=why)) from error
