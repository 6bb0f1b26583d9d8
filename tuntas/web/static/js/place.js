// Step 2: the phone's position, a tap on the larger map, and what others reported in the village that is chosen.
import { make, say } from "./page.js";

const one = (selector) => document.querySelector(selector);
const form = one("form[data-draft='2']");

// Send the form as if one more button had been pressed; the page's other scripts see an ordinary sending.
function press(name, value) {
  const button = make("button", { name, value, hidden: true, formAction: "/lapor/tempat#peta" });
  form.append(button);
  button.click();
  button.remove();
}

function ask() {
  const button = one("[data-gps]");
  const said = one("[data-gps-said]");
  if (!button || button.hidden) return; // lapor.js shows it where it works
  const found = ({ coords }) => {
    const { lat, lng, akurasi } = form.elements;
    lat.value = coords.latitude;
    lng.value = coords.longitude;
    akurasi.value = coords.accuracy;
    press("aksi", "lokasi");
  };
  const failed = () => {
    said.textContent = say(
      "Lokasi tidak bisa dibaca. Ketuk peta, atau pilih kelurahan.",
      "The position cannot be read. Tap the map, or choose a village.",
    );
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    said.textContent = say("Membaca lokasi HP Anda.", "Reading your phone's position.");
    navigator.geolocation.getCurrentPosition(found, failed, {
      enableHighAccuracy: true,
      timeout: 15e3,
      maximumAge: 60e3,
    });
  });
}

// The map is larger than the picture the server reckons with; a key pressed on it is left to the server.
function tap() {
  const map = one("input[data-tap]");
  if (!map) return;
  map.addEventListener("click", (event) => {
    if (!event.detail) return;
    event.preventDefault();
    const shown = map.getBoundingClientRect();
    const y = make("input", { type: "hidden", name: "titik.y" });
    y.value = Math.round(((event.clientY - shown.top) / shown.height) * map.getAttribute("height"));
    form.append(y);
    press("titik.x", Math.round(((event.clientX - shown.left) / shown.width) * map.getAttribute("width")));
    y.remove(); // without signal the form stays, and another button may be pressed
  });
}

function near() {
  const box = one("[data-near]");
  const { draf, kelurahan, topik } = form.elements;
  if (!box || !window.fetch) return;
  box.setAttribute("aria-live", "polite");
  let asked = 0;
  const look = async () => {
    const turn = (asked += 1);
    const query = new URLSearchParams({ draf: draf.value, kelurahan: kelurahan.value, topik: topik.value });
    try {
      const answer = await fetch(`/lapor/mirip?${query}`, { credentials: "same-origin" });
      const text = answer.status === 200 ? await answer.text() : "";
      if (!text || turn !== asked) return;
      box.innerHTML = new DOMParser().parseFromString(text, "text/html").querySelector("[data-near]").innerHTML;
    } catch (error) {} // no signal: what stands there stays
  };
  kelurahan.addEventListener("change", look);
  topik.addEventListener("change", look);
}

for (const part of [ask, tap, near]) {
  try {
    part();
  } catch (error) {} // the form goes on without that part
}
