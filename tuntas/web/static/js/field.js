// On every page of an agency: keep what work without signal needs, send what waits, say how it stands.
import { answers, hear, send, SIGN_IN, WAITING } from "./outbox.js";
import { say } from "./page.js";
import { own } from "./vault.js";

const { petugas, akar } = document.body.dataset;
const banner = document.querySelector("[data-luring]");
const worker = navigator.serviceWorker;
const canKeep = !akar && petugas && worker && window.indexedDB && crypto.subtle; // practice is never kept

export const kept = canKeep ? own(petugas).then(() => true, () => false) : Promise.resolve(false);

// Ask the worker for something, once it runs.
export async function ask(message) {
  const { active } = await worker.ready;
  active.postMessage(message);
}

async function tell() {
  const all = await answers();
  const waiting = all.filter(({ state }) => state === WAITING || state === SIGN_IN).length;
  const held = all.length - waiting;
  const isOff = navigator.onLine === false || document.documentElement.dataset.disimpan;
  const said = [];
  if (isOff) said.push(say("Tidak ada sinyal. Semua tetap tersimpan di HP ini.", "No signal. Everything stays on this phone."));
  if (waiting) said.push(say(`${waiting} jawaban menunggu dikirim.`, `Answers waiting to be sent: ${waiting}.`));
  if (held) said.push(say(`${held} jawaban perlu Anda periksa lagi.`, `Answers to look at again: ${held}.`));
  banner.hidden = !said.length;
  banner.querySelector("[data-kata]").textContent = said.join(" ");
}

async function sendNow() {
  if (navigator.onLine !== false) await send();
  await tell();
}

// Installing is offered from the second visit.
function isFirstVisit() {
  try {
    if (!worker.controller) sessionStorage.kunjungan = "pertama";
    return sessionStorage.kunjungan === "pertama";
  } catch (error) {
    return true;
  }
}

if (canKeep) {
  const isFirst = isFirstVisit();
  addEventListener("beforeinstallprompt", (event) => isFirst && event.preventDefault());
  kept.then((isKept) => {
    if (!isKept) return;
    const address = `/instansi/sw.js?bahasa=${document.documentElement.lang}`;
    worker.register(address, { scope: "/instansi", type: "module" }).catch(() => {});
    hear(tell);
    addEventListener("online", () => {
      delete document.documentElement.dataset.disimpan; // the page is old, the signal is not
      sendNow();
    });
    addEventListener("offline", tell);
    sendNow();
  });
}
