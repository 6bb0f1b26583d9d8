// The form for sealed reports: everything is closed here, for the readers who stay, before anything is sent.
// Nothing is kept on the phone; leaving or reloading forgets all.
import { make, say } from "./page.js";
import { ask, pickFiles, saidOf, sealFile, tellWith } from "./sealed_files.js";

const FEWEST = 15; // letters of a story
const form = document.querySelector("form[data-age]");
const button = form.querySelector("[data-send]");
const label = button.innerHTML;
const fields = form.elements;
let age;
let directory; // {readers}
let draft; // the keys of this report, until it is sent
let picked;
let isSending = false;
let isOurs = true; // until it turns out that the browser cannot close it

async function prepare() {
  age = await import(form.dataset.age);
  const given = await ask("/api/v1/sealed/recipients");
  const isSigned = given.signer === form.dataset.signer && age.verifyEd25519(given.document, given.signature, given.signer);
  const signed = isSigned ? JSON.parse(given.document) : null;
  const named = [...form.querySelectorAll("[name=kecuali]")].map((each) => each.value).sort();
  if (!isSigned || String(named) !== String(signed.readers.filter(isPerson).map((each) => String(each.id)).sort()))
    throw new Mistrust(say("Daftar pembaca tidak cocok dengan tanda tangannya.", "The list of readers does not match its signature."));
  if (hostOf(signed.origin) !== hostOf(location.host))
    throw new Mistrust(say("Daftar pembaca ini dibuat untuk situs lain.", "This list of readers was made for another site."));
  directory = signed;
  picked = pickFiles(form.querySelector("[data-files]"));
  tellWith(document);
}

const isPerson = (each) => each.role !== "recovery"; // that one takes two of three people; nobody leaves it out

class Mistrust extends Error {}

// A machine goes by three names to itself.
const hostOf = (host) => host.replace(/^(127\.0\.0\.1|\[::1\])(?=:|$)/, "localhost");

const ready = prepare().catch((error) => {
  isOurs = error instanceof Mistrust; // then nothing is sent at all: somebody may have changed whom it goes to
  if (!isOurs) return;
  const instead = say(
    "Jangan kirim dari sini. Muat ulang halaman, atau datanglah langsung ke Inspektorat.",
    "Do not send from here. Reload, or go to the Inspectorate in person.",
  );
  note(`${error.message} ${instead}`);
});

// Words above the button; a reader hears them at once.
function note(text) {
  let said = form.querySelector("[data-note]");
  if (!said) {
    said = make("p", { className: "c-notice" });
    said.dataset.nada = "hati";
    said.dataset.note = "";
    said.setAttribute("role", "alert");
    button.parentNode.before(said);
  }
  said.textContent = text;
  said.hidden = !text;
}

const busy = (text) => {
  button.setAttribute("aria-disabled", "true");
  button.textContent = text;
};

const rest = () => {
  isSending = false;
  button.removeAttribute("aria-disabled");
  button.innerHTML = label;
};

// What is wrong, by the field; the same words as without scripts.
function mistakes() {
  const left = directory.readers.filter((each) => isPerson(each) && !excluded().includes(+each.id));
  const found = [];
  if (fields.cerita.value.trim().length < FEWEST)
    found.push(["cerita", say("Tulis lebih jelas apa yang terjadi, sedikitnya satu kalimat", "Write what happened more clearly, at least one sentence")]);
  if (fields.cerita.value.length > 10000)
    found.push(["cerita", say("Terlalu panjang: paling banyak 10.000 huruf.", "Too long: 10,000 characters at most.")]);
  if (!fields.tanggal.validity.valid)
    found.push(["tanggal", say("Tulis tanggal yang sudah lewat, atau kosongkan", "Write a day that has passed, or leave it empty")]);
  if (!fields.email.validity.valid)
    found.push(["email", say("Periksa alamat e-mail, misalnya nama@contoh.id", "Check the e-mail address, such as name@example.org")]);
  if (fields.situs.value) found.push(["situs", say("Kosongkan isian ini", "Leave this empty")]);
  if (!left.length)
    found.push(["kecuali", say("Sisakan sedikitnya satu orang yang boleh membaca", "Leave at least one person who may read it")]);
  return found;
}

