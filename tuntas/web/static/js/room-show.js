// What was opened, drawn from memory: nothing of it is kept, and everything goes when the time is over.
import { bar, barred, make, say } from "./room-part.js";

const KINDS = /^image\/(jpeg|png|webp|gif)$/;
const SOUND = /^(audio|video)\//;
const addresses = [];

/** Draw the story of a report. */
export function showStory(story, into, uncover) {
  const text = make("p", "", { class: "c-story" });
  text.append(barred(story.body ?? "", uncover));
  into.append(text);
  const facts = make("dl", "", { class: "c-facts" });
  const rows = [
    [say("Topik", "Topic"), story.category],
    [say("Tanggal", "Date"), story.event_date],
    [say("Tempat", "Place"), story.location_text],
  ];
  for (const [name, value] of rows) if (value) facts.append(make("dt", name), make("dd", value));
  const closed = [
    [say("Kelurahan", "Area"), story.area],
    [say("Nama", "Name"), story.name],
    [say("Telepon", "Telephone"), story.phone],
    [say("E-mail", "E-mail"), story.email],
  ];
  for (const [name, value] of closed) {
    if (!value) continue;
    const line = make("dd");
    line.append(bar(value, uncover));
    facts.append(make("dt", name), line);
  }
  if (facts.children.length) into.append(facts);
}

/** Draw one message of the conversation, or a note. */
export function showWords(envelope, words, into, uncover) {
  const from = envelope.act === "note" ? "catatan" : envelope.from === "reporter" ? "" : "kami";
  const item = make("li", "", from ? { "data-dari": from } : {});
  const text = make("p");
  text.append(barred(words.text ?? "", uncover));
  const who = from ? envelope.by ?? say("Kami", "We") : say("Pelapor", "The reporter");
  const at = new Date(envelope.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  item.append(text, make("small", `${who}, ${at}`));
  into.append(item);
}

/** Draw a file: pictures and sound in place, and a button that saves it, which is recorded. */
export function showFile(file, into, record) {
  const address = URL.createObjectURL(new Blob([file.content], { type: KINDS.test(file.type) || SOUND.test(file.type) ? file.type : "application/octet-stream" }));
  addresses.push(address);
  const box = make("figure");
  if (KINDS.test(file.type)) box.append(make("img", "", { src: address, alt: say("Lampiran pelapor", "A file of the reporter") }));
  else if (SOUND.test(file.type)) box.append(make(file.type.startsWith("audio") ? "audio" : "video", "", { src: address, controls: "" }));
  const save = make("button", say(`Unduh ${file.name} (tercatat)`, `Save ${file.name} (recorded)`), { type: "button", class: "c-linkbtn" });
  save.addEventListener("click", async () => {
    if (!(await record())) return;
    make("a", "", { href: address, download: file.name }).click();
  });
  const line = make("figcaption");
  line.append(save);
  box.append(line);
  into.append(box);
}

/** Forget every file that was drawn. */
export function forgetFiles() {
  for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
}
