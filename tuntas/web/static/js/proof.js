// Photos of an answer: made smaller on the phone, with when and where each was taken sent beside it.
import { fromPoint } from "./metres.js";
import { hour, make, say } from "./page.js";
import { shrink } from "./photos.js";

const JUST_NOW = 10 * 60e3; // the camera of the phone made it for this form
const MOST = 5;

export const NAMES = ["foto_kapan", "foto_lat", "foto_lng"];

// Take over the two inputs of `box`; return {add, files, ready}.
export function proofs(box, point) {
  const [camera, gallery] = box.querySelectorAll("input[type=file]");
  const list = box.querySelector("[data-foto-baru]");
  const told = box.querySelector("[data-foto-kata]");
  const chosen = [];
  let work = Promise.resolve();
  let waiting = 0;

  function show() {
    const bag = new DataTransfer();
    for (const photo of chosen) {
      bag.items.add(photo.file);
      photo.said.data = `${photo.at ? hour(photo.at) : say("tanpa waktu", "no time")}, ${fromPoint(photo.place, point)} `;
      const values = [photo.at ? new Date(photo.at).toISOString() : "", ...(photo.place || ["", ""])];
      photo.fields.forEach((field, n) => {
        field.value = values[n];
      });
    }
    gallery.files = bag.files;
    list.hidden = !chosen.length;
    if (waiting) told.textContent = say("Mengecilkan foto.", "Making photos smaller.");
    else told.textContent = chosen.length ? say(`${chosen.length} foto.`, `Photos: ${chosen.length}.`) : "";
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(file, known) {
    const photo = { file, ...known, said: document.createTextNode("") };
    const item = make("li", { className: "c-thumb" });
    const caption = make("span", { className: "c-thumb__cap" });
    const button = make("button", { type: "button", textContent: say("Hapus", "Remove") });
    const words = make("span", {});
    button.setAttribute("aria-label", `${button.textContent} ${file.name}`);
    button.onclick = () => {
      chosen.splice(chosen.indexOf(photo), 1);
      item.remove();
      show();
      gallery.focus();
    };
    photo.picture = make("canvas", { className: "c-foto", width: 160, height: 120 });
    photo.fields = NAMES.map((name) => make("input", { type: "hidden", name }));
    words.append(photo.said);
    caption.append(words, button);
    item.append(photo.picture, caption, ...photo.fields);
    list.append(item);
    chosen.push(photo);
    waiting += 1;
    const done = () => {
      waiting -= 1;
      show();
    };
    work = work.then(() => prepare(photo, known)).then(done, done);
    show();
  }

  async function prepare(photo, known) {
    const made = photo.file.lastModified;
    const taken = await takenAt(photo.file);
    await shrink(photo).catch(() => {}); // then it goes as it is
    if (known.isKept) return void Object.assign(photo, { at: known.at, place: known.place });
    photo.at = taken || (known.isNew && Date.now() - made < JUST_NOW && made);
    if (!photo.place && known.isNew) photo.place = await position();
  }

  function take(input) {
    const room = MOST - box.querySelectorAll("[name=foto_id]:checked").length - chosen.length;
    const files = Array.from(input.files);
    input.value = "";
    for (const file of files.slice(0, room)) add(file, { isNew: input === camera });
    show();
    if (files.length > room) told.textContent = say(`Paling banyak ${MOST} foto.`, `${MOST} photos at most.`);
  }

  new DataTransfer().items.add(new File([""], "a")); // throws where files cannot be exchanged: then they go as they are
  for (const input of [gallery, camera]) {
    if (input.files.length) take(input); // chosen before this script came; the gallery first, which then holds all
    input.addEventListener("change", (event) => {
      event.stopPropagation();
      take(input);
    });
  }
  return {
    add: (file, known) => add(file, { ...known, isKept: true }),
    files: () => chosen.map(({ file }) => ({ field: "foto", file })),
    ready: () => Promise.race([work, new Promise((done) => setTimeout(done, 10e3))]),
  };
}

// When a camera noted that it took a photo: the earliest of its notes, by the clock of this phone. 0 where it has none.
async function takenAt(file) {
  const notes = new TextDecoder("latin1").decode(await file.slice(0, 65536).arrayBuffer());
  const found = notes.match(/\d{4}:\d\d:\d\d \d\d:\d\d:\d\d/g) || [];
  const [first = ""] = found.sort();
  return +new Date(first.replace(/^(....):(..):(..) /, "$1-$2-$3T")) || 0;
}

// Where the phone is, if its owner allowed that before; a photo alone is no reason to ask.
async function position() {
  try {
    const { state } = await navigator.permissions.query({ name: "geolocation" });
    if (state !== "granted") return undefined;
    const given = { enableHighAccuracy: true, timeout: 8e3, maximumAge: 30e3 };
    const { coords } = await new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail, given));
    return [coords.latitude, coords.longitude];
  } catch (error) {
    return undefined;
  }
}