function complain(found) {
  form.querySelectorAll("[data-ours]").forEach((each) => each.remove());
  form.querySelectorAll("[aria-invalid]").forEach((each) => {
    each.removeAttribute("aria-invalid");
    if (each.dataset.hint !== undefined) each.setAttribute("aria-describedby", each.dataset.hint);
  });
  form.querySelectorAll("[data-galat]").forEach((each) => each.removeAttribute("data-galat"));
  document.querySelectorAll("#galat").forEach((each) => each.remove());
  if (!found.length) return;
  const list = make("ul", {});
  for (const [id, text] of found) {
    const field = document.getElementById(id);
    const box = field.closest(".c-field, .u-trap");
    const said = make("span", { className: "c-field__error", id: `${id}-e`, textContent: text });
    said.dataset.ours = "";
    box.dataset.galat = "";
    if (field.matches("input, textarea")) {
      field.setAttribute("aria-invalid", "true");
      field.dataset.hint ??= field.getAttribute("aria-describedby") ?? "";
      field.setAttribute("aria-describedby", `${field.dataset.hint} ${said.id}`.trim());
      field.before(said);
    } else field.querySelector("legend").after(said);
    const item = make("li", {});
    item.append(make("a", { href: `#${id}`, textContent: text }));
    list.append(item);
  }
  const all = make("div", { className: "c-errors", id: "galat", tabIndex: -1 });
  all.setAttribute("role", "alert");
  all.append(make("h2", { textContent: say("Ada yang perlu dilengkapi", "Something needs fixing") }), list);
  form.before(all);
  all.focus();
}

const excluded = () => [...form.querySelectorAll("[name=kecuali]:checked")].map((each) => +each.value);

function story() {
  const said = {
    body: fields.cerita.value.trim(),
    category: form.querySelector("[name=tentang]:checked")?.value,
    event_date: fields.tanggal.value,
    location_text: fields.patokan.value.trim(),
    area: fields.kelurahan.value,
    name: fields.nama.value.trim(),
    phone: fields.hp.value.trim(),
    email: fields.email.value.trim(),
  };
  return { v: 1, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value)) };
}

// A code and a key pair for this report alone.
async function begin() {
  const code = age.newCode();
  const identity = await age.newIdentity();
  return { code, identity, recipient: await age.recipientOf(identity), uploaded: new Map(), print: "", body: "" };
}

// What is sent. The same form gives the same bytes again, so that a second try is no second report.
async function close() {
  const said = story();
  const print = JSON.stringify([said, excluded(), picked.files.map((file) => [file.name, file.size]), picked.isStripped()]);
  if (draft && draft.body && draft.print === print) return;
  if (!draft || draft.body) draft = await begin(); // the other words of a try that may have arrived are another report
  draft.print = print;
  const isStripped = picked.isStripped();
  for (const [n, file] of picked.files.entries()) {
    if (draft.uploaded.get(file)?.isStripped === isStripped) continue;
    const told = (part) =>
      picked.tell(say(`Mengunggah berkas ${n + 1}: ${Math.floor(part * 100)}%`, `Uploading file ${n + 1}: ${Math.floor(part * 100)}%`));
    told(0);
    draft.uploaded.set(file, { isStripped, id: await sealFile(age, file, { recipient: draft.recipient, isStripped, told }) });
  }
  picked.tell("");
  const wrap = async (recipient) => age.toBase64(await age.encrypt(draft.identity, recipient));
  const reporter = await age.recipientOf(age.identityOfCode(draft.code));
  const wrapped_keys = { reporter: await wrap(reporter) };
  const exclude = excluded();
  for (const each of directory.readers) if (!exclude.includes(+each.id)) wrapped_keys[each.id] = await wrap(each.recipient);
  const data = age.toBase64(await age.encrypt(age.padded(said), draft.recipient));
  const files = picked.files.map((file) => ({ kind: "file", file_id: draft.uploaded.get(file).id }));
  draft.body = JSON.stringify({
    group: "inspectorate",
    exclude,
    lookup: age.lookupOf(draft.code),
    recipient: draft.recipient,
    reporter,
    envelopes: [{ kind: "story", data }, ...files],
    wrapped_keys,
  });
  draft.key = age.newCode();
}

