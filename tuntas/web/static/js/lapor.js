// The report form: a draft on the phone, letters counted, sent once, left quickly.
import { forget, keep, read } from "./phone.js";
import { hour, make, number, say } from "./page.js";

const FIELDS = { 1: ["cerita"], 2: ["kelurahan", "patokan", "kapan", "tanggal"] }; // never who one is
const one = (selector) => document.querySelector(selector);
const form = one("form[data-draft]"); // not for closed reports
const fields = (form && FIELDS[form.dataset.draft]) || [];
const link = form && form.elements.draf;
let isKept = fields.length > 0; // until the person wants nothing kept
let unsaved = 0;

const isSealed = () => form.elements.segel && form.elements.segel.checked;

function save() {
  clearTimeout(unsaved);
  unsaved = 0;
  if (!isKept) return false;
  const answers = {};
  for (const name of fields) answers[name] = form.elements[name].value;
  const isUnwanted = isSealed() || answers.cerita === "";
  const isDone = !isUnwanted && keep(link.value, answers);
  // Else Back shows the story after leaving
  const { cerita } = form.elements;
  if (cerita && (isDone || isUnwanted)) cerita.autocomplete = "off";
  if (isUnwanted) {
    forget();
    tellSaved("");
  }
  if (isDone) tellSaved(Date.now());
  return isDone;
}

function tellSaved(at) {
  const said = one("[data-saved]");
  if (!said) return;
  said.textContent = at && say(`Draf tersimpan di HP ini, ${hour(at)}`, `Draft kept on this phone, ${hour(at)}`);
  let button = one("[data-forget]");
  if (button) button.hidden = !at;
  if (button || !at) return;
  button = make("button", { type: "button", className: "c-linkbtn u-xs" });
  button.dataset.forget = "";
  button.textContent = say("Hapus draf", "Delete the draft");
  button.onclick = () => {
    isKept = false;
    forget();
    button.remove();
    said.textContent = say("Draf di HP ini dihapus.", "The draft on this phone is deleted.");
    const { cerita } = form.elements;
    if (cerita.value === restored) cerita.value = ""; // what was typed since stays
    cerita.focus();
  };
  said.after(button);
}

let restored = null;

function draft() {
  if (!isKept) return;
  // The page kept without signal knows no draft; its address may
  if (!link.value) link.value = new URLSearchParams(location.search).get("draf") || "";
  const kept = read();
  const isSame = link.value && kept.draf === link.value; // then this phone wrote last
  for (const name of fields) {
    const field = form.elements[name];
    if (!kept[name] || field.value === kept[name] || !(isSame || (name === "cerita" && !field.value))) continue;
    field.value = kept[name];
    if (name === "cerita") restored = field.value;
    // By then place.js listens
    const tell = () => field.dispatchEvent(new Event("change"));
    if (name === "kelurahan") document.addEventListener("DOMContentLoaded", tell);
  }
  if (fields[0] === "cerita" && kept.cerita && form.elements.cerita.value === kept.cerita) tellSaved(kept.at);
  if (isSealed()) save();
  form.addEventListener("input", () => {
    if (!unsaved) unsaved = setTimeout(save, 500);
  });
  form.addEventListener("change", save);
  addEventListener("pagehide", () => unsaved && save());
}

function count() {
  const text = one("textarea[data-count]");
  const said = one("[data-counted]");
  if (!text || !said) return;
  const most = number(+text.dataset.count);
  const tell = () => {
    const letters = number(Array.from(text.value).length);
    said.hidden = !text.value;
    said.textContent = say(`${letters} dari ${most} huruf`, `${letters} of ${most} letters`);
  };
  text.addEventListener("input", tell);
  tell();
}

function send() {
  const button = one("[data-send]");
  if (!button) return;
  const { form, innerHTML } = button;
  let sentAt = 0;
  let note;
  const rest = () => {
    button.innerHTML = innerHTML;
    button.removeAttribute("aria-disabled");
    sentAt = 0;
  };
  const busy = (text) => {
    button.textContent = text;
    button.setAttribute("aria-disabled", "true");
  };
  const tell = (text) => {
    if (!note) {
      note = make("p", { className: "c-notice" });
      note.dataset.nada = "hati";
      note.setAttribute("role", "alert");
      button.parentNode.before(note);
    }
    note.textContent = text;
  };
  const wait = (seconds) => {
    if (seconds < 0) return rest(); // the person presses again
    busy(say(`Tunggu ${seconds} detik`, `Wait ${seconds} seconds`));
    setTimeout(wait, 1000, seconds - 1);
  };
  form.addEventListener("submit", (event) => {
    const isBusy = Date.now() - sentAt < 15e3 || (!sentAt && button.getAttribute("aria-disabled"));
    if (isBusy || navigator.onLine === false) event.preventDefault();
    if (isBusy) return;
    const isSaved = save();
    if (link && isSealed() && navigator.onLine !== false) {
      // Not through the server: the window's name brings the story to the page that locks it, which forgets it at once
      event.preventDefault();
      window.name = `tersegel\n${form.elements.cerita.value}`;
      if (link.value) leftBehind();
      return location.assign("/lapor/tersegel");
    }
    if (navigator.onLine === false) {
      const signal = say("Tidak ada sinyal.", "No signal.");
      const hasPhotos = one("[data-new-photos] > *");
      const state = isSaved
        ? say("Draf tersimpan di HP ini.", "Draft kept on this phone.") +
          (hasPhotos ? say(" Foto belum ikut tersimpan.", " Photos are not kept yet.") : "")
        : say("Belum terkirim. Jangan tutup halaman ini.", "Not sent yet. Keep this page open.");
      return tell(`${signal} ${state}`);
    }
    sentAt = Date.now();
    if (event.submitter && event.submitter.name) return;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => sentAt && busy(say("Mengirim, jangan tutup halaman", "Sending, keep this page open")), 3e3);
    setTimeout(() => button.removeAttribute("aria-disabled"), 15e3); // the words stay
  });
  addEventListener("pageshow", (event) => event.persisted && rest());
  addEventListener("online", () => note && tell(say("Sinyal kembali. Silakan lanjut.", "The signal is back. Go on.")));
  if (form.dataset.wait) wait(+form.dataset.wait);
}

// Let the server forget the draft. The answer clears whatever else the browser keeps of us.
function leftBehind() {
  const said = new FormData();
  said.append("draf", link ? link.value : "");
  return navigator.sendBeacon && navigator.sendBeacon("/lapor/keluar", said);
}

function leave() {
  const way = one("a[data-leave]");
  if (!way) return;
  const go = (event) => {
    event.preventDefault();
    isKept = false;
    forget();
    document.body.hidden = true;
    location.replace((leftBehind() && way.dataset.leave) || way.href);
  };
  let shifts = [];
  way.addEventListener("click", go);
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    shifts = event.key === "Shift" ? [...shifts, event.timeStamp].slice(-3) : [];
    if (shifts.length === 3 && event.timeStamp - shifts[0] < 2000) go(event);
  });
}

// First what makes the page grow
document.documentElement.dataset.scripted = "";
const gps = one("[data-gps]");
if (gps && navigator.geolocation && window.isSecureContext !== false) gps.hidden = false;
for (const part of [leave, send, draft, count]) {
  try {
    part();
  } catch (error) {} // the form works without
}
