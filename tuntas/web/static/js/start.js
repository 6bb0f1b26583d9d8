// At leisure: keep what writing without signal needs. Installing is offered from the second visit.
const worker = navigator.serviceWorker;

function isFirstVisit() {
  try {
    if (!worker.controller) sessionStorage.kunjungan = "pertama";
    return sessionStorage.kunjungan === "pertama";
  } catch (error) {
    return true;
  }
}

if (worker) {
  const isFirst = isFirstVisit();
  addEventListener("beforeinstallprompt", (event) => isFirst && event.preventDefault());
  const start = () => worker.register(`/sw.js?bahasa=${document.documentElement.lang}`).catch(() => {});
  if (window.requestIdleCallback) requestIdleCallback(start, { timeout: 5000 });
  else setTimeout(start, 3000);
}
