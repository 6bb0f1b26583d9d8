// Sending a form of the inbox without leaving it: then the next report stands open and its row has the focus.
import { fetched, goTo, replaceParts } from "./inbox-parts.js";
import { after, linkOf, mark, nameForward, opened, rowOf } from "./inbox-peek.js";
import { picked, pickAgain } from "./inbox-picks.js";

const PARTS = ["antrean", "kabar", "terbaru", "daftar", "halaman", "tinjau"];

export async function send(form) {
  if (form.dataset.sibuk) return;
  form.dataset.sibuk = "1";
  if (form.elements.berikut) form.elements.berikut.value = after(opened());
  const kept = picked();
  const answer = await fetched(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!answer?.doc.querySelector("[data-meja]")) {
    form.submit(); // signed out, or the line is down: the browser shows what there is; the form's key makes it one
    return;
  }
  show(answer, kept);
}

function show(answer, kept) {
  replaceParts(answer.doc, PARTS);
  const count = answer.doc.querySelector("[data-hitung]");
  if (count) document.querySelector("[data-hitung]").textContent = count.textContent;
  document.title = answer.doc.title;
  if (answer.isFine) goTo(answer.address);
  document.querySelector("[data-meja]").toggleAttribute("data-buka", Boolean(opened()));
  pickAgain(kept);
  mark(opened());
  nameForward();
  focusAfter(answer.isFine);
}

function focusAfter(isFine) {
  const trouble = !isFine && document.querySelector("#tinjau [role=alert], #kabar [role=alert]");
  if (trouble) {
    trouble.tabIndex = -1;
    trouble.focus();
    return;
  }
  const row = rowOf(opened());
  if (row) linkOf(row).focus();
  else document.getElementById("judul-daftar").focus();
}
