"""Old reports brought in with a phone, with and without scripts: upload, look, try, bring in."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, look, no_sideways, targets
from tests.browser.staff import sign_in
from tests.cast import Cast
from tests.past import OFFICE, write_csv
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Import, Report
from tuntas.rules.who import Role

ROWS = (
    ("nomor", "keluhan", "tanggal masuk", "instansi", "nama pelapor"),
    ("1", "Jalan berlubang di depan pasar", "01-02-2022 09.30", OFFICE, "Contoh"),
    ("2", "", "01-02-2022", OFFICE, "Contoh"),
)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_table_comes_in_by_phone(
    open_context: OpenContext, browser: Browser, site: object, tmp_path: Path, has_scripts: bool
) -> None:
    context = open_context(viewport={"width": 360, "height": 740}, java_script_enabled=has_scripts)
    page = sign_in(context, Cast(), Role.AGENCY_ADMIN)
    before = Report.objects.count()
    page.goto("/kelola/masa-lalu")
    _judge(page, "past", has_scripts)
    page.get_by_label("Berkas CSV atau XLSX").set_input_files(write_csv(tmp_path / "lama.csv", ROWS))
    page.get_by_role("button", name="Unggah dan periksa").click()
    expect(page.get_by_text("Tabel ini punya 2 baris.")).to_be_visible()
    expect(page.get_by_label("Isi laporan (harus ada)")).to_have_value("keluhan")
    _judge(page, "past-one", has_scripts)
    page.get_by_role("button", name="Bawa masuk sekarang").click()
    expect(page.get_by_text("0 dari 2 baris sudah dikerjakan.")).to_be_visible()
    for one in Import.objects.filter(state="running"):
        steps.bring_past(one.pk, now=current_time())
    page.get_by_role("link", name="Lihat kemajuan terbaru").click()
    expect(page.get_by_role("heading", name="Selesai")).to_be_visible()
    expect(page.get_by_text("1 laporan masuk")).to_be_visible()
    _judge(page, "past-done", has_scripts)
    assert Report.objects.count() == before + 1


def _judge(page: Page, name: str, has_scripts: bool) -> None:
    if has_scripts:
        look(page, name)
        axe(page)
    no_sideways(page)
    targets(page)
