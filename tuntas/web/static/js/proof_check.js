// Checks a reporter's proof on this device: what was sent is in the signed log. Asks no server anything.
import { make, number, say } from "./page.js";

const FORM = "tuntas-log/1\n";
const bytes = (text) => new TextEncoder().encode(text);
const hex = (data) => Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
const unhex = (text) => {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error("hex");
  return Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
};
const unbase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const join = (...parts) => {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
};
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));

// Whether each hash of a proof stands left of what it is put to, from the leaf to the root (RFC 6962).
function sides(seq, size) {
  const found = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    let half = 1;
    while (half * 2 < end - start) half *= 2;
    const isLeft = seq >= start + half;
    found.unshift(isLeft);
    if (isLeft) start += half;
    else end = start + half;
  }
  return found;
}

async function rootOf({ row, commitment, leaf, seq, proof }, size) {
  const data = join(bytes(FORM), await sha256(bytes(`${row}\n`), unhex(commitment)));
  const way = sides(seq, size);
  if (hex(data) !== leaf || !(seq >= 0 && seq < size) || way.length !== proof.length) return "";
  let made = await sha256([0], data);
  for (const [n, isLeft] of way.entries()) {
    const other = unhex(proof[n]);
    made = await (isLeft ? sha256([1], other, made) : sha256([1], made, other));
  }
  return hex(made);
}

function readNote(note) {
  const cut = note.lastIndexOf("\n\n");
  const text = note.slice(0, cut + 1);
  const [origin, size, root] = text.split("\n");
  return { text, origin, size: Number(size), root: hex(unbase64(root)), lines: note.slice(cut + 2).split("\n") };
}

// true or false; null where this browser knows no Ed25519
async function isSigned({ text, origin, lines }, key) {
  const [name, id, encoded] = [key.slice(0, key.indexOf("+")), ...key.slice(key.indexOf("+") + 1).split(/\+(.*)/s)];
  const typed = unbase64(encoded);
  const own = (await sha256(bytes(`${name}\n`), typed)).slice(0, 4);
  const line = lines.find((one) => one.startsWith(`\u2014 ${name} `));
  if (name !== origin || hex(own) !== id || typed[0] !== 1 || !line) return false;
  const signature = unbase64(line.split(" ")[2]);
  if (hex(signature.slice(0, 4)) !== id) return false;
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", typed.slice(1), { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
  return crypto.subtle.verify("Ed25519", imported, signature.slice(4), bytes(text));
}

// Returns what is said: whether it fits, and lines about it.
async function check(typed, trusted) {
  const told = JSON.parse(typed);
  if (told.kind !== "tuntas-bukti/1") throw new Error("kind");
  const note = readNote(told.checkpoint);
  const signed = await isSigned(note, told.key);
  const lines = [];
  let fits = signed !== false && told.leaves.length > 0;
  if (signed === false) lines.push(say("Tanda tangannya salah.", "The signature is wrong."));
  for (const one of told.leaves) {
    const isThere = (await rootOf(one, note.size)) === note.root;
    fits = fits && isThere;
    const at = new Date(JSON.parse(one.row)[4]).toLocaleString(say("id-ID", "en-GB"), { dateStyle: "long", timeStyle: "short" });
    const place = number(one.seq + 1);
    lines.push(
      isThere
        ? say(`Yang Anda kirim ${at} ada di baris ${place}.`, `What you sent on ${at} stands in line ${place}.`)
        : say(`Yang Anda kirim ${at} tidak ada di baris ${place}.`, `What you sent on ${at} is not in line ${place}.`),
    );
  }
  if (signed === null) lines.push(say("Browser ini tidak bisa memeriksa tanda tangannya.", "This browser cannot check the signature."));
  if (trusted && told.key !== trusted) {
    lines.push(say("Kunci di bukti ini bukan kunci yang dipakai sekarang.", "The key in this proof is not the one in use now."));
  }
  if (told.waiting) lines.push(say("Yang paling baru belum masuk. Unduh lagi nanti.", "The newest is not in it yet. Download again later."));
  return { fits, lines };
}

function show(box, tone, head, lines) {
  const notice = make("div", { className: "c-notice" });
  notice.dataset.nada = tone;
  notice.append(make("p", { className: "c-notice__head", textContent: head }));
  for (const line of lines) notice.append(make("p", { textContent: line }));
  box.replaceChildren(notice);
  box.focus();
}

const form = document.querySelector("[data-check]");
const box = document.querySelector("[data-verdict]");

async function judge(typed) {
  try {
    const { fits, lines } = await check(typed, form.dataset.key);
    show(box, fits ? "ok" : "lewat", fits ? say("Cocok", "It fits") : say("Tidak cocok", "It does not fit"), lines);
  } catch {
    const why = say("Ini bukan bukti yang utuh. Unduh lagi dari halaman laporan Anda.", "This is no whole proof. Download it again from the page of your report.");
    show(box, "hati", say("Tidak bisa dibaca", "It cannot be read"), [why]);
  }
}

document.querySelector("[data-without]").hidden = true;
if (globalThis.crypto?.subtle) {
  form.hidden = false;
  form.elements.berkas.onchange = async ({ target }) => {
    if (target.files[0]) judge(await target.files[0].text());
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    judge(form.elements["isi-bukti"].value);
  };
} else {
  show(box, "hati", say("Tidak bisa di sini", "Not possible here"), [say("Buka halaman ini lewat https.", "Open this page over https.")]);
}
