"""What each page's scripts weigh, with all they import; on a slow line every kilobyte is a breath."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client

from tests.doors.test_report_form import Walk, draft_in
from tests.make import make_report
from tests.sealed_room import make_readers
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static

pytestmark = pytest.mark.usefixtures("city", "cast")
KB = 1024
SCRIPT = re.compile(r'<script(?: type="module")? src="/static/js/([^"]+)"')
IMPORT = re.compile(r'from "\./([^"]+)"')
HASHED = re.compile(r"\w+\.[0-9a-f]{12}\.js")


@pytest.fixture(autouse=True)
def scripts() -> None:
    collect_static()


def text_of(name: str) -> str:
    return (Path(settings.STATIC_ROOT) / "js" / name).read_text()


def loaded(page: str) -> set[str]:
    """Return the names of all scripts a page loads, those that scripts import included."""
    found: set[str] = set()
    ahead = SCRIPT.findall(page)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += IMPORT.findall(text_of(name))
    return found


def weight(page: str) -> int:
    return sum(len(brotli.compress(text_of(name).encode(), quality=11)) for name in loaded(page))


@pytest.mark.parametrize(("address", "most"), [("/", 4), ("/lapor", 7), ("/luring", 2), ("/lacak", 1)])
def test_what_anybody_opens_keeps_to_its_budget(client: Client, address: str, most: int) -> None:
    assert 0 < weight(client.get(address).content.decode()) <= most * KB


def test_the_later_steps_and_the_receipt_keep_to_theirs(client: Client) -> None:
    walk = Walk(client)
    draft = draft_in(walk.story())
    assert 0 < weight(client.get(f"/lapor/tempat?draf={draft}").content.decode()) <= 6 * KB
    walk.place(draft)
    assert 0 < weight(client.get(f"/lapor/kirim?draf={draft}").content.decode()) <= 6 * KB
    receipt = client.post("/lapor/kirim", walk.last(draft))["Location"]
    assert 0 < weight(client.get(receipt).content.decode()) <= KB
    assert 0 < weight(client.get(f"{receipt}/struk").content.decode()) <= KB


def test_the_tracking_page_keeps_to_its_budget(client: Client) -> None:
    page = client.get(f"/l/{make_report(current_time()).code}").content.decode()
    assert weight(page) <= 2 * KB


@pytest.mark.parametrize("address", ["/laporan", "/statistik", "/janji"])
def test_public_pages_load_no_script(client: Client, address: str) -> None:
    assert loaded(client.get(address).content.decode()) == set()


def test_a_script_names_the_others_by_the_content_they_have(client: Client) -> None:
    names = loaded(client.get("/lapor").content.decode())
    assert len(names) == 7
    assert [name for name in names if not HASHED.fullmatch(name)] == []
    assert all((Path(settings.STATIC_ROOT) / "js" / f"{name}.br").exists() for name in names)


def test_scripts_leave_style_and_evaluation_alone() -> None:
    for path in (Path(settings.STATIC_ROOT) / "js").glob("*.js"):
        found = re.findall(r"\.style\b|setAttribute\(\"style|\beval\(|new Function|https?:", path.read_text())
        assert found == [], path.name


def test_what_seals_and_what_opens_keep_to_their_budget(client: Client) -> None:
    make_readers()
    for address in ("/lapor/tersegel", "/l/tersegel"):
        page = client.get(address).content.decode()
        (library,) = re.findall(r'data-age="/static/js/(age\.[0-9a-f]{12}\.js)"', page)
        sealing = len(brotli.compress(text_of(library).encode(), quality=11))
        assert 0 < weight(page) + sealing <= 80 * KB
        assert weight(page) <= 12.5 * KB


def test_the_page_for_sealed_reports_leaves_no_worker_behind(client: Client) -> None:
    make_readers()
    names = {name.partition(".")[0] for name in loaded(client.get("/lapor/tersegel").content.decode())}
    assert names == {"hold", "sealed_form", "sealed_files", "lapor", "photos", "exif", "phone", "page"}
