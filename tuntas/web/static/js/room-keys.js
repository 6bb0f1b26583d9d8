// A reader's key is made here and leaves this page only closed under a passphrase; on paper it is shown once.
import { say } from "./room-part.js";

const SHORTEST = 16;
const page = document.querySelector("[data-kunci-saya]");
const form = page.querySelector("[data-buat]");
const paper = page.querySelector("[data-cetak]");
const value = (id) => page.querySelector(id)?.value ?? "";
const tell = (text) => { form.querySelector("[data-kabar]").textContent = text; };
let age = null;

/** What was printed does in place of the passphrase, if it is this very key. */
const onPaper = async (typed, recipient) => (/^AGE-SECRET-KEY-1/i.test(typed) && (await age.recipientOf(typed.toUpperCase()).catch(() => "")) === recipient ? typed.toUpperCase() : null);

document.body.dataset.skrip = "";
if (form && page.dataset.age) {
  age = await import(page.dataset.age);
  form.hidden = false;
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  tell("");
  if (value("#frasa").length < SHORTEST) return tell(say("Frasa sandi sedikitnya 16 huruf.", "The passphrase takes at least 16 characters."));
  if (value("#frasa") !== value("#ulang")) return tell(say("Kedua frasa sandi belum sama.", "The two passphrases are not the same yet."));
  tell(say("Mengunci. Ini perlu beberapa detik.", "Closing. This takes some seconds."));
  const { penerima, terkunci } = page.dataset;
  let identities = [];
  const how = form.querySelector("[data-cara]:checked")?.value;
  if (terkunci && how !== "hilang") {
    const own = await onPaper(value("#lama").trim(), penerima) ?? (await age.unlock(age.fromBase64(terkunci), value("#lama")).catch(() => null));
    if (own === null) return tell(say("Frasa sandi sekarang tidak cocok.", "The present passphrase does not fit."));
    identities = own.split(/\s+/).filter(Boolean);
  }
  const isNew = !terkunci || how !== "frasa";
  if (isNew) identities = [await age.newIdentity(), ...identities]; // what was closed to the ones before still opens
  form.elements.penerima.value = isNew ? await age.recipientOf(identities[0]) : penerima;
  form.elements.terkunci.value = age.toBase64(await age.lockWithPassphrase(identities.join("\n"), value("#frasa")));
  tell("");
  if (!isNew) return form.submit();
  form.hidden = true;
  page.querySelector("[data-rahasia]").textContent = identities[0];
  paper.hidden = false;
  paper.querySelector("button").focus();
});
page.querySelector("[data-cetak-sekarang]")?.addEventListener("click", () => print());
page.querySelector("[data-simpan]")?.addEventListener("click", () => {
  page.querySelector("[data-rahasia]").textContent = "";
  form.submit();
});
