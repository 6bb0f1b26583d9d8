// The draft on this phone: one, words only, for seven days.
const KEY = "draf";
const WEEK = 7 * 24 * 3600e3;

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch (error) {} // storage is switched off
}

// Return {at, draf, cerita, …}, or {} where there is none.
export function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept && Date.now() - kept.at < WEEK) return kept;
    if (kept) forget();
  } catch (error) {}
  return {};
}

// Keep the answers; another report's place and day go. Return whether that worked.
export function keep(draf, answers) {
  const before = read();
  const base = before.draf === draf ? before : { cerita: before.cerita };
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...base, ...answers, draf, at: Date.now() }));
    return true;
  } catch (error) {
    return false;
  }
}
