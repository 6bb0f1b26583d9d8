"""What the form's scripts shorten: photos, drafts, places, sending, leaving. Without them everything works as well."""

import json
from io import BytesIO
from typing import Any

import PIL.Image
import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, Route, expect

from tests.browser.conftest import OpenContext
from tests.browser.judge import axe, look, no_sideways, targets
from tests.browser.watch import Watch
from tuntas.reports.models import Draft, File, Report

STORY = "Jalan di depan pasar berlubang besar, sudah dua minggu. Kalau hujan tertutup air."
IN_TOWN = (-6.9573, 106.9276)
VILLAGE, OTHER_VILLAGE = "32.99.01.1001", "32.99.04.1006"
NEXT = "Lanjut: tempat"
FILES = """() => Promise.all([...document.querySelector('input[multiple]').files].map(async (file) => {
  const image = await createImageBitmap(file);
  const bytes = await file.arrayBuffer();
  const isSilent = !new TextDecoder('latin1').decode(bytes).includes('Exif');
  return {name: file.name, size: file.size, width: image.width, height: image.height, isSilent};
}))"""


def photo(name: str, size: tuple[int, int] = (640, 480), *, turn: int = 1, is_placed: bool = False) -> FilePayload:
    """Return a photo as a phone takes it; noise is what shrinks worst."""
    exif = PIL.Image.Exif()
    exif[0x0112] = turn
    if is_placed:
        exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 57.0, 26.28), 3: "E", 4: (106.0, 55.0, 39.36)})
    out = BytesIO()
    PIL.Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", exif=exif, quality=80)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def draft_on(page: Page) -> dict[str, Any] | None:
    """Return what the phone keeps."""
    kept: dict[str, Any] | None = json.loads(page.evaluate("localStorage.getItem('draf')") or "null")
    return kept


def write(page: Page, story: str = STORY) -> None:
    """Open step 1 and write."""
    page.goto("/lapor")
    page.get_by_label("Ceritakan masalahnya").fill(story)


def go_to_place(page: Page) -> None:
    write(page)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")


def go_to_receipt(page: Page) -> None:
    go_to_place(page)
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.get_by_role("button", name="Belum ada, lanjutkan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")


# Photos


def test_a_large_photo_is_made_small_before_it_is_sent(page: Page) -> None:
    write(page)
    page.locator("input[multiple]").set_input_files([photo("IMG_1.jpg", (4000, 3000))])
    expect(page.locator("[data-chosen]")).to_contain_text("1 foto,")
    (sent,) = page.evaluate(FILES)
    assert sent["size"] <= 300_000
    assert (sent["width"], sent["height"]) <= (1600, 1200)
    assert sent["width"] / sent["height"] == pytest.approx(4 / 3, rel=0.01)
    assert sent["isSilent"]
    look(page, "form-photo")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")
    assert File.objects.get().width == sent["width"]


def test_a_form_sent_at_once_waits_until_its_photos_are_small(page: Page) -> None:
    write(page)
    with page.expect_request(lambda request: request.method == "POST") as sending:
        page.locator("input[multiple]").set_input_files([photo("IMG_1.jpg", (4000, 3000))])
        page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")
    assert int(sending.value.all_headers()["content-length"]) <= 300_000
    assert File.objects.count() == 1


def test_a_photo_that_is_turned_arrives_upright(page: Page) -> None:
    write(page)
    page.locator("input[multiple]").set_input_files([photo("IMG_1.jpg", (800, 400), turn=6)])
    expect(page.locator("[data-chosen]")).to_contain_text("1 foto,")
    (sent,) = page.evaluate(FILES)
    assert (sent["width"], sent["height"]) == (400, 800)


def test_photos_of_camera_and_gallery_add_up_and_can_be_taken_out(page: Page) -> None:
    write(page)
    camera, gallery = page.locator("input[capture]"), page.locator("input[multiple]")
    camera.set_input_files([photo("a.jpg")])
    gallery.set_input_files([photo("b.jpg"), photo("c.jpg")])
    camera.set_input_files([photo("d.jpg")])
    expect(page.locator("[data-chosen]")).to_contain_text("4 foto,")
    axe(page)
    no_sideways(page)
    targets(page)
    page.get_by_role("button", name="Hapus b.jpg").click()
    expect(page.get_by_role("button", name="Hapus c.jpg")).to_be_focused()
    gallery.set_input_files([photo("e.jpg"), photo("f.jpg"), photo("g.jpg")])
    expect(page.locator("[data-chosen]")).to_contain_text("5 foto,")
    expect(page.locator("[data-chosen]")).to_contain_text("1 foto tidak ikut.")
    assert [each["name"] for each in page.evaluate(FILES)] == ["a.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"]
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")
    assert File.objects.count() == 5


