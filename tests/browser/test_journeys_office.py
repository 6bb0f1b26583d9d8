"""One report through four pairs of hands: a citizen, the desk, an agency, a second person; with scripts and without."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.reporter import VILLAGE, Reporter, photo
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.make import STORY
from tuntas.reports.models import Event, File, Report
from tuntas.rules.life import Act
from tuntas.rules.who import Role

pytestmark = pytest.mark.usefixtures("scripts")

BEGUN = "Terima kasih laporannya. Petugas kami memeriksa lubang itu besok pagi pukul 08.00."
DONE = "Terima kasih laporannya. Lubang itu sudah kami tambal hari ini pukul 08.30."


def send_with_photo(page: Page) -> tuple[Reporter, str]:
    sari = Reporter(page)
    page.goto("/lapor")
    sari.tell(STORY, [photo()])
    sari.village.select_option(VILLAGE)
    sari.press("Belum ada, lanjutkan")
    sari.press("Kirim laporan")
    return sari, sari.read_code()


def acts() -> list[str]:
    return list(Event.objects.order_by("id").values_list("act", flat=True))


def test_a_report_goes_from_the_citizen_by_desk_agency_and_validator_back_to_the_citizen(
    page: Page, desk: BrowserContext, open_context: OpenContext, cast: Cast
) -> None:
    sari, code = send_with_photo(page)
    report = Report.objects.get()

    dewi = sign_in(desk, cast, Role.AGENCY_ADMIN)
    dewi.get_by_role("navigation", name="Antrean").get_by_role("link", name=re.compile("^Perlu dipilah")).first.click()
    dewi.get_by_role("link", name=re.compile("Jalan di depan pasar")).first.click()
    dewi.locator(".c-peek").get_by_role("button", name=re.compile("^Teruskan")).click()  # scripts add to whom
    expect(dewi.get_by_role("status").filter(has_text="Urungkan")).to_be_visible()
    report.refresh_from_db()
    assert (report.state, report.holder and report.holder.slug) == ("dispatched", "dinas-pupr")

    dewi.goto(f"/meja/kasus/{report.number}")
    dewi.get_by_role("link", name=re.compile("belum ditinjau")).first.click()
    dewi.get_by_label("kolom 3 baris 2", exact=True).check()
    dewi.get_by_role("button", name="Tayangkan foto ini").click()
    expect(dewi.get_by_role("main")).to_contain_text(re.compile("disamarkan|tayang"))
    assert File.objects.get(event__act=Act.SUBMIT).covers

    rudi = sign_in(open_context(viewport={"width": 360, "height": 740}), cast, Role.LIAISON, "dinas-pupr")
    rudi.get_by_role("link", name=re.compile("Jalan di depan pasar")).first.click()
    rudi.get_by_label("Sedang kami kerjakan").check()
    rudi.get_by_label("Jawaban untuk pelapor").fill(BEGUN)
    rudi.get_by_role("button", name=re.compile("^Kirim|^Simpan, kirim")).click()
    expect(rudi.get_by_role("main")).to_contain_text(re.compile("terkirim", re.IGNORECASE))
    rudi.goto(f"/instansi/tugas/{report.number}")
    rudi.get_by_label("Sudah selesai").check()
    rudi.get_by_label("Dari galeri").set_input_files([photo("sesudah.jpg")])
    rudi.get_by_label("Jawaban untuk pelapor").fill(DONE)
    rudi.get_by_role("button", name=re.compile("^Kirim|^Simpan, kirim")).click()
    expect(rudi.get_by_role("main")).to_contain_text(re.compile("terkirim", re.IGNORECASE))

    ratna = sign_in(open_context(viewport={"width": 360, "height": 740}), cast, Role.RESPONSE_VALIDATOR)
    ratna.goto("/instansi/cek")
    ratna.get_by_role("link", name=re.compile("Jalan di depan pasar")).first.click()
    expect(ratna.get_by_role("main")).to_contain_text(DONE)
    ratna.get_by_role("button", name="Setujui dan kirim ke pelapor").click()
    expect(ratna.get_by_role("main")).to_contain_text(f"Keputusan tersimpan: {report.number}")

    sari.find(code)
    for words in (BEGUN, DONE, "Apakah sudah beres?"):
        sari.reads(words)
    sari.choose("Sangat Puas")
    page.get_by_role("button", name=re.compile("^Kirim penilaian|^Nilai")).click()
    expect(page.get_by_role("main")).to_contain_text("Tuntas")
    assert acts() == ["submit", "dispatch", "publish", "start", "propose_answer", "approve", "rate"]

    page.goto(f"/laporan/{report.number}")
    sari.reads(DONE)
    shown = page.get_by_role("main").locator("img").first
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("(image) => image.naturalWidth") > 100
