// Before a form goes on: the phone computes what the server asks, beside everything else, and the proof goes with it.
import { say } from "./page.js";

const LONGEST = 60e3; // after that one waits as without scripts

// Compute; a promise of the proof. It fails where the browser cannot (no secure page, no workers).
export function prove(challenge, solver) {
  return new Promise((done, fail) => {
    const worker = new Worker(solver);
    const end = (then, what) => {
      worker.terminate();
      then(what);
    };
    worker.onerror = () => end(fail, new Error("no worker"));
    worker.onmessage = ({ data }) => {
      if (!data || data.error) return end(fail, new Error("not solved"));
      end(done, btoa(JSON.stringify({ challenge, solution: data })));
    };
    worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1, timeout: LONGEST });
  });
}

function start(part) {
  const { form } = part.querySelector("[name=bukti]");
  const button = form.querySelector("[data-send]");
  const { innerHTML } = button;
  const without = part.querySelector("[data-without]");
  const told = part.querySelector("[data-with]");
  without.hidden = true;
  told.hidden = false;
  const busy = (text) => {
    button.textContent = text;
    button.setAttribute("aria-disabled", "true"); // lapor.js sends nothing then
  };
  const rest = () => {
    button.innerHTML = innerHTML;
    button.removeAttribute("aria-disabled");
  };
  const wait = (seconds) => {
    if (seconds < 0) return rest();
    busy(say(`Tunggu ${seconds} detik`, `Wait ${seconds} seconds`));
    setTimeout(wait, 1000, seconds - 1);
  };
  busy(say("HP Anda sedang menghitung sebentar…", "Your phone is computing for a moment…"));
  prove(JSON.parse(part.dataset.effort), part.dataset.solver).then(
    (proof) => {
      form.elements.bukti.value = proof;
      told.textContent = say("Sudah selesai. Tekan Kirim laporan lagi.", "Done. Press Send report again.");
      rest();
    },
    () => {
      without.hidden = false;
      told.hidden = true;
      wait(+part.dataset.seconds);
    },
  );
}

const part = document.querySelector("[data-effort]");
if (part) start(part);
