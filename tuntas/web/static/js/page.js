// What the scripts say, in the language of the page, and what they add to it.
const isEnglish = document.documentElement.lang === "en";
const locale = isEnglish ? "en-GB" : "id-ID";

export const say = (id, en) => (isEnglish ? en : id);

export const number = (n) => n.toLocaleString(locale);

export const size = (bytes) => `${number(Math.ceil(bytes / 1024))} KB`;

export const make = (tag, given) => Object.assign(document.createElement(tag), given);

// 09.11, or 3 Mar, 09.11 for another day
export function hour(at) {
  const wanted = { hour: "2-digit", minute: "2-digit" };
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return new Date(at).toLocaleString(locale, isToday ? wanted : { day: "numeric", month: "short", ...wanted });
}
