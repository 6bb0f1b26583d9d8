// A sealed report before its reporter: the code stays here, and with it everything is opened and answered.
import { make, say, size } from "./page.js";
import { ask, pickFiles, saidOf, sealFile, tellWith } from "./sealed_files.js";

const place = document.querySelector("[data-case]");
const entry = place.querySelector("form.c-track");
const NO_REASON = say("Pelapor tidak menulis alasan.", "The reporter gave no reason.");
let age;
let lookup;
let identity; // of the report
let recipient;
let isBusy = false;
let isOurs = true; // until it turns out that the browser cannot open it

const loaded = import(place.dataset.age).then((module) => {
  age = module;
  tellWith(document);
});
loaded.catch(() => { isOurs = false; }); // then the form goes to the server, as the page says

async function open(typed) {
  const said = entry.querySelector("[data-said]");
  said.textContent = say("Membuka di HP ini", "Opening on this phone");
  await loaded;
  const code = age.readCode(typed);
  const refuse = (text) => {
    said.textContent = text;
    entry.elements.kode.setAttribute("aria-invalid", "true");
    entry.elements.kode.focus();
  };
  if (!code) return refuse(say("Kode tersegel punya 24 tanda. Periksa lagi.", "A sealed code has 24 signs. Check again."));
  try {
    lookup = age.lookupOf(code);
    const view = await ask("/api/v1/track", { lookup });
    if (!view.sealed?.wrapped_key) return refuse(say("Kode ini tidak membuka isi laporan.", "This code does not open the words."));
    const own = age.identityOfCode(code);
    identity = await age.decryptText(age.fromBase64(view.sealed.wrapped_key), own);
    recipient = view.sealed.recipient;
    await show(view);
  } catch (error) {
    refuse(error.status || error instanceof TypeError ? saidOf(error) : say("Kunci laporan ini tidak terbuka.", "The key of this report does not open."));
  }
}

// How it stands comes from the server as a part of the page; the words are put in here.
async function show(view) {
  const headers = { Authorization: `Lookup ${lookup}` };
  const answer = await fetch("/l/tersegel/keadaan", { headers, cache: "no-store" });
  if (!answer.ok) throw new TypeError("line");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  const knots = [...part.querySelectorAll("[data-at]")];
  const isFile = (envelope) => envelope.kind === "file";
  const wordsFirst = view.sealed.envelopes.sort((one, two) => isFile(one) - isFile(two)); // each kind as it happened
  for (const envelope of wordsFirst) {
    const at = new Date(envelope.at) / 1000;
    const near = (knot) => Math.abs(knot.dataset.at - at);
    const knot = knots.reduce((best, one) => (near(one) < near(best) ? one : best), knots[0]);
    knot?.append(...(await told(envelope, knot)));
  }
  place.replaceChildren(...part.body.childNodes);
  place.querySelectorAll("form[data-act]").forEach(bind);
  place.querySelector("[data-proof] button").onclick = saveProof;
  tellWith(place);
  place.querySelector("h1").tabIndex = -1;
  place.querySelector("h1").focus();
}

// What one envelope says, as parts of the thread.
async function told(envelope, knot) {
  if (envelope.kind === "file") return [fileButton(envelope)];
  let words;
  try {
    words = JSON.parse(await age.decryptText(age.fromBase64(envelope.data), identity));
  } catch (error) {
    return [make("p", { className: "c-thread__body u-soft", textContent: say("Amplop ini rusak.", "This envelope is damaged.") })];
  }
  const text = words.body || words.text || "";
  if (envelope.from !== "reporter") {
    const quote = make("blockquote", { className: "c-say" });
    quote.append(lines(text), make("footer", { className: "c-say__by", textContent: knot.dataset.signed }));
    return [quote];
  }
  const own = make("div", { className: "c-thread__body" });
  own.append(lines(`“${text}”`));
  for (const more of [words.location_text, words.event_date, words.name, words.phone, words.email]) {
    if (more) own.append(make("p", { className: "u-s u-soft", textContent: more }));
  }
  return [own];
}

function lines(text) {
  const block = make("p", {});
  for (const [n, line] of text.split("\n").entries()) block.append(...(n ? [make("br", {})] : []), line);
  return block;
}

