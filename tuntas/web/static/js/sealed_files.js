// Files of sealed reports: chosen, closed on this phone, and only then uploaded.
import { make, say, size } from "./page.js";
import { shrink } from "./photos.js";

const LARGEST = 16 * 1024 * 1024;

// What the page says with scripts in place of what it says without.
export function tellWith(root) {
  for (const part of root.querySelectorAll("[data-without]")) part.hidden = true;
  for (const part of root.querySelectorAll("[data-with]")) part.hidden = false;
}

// Let a part of a form take files; returns {files, isStripped, tell}.
export function pickFiles(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-chosen-files]");
  const strip = box.querySelector("[data-strip]");
  const told = box.querySelector("[data-told]");
  const files = [];
  input.removeAttribute("accept"); // without scripts only photos are taken

  function show() {
    list.replaceChildren(
      ...files.map((file) => {
        const item = make("li", {});
        const button = make("button", { type: "button", className: "c-linkbtn", textContent: say("Hapus", "Remove") });
        button.setAttribute("aria-label", `${button.textContent} ${file.name}`);
        button.onclick = () => {
          files.splice(files.indexOf(file), 1);
          told.textContent = "";
          show();
          input.focus();
        };
        item.append(make("span", { textContent: `${file.name}, ${size(file.size)}` }), " ", button);
        return item;
      }),
    );
    list.hidden = !files.length;
    strip.hidden = !files.some((file) => file.type.startsWith("image/"));
  }

  function take() {
    const most = +box.dataset.files;
    const problems = [];
    for (const file of input.files) {
      if (file.size > LARGEST) problems.push(say(`${file.name} lebih dari 16 MB.`, `${file.name} is over 16 MB.`));
      else if (files.length === most) problems.push(say(`${file.name} tidak ikut.`, `${file.name} was left out.`));
      else files.push(file);
    }
    input.value = "";
    told.textContent = problems.join(" ");
    show();
  }

  input.addEventListener("change", take);
  take(); // on a slow line somebody has chosen before this script came
  return {
    files,
    isStripped: () => strip.querySelector("input").checked,
    tell: (text) => (told.textContent = text),
    clear: () => {
      files.length = 0;
      show();
    },
  };
}

// Close a file for a report and upload it; returns its id. It is told how far the upload is, from 0 to 1.
export async function sealFile(age, file, { recipient, isStripped, told }) {
  let sent = file;
  if (isStripped && file.type.startsWith("image/")) {
    const photo = { file, picture: make("canvas", { width: 160, height: 120 }) };
    await shrink(photo);
    sent = photo.file;
  }
  const content = new Uint8Array(await sent.arrayBuffer());
  const plain = age.wrapFile({ name: sent.name, type: sent.type, content });
  return upload(await age.encrypt(plain, recipient), age.newCode(), told);
}

function upload(bytes, key, told) {
  return new Promise((done, fail) => {
    const ask = new XMLHttpRequest(); // fetch does not tell how far it is
    ask.open("POST", "/api/v1/sealed/files");
    ask.setRequestHeader("Content-Type", "application/octet-stream");
    ask.setRequestHeader("Idempotency-Key", key);
    ask.setRequestHeader("Accept-Language", document.documentElement.lang);
    ask.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    ask.onload = () => {
      const answer = parsed(ask.responseText);
      if (ask.status === 201) done(answer.file_id);
      else fail(new Refused(ask.status, answer));
    };
    ask.onerror = () => fail(new TypeError("line"));
    ask.send(bytes);
  });
}

// What the server refused, in its own words.
export class Refused extends Error {
  constructor(status, problem) {
    const [first] = problem.errors || [];
    super((first && first.detail) || problem.detail || problem.title || String(status));
    this.status = status;
    this.challenge = problem.challenge; // what to compute to go on at once
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return {};
  }
};

// Ask the API; returns what it answers. A lost line raises TypeError, a refusal Refused.
export async function ask(path, { lookup, body, key, proof } = {}) {
  const headers = { "Accept-Language": document.documentElement.lang };
  if (lookup) headers.Authorization = `Lookup ${lookup}`;
  if (key) headers["Idempotency-Key"] = key;
  if (proof) headers.Proof = proof;
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method: body ? "POST" : "GET", headers, body, cache: "no-store" });
  const text = await answer.text();
  if (!answer.ok) throw new Refused(answer.status, parsed(text));
  return parsed(text);
}

// What to say about a try that failed; what was typed stays.
export const saidOf = (error) =>
  error instanceof Refused
    ? error.message
    : say(
        "Belum terkirim: sambungan terputus. Tulisan Anda masih ada. Kirim lagi.",
        "Not sent: the line was lost. What you wrote is still here. Send again.",
      );