async function send(event) {
  if (event.target !== form || !isOurs) return; // the server closes it, as the page says
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isSending) return;
  isSending = true;
  note("");
  busy(say("Mengunci di HP ini", "Locking on this phone"));
  await ready;
  if (!isOurs) {
    rest();
    return note(
      say(
        "HP ini tidak bisa menguncinya. Kalau dikirim, server yang menguncinya dan melihat isinya sekali. Tekan Kirim laporan lagi kalau setuju.",
        "This phone cannot lock it. If you send, the server locks it and sees it once. Press Send report again if you agree.",
      ),
    );
  }
  if (!directory || !picked) return rest();
  const found = mistakes();
  complain(found);
  if (found.length) return rest();
  try {
    await close();
    busy(say("Mengirim, jangan tutup halaman", "Sending, keep this page open"));
    receipt(await handIn());
  } catch (error) {
    if (error.status === 409 || error.status === 422) draft = null; // nothing was taken in under these keys
    rest();
    note(saidOf(error));
  }
}

// Where very much comes from this network, the phone computes a little first.
async function handIn() {
  const given = { body: draft.body, key: draft.key };
  try {
    return await ask("/api/v1/sealed", given);
  } catch (error) {
    if (!error.challenge || !form.dataset.solver) throw error;
    busy(say("HP Anda sedang menghitung sebentar…", "Your phone is computing for a moment…"));
    const { prove } = await import("./effort.js");
    const proof = await prove(error.challenge, form.dataset.solver).catch(() => Promise.reject(error));
    return ask("/api/v1/sealed", { ...given, proof });
  }
}

// Minggu, 22 November 2026 pukul 09.11: what is kept on paper names its day
const wholeDay = (at) => new Date(at).toLocaleString(say("id-ID", "en-GB"), { dateStyle: "full", timeStyle: "short" });

function receipt(answer) {
  const shown = document.querySelector("[data-receipt]").content.cloneNode(true);
  const code = age.showCode(draft.code);
  const due = (answer.promises.find((each) => each.promise === "answer") || {}).due_at;
  shown.querySelector("[data-code]").textContent = code;
  const link = `/l/tersegel#${code}`;
  shown.querySelector("[data-link]").href = link;
  drawSquare(shown.querySelector("[data-square]"), new URL(link, location.href).href);
  for (const each of shown.querySelectorAll("[data-at]")) each.textContent = wholeDay(answer.received_at);
  if (due) {
    for (const each of shown.querySelectorAll("[data-due]")) each.hidden = false;
    for (const each of shown.querySelectorAll("[data-due-at]")) each.textContent = wholeDay(due);
  }
  shown.querySelector("[data-print]").onclick = () => print();
  const copied = shown.querySelector("[data-copied]");
  shown.querySelector("[data-copy]").onclick = () =>
    navigator.clipboard.writeText(code).then(
      () => (copied.textContent = say("Kode disalin. Tempel di tempat yang aman.", "Copied. Paste it somewhere safe.")),
      () => (copied.textContent = say("Salin sendiri: tekan lama pada kode.", "Copy it yourself: press and hold the code.")),
    );
  draft = null;
  form.reset();
  document.title = document.title.replace(/^.*(?= – )/, say("Laporan diterima", "Report received")); // paper bears it
  document.querySelector("main").replaceChildren(shown);
  document.querySelector("main h1").focus();
  scrollTo(0, 0);
}

// The code as a square for another phone's eye, drawn here: the server never knows what it says.
function drawSquare(box, address) {
  const rows = age.squareOf(address);
  const dark = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}.5h1` : "")));
  box.querySelector("svg").setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  box.querySelector("path").setAttribute("d", dark.join(""));
  box.hidden = false;
}

document.addEventListener("submit", send, true);
// Neither Back nor the page's own memory shows it again
addEventListener("pagehide", () => {
  form.reset();
  document.querySelector("[data-sealed-receipt]")?.remove();
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
if (window.name.startsWith("tersegel\n")) {
  fields.cerita.value = fields.cerita.value || window.name.slice(9); // written on step 1, brought without a server
  window.name = "";
}
