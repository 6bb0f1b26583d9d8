"""Every page a citizen can meet, in every state: read by machines, on the narrowest phone, by finger, by keyboard."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, keyboard_walk, look, no_sideways, targets
from tests.browser.reporter import LONG_CODE, VILLAGE, Reporter, photo
from tests.browser.states import City
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.make import STORY, Made
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.rules.life import State

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1440, "height": 900}
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FOR_EVERYBODY = {
    "home": "/",
    "track-find": "/lacak",
    "code-lost": "/lacak/kode-hilang",
    "code-wrong": "/l/234-567-89AB",
    "reports": "/laporan",
    "reports-done": "/laporan?status=tuntas",
    "reports-none": "/laporan?cari=kata-yang-tidak-ada",
    "filter": "/laporan/saring",
    "filter-wrong": "/laporan/saring?sejak=kemarin&topik=tidak-ada",
    "map": "/peta",
    "figures": "/statistik",
    "figures-agency": "/statistik/instansi/dinas-pupr",
    "figures-village": "/statistik/kelurahan/32-99-01-1001",
    "data": "/data",
    "promise": "/janji",
    "protection": "/perlindungan",
    "help": "/bantuan",
    "accessibility": "/aksesibilitas",
    "privacy": "/privasi",
    "offline": "/luring",
    "not-there": "/tidak-ada",
    "draft-gone": "/lapor/tempat?draf=x",
    "receipt-gone": "/lapor/terima/x",
    "letter-stop": "/ikut/x/berhenti",
    "letter-confirm": "/ikut/x",
}
BROKEN: FilePayload = {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
STATUSES = {
    # where a page is not what was asked for, and says so
    "code-wrong": 404,
    "filter-wrong": 422,
    "not-there": 404,
    "draft-gone": 410,
    "receipt-gone": 410,
    "act-too-late": 409,
}
PUBLIC_STATES = (
    "submitted",
    "needs-info",
    "archived",
    "transfer-pending",
    "answered",
    "done",
    "withdrawn",
    "late-why",
    "at-arbiter",
)
ACTS = {
    # what a reporter can do, by the state that calls for it
    "act-add": ("submitted", "tambah"),
    "act-answer": ("needs-info", "tambah"),
    "act-reply": ("answered", "tambah"),
    "act-rate": ("answered", "nilai"),
    "act-reopen": ("closed", "buka-lagi"),
    "act-appeal": ("archived", "banding"),
    "act-take-up": ("withdrawn", "banding"),
    "act-withdraw": ("submitted", "tarik"),
    "act-privacy": ("seen", "privasi"),
    "act-privacy-restricted": ("restricted", "privasi"),
    "act-too-late": ("closed", "tarik"),
    "copy": ("done", "struk"),
}


class Judge:
    """Looks at one page after another and remembers what is wrong with each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.set_viewport_size(PHONE)

    def go(self, name: str, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        if answer.status != STATUSES.get(name, 200):
            self.faults.append(f"{name}: {path} answers {answer.status}")
        self.see(name)

    def see_wrong(self, name: str) -> None:
        """Judge a form that came back, once it is there: with scripts a form leaves when its photos are ready."""
        expect(self.page.locator(".c-errors")).to_be_visible()
        self.see(name)

    def see(self, name: str) -> None:
        """Judge the page that is open, in both looks and on three widths."""
        self._try(name, _head)
        for scheme in LOOKS:
            self.page.emulate_media(color_scheme=scheme)
            self._try(f"{name}, {scheme}", axe)
            look(self.page, f"{name}-360-{scheme}")
        for check in (no_sideways, targets):
            self._try(name, check)
        self.page.set_viewport_size(DESK)
        self._try(f"{name}, wide", targets)
        for scheme in reversed(LOOKS):
            self.page.emulate_media(color_scheme=scheme)
            look(self.page, f"{name}-1440-{scheme}")
        self.page.set_viewport_size(PHONE)

    def _try(self, name: str, check: Callable[[Page], object]) -> None:
        try:
            check(self.page)
        except AssertionError as fault:
            self.faults.append(f"{name}: {check.__name__}: {fault}")

    def is_content(self) -> None:
        assert self.faults == [], "\n".join(self.faults)


def _head(page: Page, language: str = "id") -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert re.fullmatch(r".+ – Tuntas .+", page.title()), f"the title is “{page.title()}”"


@pytest.fixture
def judge(open_context: OpenContext) -> Judge:
    return Judge(open_context(has_touch=True).new_page())


@pytest.fixture
def every(cast: Cast) -> dict[str, Made]:
    return City(cast, current_time()).every_state()


def public_pages(every: dict[str, Made]) -> dict[str, str]:
    """Return the addresses of pages for everybody in a city with reports."""
    pages = {f"public-{name}": f"/laporan/{every[name].report.number}" for name in PUBLIC_STATES}
    return FOR_EVERYBODY | pages | {"follow": f"/laporan/{every['dispatched'].report.number}/ikut"}


def own_pages(every: dict[str, Made]) -> dict[str, str]:
    """Return the addresses of what a reporter sees and can do."""
    acts = {name: f"/l/{every[state].code}/{slug}" for name, (state, slug) in ACTS.items()}
    return {f"track-{name}": f"/l/{made.code}" for name, made in every.items()} | acts


def test_every_page_for_everybody_is_within_reach(judge: Judge, every: dict[str, Made]) -> None:
    steps.count(now=current_time())
    for name, path in public_pages(every).items():
        judge.go(name, path)
    judge.is_content()


def test_every_state_and_act_of_a_report_is_within_reach(judge: Judge, every: dict[str, Made]) -> None:
    for name, path in own_pages(every).items():
        judge.go(name, path)
    judge.is_content()


def test_what_is_asked_again_or_twice_is_within_reach(judge: Judge, every: dict[str, Made]) -> None:
    sari, page = Reporter(judge.page), judge.page
    page.goto(f"/l/{every['needs-info'].code}/tambah")
    sari.page.get_by_label("Tambah foto").set_input_files([photo(), BROKEN])
    sari.press("Kirim jawaban")
    judge.see_wrong("act-answer-wrong")
    page.goto(f"/l/{every['answered'].code}")
    sari.press("Kirim penilaian")
    judge.see_wrong("act-rate-wrong")
    page.goto(f"/l/{every['submitted'].code}/tarik")
    sari.press("Lanjut")
    sari.stands_before("Yakin menarik laporan ini?")
    judge.see("act-withdraw-sure")
    page.goto(f"/l/{every['secret'].code}/privasi")
    sari.choose("Semua orang, tanpa nama saya")
    sari.press("Simpan pilihan")
    sari.stands_before("Yakin? Lebih banyak orang akan tahu")
    judge.see("act-privacy-sure")
    page.goto(f"/laporan/{every['dispatched'].report.number}/ikut")
    sari.write("E-mail", "x")
    sari.press("Saya juga, ikuti")
    judge.see_wrong("follow-wrong")
    sari.write("E-mail", "")
    sari.press("Saya juga, ikuti")
    judge.see("public-followed")
    judge.is_content()


def test_every_step_of_the_form_is_within_reach(judge: Judge, cast: Cast) -> None:
    City(cast, current_time()).brought(State.DISPATCHED)
    sari, page = Reporter(judge.page), judge.page
    judge.go("form-story", "/lapor")
    sari.tell("jalan", [photo()])
    judge.see_wrong("form-story-wrong")
    sari.tell(STORY)
    sari.stands_before("Di mana dan kapan?")
    judge.see("form-place")
    sari.press("Belum ada, lanjutkan")
    judge.see_wrong("form-place-wrong")
    page.get_by_role("button", name="Perbesar", exact=True).click()
    page.locator("[data-tap]").click()
    expect(page.get_by_role("button", name="Hapus titik")).to_be_visible()
    sari.village.select_option(VILLAGE)
    judge.see("form-place-near")
    sari.press("Belum ada, lanjutkan")
    sari.stands_before("Identitas dan kirim")
    judge.see("form-send")
    sari.write("E-mail", "x")
    sari.press("Kirim laporan")
    judge.see_wrong("form-send-wrong")
    sari.write("E-mail", "sari@contoh.id")
    sari.press("Kirim laporan")
    sari.read_code()
    judge.see("receipt")
    sari.follow("Cetak struk")
    judge.see("receipt-slip")
    judge.go("sealed", "/lapor/tersegel")
    sari.press("Kirim laporan")
    judge.see_wrong("sealed-wrong")
    page.get_by_label("Ceritakan kejadiannya").fill("Petugas loket meminta uang rokok.")
    sari.press("Kirim laporan")
    sari.read_code(LONG_CODE)
    judge.see("sealed-receipt")
    judge.is_content()


@pytest.mark.parametrize("query", ["", "&galat=1"])
def test_every_part_in_the_gallery_is_within_reach(
    judge: Judge, watch: Watch, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setenv("TUNTAS_DEMO", "1")
    watch.allow(r"answered 404: \S+/foto/\S+\?kecil$")  # what is shown there was never photographed
    for section in ("dasar", "formulir", "laporan", "daftar", "angka"):
        judge.go(f"gallery-{section}{'-wrong' if query else ''}", f"/demo/galeri?bagian={section}{query}")
    judge.go("letters", "/demo/surat")
    judge.is_content()


def test_in_english_nothing_is_wider_and_every_page_says_so(judge: Judge, every: dict[str, Made]) -> None:
    judge.page.goto("/?bahasa=en")
    steps.count(now=current_time())
    for name, path in (public_pages(every) | own_pages(every) | {"form-story": "/lapor"}).items():
        judge.page.goto(path)
        judge._try(name, lambda page: _head(page, "en"))
        judge._try(name, no_sideways)
    judge.is_content()


@pytest.mark.parametrize("where", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_reaches_everything_in_order(open_context: OpenContext, cast: Cast, where: ViewportSize) -> None:
    page = open_context(viewport=where).new_page()
    city, sari = City(cast, current_time()), Reporter(page)
    for made in (city.brought(State.NEEDS_INFO), city.brought(State.ANSWERED)):
        page.goto(f"/l/{made.code}")
        keyboard_walk(page)
    for path in ("/", "/lacak", "/laporan", "/laporan/saring", "/peta", "/lapor/tersegel"):
        page.goto(path)
        assert "#isi" in keyboard_walk(page)[0], "the first step skips to the content"
    page.goto("/lapor")
    keyboard_walk(page)
    sari.tell("jalan", [photo()])
    expect(page.locator("#galat")).to_be_visible()  # sent once the photo was small, and refused
    keyboard_walk(page)
    sari.tell()
    sari.stands_before("Di mana dan kapan?")
    keyboard_walk(page)
    sari.village.select_option(VILLAGE)
    sari.press("Belum ada, lanjutkan")
    sari.stands_before("Identitas dan kirim")
    keyboard_walk(page)
