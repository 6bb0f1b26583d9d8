// A sealed report in its reader's browser. The server sends ciphertext; the passphrase and what it opens stay here, in
// memory, until the time is over or the screen is closed. Acts work without this script: then the server closes words.
import { make, say } from "./room-part.js";
import { forgetFiles, showFile, showStory, showWords } from "./room-show.js";

const MOST = 16 * 1024 * 1024;
const TWICE = 700; // milliseconds between two Esc
const room = document.querySelector("[data-brankas]");
const base = room.dataset.brankas;
const lasts = Number(room.dataset.berlaku ?? 0) * 1000; // milliseconds, by the server's clock: this one may be wrong
const began = performance.now();
let age = null; // the module that opens envelopes
let held = null; // {contents, identities}: what must be forgotten
let isSending = false;
let isOurs = Boolean(room.dataset.age); // until it turns out that this browser cannot close envelopes

const find = (what) => document.querySelector(what);
const tell = (text, where = "[data-kabar]") => { const at = find(where); if (at) at.textContent = text; };

const loaded = (isOurs ? import(room.dataset.age) : Promise.resolve(null)).then(
  (module) => {
    age = module;
    if (age) document.body.dataset.skrip = "";
    if (age && lasts) find("[data-sandi]")?.removeAttribute("hidden");
  },
  () => {
    isOurs = false;
    tell(say("Pembuka amplop tidak termuat. Muat ulang halaman.", "What opens envelopes did not load. Load the page again."));
  },
);
ready();

async function post(address, fields) {
  const response = await fetch(address, { method: "POST", body: new URLSearchParams(fields), cache: "no-store" });
  return response.ok;
}
const uncover = (why) => post(`${base}/lihat`, { apa: "bagian", alasan: why });
const record = () => post(`${base}/lihat`, { apa: "unduh" }); // which file is nobody's business but the room's

// ------------------------------------------------------------------ opening

find("[data-sandi]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = find("#sandi");
  tell(say("Membuka. Ini perlu beberapa detik.", "Opening. This takes some seconds."));
  try {
    const contents = await (await fetch(`${base}/isi`, { cache: "no-store" })).json();
    const pasted = recovered(); // the private half of the recovery key, where two holders opened it
    const own = pasted || (await age.unlock(age.fromBase64(contents.locked ?? ""), field?.value ?? "").catch(() => null));
    if (own === null) {
      tell(say("Frasa sandi tidak cocok. Coba lagi.", "The passphrase does not fit. Try again."));
      field?.focus();
      return;
    }
    const identities = await reportKeys(pasted ? contents.recovery : contents.wrapped, own.split(/\s+/).filter(Boolean));
    if (!identities.length && pasted) {
      tell(say("Kunci pemulihan ini tidak membuka laporan ini.", "This recovery key does not open this report."));
      return;
    }
    for (const each of fields()) each.value = "";
    if (!identities.length) {
      tell(say("Laporan ini belum dikunci untuk Anda. Minta pembaca lain memberi kunci.", "This report is not closed to you yet. Ask another reader for a key."));
      return;
    }
    held = { contents, identities };
    event.target.hidden = true;
    await refuseOtherRecipient(contents.recipient);
    await show();
  } catch {
    tell(say("Tidak bisa dibuka sekarang. Periksa sambungan, lalu coba lagi.", "It cannot be opened now. Check the connection and try again."));
  }
});

const fields = () => document.querySelectorAll("#sandi, #pulih");
const recovered = () => find("#pulih")?.value.trim() ?? "";

async function reportKeys(wrapped, own) {
  for (const data of wrapped) {
    for (const identity of own) {
      const found = await age.decryptText(age.fromBase64(data), identity).catch(() => null);
      if (found) return found.split(/\s+/).filter(Boolean);
    }
  }
  return [];
}

/** The server names the key that answers are closed to; it must be one that this report's own key opens. */
async function refuseOtherRecipient(recipient) {
  const known = await Promise.all(held.identities.map((identity) => age.recipientOf(identity)));
  held.isTrue = known.includes(recipient);
  if (!held.isTrue) tell(say("Kunci laporan ini tidak cocok. Jangan menulis balasan; beri tahu Inspektorat.", "The key of this report does not fit. Write no answer; tell the Inspectorate."), "[data-kabar-tulis]");
}

