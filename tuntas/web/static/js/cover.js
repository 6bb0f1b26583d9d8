// Drawing a rectangle over a photo ticks the squares under it, or clears them where it begins on a ticked one.
const COLUMNS = 16;
const grid = document.querySelector("[data-tutup] .c-cover__grid");
const boxes = [...(grid?.querySelectorAll("input") ?? [])];
let begun = null; // where, what the squares become, and how all stood before
let isDrawn = false;

const squareAt = (event) => boxes.indexOf(document.elementFromPoint(event.clientX, event.clientY));
const between = (n, a, b) => n >= Math.min(a, b) && n <= Math.max(a, b);

function draw(to) {
  const [column, row] = [begun.at % COLUMNS, Math.floor(begun.at / COLUMNS)];
  boxes.forEach((box, n) => {
    const isUnder = between(n % COLUMNS, column, to % COLUMNS) && between(Math.floor(n / COLUMNS), row, Math.floor(to / COLUMNS));
    box.checked = isUnder ? begun.becomes : begun.before[n];
  });
}

grid?.addEventListener("pointerdown", (event) => {
  const at = squareAt(event);
  if (at < 0 || event.button || event.pointerType === "touch") return; // a finger scrolls, and taps squares
  event.preventDefault();
  boxes[at].focus();
  begun = { at, becomes: !boxes[at].checked, before: boxes.map((box) => box.checked) };
  draw(at);
});
addEventListener("pointermove", (event) => {
  const at = begun ? squareAt(event) : -1;
  if (at >= 0) draw(at);
});
addEventListener("pointerup", () => {
  if (!begun) return;
  begun = null;
  isDrawn = true; // the click that follows would turn a square back; a key's has no detail
  setTimeout(() => { isDrawn = false; });
});
addEventListener("pointercancel", () => { begun = null; });
grid?.addEventListener("click", (event) => { if (isDrawn && event.detail) event.preventDefault(); });
