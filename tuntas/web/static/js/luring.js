// The page for times without signal: the draft on this phone, to go on with or to delete.
import { forget, read } from "./phone.js";
import { hour, make, say } from "./page.js";

const box = document.querySelector("[data-drafts]");
const kept = read();
if (box && kept.cerita) {
  const { at, cerita, draf } = kept;
  const text = make("p", { textContent: cerita.length > 160 ? `${cerita.slice(0, 160)}…` : cerita });
  const actions = make("p", { className: "l-cluster" });
  const more = make("a", { className: "c-button", href: `/lapor${draf ? `?draf=${encodeURIComponent(draf)}` : ""}` });
  const button = make("button", { type: "button", className: "c-button" });
  more.textContent = say(`Lanjutkan draf, ${hour(at)}`, `Go on with the draft, ${hour(at)}`);
  button.dataset.jenis = "sunyi";
  button.textContent = say("Hapus draf", "Delete the draft");
  button.onclick = () => {
    forget();
    text.textContent = say("Draf di HP ini sudah dihapus.", "The draft on this phone is deleted.");
    text.tabIndex = -1;
    text.focus();
    actions.remove();
  };
  actions.append(more, button);
  box.append(text, actions);
  box.hidden = false;
}
