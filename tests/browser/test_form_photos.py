"""Photos are made small, upright and silent on the phone; whatever fails, the photo goes as it is."""

from io import BytesIO

import PIL.Image
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.form_walk import IN_TOWN, NEXT, draft_on, write
from tests.browser.judge import axe, look, no_sideways, targets
from tuntas.reports.models import File

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
    page.get_by_label("Pilih berkas").set_input_files([photo("b.jpg", is_placed=True)])
    assert page.locator("[name=foto_lat]").count() == 0
    assert draft_on(page) is None
