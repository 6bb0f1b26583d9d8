// Answers on their way: kept on this phone until the server says it has them, sent in order, each once.
import { OUTBOX, forgetPages, openAnswer, owner, read, readAll, remove, sealAnswer, write } from "./vault.js";

export const WAITING = "menunggu"; // for signal
export const SIGN_IN = "masuk"; // for its writer to sign in
export const CHANGED = "berubah"; // the case moved meanwhile
export const WRONG = "salah"; // something has to be put right
export const GONE = "hilang"; // the report is with somebody else now
const news = "BroadcastChannel" in self ? new BroadcastChannel("tuntas-petugas") : new EventTarget();
const listeners = [];

// Be told when an answer is kept, sent or dropped, here or in another page or the worker.
export function hear(listen) {
  listeners.push(listen);
  news.addEventListener("message", listen);
}

function tell() {
  for (const listen of listeners) listen(); // a channel does not speak to who speaks
  if (news.postMessage) news.postMessage("kotak");
}

// Keep an answer: {id, number, title, address, fields} and its files; `replaces` names one that it takes the place of.
export async function keep(answer, files, replaces) {
  const person = await owner();
  const sealed = await sealAnswer(person, answer, files);
  await write(OUTBOX, answer.id, { id: answer.id, person, at: Date.now(), state: WAITING, ...sealed });
  if (replaces && replaces !== answer.id) await remove(OUTBOX, replaces);
  tell();
}

// Return the answers of who works here now, the oldest first, each as it was written.
export async function answers() {
  const person = await owner();
  const own = (await readAll(OUTBOX)).filter((sealed) => sealed.person === person);
  own.sort((one, other) => one.at - other.at);
  return Promise.all(
    own.map(async (sealed) => ({ ...(await openAnswer(person, sealed)), at: sealed.at, state: sealed.state })),
  );
}

export async function drop(id) {
  await remove(OUTBOX, id);
  tell();
}

async function mark(id, state, said = "") {
  const sealed = await read(OUTBOX, id);
  if (!sealed) return;
  const { files, ...head } = await openAnswer(sealed.person, sealed);
  await write(OUTBOX, id, { ...sealed, ...(await sealAnswer(sealed.person, { ...head, said }, files)), state });
}

// Send what waits. Of the page and the worker, one does it at a time.
export const send = (only) =>
  navigator.locks ? navigator.locks.request("tuntas-kirim", () => sendAll(only)) : sendAll(only);

async function sendAll(only) {
  const results = {};
  const person = await owner();
  for (const answer of await answers()) {
    const isDue = answer.state === WAITING || answer.state === SIGN_IN;
    if (!isDue || (only && answer.id !== only)) continue;
    const result = await sendOne(answer, person);
    results[answer.id] = result;
    if (result === WAITING || result === SIGN_IN) break; // no signal, or nobody signed in: the others wait as well
  }
  if (Object.keys(results).length) tell();
  return results;
}

async function sendOne({ id, address, fields, files }, person) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  for (const { field, file, name } of files) form.append(field, file, name);
  let answer;
  let said = {};
  try {
    const headers = { Accept: "application/json", "X-Petugas": person };
    answer = await fetch(address, { method: "POST", body: form, headers, credentials: "same-origin" });
    if (/json/.test(answer.headers.get("Content-Type"))) said = await answer.json();
  } catch (error) {
    return WAITING;
  }
  const { status } = answer;
  if (status === 200 && said.ok) {
    await remove(OUTBOX, id);
    return "";
  }
  if (status === 401) {
    await mark(id, SIGN_IN);
    await forgetPages();
    return SIGN_IN;
  }
  const state = { 400: WRONG, 403: GONE, 404: GONE, 409: CHANGED, 413: WRONG, 422: WRONG }[status];
  if (!state) return WAITING; // the server is away, or something else answered in its place
  const wrong = (said.mistakes || []).map((mistake) => mistake.say);
  await mark(id, state, wrong.join(" ") || said.say || "");
  return state;
}
