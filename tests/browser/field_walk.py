"""Somebody of an agency in the road, with a phone: their tasks, what the phone keeps of them, and what it sends."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_form_photos import photo
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act

WORDS = "Terima kasih. Petugas kami menambal lubang itu hari ini pukul 08.30."
# All that is stored: every value of every store, bytes read as letters, and what the cache holds.
STORED = """async () => {
  const text = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
    if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
    if (value instanceof CryptoKey) return value.extractable ? 'EXTRACTABLE' : '';
    if (value && typeof value === 'object') return Object.values(value).map(text).join(' ');
    return String(value);
  };
  const told = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const store of db.objectStoreNames) {
      const all = (what) => new Promise((done) => {
        const asked = db.transaction(store).objectStore(store)[what]();
        asked.onsuccess = () => done(asked.result);
      });
      for (const key of await all('getAllKeys')) told.push(`${store} ${key}`);
      for (const value of await all('getAll')) told.push(text(value));
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (new URL(request.url).pathname.startsWith('/static/')) continue;
      told.push(request.url, await (await cache.match(request)).text());
    }
  }
  told.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }));
  return told.join('\\n');
}"""
COUNTED = """async (store) => {
  const found = await indexedDB.databases();
  if (!found.some(({ name }) => name === 'tuntas-petugas')) return 0;
  const db = await new Promise((done) => {
    const asked = indexedDB.open('tuntas-petugas');
    asked.onsuccess = () => done(asked.result);
  });
  if (!db.objectStoreNames.contains(store)) { db.close(); return 0; }
  const n = await new Promise((done) => {
    const asked = db.transaction(store).objectStore(store).count();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  return n;
}"""


def keep_tasks(page: Page) -> None:
    """Open the list with signal, and wait until the phone has kept it."""
    page.goto("/instansi")
    expect(page.locator("[data-bekal]")).to_be_visible()


def kept(page: Page, store: str) -> int:
    n: int = page.evaluate(COUNTED, store)
    return n


def stored(page: Page) -> str:
    text: str = page.evaluate(STORED)
    return text


def fill(page: Page, report: Report, *, words: str = WORDS, with_photo: bool = True) -> None:
    """Open a task from the list and fill in its form."""
    page.goto("/instansi")
    page.locator(f"[data-nomor='{report.number}'] a").click()
    expect(page.get_by_text(str(report.number)).first).to_be_visible()
    page.get_by_label("Sudah selesai").check()
    page.get_by_label("Jawaban untuk pelapor").fill(words)
    if with_photo:
        page.locator("input[type=file][multiple]").set_input_files([photo("IMG_1.jpg", (1200, 900), is_placed=True)])
        expect(page.locator("[data-foto-kata]")).to_have_text("1 foto.")


def answers_of(report: Report) -> list[Any]:
    """Return the answers that arrived, with the number of photos of each."""
    events = Event.objects.filter(report=report, act=Act.PROPOSE_ANSWER)
    return [(event.text, event.files.count()) for event in events]