async function opened(data) {
  for (const identity of held.identities) {
    const plain = await age.decrypt(data, identity).catch(() => null);
    if (plain) return plain;
  }
  return null;
}

async function show() {
  const [into, talk] = [find("[data-terbuka]"), find("[data-obrolan]")];
  into.replaceChildren();
  talk.replaceChildren();
  tell("");
  for (const envelope of held.contents.envelopes) {
    if (envelope.kind === "file") {
      offerFile(envelope, envelope.act === "submit" ? into : talk);
      continue;
    }
    const plain = envelope.data && (await opened(age.fromBase64(envelope.data)));
    if (!held) return;
    if (!plain) {
      into.append(make("p", say("Satu amplop tidak bisa dibuka.", "One envelope could not be opened.")));
      continue;
    }
    const words = JSON.parse(age.textOf(plain));
    if (envelope.kind === "story") showStory(words, into, uncover);
    else showWords(envelope, words, talk, uncover);
  }
  find("[data-percakapan]").hidden = !talk.children.length;
  showKeyButtons();
}

function offerFile(envelope, into) {
  const place = make(into.tagName === "UL" ? "li" : "p");
  const button = make("button", say(`Buka lampiran (${Math.ceil(envelope.size / 1024)} KB)`, `Open the file (${Math.ceil(envelope.size / 1024)} KB)`), { type: "button", class: "c-linkbtn" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    const response = await fetch(`${base}/berkas/${envelope.id}`, { cache: "no-store" }).catch(() => null);
    const plain = response?.ok && (await opened(new Uint8Array(await response.arrayBuffer())));
    button.disabled = false;
    if (!held) return;
    if (plain) {
      showFile(age.unwrapFile(plain), place, record);
      button.remove();
    } else tell(say("Lampiran tidak bisa dibuka sekarang.", "The file cannot be opened now."));
  });
  place.append(button);
  into.append(place);
}

// ------------------------------------------------------------------ writing

function ready() {
  const form = find("[data-segel]");
  if (!form || form.dataset.siap) return;
  form.dataset.siap = "1";
  loaded.then(() => age && room.dataset.penerima && form.querySelector("[data-lampiran]")?.removeAttribute("hidden"));
  form.addEventListener("submit", (event) => {
    if (!isOurs || !room.dataset.penerima) return; // the server closes it
    event.preventDefault();
    if (isSending || (held && !held.isTrue)) return;
    isSending = true;
    tell(say("Mengunci dan mengirim …", "Closing and sending …"), "[data-kabar-tulis]");
    const lost = () => tell(say("Belum terkirim. Tulisan Anda masih di sini.", "Not sent. Your words are still here."), "[data-kabar-tulis]");
    loaded.then(() => (age ? send(form) : ask())).catch(lost).finally(() => { isSending = false; });
  });
}

function ask() {
  tell(
    say(
      "Peramban ini tidak bisa menguncinya. Tekan lagi kalau server boleh membacanya sekali, saat menguncinya.",
      "This browser cannot close it. Press again if the server may read it once, while closing it.",
    ),
    "[data-kabar-tulis]",
  );
}

