// Picking rows for one act together. The picks survive a fresh list.
import { say } from "./page.js";
import { rows } from "./inbox-peek.js";

let last = null; // the row picked last, where a range begins

export const boxOf = (row) => row.querySelector("[name=pilih]");
export const picked = () => rows().filter((row) => boxOf(row).checked).map((row) => row.dataset.nomor);

export function count() {
  const bar = document.querySelector("[data-massal]");
  const n = picked().length;
  bar.toggleAttribute("data-ada", n > 0);
  bar.querySelector("[data-dipilih]").textContent = say(`${n} dipilih`, `${n} picked`);
}

export function pick(row) {
  const box = boxOf(row);
  box.checked = !box.checked;
  last = row.dataset.nomor;
  count();
}

export function pickTo(row) {
  const all = rows();
  const from = all.findIndex((each) => each.dataset.nomor === last);
  const to = all.indexOf(row);
  const [first, end] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  for (const each of all.slice(first, end + 1)) boxOf(each).checked = true;
  last = row.dataset.nomor;
  count();
}

export function pickAgain(names) {
  for (const row of rows()) boxOf(row).checked = names.includes(row.dataset.nomor);
  count();
}
