// What a phone keeps of somebody's work, so that it can go on without signal: pages and answers not sent yet, each
// encrypted with keys that no script can read out. Pages and the worker use it alike.
const NAME = "tuntas-petugas";
const KEYS = "kunci";
export const PAGES = "halaman";
export const OUTBOX = "kotak";
const LONGEST = 12 * 3600e3; // as long as a session at most
const MONTH = 30 * 24 * 3600e3; // for answers that somebody else left unsent here
const OWNER = "milik";

// Run `work` on one store, in a transaction of its own.
async function using(store, mode, work) {
  const db = await new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const name of [KEYS, PAGES, OUTBOX]) asked.result.createObjectStore(name);
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  db.onversionchange = () => db.close();
  try {
    return await new Promise((done, fail) => {
      const transaction = db.transaction(store, mode);
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => done(asked && asked.result);
      transaction.onabort = () => fail(transaction.error);
    });
  } finally {
    db.close();
  }
}

export const read = (store, name) => using(store, "readonly", (found) => found.get(name));
export const readAll = (store) => using(store, "readonly", (found) => found.getAll());
const names = (store) => using(store, "readonly", (found) => found.getAllKeys());
export const write = (store, name, value) => using(store, "readwrite", (found) => void found.put(value, name));
export const remove = (store, name) => using(store, "readwrite", (found) => void found.delete(name));

const newKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
const newStamp = () => crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

// Return a key; the first who asks makes it.
async function keyOf(name, make) {
  const kept = await read(KEYS, name);
  if (kept) return kept;
  const made = await make();
  await using(KEYS, "readwrite", (keys) => {
    const asked = keys.get(name);
    asked.onsuccess = () => asked.result || keys.put(made, name);
  });
  return read(KEYS, name);
}

// Say who works on this phone now. What another person kept to read goes; what they did not send waits for them.
export async function own(person) {
  const before = await read(KEYS, OWNER);
  if (before === person) return;
  if (before) await forgetPages();
  await write(KEYS, OWNER, person);
  await using(OUTBOX, "readwrite", (answers) => {
    answers.openCursor().onsuccess = ({ target: { result } }) => {
      if (!result) return;
      if (result.value.person !== person && Date.now() - result.value.at > MONTH) result.delete();
      result.continue();
    };
  });
}

export const owner = () => read(KEYS, OWNER);

async function lock(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

const unlock = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

// Pages and small photos, by an address that cannot be read either.
async function stampOf(address) {
  const key = await keyOf("alamat", newStamp);
  const signed = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(address));
  return btoa(String.fromCharCode(...new Uint8Array(signed)));
}

export async function keepPage(address, response) {
  const key = await keyOf(PAGES, newKey);
  const [type, policy] = ["Content-Type", "Content-Security-Policy"].map((name) => response.headers.get(name));
  const locked = await lock(key, await response.arrayBuffer());
  const stamp = await stampOf(address);
  await write(PAGES, stamp, { ...locked, type, policy, at: Date.now() });
  return stamp;
}

export async function keptPage(address) {
  const page = (await owner()) && (await read(PAGES, await stampOf(address)));
  if (!page) return undefined;
  if (Date.now() - page.at > LONGEST) return void (await forgetPages());
  const headers = { "Content-Type": page.type, "Content-Security-Policy": page.policy };
  return new Response(await unlock(await keyOf(PAGES, newKey), page), { headers });
}

// Forget the pages but those that were kept just now.
export async function keepOnly(stamps) {
  for (const stamp of await names(PAGES)) if (!stamps.includes(stamp)) await remove(PAGES, stamp);
}

// The session is over: nothing can be read any more. What was not sent keeps its own key.
export async function forgetPages() {
  await using(PAGES, "readwrite", (pages) => void pages.clear());
  for (const name of [PAGES, "alamat"]) await remove(KEYS, name);
}

// Somebody signs out: keys and all.
export const destroy = () =>
  new Promise((done) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });

// An answer with its photos, in one locked piece.
export async function sealAnswer(person, head, files) {
  const told = files.map(({ field, file }) => ({ field, name: file.name, type: file.type, size: file.size }));
  const text = new TextEncoder().encode(JSON.stringify({ ...head, files: told }));
  const length = new Uint8Array(new Uint32Array([text.length]).buffer);
  const whole = new Blob([length, text, ...files.map(({ file }) => file)]);
  return lock(await keyOf(`${OUTBOX} ${person}`, newKey), await whole.arrayBuffer());
}

export async function openAnswer(person, sealed) {
  const bytes = await unlock(await keyOf(`${OUTBOX} ${person}`, newKey), sealed);
  const [length] = new Uint32Array(bytes.slice(0, 4));
  const head = JSON.parse(new TextDecoder().decode(bytes.slice(4, 4 + length)));
  let at = 4 + length;
  for (const told of head.files) {
    told.file = new File([bytes.slice(at, at + told.size)], told.name, { type: told.type });
    at += told.size;
  }
  return head;
}
