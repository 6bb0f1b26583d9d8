// What waits on this phone: sent again, opened again, or deleted.
import { kept } from "./field.js";
import { answers, CHANGED, drop, GONE, hear, send, SIGN_IN, WAITING, WRONG } from "./outbox.js";
import { hour, make, say } from "./page.js";

const box = document.querySelector("[data-kotak]");
const empty = document.querySelector("[data-kosong]").innerHTML;
const WORDS = {
  [WAITING]: say("Tersimpan, belum terkirim.", "Kept, not sent yet."),
  [SIGN_IN]: say("Masuk lagi supaya terkirim.", "Sign in again so that it is sent."),
  [CHANGED]: say("Kasus ini berubah, periksa lagi.", "This case changed, look again."),
  [WRONG]: say("Ada yang perlu dilengkapi.", "Something needs fixing."),
  [GONE]: say("Laporan ini tidak lagi di tangan Anda.", "This report is not in your hands any more."),
};

function shown(answer) {
  const item = make("section", { className: "c-card l-stack" });
  const head = make("h2", { className: "c-h", textContent: `${answer.number} · ${answer.title}` });
  const text = (answer.fields.find(([name]) => name === "teks") || ["", ""])[1];
  const words = make("p", { textContent: text });
  const n = answer.files.length;
  const when = say(`Dicatat ${hour(answer.at)}`, `Written ${hour(answer.at)}`);
  const state = make("p", { className: "u-s u-soft" });
  state.textContent = `${when}${n ? say(`, ${n} foto`, `, photos: ${n}`) : ""}. ${WORDS[answer.state]} ${answer.said || ""}`;
  const actions = make("p", { className: "l-cluster" });
  const open = make("a", { className: "c-button", href: answer.address, textContent: say("Buka tugas", "Open the task") });
  const delete_ = make("button", { type: "button", className: "c-button", textContent: say("Hapus", "Delete") });
  item.dataset.gap = "s";
  open.dataset.jenis = "kedua";
  delete_.dataset.jenis = "sunyi";
  delete_.onclick = () => {
    if (delete_.dataset.tahu !== undefined) return drop(answer.id).then(show);
    delete_.dataset.tahu = "";
    delete_.textContent = say("Hapus selamanya", "Delete for good");
    return undefined;
  };
  actions.append(open, delete_);
  item.append(head, words, state, actions);
  return item;
}

async function show() {
  const all = await answers();
  if (!all.length) {
    box.innerHTML = empty;
    return;
  }
  const again = make("button", { type: "button", className: "c-button", textContent: say("Kirim sekarang", "Send now") });
  again.onclick = async () => {
    again.setAttribute("aria-disabled", "true");
    await send();
    show();
  };
  const actions = make("p", {});
  actions.append(again);
  box.replaceChildren(...all.map(shown), actions);
}

kept.then((isKept) => {
  if (!isKept) {
    box.innerHTML = empty;
    return;
  }
  hear(show);
  show();
});
