// Keys of the inbox. They sleep while somebody types into a field, and each person has their own.
import { send } from "./inbox-acts.js";
import { caseOf } from "./inbox-parts.js";
import { close, here, moveTo, opened, rows, settle } from "./inbox-peek.js";
import { pick, pickTo } from "./inbox-picks.js";

const keys = JSON.parse(document.querySelector("[data-meja]").dataset.keys);
let work = Promise.resolve(); // one thing after another, in the order the keys were pressed

const isField = (element) =>
  element.matches("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])");

function step(by) {
  const all = rows();
  const at = all.indexOf(here());
  const row = all[at < 0 ? 0 : at + by];
  if (row) moveTo(row);
}

async function forward() {
  await settle();
  const form = document.querySelector("[data-pilah]");
  if (form && opened() === here()?.dataset.nomor) await send(form);
}

async function choose(n) {
  await settle();
  const radio = document.getElementById(`ke-${n}`);
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

async function follow(what) {
  await settle();
  const link = document.querySelector(`#tinjau [data-lakukan="${what}"]`);
  if (link) location.href = link.href;
}

async function undo() {
  const form = document.querySelector("[data-urungkan]");
  if (form) await send(form);
}

const DOES = {
  turun: () => step(1),
  naik: () => step(-1),
  pilih: () => here() && pick(here()),
  teruskan: forward,
  "saran-1": () => choose(1),
  "saran-2": () => choose(2),
  "saran-3": () => choose(3),
  urungkan: undo,
  cari: () => document.getElementById("cari").focus(),
  balas: () => follow("balas"),
  catatan: () => follow("catatan"),
  minta: () => follow("minta"),
  bantuan: () => document.getElementById("bantuan-tombol").showModal(),
};

function onKey(event) {
  const { key, target } = event;
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = target.closest("[data-pilah]");
    if (form) take(event, () => send(form));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Escape") {
    if (isField(target)) target.blur();
    else if (opened()) take(event, close);
    return;
  }
  if (isField(target)) return;
  if (key === "Enter" && target.closest("#daftar .c-row__title a")) {
    take(event, () => { location.href = caseOf(target.closest("[data-nomor]").dataset.nomor); });
    return;
  }
  const does = keys[key.toLowerCase()];
  if (!does) return;
  if (does === "pilih" && event.shiftKey) take(event, () => here() && pickTo(here()));
  else take(event, DOES[does]);
}

function take(event, act) {
  event.preventDefault();
  work = work.then(act).catch(() => location.reload());
}

export function listen() {
  if (Object.keys(keys).length) document.addEventListener("keydown", onKey);
  const find = document.querySelector('[data-tombol="cari"]');
  if (find) {
    find.textContent = Object.keys(keys).find((key) => keys[key] === "cari")?.toUpperCase() ?? "";
    find.hidden = !find.textContent;
  }
}

