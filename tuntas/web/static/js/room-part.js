// Parts that tell who somebody is stand as closed bars: each is opened by itself, with a reason that is recorded.
const PARTS = new RegExp([
  String.raw`[\w.+-]+@[\w-]+\.[\w.]+`, // addresses
  String.raw`(?:\+?62|0)\s?8[\d\s.-]{7,13}\d`, // telephone numbers
  String.raw`\b\d{16}\b`, // numbers of identity cards
  String.raw`\b[A-Z]{1,2}\s?\d{1,4}\s?[A-Z]{1,3}\b`, // number plates
  String.raw`\b(?:Pak|Bu|Bapak|Ibu|Sdr\.?|Sdri\.?|Kak|Mas|Mbak|Haji|Hj?\.)\s+[A-Z][\p{L}'.]+(?:\s+[A-Z][\p{L}'.]+){0,2}`, // names
].join("|"), "gu");

export const make = (name, text = "", attributes = {}) => {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
export const isIndonesian = document.documentElement.lang !== "en";
export const say = (id, en) => (isIndonesian ? id : en);

/** Words with a closed bar in place of each part that tells who somebody is; *uncover* records why one is opened. */
export function barred(text, uncover) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(PARTS)) {
    out.append(text.slice(at, found.index), bar(found[0], uncover));
    at = found.index + found[0].length;
  }
  out.append(text.slice(at));
  return out;
}

/** One closed bar. What is behind it stands in no element until it is opened. */
export function bar(hidden, uncover) {
  const closed = make("button", say("tertutup", "closed"), { type: "button", class: "c-bar", "aria-expanded": "false" });
  closed.setAttribute("aria-label", say("Bagian tertutup. Buka dengan alasan.", "A closed part. Open it with a reason."));
  closed.addEventListener("click", () => ask(closed, hidden, uncover));
  return closed;
}

function ask(closed, hidden, uncover) {
  if (closed.getAttribute("aria-expanded") === "true") return;
  closed.setAttribute("aria-expanded", "true");
  const form = make("form", "", { class: "c-bar__ask", autocomplete: "off" });
  const label = make("label", say("Alasan membuka bagian ini", "Why this part is opened"), { class: "c-field__label" });
  const field = make("select", "", { class: "c-input", required: "" });
  field.append(...document.getElementById("tujuan-bagian").content.cloneNode(true).children);
  const status = make("span", "", { role: "status" });
  label.append(field);
  form.append(label, make("button", say("Buka bagian", "Open the part"), { class: "c-button", "data-kecil": "" }), status);
  (closed.closest("p, dd, li") ?? closed).after(form);
  field.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await uncover(field.value)) {
      form.remove();
      closed.replaceWith(make("strong", hidden));
    } else status.textContent = say("Belum tercatat. Isi alasan, lalu coba lagi.", "Not recorded. Write a reason and try again.");
  });
}
