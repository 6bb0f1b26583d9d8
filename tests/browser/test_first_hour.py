"""A stranger's first hour: every command of docs/how-to/first-hour.md, then the first report, answered."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reporter import Reporter, photo
from tests.chaos.test_demo import free_port, until
from tests.make import STORY
from tuntas.kit.cluster import Cluster

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "first-hour.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEW = "empat kata acak sekali"
DONE = "Terima kasih laporannya. Lubang itu sudah kami tambal hari ini pukul 08.30."
AREAS = (
    "kode,nama\n32,Contoh Barat\n32.98,Kota Melati\n32.98.01,Melati Utara\n32.98.01.1001,Mawar\n32.98.01.1002,Kenari\n"
)
PAST = (
    "id,keluhan,alamat,tanggal_keluhan,tanggal_ditanggapi,topik,instansi,kecamatan,kelurahan\n"
    '1,"Lampu jalan mati sejak Senin",Jl. Contoh 1,2025-03-01T02:00:00Z,2025-03-02T03:00:00Z,Jalan & jembatan,'
    "Dinas Pekerjaan Umum,Melati Utara,Mawar\n"
    '2,"Selokan penuh sampah",Jl. Contoh 2,2025-04-01T02:00:00Z,2025-04-05T03:00:00Z,Kebersihan,'
    "Dinas Kebersihan Lama,Melati Utara,Kenari\n"
    "3,,Jl. Contoh 3,2025-04-01T02:00:00Z,,Kebersihan,Dinas Pekerjaan Umum,Melati Utara,Kenari\n"
)


def square(code: str, name: str, west: float) -> dict[str, object]:
    """Return a square of about two kilometres as GeoJSON."""
    ring = [[west, -6.6], [west + 0.02, -6.6], [west + 0.02, -6.58], [west, -6.58], [west, -6.6]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"kode": code, "nama": name}, "geometry": shape}


class Stranger:
    """Somebody at a terminal in a folder, who types what the page says."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.said = folder, free_port(), ""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TUNTAS_", "DJANGO_"))}
        self.env = clean | {"TUNTAS_SECRET_KEY": "k" * 40}
        self.running: list[subprocess.Popen[bytes]] = []

    def type_all(self, commands: str) -> None:
        for line in commands.strip().splitlines():
            self.type(line.replace("8000", str(self.port)))

    def type(self, line: str) -> None:
        words = shlex.split(line.removesuffix("&"))
        if words[0] == "export":
            self.env |= dict(word.split("=", 1) for word in words[1:])
        elif line.endswith("&"):
            command = [sys.executable, "-m", "tuntas.ops.cli", *words[1:]]
            said = (self.folder / f"said-{words[1]}").open("wb")
            process = subprocess.Popen(command, cwd=self.folder, env=self.env, stdout=said, stderr=said)
            said.close()
            self.running.append(process)
        else:
            assert words[0] == "tuntas"
            command = [sys.executable, "-m", "tuntas.ops.cli", *words[1:]]
            done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
            self.said = done.stdout

    def invited(self, email: str) -> str:
        self.type(f"tuntas invite {email}")
        return self.said.strip()

    def leave(self) -> None:
        for process in reversed(self.running):
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait(60)
        if (cluster := Cluster(self.folder / "data")).is_running():
            cluster.stop()


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Stranger]:
    (tmp_path / "areas.csv").write_text(AREAS)
    shapes = [square("32.98.01.1001", "Mawar", 106.8), square("32.98.01.1002", "Kenari", 106.82)]
    (tmp_path / "outlines.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": shapes}))
    (tmp_path / "past.csv").write_text(PAST)
    stranger = Stranger(tmp_path)
    yield stranger
    stranger.leave()


def is_ready(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/readyz", timeout=30) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def enter(browser: Browser, stranger: Stranger, email: str) -> Page:
    """Open an invitation, choose a password, sign in with it."""
    page = browser.new_context(base_url=f"http://localhost:{stranger.port}", locale="id-ID").new_page()
    page.set_default_timeout(30_000)
    page.goto(stranger.invited(email))
    page.get_by_label("Kata sandi baru").fill(NEW)
    page.get_by_role("button", name="Simpan kata sandi").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Kata sandi").fill(NEW)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).not_to_have_url(re.compile("/masuk"))
    return page


@pytest.mark.usefixtures("transactional_db")
def test_a_stranger_comes_from_a_spreadsheet_to_the_first_answer(browser: Browser, stranger: Stranger) -> None:
    for block in BLOCK.findall(PAGE.read_text()):
        stranger.type_all(block)
    assert "1" in (stranger.folder / "refused.csv").read_text()
    base = f"http://localhost:{stranger.port}"
    until(lambda: is_ready(base))

    public = browser.new_context(base_url=base, locale="id-ID").new_page()
    public.set_default_timeout(30_000)
    sari = Reporter(public)
    public.goto("/lapor")
    sari.tell(STORY, [photo()])
    sari.village.select_option("32.98.01.1001")
    sari.press("Belum ada, lanjutkan")
    sari.press("Kirim laporan")
    code = sari.read_code()

    wulan = enter(browser, stranger, "wulan@kota-melati.example")
    wulan.goto("/meja")
    wulan.get_by_role("link", name=re.compile("Jalan di depan pasar")).first.click()
    wulan.locator(".c-peek").get_by_role("button", name=re.compile("^Teruskan")).click()
    expect(wulan.get_by_role("status").filter(has_text="Urungkan")).to_be_visible()

    bima = enter(browser, stranger, "bima@kota-melati.example")
    bima.get_by_role("link", name=re.compile("Jalan di depan pasar")).first.click()
    bima.get_by_label("Sudah selesai").check()
    bima.get_by_label("Dari galeri").set_input_files([photo("sesudah.jpg")])
    bima.get_by_label("Jawaban untuk pelapor").fill(DONE)
    bima.get_by_role("button", name=re.compile("^Kirim|^Simpan, kirim")).click()
    expect(bima.get_by_role("main")).to_contain_text(re.compile("terkirim", re.IGNORECASE))

    ratna = enter(browser, stranger, "ratna@kota-melati.example")
    ratna.goto("/instansi/cek")
    ratna.get_by_role("link", name=re.compile("Jalan di depan pasar")).first.click()
    ratna.get_by_role("button", name="Setujui dan kirim ke pelapor").click()
    expect(ratna.get_by_role("main")).to_contain_text("Keputusan tersimpan")

    sari.find(code)
    sari.reads(DONE)
    for page in (public, wulan, bima, ratna):
        page.context.close()
