// Buttons that ask the browser for a passkey: what to ask comes from the server, the answer goes with the form.
import { say } from "./page.js";

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const textOf = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => (list ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));

// Written out: the browser's own reading and writing of JSON is younger than many phones.
async function make({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
    },
  });
  return answerOf(made, ["clientDataJSON", "attestationObject"]);
}

async function show({ publicKey }) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
  return answerOf(shown, ["clientDataJSON", "authenticatorData", "signature"]);
}

function answerOf(credential, names) {
  const response = Object.fromEntries(names.map((name) => [name, textOf(credential.response[name])]));
  const id = textOf(credential.rawId);
  return { id, rawId: id, type: credential.type, response, clientExtensionResults: {} };
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  part.hidden = false;
  document.querySelector("[data-without-passkey]")?.remove();
  const form = part.closest("form");
  const button = part.querySelector("button");
  const trouble = part.querySelector("[role=alert]");
  button.addEventListener("click", async () => {
    trouble.hidden = true;
    try {
      const asked = await fetch(part.dataset.passkey, { method: "POST", headers: { Accept: "application/json" } });
      if (!asked.ok) throw new Error(String(asked.status));
      const options = await asked.json();
      const answer = await ("makes" in part.dataset ? make(options) : show(options));
      form.elements.tantangan.value = options.tantangan;
      form.elements["kunci-sandi"].value = JSON.stringify(answer);
      form.submit();
    } catch {
      trouble.textContent = say(
        "Kunci sandi tidak jadi dipakai. Coba lagi, atau pakai cara lain.",
        "The passkey was not used. Try again, or take another way.",
      );
      trouble.hidden = false;
      button.focus();
    }
  });
}