def test_what_no_browser_can_decode_goes_as_it_is(page: Page) -> None:
    write(page)
    broken: FilePayload = {"name": "IMG_1.heic", "mimeType": "image/heic", "buffer": b"not a picture at all"}
    page.locator("input[multiple]").set_input_files([broken, photo("b.jpg")])
    expect(page.locator("[data-chosen]")).to_contain_text("2 foto,")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("alert")).to_contain_text("IMG_1.heic:")
    assert File.objects.count() == 1


def test_the_place_of_a_photo_is_offered_on_the_next_page(page: Page) -> None:
    write(page)
    page.locator("input[multiple]").set_input_files([photo("a.jpg"), photo("b.jpg", is_placed=True)])
    expect(page.locator("[data-chosen]")).to_contain_text("2 foto,")
    lat, lng = (float(page.locator(f"[name=foto_{part}]").input_value()) for part in ("lat", "lng"))
    assert (lat, lng) == pytest.approx(IN_TOWN, abs=1e-5)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_text("Foto Anda diambil di sekitar")).to_be_visible()
    page.get_by_role("button", name="Pakai tempat foto itu").click()
    expect(page.get_by_role("button", name="Hapus titik")).to_be_visible()


def test_a_closed_report_never_tells_where_its_photos_were_taken(page: Page) -> None:
    write(page)
    page.get_by_label("Ini tentang pungli").check()
    page.locator("input[multiple]").set_input_files([photo("a.jpg", is_placed=True)])
    expect(page.locator("[data-chosen]")).to_contain_text("1 foto,")
    assert page.locator("[name=foto_lat]").input_value() == ""
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pungli")
    page.locator("input[multiple]").set_input_files([photo("b.jpg", is_placed=True)])
    expect(page.locator("[data-chosen]")).to_contain_text("1 foto,")
    assert page.evaluate(FILES)[0]["isSilent"]
    assert page.locator("[name=foto_lat]").count() == 0
    assert draft_on(page) is None


# The draft on the phone


def test_a_draft_comes_back_and_can_be_deleted(page: Page) -> None:
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan di HP ini, ")
    page.reload()
    story = page.get_by_label("Ceritakan masalahnya")
    expect(story).to_have_value(STORY)
    expect(page.locator("[data-counted]")).to_have_text(f"{len(STORY)} dari 10.000 huruf")
    page.get_by_role("button", name="Hapus draf").click()
    expect(story).to_have_value("")
    assert draft_on(page) is None
    page.reload()
    expect(story).to_have_value("")


def test_what_was_typed_just_now_stays_when_the_draft_is_deleted(page: Page) -> None:
    write(page)
    page.get_by_role("button", name="Hapus draf").click()
    expect(page.locator("[data-saved]")).to_have_text("Draf di HP ini dihapus.")
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value(STORY)
    assert draft_on(page) is None


def test_a_draft_is_gone_after_a_week(page: Page) -> None:
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")
    page.evaluate("""() => {
      const kept = JSON.parse(localStorage.getItem('draf'));
      localStorage.setItem('draf', JSON.stringify({...kept, at: kept.at - 7 * 864e5}));
    }""")
    page.reload()
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value("")
    assert draft_on(page) is None


def test_a_phone_whose_storage_holds_rubbish_shows_the_form_all_the_same(page: Page) -> None:
    page.goto("/lapor")
    for rubbish in ("{", "null", "7", '"x"', "[]", '{"at": "x"}'):
        page.evaluate("(text) => localStorage.setItem('draf', text)", rubbish)
        write(page)
        expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")


def test_the_tick_box_deletes_the_draft_at_once(page: Page) -> None:
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")
    page.get_by_label("Ini tentang pungli").check()
    assert draft_on(page) is None
    page.get_by_label("Ceritakan masalahnya").press("End")
    page.keyboard.type(" Lagi.")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pungli")
    assert draft_on(page) is None


def test_the_draft_is_gone_once_the_report_is_sent(page: Page) -> None:
    go_to_receipt(page)
    assert draft_on(page) is None
    assert Report.objects.count() == 1