// A file is fetched and opened only when it is asked for.
function fileButton(envelope) {
  const box = make("p", { className: "c-thread__body" });
  const button = make("button", { type: "button", className: "c-button", textContent: say("Buka berkas", "Open the file") });
  button.dataset.jenis = "kedua";
  button.dataset.kecil = "";
  button.onclick = async () => {
    button.setAttribute("aria-disabled", "true");
    try {
      const answer = await fetch(`/api/v1/sealed/files/${envelope.id}`, { headers: { Authorization: `Lookup ${lookup}` } });
      if (!answer.ok) throw new TypeError("line");
      const file = age.unwrapFile(await age.decrypt(new Uint8Array(await answer.arrayBuffer()), identity));
      // Never shown as a page of this site, whatever kind it calls itself
      const href = URL.createObjectURL(new Blob([file.content], { type: "application/octet-stream" }));
      const link = make("a", { href, download: file.name, textContent: `${say("Simpan", "Save")} ${file.name}, ${size(file.size)}` });
      box.replaceChildren(link);
      link.focus();
    } catch (error) {
      button.removeAttribute("aria-disabled");
      button.textContent = say("Gagal dibuka. Coba lagi", "Could not be opened. Try again");
    }
  };
  box.append(button);
  return box;
}

// The file that proves what was sent; the server finds it without the code.
async function saveProof() {
  const said = place.querySelector("[data-proof] [data-said]");
  said.textContent = "";
  try {
    const answer = await fetch("/l/tersegel/bukti", { headers: { Authorization: `Lookup ${lookup}` }, cache: "no-store" });
    const text = await answer.text();
    if (!answer.ok) {
      said.textContent = new DOMParser().parseFromString(text, "text/html").body.textContent.trim();
      return;
    }
    const download = answer.headers.get("Content-Disposition").match(/"(.+)"/)[1];
    const href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    make("a", { href, download }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60e3);
  } catch (error) {
    said.textContent = say("Sambungan terputus. Coba lagi.", "The line was lost. Try again.");
  }
}

// One of the forms: its words and files are closed here, like the report itself.
function bind(form) {
  const said = form.querySelector("[data-said]");
  const box = form.querySelector("[data-files]");
  const picked = box && pickFiles(box);
  let sent = { print: "" };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (isBusy) return;
    const { act } = form.dataset;
    const text = form.elements.teks.value.trim();
    const rating = +new FormData(form).get("puas");
    const wrong = whatIsWrong(form, act, text, rating);
    said.textContent = wrong || say("Mengunci di HP ini", "Locking on this phone");
    if (wrong) return;
    isBusy = true;
    try {
      const print = JSON.stringify([text, rating, picked?.files.map((file) => [file.name, file.size]), picked?.isStripped()]);
      // The same form once more is the same act: the first answer may have been lost on the way
      if (sent.print !== print) sent = { print, key: age.newCode(), body: await close(act, text, rating, picked, said) };
      await ask(`/api/v1/track/acts/${act}`, { lookup, body: sent.body, key: sent.key });
      form.reset();
      await show(await ask("/api/v1/track", { lookup }));
    } catch (error) {
      if (error.status) sent = { print: "" };
      said.textContent = saidOf(error);
    }
    isBusy = false;
  });
}

function whatIsWrong(form, act, text, rating) {
  if (act === "rate") return rating ? "" : say("Pilih seberapa puas Anda.", "Choose how satisfied you are.");
  if (act === "withdraw") return form.elements.yakin.checked ? "" : say("Centang dulu bahwa Anda yakin.", "Tick that you are sure first.");
  return text || act === "supplement" ? "" : say("Tulis sedikitnya satu kalimat.", "Write at least one sentence.");
}

async function close(act, text, rating, picked, said) {
  const body = act === "rate" ? { rating } : {};
  const words = text || (act === "withdraw" ? NO_REASON : "");
  if (words) body.envelope = age.toBase64(await age.encrypt(age.padded({ v: 1, text: words }), recipient));
  if (picked?.files.length) {
    body.file_ids = [];
    for (const file of picked.files) {
      const told = (part) =>
        (said.textContent = say(`Mengunggah ${file.name}: ${Math.floor(part * 100)}%`, `Uploading ${file.name}: ${Math.floor(part * 100)}%`));
      body.file_ids.push(await sealFile(age, file, { recipient, isStripped: picked.isStripped(), told }));
    }
  }
  return JSON.stringify(body);
}

document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== entry || !isOurs) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open(entry.elements.kode.value).catch(cannot);
  },
  true,
);
// Neither Back nor the page's own memory shows it again
addEventListener("pagehide", () => place.replaceChildren());
addEventListener("pageshow", (event) => event.persisted && location.reload());

// Once it is known that this phone cannot open it, the person decides whether the server may.
function cannot() {
  entry.querySelector("[data-said]").textContent = say(
    "HP ini tidak bisa membukanya sendiri. Tekan Buka lagi kalau server boleh membaca kode ini.",
    "This phone cannot open it by itself. Press Open again if the server may read this code.",
  );
}

function fromAddress() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  history.replaceState(null, "", location.pathname); // nobody who looks at the address sees it
  open(code).catch(() => {
    entry.elements.kode.value = code;
    cannot();
  });
}
addEventListener("hashchange", () => (location.hash ? location.reload() : null));
fromAddress();
