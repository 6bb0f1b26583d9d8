"""Some hundreds of broken, mixed and hostile files: none makes the server fail, none is served unclean."""

import random
from io import BytesIO
from typing import Any

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.kit.made_files import MARK, RECORDINGS, pdf
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.people.models import Bucket
from tuntas.reports.models import File

pytestmark = pytest.mark.usefixtures("city")
ROUNDS = 25
SCRIPT = b"<script>alert(1)</script>"


def photo(form: str) -> bytes:
    out = BytesIO()
    PIL.Image.new("RGB", (30, 20)).save(out, form)
    return out.getvalue()


SEEDS = {**RECORDINGS, "jpg": photo("JPEG"), "png": photo("PNG"), "webp": photo("WEBP"), "pdf": pdf(is_armed=True)}
SEEDS |= {"gif+js": b"GIF89a/*" + b"\0" * 30 + b"*/=1;alert(1)", "zip": b"PK\3\4" + b"\0" * 60, "html": SCRIPT * 9}


def changed(data: bytes, dice: random.Random) -> bytes:
    """Return a file cut, mixed with another, with a script in it, or with some bits turned."""
    at, other = dice.randrange(len(data)), dice.choice(list(SEEDS.values()))
    flips = bytearray(data)
    for _ in range(dice.randint(1, 9)):
        flips[dice.randrange(len(flips))] = dice.choice((0, 0xFF, dice.randrange(256)))
    ways = (data[:at], data[:at] + SCRIPT + data[at:], data + other, data[:at] + other[at:], bytes(flips))
    return dice.choice(ways)


def served(client: Client, file_id: str) -> Any:
    answer = client.get(f"/api/v1/files/{file_id}")
    return answer, b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize("name", SEEDS)
def test_nothing_anybody_uploads_makes_it_fail_or_comes_out_unclean(client: Client, name: str) -> None:
    dice = random.Random(name)
    rounds = 8 if name == "pdf" else ROUNDS  # each is parsed in a process of its own
    for _ in range(rounds):
        Bucket.objects.all().delete()
        data = changed(SEEDS[name], dice)
        sent = {"file": SimpleUploadedFile("x.pdf", data)}
        answer = client.post("/api/v1/files", sent)
        assert answer.status_code in (201, 413, 422), (data[:40], answer.content)
        if answer.status_code != 201:
            continue
        file = File.objects.get(pk=answer.json()["file_id"])
        if file.state == "quarantined":
            assert "attachment" not in served(client, str(file.pk))[0].headers.get("Content-Disposition", "")
            steps.clean_file(file.pk, now=current_time())
        file.refresh_from_db()
        back, inside = served(client, str(file.pk))
        assert file.state in ("ready", "rejected")
        assert back["X-Content-Type-Options"] == "nosniff"
        if file.state == "rejected":
            assert back["Content-Type"] == "application/json"
            continue
        assert back["Content-Security-Policy"] == "sandbox; default-src 'none'"
        if file.kind == "document":
            assert b"/JavaScript" not in inside
            assert MARK not in inside
        if file.kind == "photo":
            assert SCRIPT not in inside
        else:
            assert back["Content-Disposition"].startswith("attachment")
