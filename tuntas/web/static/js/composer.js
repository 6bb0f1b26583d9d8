// While somebody writes: the lights follow, the words are kept, a template goes in at the cursor, others are seen.
// Without this the buttons of the form do the same.
import { say } from "./page.js";

const CHECK_AFTER = 700;
const KEEP_AFTER = 1500;
const LOOK_EVERY = 20_000;
const SLOW = 3_000;

document.documentElement.dataset.skrip = "";
const base = document.querySelector("[data-kasus]")?.dataset.kasus;
const form = document.querySelector("form[data-menulis]");

async function ask(address, given = {}) {
  const response = await fetch(address, { headers: { Accept: "application/json, text/html" }, ...given });
  if (!response.ok) throw response;
  return response.text();
}

const others = document.querySelector("[data-hadir]");
if (others) {
  const look = async () => {
    if (document.hidden) return;
    try {
      const told = (await ask(others.dataset.hadir)).trim();
      if (told !== others.innerHTML.trim()) others.innerHTML = told;
    } catch { /* the next look tells */ }
  };
  setInterval(look, LOOK_EVERY);
}

if (form && base) bind(form);

function bind(form) {
  const lights = form.querySelector("[data-lampu]");
  const draft = form.querySelector("[data-draf]");
  const words = form.querySelector("textarea[name=teks]");
  const timers = {};
  let asked = null;
  let isSent = false;
  let kept = draft?.textContent.trim() ? typed().toString() : "";

  function typed() {
    const given = new FormData(form);
    const plain = [...given].filter(([name, value]) => typeof value === "string" && name !== "kunci");
    return new URLSearchParams(plain);
  }

  async function check() {
    if (!lights) return;
    asked?.abort();
    asked = new AbortController();
    const ticked = lights.querySelector("[name=sengaja]");
    const isFocused = ticked && document.activeElement === ticked;
    try {
      lights.innerHTML = await ask(`${base}/periksa`, { method: "POST", body: typed(), signal: asked.signal });
      if (isFocused) lights.querySelector("[name=sengaja]")?.focus();
    } catch { /* the server looks again when the words are sent */ }
  }

  async function keep(isLeaving = false) {
    const now = typed();
    if (isSent || !draft || now.toString() === kept) return;
    try {
      const told = await ask(`${base}/draf`, { method: "POST", body: now, keepalive: isLeaving });
      kept = now.toString();
      if (!isSent) draft.innerHTML = told;
    } catch (trouble) {
      draft.textContent = trouble.status === 401
        ? say("Sesi berakhir. Kirim saja: tulisan Anda ikut ke halaman masuk.", "Your session ended. Send anyway: your words go with you to the sign-in page.")
        : say("Draf belum tersimpan. Tulisan Anda masih di sini.", "The draft is not saved yet. Your words are still here.");
    }
  }

  const later = (name, wait, does) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(does, wait);
  };
  form.addEventListener("input", () => {
    later("check", CHECK_AFTER, check);
    later("keep", KEEP_AFTER, keep);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  form.addEventListener("keydown", (event) => {
    // No key closes or rejects a report: those forms have none.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && "pintas" in form.dataset) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".c-composer__go .c-button"));
    }
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (isSent) {
      event.preventDefault();
      return;
    }
    isSent = true;
    Object.values(timers).forEach(clearTimeout);
    asked?.abort();
    setTimeout(() => {
      button?.setAttribute("aria-disabled", "true");
      if (button) button.textContent = say("Mengirim, jangan tutup halaman", "Sending, keep this page open");
    }, SLOW);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) isSent = false; });

  if (words?.value.trim() && !kept) later("keep", KEEP_AFTER, keep); // what was refused, or a template put in

  const insert = form.querySelector("[data-sisipkan]");
  insert?.addEventListener("click", (event) => {
    event.preventDefault();
    const text = form.querySelector("[data-templat]").selectedOptions[0]?.dataset.teks ?? "";
    const at = words.selectionEnd ?? words.value.length;
    const gap = words.value.slice(0, at).trim() && !words.value.slice(0, at).endsWith("\n") ? "\n" : "";
    words.setRangeText(gap + text, at, at, "end");
    const open = words.value.indexOf("…", at);
    words.focus();
    if (open >= 0) words.setSelectionRange(open, open + 1);
    words.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
