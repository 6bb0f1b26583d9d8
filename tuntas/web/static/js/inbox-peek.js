// The list and the report beside it. Focus stays in the list; the report follows it.
import { fetched, goTo, leadTo, replaceParts } from "./inbox-parts.js";

const REST = 120; // milliseconds: who presses J again at once does not open what they pass
const desk = document.querySelector("[data-meja]");
const root = document.body.dataset.akar;

let waiting = null; // the row that will be opened, and its timer
let loading = Promise.resolve();
let abort = null;

export const rows = () => [...document.querySelectorAll("#daftar [data-nomor]")];
export const linkOf = (row) => row.querySelector(".c-row__title a");
export const rowOf = (name) => rows().find((row) => row.dataset.nomor === name);
export const opened = () => document.getElementById("tinjau").dataset.nomor;
export const addressOf = (name) =>
  `${root}/meja?${[desk.dataset.kueri, name && `buka=${name}`].filter(Boolean).join("&")}`;

// The row that keys act on: the one in focus, else the one that is open.
export function here() {
  const focused = document.activeElement.closest?.("[data-nomor]");
  if (focused?.closest("#daftar")) return focused;
  return rowOf(opened()) ?? null;
}

// The row that opens once a report is done: the one below, else the one above.
export function after(name) {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.nomor === name);
  return (all[at + 1] ?? (at > 0 ? all[at - 1] : undefined))?.dataset.nomor ?? "";
}

export function startAt(name, isToOpen) {
  linkOf(rowOf(name)).focus({ preventScroll: !isToOpen });
  if (isToOpen) open(name, { isNew: false });
}

// Go to a row; the report follows after a breath.
export function moveTo(row) {
  linkOf(row).focus();
  cancel();
  const name = row.dataset.nomor;
  waiting = { name, timer: setTimeout(() => open(name, { isNew: false }), REST) };
}

// Wait until the report of the row in focus stands beside the list.
export async function settle() {
  const row = here();
  if (waiting) open(waiting.name, { isNew: false });
  else if (row && row.dataset.nomor !== opened()) open(row.dataset.nomor, { isNew: false });
  await loading;
}

export function open(name, { isNew = true } = {}) {
  cancel();
  abort?.abort();
  abort = new AbortController();
  loading = load(name, isNew, abort.signal).catch((error) => {
    if (error.name !== "AbortError") throw error;
  });
  return loading;
}

async function load(name, isNew, signal) {
  mark(name);
  const peek = document.getElementById("tinjau");
  const slow = setTimeout(() => peek.setAttribute("aria-busy", "true"), 300);
  const answer = await fetched(`${root}/meja/tinjau/${name}?${desk.dataset.kueri}`, { signal });
  clearTimeout(slow);
  if (answer?.doc.getElementById("tinjau")?.dataset.nomor !== name) {
    location.href = addressOf(name); // signed out, gone, or the line is down: the page itself tells
    return;
  }
  replaceParts(answer.doc, ["tinjau"]);
  desk.setAttribute("data-buka", "");
  (isNew ? leadTo : goTo)(addressOf(name));
  nameForward();
}

export async function close() {
  cancel();
  abort?.abort();
  const answer = await fetched(addressOf(""));
  if (!answer?.doc.getElementById("tinjau")) return;
  replaceParts(answer.doc, ["tinjau"]);
  desk.removeAttribute("data-buka");
  mark("");
  goTo(addressOf(""));
}

export function mark(name) {
  for (const row of rows()) {
    if (row.dataset.nomor === name) linkOf(row).setAttribute("aria-current", "true");
    else linkOf(row).removeAttribute("aria-current");
  }
}

// The button says where the report goes; the topic follows the agency as long as nobody chose one.
export function nameForward(changed = null) {
  const form = document.querySelector("[data-pilah]");
  const said = form?.querySelector("[data-ke]");
  if (!said) return;
  const chosen = form.querySelector("[name=ke]:checked");
  const select = form.elements.ke_lain;
  const name = chosen?.value === "lain" || !chosen
    ? select.value && select.selectedOptions[0].textContent
    : form.querySelector(`label[for="${chosen.id}"]`).textContent;
  said.textContent = name ? said.dataset.kata + name.trim() : "";
  if (changed && chosen?.dataset.topik && form.elements.topik.value === "") {
    form.elements.topik.value = chosen.dataset.topik;
  }
}

function cancel() {
  clearTimeout(waiting?.timer);
  waiting = null;
}
