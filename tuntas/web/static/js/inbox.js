// The inbox with scripts: the report beside the list is swapped alone, and everything has a key. Each of its links and
// forms works without; this only spares the journeys between them.
import { listen } from "./inbox-keys.js";
import { nameForward, open, rowOf, rows, startAt } from "./inbox-peek.js";
import { count } from "./inbox-picks.js";
import { send } from "./inbox-acts.js";
import { caseOf, fetched } from "./inbox-parts.js";

const EVERY = 20_000; // milliseconds between two questions

const desk = document.querySelector("[data-meja]");
const wide = matchMedia("(min-width: 60rem)");

desk.addEventListener("click", (event) => {
  const link = event.target.closest(".c-row__title a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const name = link.closest("[data-nomor]").dataset.nomor;
  if (wide.matches) open(name);
  else location.href = caseOf(name);
});

desk.addEventListener("submit", (event) => {
  const form = event.target;
  if (!wide.matches || !(form.matches("[data-pilah]") || form.matches("[data-urungkan]"))) return;
  event.preventDefault();
  send(form);
});

desk.addEventListener("change", (event) => {
  const field = event.target;
  if (field.name === "pilih") count();
  if (field.id === "ke_lain") document.getElementById("ke-lain").checked = true;
  if (field.name === "ke" || field.name === "ke_lain") nameForward(field);
});

document.getElementById("pilihan").addEventListener("reset", () => setTimeout(count));

// The page asks what is new only while somebody can see it; the answer never moves a row.
setInterval(async () => {
  const bar = document.getElementById("terbaru");
  if (document.hidden || !bar) return;
  const answer = await fetched(bar.dataset.tanya);
  if (answer?.isFine) bar.replaceChildren(...answer.doc.body.childNodes);
}, EVERY);

// Back and forward between the reports that were open: the address says which, the server draws it.
addEventListener("popstate", () => location.reload());

count();
nameForward();
if (wide.matches) {
  listen();
  const isFree = document.activeElement === document.body || document.activeElement === null;
  const opened = document.getElementById("tinjau").dataset.nomor;
  if (isFree && rows().length) startAt(opened && rowOf(opened) ? opened : rows()[0].dataset.nomor, !opened);
}
