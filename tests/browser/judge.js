// Functions that judge.py calls inside a page. They read, and change nothing that a person would see.

const FOCUSABLE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], " +
  "video[controls], iframe, [contenteditable=true], [tabindex]";
const TOUCHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], " +
  "[role=checkbox], [role=switch], [role=menuitem]";
const memory = (window.__judge ??= {});

function named(element) {
  const words = (element.getAttribute("aria-label") || element.innerText || element.value || "").trim();
  const id = element.id ? "#" + element.id : "";
  const name = element.getAttribute("name") ? `[name=${element.getAttribute("name")}]` : "";
  const href = element.getAttribute("href") ? `[href=${element.getAttribute("href")}]` : "";
  return `${element.localName}${id}${name}${href} “${words.replace(/\s+/g, " ").slice(0, 40)}”`;
}

function isShown(element) {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

// Where scripts run, what stands in noscript is text.
function doScriptsRun() {
  const probe = document.createElement("div");
  probe.innerHTML = "<noscript><b></b></noscript>";
  return probe.querySelector("b") === null;
}

function tooWide(width) {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > width) {
    found.push(`the page is ${root.scrollWidth} px wide`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.right + window.scrollX > width + 1 && isShown(element) && !isContained(element)) {
      found.push(`${named(element)} ends at ${Math.round(box.right)} px`);
    }
  }
  return root.scrollWidth > width ? found : [];
}

// What is cut off at the right, where nobody can scroll to it.
function cutOff() {
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const { overflowX } = getComputedStyle(element);
    const isCutting = (overflowX === "hidden" || overflowX === "clip") && !element.closest("svg, select, input, textarea");
    if (!isCutting || !isShown(element) || element.clientWidth <= 1) continue;
    if (element.scrollWidth > element.clientWidth + 1) {
      found.push(`${named(element)} cuts off ${element.scrollWidth - element.clientWidth} px`);
    }
  }
  return found;
}

// Inside something that scrolls or clips by itself, as a wide table does.
function isContained(element) {
  for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
    if (getComputedStyle(above).overflowX !== "visible") return true;
  }
  return false;
}

function union(boxes) {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  return {
    left, top,
    width: Math.max(...boxes.map((box) => box.right)) - left,
    height: Math.max(...boxes.map((box) => box.bottom)) - top,
  };
}

// What is drawn only while it has the focus, such as the skip link, is no target before.
function isAside(box) {
  return box.right + window.scrollX <= 0 || box.bottom + window.scrollY <= 0 || box.width <= 1 || box.height <= 1;
}

function blockOf(node) {
  let above = node.parentElement;
  while (getComputedStyle(above).display === "inline") above = above.parentElement;
  return above;
}

// Among words of the same paragraph; a row of links is no sentence.
function isInSentence(element) {
  if (getComputedStyle(element).display !== "inline") return false;
  const block = blockOf(element);
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const isOfBlock = blockOf(text) === block && !text.parentElement.closest("a[href], button");
    if (isOfBlock && /\p{L}{2}/u.test(text.data)) return true;
  }
  return false;
}

function tooSmall(least) {
  const found = [];
  for (const element of document.querySelectorAll(TOUCHABLE)) {
    if (!isShown(element) || element.disabled) continue;
    const labels = [...(element.labels ?? [])].filter(isShown).map((label) => label.getBoundingClientRect());
    const own = element.getBoundingClientRect();
    if ((isAside(own) && labels.length === 0) || isInSentence(element)) continue;
    const box = union(["checkbox", "radio", "file"].includes(element.type) ? [own, ...labels] : [own]);
    if (Math.round(box.width * 10) < least * 10 || Math.round(box.height * 10) < least * 10) {
      found.push(`${named(element)} is ${box.width.toFixed(1)} × ${box.height.toFixed(1)} px`);
    }
  }
  return found;
}

function isWalkable(element) {
  if (!isShown(element) || element.disabled || element.tabIndex < 0 || element.closest("[inert]")) return false;
  if (element.matches(":disabled")) return false;
  return element.type !== "radio" || isChosenOfItsGroup(element);
}

// Of a group of radio buttons Tab reaches one: the chosen, else the first or, going back, the last.
function isChosenOfItsGroup(element) {
  const group = [...document.querySelectorAll("input[type=radio]")].filter(
    (other) => other.name === element.name && other.form === element.form && !other.disabled,
  );
  return element === (group.find((other) => other.checked) ?? group[0]);
}

const PARTS = [null, "::before", "::after"];

function looksOf(element) {
  return PARTS.map((part) => {
    const style = getComputedStyle(element, part);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return [hasOutline ? style.outline : "", style.boxShadow === "none" ? "" : style.boxShadow];
  });
}

// Where the focus of an element may be drawn: on itself, its label, what stands beside it, what holds it.
function placesOf(element) {
  const near = [element, element.nextElementSibling, element.parentElement, element.parentElement?.parentElement];
  return [...near, ...(element.labels ?? [])].filter(Boolean);
}

// A blurred element stays where the next Tab begins; the body, focused for a moment, is the top.
function beginAtTheTop() {
  const had = document.body.getAttribute("tabindex");
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.blur();
  if (had === null) document.body.removeAttribute("tabindex");
  else document.body.setAttribute("tabindex", had);
  window.scrollTo(0, 0);
}

function startWalk() {
  beginAtTheTop();
  memory.expected = [...document.querySelectorAll(FOCUSABLE)].filter(isWalkable);
  memory.looks = new Map();
  for (const element of memory.expected) {
    for (const place of placesOf(element)) memory.looks.set(place, looksOf(place));
  }
  memory.walked = [];
  return memory.expected.length;
}

function isFocusDrawn(element) {
  return placesOf(element).some((place) => {
    const before = memory.looks.get(place) ?? PARTS.map(() => ["", ""]);
    return looksOf(place).some((look, part) =>
      look.some((now, kind) => now !== "" && now !== before[part][kind]),
    );
  });
}

function faultOf(element) {
  const last = memory.walked.at(-1);
  if (last && !(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    return `comes after ${named(last)} but stands before it`;
  }
  const box = union([element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect()));
  if (box.width < 1 || box.height < 1 || !isShown(element)) return "cannot be seen while it has the focus";
  if (!isFocusDrawn(element)) return "looks the same with the focus as without";
  return "";
}

// Return null at the end, when the focus has left the page or begins again; without a name for a part of a field.
function takeStep() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  if (element === memory.walked.at(-1) && element.type === "date") return { name: "", fault: "" }; // its next part
  if (memory.walked.includes(element)) return null;
  const fault = faultOf(element);
  memory.walked.push(element);
  return { name: named(element), fault };
}

function leftOut() {
  return memory.expected.filter((element) => !memory.walked.includes(element) && isShown(element)).map(named);
}
