// Fetch a page of ours and put its parts in the place of those shown.
const STATUS = new Set(["kabar"]); // is read out where its content changes, so the element itself stays

// Return the page an address or a form answers with, and where it was led to; null where the line is down.
export async function fetched(address, options = {}) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, ...options });
    const doc = new DOMParser().parseFromString(await response.text(), "text/html");
    return { doc, isFine: response.ok, address: response.url };
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return null;
  }
}

export function replaceParts(doc, ids) {
  for (const id of ids) {
    const before = document.getElementById(id);
    const after = doc.getElementById(id);
    if (!before || !after) continue;
    if (STATUS.has(id)) before.replaceChildren(...after.childNodes);
    else before.replaceWith(after);
  }
}

export const goTo = (address) => history.replaceState(null, "", address);

export const leadTo = (address) => history.pushState(null, "", address);

// The page of a case, which leads back to the queue that is shown.
export function caseOf(name) {
  const queue = new URLSearchParams(document.querySelector("[data-meja]").dataset.kueri).get("antrean");
  const from = queue ? `?dari=${queue}` : "";
  return `${document.body.dataset.akar}/meja/kasus/${name}${from}`;
}