async function send(form) {
  const fields = new URLSearchParams(new FormData(form));
  const text = fields.get("teks")?.trim();
  fields.delete("teks");
  if (text) fields.set("amplop", age.toBase64(await age.encrypt(age.padded({ v: 1, text }), room.dataset.penerima)));
  for (const id of await sendFiles(form)) fields.append("berkas", id);
  const response = await fetch(form.action, { method: "POST", body: fields, cache: "no-store" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (response.ok) {
    swap(page, "[data-panel]");
    tell(say("Terkirim.", "Sent."), "[data-kabar-tulis]");
    if (held) await again();
    return;
  }
  const said = [...page.querySelectorAll(".c-errors li, .c-notice[role=alert] p")].map((each) => each.textContent).join(" ");
  tell(said || say("Belum terkirim. Tulisan Anda masih di sini.", "Not sent. Your words are still here."), "[data-kabar-tulis]");
}

async function sendFiles(form) {
  const ids = [];
  for (const file of form.querySelector("#lampiran")?.files ?? []) {
    if (file.size > MOST) throw new Error("too large");
    const content = new Uint8Array(await file.arrayBuffer());
    const body = await age.encrypt(age.wrapFile({ name: file.name, type: file.type, content }), room.dataset.penerima);
    const response = await fetch("/api/v1/sealed/files", { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } });
    if (!response.ok) throw new Error("not taken");
    ids.push((await response.json()).file_id);
  }
  return ids;
}

async function again() {
  const response = await fetch(`${base}/isi`, { cache: "no-store" });
  if (!response.ok) return close();
  held.contents = await response.json();
  await show();
}

/** Put parts of a page just read in place of those shown; what was opened stays. */
function swap(page, which) {
  for (const fresh of page.querySelectorAll(which)) {
    const old = find(`[data-panel="${fresh.dataset.panel}"]`);
    if (old) old.replaceWith(fresh);
  }
  ready();
  showKeyButtons();
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-tulis]");
  if (!link || !held || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const typed = find("#teks")?.value ?? "";
  const response = await fetch(link.href, { cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  swap(new DOMParser().parseFromString(await response.text(), "text/html"), '[data-panel="tulis"]');
  const field = find("#teks");
  if (field) field.value = typed;
  find("#tulis")?.scrollIntoView();
});

// --------------------------------------------------------------------- keys

function showKeyButtons() {
  if (held) for (const button of document.querySelectorAll("[data-beri], [data-ganti-kunci]")) button.hidden = false;
}

const recipientOf = (id) => (id === "reporter" ? held.contents.reporter : held.contents.readers.find((each) => each.id === id)?.recipient);

async function wrapFor(ids, identities) {
  const keys = {};
  for (const id of ids) keys[id] = age.toBase64(await age.encrypt(identities.join("\n"), recipientOf(id)));
  return keys;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-beri], [data-ganti-kunci]");
  if (!button || !held) return;
  button.disabled = true;
  const fields = { kunci: crypto.randomUUID() };
  let identities = held.identities;
  if (button.dataset.beri) fields.kunci_baru = JSON.stringify(await wrapFor([button.dataset.beri], identities));
  else {
    const fresh = await age.newIdentity();
    identities = [fresh, ...identities];
    const ids = [...held.contents.readers.map((each) => each.id), ...(held.contents.reporter ? ["reporter"] : [])];
    fields.penerima = await age.recipientOf(fresh);
    fields.kunci_baru = JSON.stringify(await wrapFor(ids, identities));
  }
  const response = await fetch(`${base}/kunci-baru`, { method: "POST", body: new URLSearchParams(fields), cache: "no-store" });
  button.disabled = false;
  if (!response.ok) return tell(say("Kunci belum tersimpan. Coba lagi.", "The key was not kept. Try again."));
  held.identities = identities;
  if (fields.penerima) room.dataset.penerima = fields.penerima;
  swap(new DOMParser().parseFromString(await response.text(), "text/html"), '[data-panel="boleh"], [data-panel="jejak"]');
  tell(say("Kunci tersimpan.", "The key was kept."));
});

// ------------------------------------------------------------ time, and Esc

/** Forget everything that can be read, and show nothing of it. */
function close() {
  held = null;
  forgetFiles();
  for (const each of document.querySelectorAll("[data-terbuka], [data-obrolan]")) each.replaceChildren();
  for (const each of document.querySelectorAll("[data-percakapan]")) each.hidden = true;
  for (const each of fields()) each.value = "";
}

function blank() {
  close();
  location.replace("/brankas");
}

if (lasts) {
  const tick = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((lasts - (performance.now() - began)) / 1000));
    tell(say(`Sisa ${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}.`, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left.`), "[data-sisa]");
    if (seconds) return;
    clearInterval(tick);
    close();
    find("[data-sandi]")?.setAttribute("hidden", "");
    tell(say("Waktu habis. Buka segel lagi untuk membaca.", "The time is over. Open the seal again to read."));
  }, 500);
}
let escapedAt = -TWICE;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.timeStamp - escapedAt < TWICE) blank();
  escapedAt = event.timeStamp;
});
find("[data-tutup-layar]")?.addEventListener("click", (event) => {
  event.preventDefault();
  blank();
});
addEventListener("pagehide", close);
