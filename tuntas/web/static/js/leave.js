// On every page of those who work outside: before signing out, say what would be lost, whoever wrote it on this phone.
import { destroy, OUTBOX, readAll } from "./vault.js";
import { say } from "./page.js";

const form = document.querySelector("form[data-keluar]");
let isSure = false;

form?.addEventListener("submit", async (event) => {
  if (isSure) return;
  event.preventDefault();
  const n = (await readAll(OUTBOX).catch(() => [])).length;
  if (n && form.dataset.tahu === undefined) {
    form.dataset.tahu = "";
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent = say(
      `${n} jawaban belum terkirim dan akan terhapus. Tekan Keluar sekali lagi kalau yakin.`,
      `Answers not sent: ${n}. They will be deleted. Press Sign out again if you are sure.`,
    );
    form.prepend(note);
    return;
  }
  isSure = true;
  await destroy();
  form.submit();
});
