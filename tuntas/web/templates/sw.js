// What the phone keeps for times without signal: the blank form, the page that says so, and what both need.
// Nothing is kept on the way: no report, no code, no answer to a form. /lapor/keluar clears all of it.
const KEPT = "tuntas-{{ version }}-{{ language }}";
const FORM = "/lapor?bahasa={{ language }}";
const OFFLINE = "/luring?bahasa={{ language }}";
const FILES = [{% for file in files %}"{{ file }}", {% endfor %}];
const NOT_OURS = /^\/(api\/|lapor\/keluar)/; // whoever leaves quickly must not land on a page of ours

// Without cookies: the same page for everybody, with nobody's draft in it.
async function fill() {
  const kept = await caches.open(KEPT);
  const pages = [FORM, OFFLINE].map((page) => new Request(page, { credentials: "omit", cache: "no-cache" }));
  await kept.addAll([...pages, ...FILES]);
}

async function clean() {
  for (const name of await caches.keys()) if (name.startsWith("tuntas-") && name !== KEPT) await caches.delete(name);
}

const fromPhone = async (name) => (await caches.open(KEPT)).match(name);

async function open(request, path) {
  try {
    return await fetch(request);
  } catch (error) {
    return (await fromPhone(path === "/lapor" ? FORM : OFFLINE)) || Promise.reject(error);
  }
}

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clean()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || NOT_OURS.test(pathname)) return;
  if (FILES.includes(pathname)) event.respondWith(fromPhone(pathname).then((kept) => kept || fetch(request)));
  else if (request.mode === "navigate") event.respondWith(open(request, pathname));
});
