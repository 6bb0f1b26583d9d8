// A code of a sealed report never goes to the server: its page gets it behind the "#", which browsers keep to themselves.
const gaps = /[\s\u00ad\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212-]+/g;

document.querySelector("form.c-track")?.addEventListener("submit", (event) => {
  const code = event.target.elements.kode.value.replace(gaps, "");
  if (!/^[2-9A-HJKMNP-TV-Z]{24}$/i.test(code)) return;
  event.preventDefault();
  location.href = `/l/tersegel#${code}`;
});
