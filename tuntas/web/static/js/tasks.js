// The list of tasks: sorted from where the phone is, what waits to be sent marked, all of it kept for later.
import { ask, kept } from "./field.js";
import { kilometres, metres, pointOf } from "./metres.js";
import { answers, CHANGED, GONE, hear, WRONG } from "./outbox.js";
import { make, say } from "./page.js";

const MOST = 30;
const list = document.querySelector("[data-tugas]");
const rows = list ? Array.from(list.children) : [];
const near = document.querySelector("[data-dekat]");

// By the day of the limit, then by distance; the place of the phone stays on the phone.
function sortFrom({ coords }) {
  const here = [coords.latitude, coords.longitude];
  for (const row of rows) {
    const point = pointOf(row);
    row.far = point ? metres(here, point) : Infinity;
    row.querySelector("[data-jarak]").textContent = point ? kilometres(row.far) : "";
  }
  const day = (row) => row.dataset.hari || "9999";
  rows.sort((one, other) => day(one).localeCompare(day(other)) || one.far - other.far);
  list.append(...rows);
  said(say("Diurutkan menurut batas, lalu jarak.", "Sorted by limit, then distance."));
}

const said = (text) => {
  near.querySelector("[data-dekat-kata]").textContent = text;
};

async function markRows() {
  const states = {};
  for (const { number, state } of await answers()) states[number] = state;
  for (const row of rows) {
    const state = states[row.dataset.nomor];
    let note = row.querySelector("[data-simpanan]");
    if (!state) {
      if (note) note.remove();
      continue;
    }
    if (!note) {
      note = make("span", { className: "c-kept" });
      note.dataset.simpanan = "";
      row.querySelector("a").append(note);
    }
    note.textContent = [CHANGED, WRONG, GONE].includes(state)
      ? say("perlu Anda periksa lagi", "to be looked at again")
      : say("tersimpan, belum terkirim", "kept, not sent yet");
  }
}

if (near && navigator.geolocation && window.isSecureContext !== false) {
  near.hidden = false;
  near.querySelector("button").onclick = () => {
    const failed = () => said(say("Lokasi tidak bisa dibaca.", "The position cannot be read."));
    said(say("Membaca lokasi HP Anda.", "Reading your phone's position."));
    navigator.geolocation.getCurrentPosition(sortFrom, failed, { timeout: 15e3, maximumAge: 60e3 });
  };
}

function tellKept({ data }) {
  if (data !== "disimpan" || !list) return;
  const note = document.querySelector("[data-bekal]") || make("p", { className: "u-s u-soft" });
  note.dataset.bekal = "";
  note.setAttribute("role", "status");
  list.after(note);
  note.textContent = say(
    "Daftar ini tersimpan di HP, terkunci, untuk saat tanpa sinyal.",
    "This list is kept on the phone, locked, for times without signal.",
  );
}

kept.then((isKept) => {
  if (!isKept) return;
  navigator.serviceWorker.addEventListener("message", tellKept);
  navigator.serviceWorker.startMessages();
  markRows();
  hear(markRows);
  const isFirstPage = location.pathname === "/instansi" && !new URLSearchParams(location.search).has("sesudah");
  if (!isFirstPage || navigator.onLine === false || document.documentElement.dataset.disimpan) return;
  const tasks = rows.slice(0, MOST).map((row) => new URL(row.querySelector("a").href).pathname);
  ask({ keep: tasks.filter((address) => address.startsWith("/instansi/tugas/")) });
});
