// Photos: made smaller on the phone, shown, taken out. Where that fails, one goes as it is.
import { readExif } from "./exif.js";
import { make, say, size } from "./page.js";

const SIDE = 1600; // pixels of the longer side
const GOOD = 190e3; // bytes, which most photos get to
const ENOUGH = 290e3; // for a noisy one, before it loses pixels too

const box = document.querySelector("[data-photos]") || make("p"); // proof.js wants the function alone
const form = box.closest("form");
const gallery = box.querySelector("input[multiple]");
const list = box.querySelector("[data-new-photos]");
const told = box.querySelector("[data-chosen]");
const chosen = []; // {file, place, size, picture}
let leftOut = 0;
let waiting = 0;
let isReleased = false;
let work = Promise.resolve();

function take(event) {
  const input = event.target;
  const room = box.dataset.photos - box.querySelectorAll("[name=hapus]").length;
  leftOut = 0;
  for (const file of Array.from(input.files)) {
    if (chosen.length < room) add(file);
    else leftOut += 1;
  }
  input.value = "";
  show();
}

function add(file) {
  const photo = { file };
  chosen.push(photo);
  list.append(shown(photo));
  waiting += 1;
  const done = () => {
    waiting -= 1;
    show();
  };
  work = work.then(() => shrink(photo)).then(done, done);
}

function shown(photo) {
  const item = make("li", { className: "c-thumb" });
  const caption = make("span", { className: "c-thumb__cap" });
  const button = make("button", { type: "button", textContent: say("Hapus", "Remove") });
  button.setAttribute("aria-label", `${button.textContent} ${photo.file.name}`);
  photo.size = document.createTextNode("");
  photo.picture = make("canvas", { className: "c-foto", width: 160, height: 120 });
  button.onclick = () => {
    const next = item.nextSibling || item.previousSibling;
    chosen.splice(chosen.indexOf(photo), 1);
    item.remove();
    leftOut = 0;
    show();
    (next ? next.querySelector("button") : gallery).focus();
  };
  caption.append(photo.size, button);
  item.append(photo.picture, caption);
  return item;
}

export async function shrink(photo) {
  const { turn, place } = await readExif(photo.file);
  photo.place = place;
  const image = await decode(photo.file, turn);
  const longer = Math.max(image.width, image.height);
  const small = photo.picture;
  small.height = Math.round((small.width * image.height) / image.width) || 1;
  small.getContext("2d").drawImage(image, 0, 0, small.width, small.height);
  let made;
  for (let side = Math.min(SIDE, longer); !made || made.size > ENOUGH; side *= Math.sqrt(GOOD / made.size)) {
    const [width, height] = [image.width, image.height].map((all) => Math.round((all * side) / longer) || 1);
    const canvas = make("canvas", { width, height });
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.fillStyle = "#fff"; // what shows through
    pen.fillRect(0, 0, width, height);
    pen.drawImage(image, 0, 0, width, height);
    for (const quality of [0.75, 0.6]) {
      made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (made.size <= GOOD) break;
    }
  }
  image.close();
  photo.file = new File([made], photo.file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

// A browser that does not know "from-image" may not turn photos either.
const decode = (file, turn) =>
  createImageBitmap(file, { imageOrientation: "from-image" }).catch((error) => {
    if (turn > 1) throw error;
    return createImageBitmap(file);
  });

function show() {
  const bag = new DataTransfer();
  let sum = 0;
  for (const { file, size: label } of chosen) {
    bag.items.add(file);
    sum += file.size;
    label.data = size(file.size);
  }
  gallery.files = bag.files;
  list.hidden = !chosen.length;
  const n = chosen.length;
  let text = n ? say(`${n} foto, ${size(sum)}.`, `${n} photos, ${size(sum)}.`) : "";
  if (waiting) text = say("Mengecilkan foto.", "Making photos smaller.");
  else if (leftOut) text += say(` ${leftOut} foto tidak ikut.`, ` ${leftOut} were left out.`);
  told.textContent = text;
  place();
}

// Where the first photo that says so was taken; never for closed reports.
function place() {
  if (!form.dataset.draft) return;
  const isSealed = form.elements.segel && form.elements.segel.checked;
  const first = isSealed ? null : chosen.find((photo) => photo.place);
  ["foto_lat", "foto_lng"].forEach((name, n) => {
    const field = form.elements[name] || form.appendChild(make("input", { type: "hidden", name }));
    field.value = first ? first.place[n].toFixed(6) : "";
  });
}

// A form sent meanwhile waits, ten seconds at most.
function hold(event) {
  if (event.target !== form) return;
  place();
  if (!waiting || isReleased || !form.requestSubmit) return;
  event.preventDefault();
  event.stopPropagation();
  const by = event.submitter || undefined;
  Promise.race([work, new Promise((done) => setTimeout(done, 10e3))]).then(() => {
    isReleased = true;
    form.requestSubmit(by);
    isReleased = false;
  });
}

try {
  new DataTransfer().items.add(new File([""], "a")); // or files cannot be exchanged
  box.addEventListener("change", (event) => event.target.type === "file" && take(event));
  document.addEventListener("submit", hold, true);
  // Chosen before; the gallery first: it holds all
  for (const target of new Set([gallery, ...box.querySelectorAll("[type=file]")])) if (target?.files[0]) take({ target });
} catch (error) {}
