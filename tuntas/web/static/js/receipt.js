// The receipt: the report is sent, so the phone's draft goes; the ring closes once; printing at one press.
import { forget } from "./phone.js";

forget();
const ring = document.querySelector("[data-ring]");
if (ring && !history.state) {
  ring.dataset.ring = "jalan"; // the style sheet keeps it still for those who want no motion
  history.replaceState({ isSeen: true }, "");
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.onclick = () => print();
}