def test_nothing_that_says_who_one_is_stays_on_the_phone(page: Page) -> None:
    go_to_place(page)
    page.get_by_label("Dekat apa?").fill("Depan pasar")
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.get_by_role("button", name="Belum ada, lanjutkan").click()
    page.get_by_label("Nama").fill("Sari")
    page.get_by_label("E-mail").fill("sari@contoh.id")
    kept = draft_on(page)
    assert kept is not None
    assert set(kept) == {"at", "draf", "cerita", "kelurahan", "patokan", "kapan", "tanggal"}


def test_the_second_step_comes_back_as_it_was_left(page: Page) -> None:
    go_to_place(page)
    page.get_by_label("Dekat apa?").fill("Depan pasar")
    page.get_by_label("Kemarin").check()
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.reload()
    expect(page.get_by_label("Dekat apa?")).to_have_value("Depan pasar")
    expect(page.get_by_label("Kemarin")).to_be_checked()
    expect(page.get_by_label("Kelurahan atau desa")).to_have_value(VILLAGE)
    go_to_place(page)  # another report: another place
    expect(page.get_by_label("Dekat apa?")).to_have_value("")


# The place


def test_the_phones_position_is_read_back_as_a_village(open_context: OpenContext) -> None:
    lat, lng = IN_TOWN
    here = {"latitude": lat, "longitude": lng, "accuracy": 15}
    page = open_context(geolocation=here, permissions=["geolocation"]).new_page()
    go_to_place(page)
    page.get_by_role("button", name="Pakai lokasi saya").click()
    expect(page.get_by_text("meleset sekitar 15 meter")).to_be_visible()
    expect(page.get_by_label("Kelurahan atau desa")).not_to_have_value("")


def test_a_refused_position_gets_a_sentence(page: Page) -> None:
    go_to_place(page)
    page.get_by_role("button", name="Pakai lokasi saya").click()
    expect(page.locator("[data-gps-said]")).to_have_text("Lokasi tidak bisa dibaca. Ketuk peta, atau pilih kelurahan.")


@pytest.mark.parametrize("at", [(0.5, 0.5), (0.7, 0.35)])
def test_a_tap_lands_where_it_was_made(phone: BrowserContext, desk: BrowserContext, at: tuple[float, float]) -> None:
    for context in (phone, desk):
        page = context.new_page()
        go_to_place(page)
        page.get_by_role("button", name="Perbesar", exact=True).click()
        spot = page.locator("[data-tap]")
        box = spot.bounding_box()
        assert box is not None
        assert box["width"] > 288, "larger than the server's picture"
        x, y = box["width"] * at[0], box["height"] * at[1]
        spot.click(position={"x": x, "y": y})
        pin = page.locator(".c-locate__pin").bounding_box()
        box = spot.bounding_box()
        assert pin is not None
        assert box is not None
        point = box["width"] / 288  # the server reckons in whole ones
        assert pin["x"] + pin["width"] / 2 - box["x"] == pytest.approx(x, abs=point)
        assert pin["y"] + pin["height"] / 2 - box["y"] == pytest.approx(y, abs=point)


def test_a_key_on_the_map_taps_nowhere(desk: BrowserContext) -> None:
    page = desk.new_page()
    go_to_place(page)
    page.locator("[data-tap]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")
    expect(page.locator(".c-locate__pin")).to_have_count(0)


def test_similar_reports_follow_the_village_without_moving_the_focus(page: Page) -> None:
    go_to_place(page)
    village, similar = page.get_by_label("Kelurahan atau desa"), page.locator("[data-near]")
    expect(similar).to_contain_text("Setelah tempat dipilih")
    village.focus()
    village.select_option(OTHER_VILLAGE)
    expect(similar).to_contain_text("Kami tidak menemukan laporan serupa")
    expect(village).to_be_focused()
    expect(similar).to_have_attribute("aria-live", "polite")
    axe(page)


# Sending


