"""Real Chromium before the real product: a phone and a desk, with scripts on or off, and a watch over both."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from tests.browser.server import Site
from tests.browser.watch import Watch
from tests.sealed_room import sign_directory
from tuntas.kit.env import env
from tuntas.sealed.models import Directory

# Playwright's plain functions run an event loop in this thread; Django would refuse to talk to the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

HERE = Path(__file__).parent
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other host is reached by anything in the browser, workers included; the watch tells who tried.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
PATIENCE = 15_000  # milliseconds for one thing on a page; it takes a few on a quiet machine
END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
OpenContext = Callable[..., BrowserContext]

expect.set_options(timeout=20_000)  # a machine with other work to do makes a photo smaller in its own time


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder: `-m "not browser"` runs all but these.

    A browser on a busy machine fails once in some thousand pages for reasons of its own: such a test gets a second
    try, which the report names. What fails twice is a fault.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def running_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    site = Site()
    yield site
    site.close()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(END_OTHERS)  # what this thread opened beside the browser's event loop, it finds no more


@pytest.fixture(scope="session")
def running_browser(running_site: Site) -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("Chromium is missing: bin/bootstrap test installs it or says how.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        asyncio._set_running_loop(browser._loop)
        browser.close()


@pytest.fixture
def site(transactional_db: None, city: None, running_site: Site, settings: Settings) -> Iterator[Site]:
    """The running product with the profile loaded; what the test writes is seen by the pages, and the other way."""
    before = os.environ["TUNTAS_BASE_URL"]
    os.environ["TUNTAS_BASE_URL"] = settings.BASE_URL = running_site.base_url
    env.cache_clear()
    Directory.objects.all().delete()
    sign_directory(1)  # again, for this very host: browsers believe no list that was signed for another
    yield running_site
    running_site.rest()
    os.environ["TUNTAS_BASE_URL"] = before
    env.cache_clear()


@pytest.fixture
def browser(running_browser: Browser) -> Iterator[Browser]:
    """Chromium. Its event loop is this thread's only while a browser test runs: others may want one of their own."""
    loop = running_browser._loop
    asyncio._set_running_loop(loop)
    yield running_browser
    asyncio._set_running_loop(None)


@pytest.fixture
def real_installation(browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a government runs: a database of its own is named, so a password alone opens nothing."""
    monkeypatch.setenv("TUNTAS_DATABASE_URL", "postgresql://tuntas@db.example/tuntas")
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


@pytest.fixture
def watch(site: Site) -> Watch:
    return Watch(site.base_url)


@pytest.fixture
def open_context(browser: Browser, site: Site, watch: Watch, request: pytest.FixtureRequest) -> Iterator[OpenContext]:
    """Open contexts, each a person with a browser of their own; at the end nothing may have gone wrong in any."""
    has_scripts = request.getfixturevalue("scripts") if "scripts" in request.fixturenames else True
    opened: list[BrowserContext] = []

    def open_one(**given: object) -> BrowserContext:
        wanted = {"locale": "id-ID", "reduced_motion": "reduce", "java_script_enabled": has_scripts, **given}
        context = browser.new_context(base_url=site.base_url, **wanted)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        watch.listen_to(context)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert watch.faults == []


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether scripts run. A test that names this fixture runs twice, with and without; others run with."""
    return bool(request.param)


@pytest.fixture
def phone(open_context: OpenContext) -> BrowserContext:
    """A cheap phone."""
    return open_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(open_context: OpenContext) -> BrowserContext:
    """A desk with a mouse and a keyboard."""
    return open_context(viewport={"width": 1440, "height": 900})


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """One page on the phone."""
    return phone.new_page()
