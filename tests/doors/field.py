"""A task in front of somebody of an agency, as tests fill in its form."""

import io
import re
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import State

WORDS = "Terima kasih. Petugas kami menambal lubang hari ini pukul 08.30."
HOURS = timedelta(hours=9)
JSON: dict[str, Any] = {"HTTP_ACCEPT": "application/json"}


def task_in(state: State, cast: Cast, agency: str = "dinas-pupr", **given: Any) -> Made:
    """Make a report that reached *state* some hours ago."""
    now = current_time() - given.pop("ago", HOURS)
    made = make_report(now, **given)
    bring(made, state, cast, now, agency)
    made.report.refresh_from_db()
    return made


def address_of(report: Report) -> str:
    return f"/instansi/tugas/{report.number}"


def form_of(client: Client, report: Report, address: str = "") -> dict[str, Any]:
    """Return the hidden fields of a task's form."""
    page = client.get(address or address_of(report)).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def jpeg(name: str = "sesudah.jpg", *, exif: Image.Exif | None = None) -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (40, 160, 60)).save(data, "JPEG", **({} if exif is None else {"exif": exif}))
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def exif_of(taken: str, lat: float, lng: float) -> Image.Exif:
    """Return what a camera notes: a local time, and a place south of the line."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    gps = exif.get_ifd(0x8825)
    for tag, degrees, signs in ((1, lat, "NS"), (3, lng, "EW")):
        gps[tag] = signs[degrees < 0]
        whole = abs(degrees)
        gps[tag + 1] = (float(int(whole)), float(int(whole * 60 % 60)), round(whole * 3600 % 60, 4))
    return exif
