"""Somebody with a phone who reads the pages and nothing else: labels, buttons, headings."""

import re
from collections.abc import Sequence
from io import BytesIO

import PIL.Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.make import STORY

VILLAGE = "32.99.01.1001"
CODE = re.compile(r"^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}$")
LONG_CODE = re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$")


def photo(name: str = "IMG_1.jpg", size: tuple[int, int] = (640, 480)) -> FilePayload:
    """Return a photo as a phone takes it."""
    out = BytesIO()
    PIL.Image.effect_noise(size, 40).convert("RGB").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


class Reporter:
    """One page in somebody's hand. What it cannot find by its words, a person could not find either."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Anywhere

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Expect words in the main part of the page."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def reads_nothing_of(self, words: str) -> None:
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def stands_before(self, title: str) -> None:
        """Expect a page by its heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=link, exact=True).click()

    def choose(self, answer: str) -> None:
        self.page.get_by_label(answer, exact=True).check()

    def write(self, field: str, words: str) -> None:
        self.page.get_by_label(field).fill(words)

    def open_status(self, path: str) -> int:
        """Open an address that somebody was given; return the status it answers with."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    # The form

    @property
    def story(self) -> Locator:
        return self.page.get_by_label("Ceritakan masalahnya")

    @property
    def village(self) -> Locator:
        return self.page.get_by_label("Kelurahan atau desa")

    def tell(self, story: str = STORY, photos: Sequence[FilePayload] = ()) -> None:
        """Write the story on step 1 and go on."""
        self.story.fill(story)
        if photos:
            self.page.get_by_label("Pilih dari galeri").set_input_files(photos)
        self.press("Lanjut: tempat")

    def go_to_place(self, story: str = STORY, photos: Sequence[FilePayload] = ()) -> None:
        self.page.goto("/lapor")
        self.tell(story, photos)
        self.stands_before("Di mana dan kapan?")

    def go_to_sending(self, story: str = STORY, village: str = VILLAGE) -> None:
        self.go_to_place(story)
        self.village.select_option(village)
        self.press("Belum ada, lanjutkan")
        self.stands_before("Identitas dan kirim")

    def read_code(self, shape: re.Pattern[str] = CODE) -> str:
        """Read the code off the receipt."""
        self.stands_before("Laporan Anda sudah kami terima")
        return self.page.get_by_role("region", name="Kode lacak").get_by_text(shape).inner_text()

    # Tracking

    def find(self, code: str) -> None:
        """Type the code on the tracking page."""
        self.page.goto("/lacak")
        self.page.get_by_label("Sudah melapor?").fill(code)
        self.press("Lacak")
        expect(self.page.get_by_role("heading", name="Perjalanan laporan")).to_be_visible()