def test_pressed_twice_it_is_sent_once_and_after_three_seconds_says_so(page: Page) -> None:
    page.clock.install()
    write(page)
    held: list[Route] = []
    page.route("**/lapor", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    button = page.locator("[data-send]")
    button.click(no_wait_after=True)
    button.click(no_wait_after=True)
    page.clock.run_for(3100)
    expect(button).to_have_text("Mengirim, jangan tutup halaman")
    expect(button).to_have_attribute("aria-disabled", "true")
    assert len(held) == 1
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")
    assert Draft.objects.count() == 1


def test_a_form_that_must_wait_counts_down_and_is_pressed_again_by_hand(page: Page) -> None:
    page.clock.install()
    go_to_place(page)
    page.get_by_label("Kelurahan atau desa").select_option(VILLAGE)
    page.get_by_role("button", name="Belum ada, lanjutkan").click()
    page.route(
        "**/lapor/kirim?*",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('data-draft="3"', 'data-draft="3" data-wait="20"')
        ),
    )
    page.reload()
    button = page.locator("[data-send]")
    expect(button).to_have_text("Tunggu 20 detik")
    button.click()
    page.clock.run_for(5000)
    expect(button).to_have_text("Tunggu 15 detik")
    assert Report.objects.count() == 0
    page.clock.run_for(17_000)
    expect(button).to_contain_text("Kirim laporan")
    assert Report.objects.count() == 0, "nothing is sent by itself"
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")


def test_the_first_step_sent_without_signal_keeps_every_word(page: Page) -> None:
    write(page)
    page.context.set_offline(True)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("alert")).to_have_text("Tidak ada sinyal. Draf tersimpan di HP ini.")
    look(page, "form-offline")
    axe(page)
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value(STORY)
    kept = draft_on(page)
    assert kept is not None
    assert kept["cerita"] == STORY
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_text("Sinyal kembali. Silakan lanjut.")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")


def test_a_closed_report_without_signal_is_not_kept(page: Page) -> None:
    write(page)
    page.get_by_label("Ini tentang pungli").check()
    page.context.set_offline(True)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("alert")).to_contain_text("Belum terkirim. Jangan tutup halaman ini.")
    assert draft_on(page) is None


# Leaving


@pytest.mark.parametrize("way", ["link", "shift"])
def test_leaving_quickly_deletes_the_draft_everywhere(page: Page, watch: Watch, way: str) -> None:
    watch.allow("other host: https://www.bmkg.go.id/$")
    page.context.route("https://www.bmkg.go.id/", lambda route: route.fulfill(body="Cuaca"))
    go_to_place(page)
    assert Draft.objects.count() == 1
    with page.expect_request("**/lapor/keluar") as told:
        if way == "link":
            page.get_by_role("link", name="Keluar cepat").click()
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
    page.wait_for_url("https://www.bmkg.go.id/")
    assert told.value.method == "POST"
    page.goto("/lapor")
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value("")
    assert draft_on(page) is None
    assert Draft.objects.count() == 0


def test_capital_letters_do_not_leave(page: Page) -> None:
    write(page, "")
    story = page.get_by_label("Ceritakan masalahnya")
    story.focus()
    for letter in "RW 05":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    expect(story).to_have_value("RW 05")


# Without signal


def ready(page: Page) -> None:
    """Open a page and wait until the phone has kept what it needs."""
    page.goto("/lapor")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')")


def test_the_form_opens_without_signal_and_what_is_written_can_be_sent_later(page: Page) -> None:
    ready(page)
    page.context.set_offline(True)
    write(page)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("alert")).to_contain_text("Draf tersimpan di HP ini.")
    page.goto("/luring")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    expect(page.locator("[data-drafts]")).to_contain_text(STORY)
    look(page, "offline")
    axe(page)
    no_sideways(page)
    page.goto("/laporan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    page.get_by_role("link", name="Lanjutkan draf").click()
    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value(STORY)
    page.context.set_offline(False)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana dan kapan?")


def test_the_draft_on_the_phone_can_be_deleted_without_signal(page: Page) -> None:
    ready(page)
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Draf tersimpan")
    page.context.set_offline(True)
    page.goto("/luring")
    page.get_by_role("button", name="Hapus draf").click()
    expect(page.locator("[data-drafts]")).to_contain_text("Draf di HP ini sudah dihapus.")
    assert draft_on(page) is None


def test_the_phone_keeps_no_page_about_anybody(page: Page) -> None:
    ready(page)
    go_to_receipt(page)
    page.get_by_role("link", name="Buka halaman lacak").click()
    page.goto("/lapor/tersegel")
    kept = page.evaluate("""async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({url}) => new URL(url).pathname).filter((path) => !path.startsWith('/static/')).sort();
    }""")
    assert kept == ["/lapor", "/luring"]


# The receipt


def test_the_slip_prints_at_one_press(page: Page) -> None:
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    go_to_receipt(page)
    page.get_by_role("link", name="Cetak struk").click()
    page.get_by_role("button", name="Cetak").click()
    expect(page).to_have_title("printed")
