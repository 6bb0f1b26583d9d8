// One task: photos, lights while typing, and an answer that is kept on the phone first and sent when it can be.
import { kept } from "./field.js";
import { fromPoint, pointOf } from "./metres.js";
import { answers, CHANGED, drop, GONE, keep, send, SIGN_IN, WAITING, WRONG } from "./outbox.js";
import { hour, make, say } from "./page.js";
import { NAMES, proofs } from "./proof.js";

const page = document.querySelector("[data-satu-tugas]");
const form = page && page.querySelector("form[data-lapor-balik]");
const box = form && form.querySelector("[data-bukti]");
let photos = null;
let replaces;

function startPhotos() {
  try {
    photos = box && proofs(box, pointOf(page));
  } catch (error) {} // they go as they are
}

// What the form says, without its files.
const fieldsOf = () => Array.from(new FormData(form)).filter(([, value]) => typeof value === "string");

// Lights, half a second after the last letter.
function burnLights() {
  const lamps = form.querySelector("[data-lampu]");
  const sure = form.querySelector("[name=yakin]").closest("label");
  let asked = 0;
  let timer;
  const judge = async () => {
    const turn = (asked += 1);
    const said = new FormData();
    for (const [name, value] of fieldsOf()) said.append(name, value);
    try {
      const answer = await fetch(`${form.action}/periksa`, { method: "POST", body: said, credentials: "same-origin" });
      const text = answer.status === 200 ? await answer.text() : "";
      if (!text || turn !== asked) return;
      const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-lampu]");
      lamps.replaceChildren(...found.childNodes);
      sure.hidden = !found.hasAttribute("data-pribadi");
    } catch (error) {} // no signal: what stands there stays
  };
  const later = () => {
    clearTimeout(timer);
    if (form.dataset.sibuk === undefined && form.elements.teks.value.trim() && navigator.onLine !== false) timer = setTimeout(judge, 500);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(timer)); // afterwards it may be nobody's task here
}

function wordButton() {
  const button = form.querySelector("[data-kirim]");
  const isOff = navigator.onLine === false || document.documentElement.dataset.disimpan;
  button.textContent = isOff ? say("Simpan, kirim saat ada sinyal", "Keep it, send with signal") : say("Kirim", "Send");
  form.querySelector("[data-kirim-kata]").textContent = isOff
    ? say("Terkirim sendiri. Anda boleh menutup HP.", "It sends itself. You may put the phone away.")
    : "";
}

// What stands instead of the form while an answer waits.
function showWaiting({ id, at, state }) {
  const note = make("div", { className: "c-notice" });
  const head = make("p", { className: "c-notice__head", textContent: say("Tersimpan, belum terkirim", "Kept, not sent yet") });
  const why = make("p", {
    textContent:
      state === SIGN_IN
        ? say("Masuk lagi supaya jawaban ini terkirim.", "Sign in again so that this answer is sent.")
        : say(`Dicatat ${hour(at)}. Terkirim sendiri saat ada sinyal.`, `Written ${hour(at)}. It sends itself with signal.`),
  });
  const edit = make("button", { type: "button", className: "c-button", textContent: say("Ubah jawaban", "Change the answer") });
  note.dataset.nada = "hati";
  note.dataset.tersimpan = "";
  note.setAttribute("role", "status");
  edit.dataset.jenis = "kedua";
  edit.onclick = async () => {
    const answer = (await answers()).find((one) => one.id === id);
    note.remove();
    form.hidden = false;
    if (answer) restore(answer);
  };
  note.append(head, why, edit);
  form.hidden = true;
  form.before(note);
}

// Put an answer back into the form, photos and all.
function restore(answer) {
  const meta = NAMES.map(() => []);
  for (const [name, value] of answer.fields) {
    if (NAMES.includes(name)) meta[NAMES.indexOf(name)].push(value);
    else if (!["kunci", "dilihat", "dicatat", "foto_id"].includes(name)) setField(name, value);
  }
  answer.files.forEach(({ file }, n) => {
    const [at, lat, lng] = meta.map((values) => values[n]);
    if (photos) photos.add(file, { at: at && Date.parse(at), place: lat && [+lat, +lng] });
  });
  replaces = answer.id;
}

function setField(name, value) {
  const field = form.elements[name];
  if (!field) return;
  if (field instanceof RadioNodeList || field.type === "radio") {
    for (const one of form.querySelectorAll(`[name="${name}"]`)) one.checked = one.value === value;
  } else if (field.type === "checkbox") field.checked = true;
  else field.value = value;
}

function showHeld(answer) {
  const note = make("div", { className: "c-notice" });
  const words = {
    [CHANGED]: say("Kasus ini berubah, periksa lagi", "This case changed, look again"),
    [WRONG]: say("Ada yang perlu dilengkapi", "Something needs fixing"),
    [GONE]: say("Laporan ini tidak lagi di tangan Anda", "This report is not in your hands any more"),
  };
  note.dataset.nada = "hati";
  note.setAttribute("role", "alert");
  note.append(make("p", { className: "c-notice__head", textContent: words[answer.state] }));
  if (answer.said) note.append(make("p", { textContent: answer.said }));
  note.append(make("p", { textContent: say("Jawaban Anda ada di isian di bawah.", "Your answer is in the form below.") }));
  form.before(note);
  restore(answer);
}

// Keep first, then send. What the server will not take is sent once more as a plain form: its page says why.
async function keepAndSend(event) {
  event.preventDefault();
  if (form.dataset.sibuk !== undefined) return;
  form.dataset.sibuk = "";
  if (photos) await photos.ready();
  const id = form.elements.kunci.value;
  const number = page.dataset.satuTugas;
  const fields = [...fieldsOf(), ["dicatat", new Date().toISOString()]];
  try {
    const files = photos ? photos.files() : plainFiles();
    await keep({ id, number, title: page.dataset.judul, address: new URL(form.action).pathname, fields }, files, replaces);
  } catch (error) {
    return form.submit(); // nothing can be kept here
  }
  let result = navigator.onLine === false ? WAITING : (await send(id))[id];
  if (result === undefined && !(await answers()).some((one) => one.id === id)) result = ""; // the worker was first
  delete form.dataset.sibuk;
  if (result === "") return location.assign(`/instansi?terkirim=${encodeURIComponent(number)}`);
  if (result === SIGN_IN) return location.assign(`/masuk?lanjut=${encodeURIComponent(location.pathname)}`);
  if (result === CHANGED || result === WRONG) {
    await drop(id);
    return form.submit();
  }
  askForSync();
  showWaiting({ id, at: Date.now(), state: WAITING });
  document.querySelector("[data-tersimpan] button").focus();
}

const plainFiles = () =>
  Array.from(form.querySelectorAll("input[type=file]")).flatMap((input) =>
    Array.from(input.files, (file) => ({ field: "foto", file })),
  );

async function askForSync() {
  try {
    await (await navigator.serviceWorker.ready).sync.register("kirim");
  } catch (error) {} // then on the next opening
}

async function start() {
  const isKept = await kept;
  if (!isKept) return;
  form.addEventListener("submit", keepAndSend);
  addEventListener("online", wordButton);
  addEventListener("offline", wordButton);
  wordButton();
  const own = (await answers()).filter(({ number }) => number === page.dataset.satuTugas).pop();
  if (!own) return;
  if (own.state === WAITING || own.state === SIGN_IN) showWaiting(own);
  else showHeld(own);
}

if (form) {
  startPhotos();
  burnLights();
  start();
}
