{% load static %}// What an officer's phone keeps for times without signal: styles and scripts plainly, tasks under lock (js/vault.js).
import { keepOnly, keepPage, keptPage, forgetPages } from "{% static 'js/vault.js' %}";
import { send } from "{% static 'js/outbox.js' %}";

const KEPT = "petugas-{{ version }}";
const FILES = [{% for file in files %}"{{ file }}", {% endfor %}];
const LIST = "/instansi";
const ALWAYS = [LIST, "/instansi/kotak-keluar"];
const PATIENCE = 8000; // milliseconds; then what is kept is better than nothing
const PHOTO = /\/foto\/[0-9a-f-]{36}\?kecil$/;
const isPage = (path) => path === LIST || (path.startsWith("/instansi/") && path !== "/instansi/sw.js");

async function fill() {
  await (await caches.open(KEPT)).addAll(FILES);
}

async function clean() {
  for (const name of await caches.keys()) if (name.startsWith("petugas-") && name !== KEPT) await caches.delete(name);
  await clients.claim();
}

// Fetch a page and keep it under lock; return its text, or nothing where the session is over.
async function fetchAndKeep(address, stamps) {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (answer.redirected) {
    await forgetPages();
    throw new Error("signed out");
  }
  if (!answer.ok) return "";
  const text = address.includes("/foto/") ? "" : await answer.clone().text();
  stamps.push(await keepPage(address, answer));
  return text;
}

// Keep the list, the tasks on it, and their small photos; what is no task any more goes.
async function keepTasks(tasks) {
  const stamps = [];
  const photos = new Set();
  for (const address of [...ALWAYS, ...tasks]) {
    const text = await fetchAndKeep(address, stamps);
    for (const [, photo] of text.matchAll(/src="([^"]+\?kecil)"/g)) photos.add(photo);
  }
  for (const photo of photos) await fetchAndKeep(photo, stamps);
  await keepOnly(stamps);
  for (const page of await clients.matchAll({ includeUncontrolled: true })) page.postMessage("disimpan");
}

// A page from the vault says so of itself, so that its scripts know.
async function asKept(page) {
  const text = (await page.text()).replace("<html ", '<html data-disimpan="1" ');
  return new Response(text, { headers: page.headers });
}

async function open(request, path) {
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const asked = fetch(request);
  asked.catch(() => {});
  try {
    const first = await Promise.race([asked, late]);
    if (first && first.type === "opaqueredirect") await forgetPages(); // to the sign-in page
    if (first) return first;
  } catch (error) {} // no signal
  const page = (await keptPage(path).catch(() => undefined)) || (await keptPage(LIST).catch(() => undefined));
  return page ? asKept(page) : asked;
}

const small = (request, address) => fetch(request).catch(async (error) => (await keptPage(address)) || Promise.reject(error));

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clean()));
addEventListener("message", (event) => event.data.keep && event.waitUntil(keepTasks(event.data.keep).catch(() => {})));
addEventListener("sync", (event) => event.tag === "kirim" && event.waitUntil(send()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (FILES.includes(pathname)) {
    event.respondWith(caches.match(pathname, { cacheName: KEPT }).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate" && isPage(pathname)) event.respondWith(open(request, pathname));
  else if (PHOTO.test(pathname + search)) event.respondWith(small(request, pathname + search));
});
