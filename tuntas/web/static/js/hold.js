// No module: here before any button. A form sent before the other scripts waits for them; where one is lost, it asks.
{
  let sent;
  let isReady, isLost, isTold;
  const tell = () => {
    const said = document.createElement("p");
    said.className = "c-notice";
    said.dataset.nada = "hati";
    said.setAttribute("role", "alert");
    said.textContent =
      document.documentElement.lang === "en"
        ? "Part of this page did not load, so the server would read what you send. Press again if you agree."
        : "Sebagian halaman ini tidak termuat, jadi server akan membaca kiriman Anda. Tekan lagi kalau setuju.";
    sent.target.append(said);
    isTold = true;
  };
  const hold = (event) => {
    if (isReady && (!isLost || isTold)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    sent = event;
    if (isReady) tell();
  };
  const again = ({ target, submitter }) => {
    if (target.requestSubmit) target.requestSubmit(submitter);
    else (submitter || target.querySelector("button")).click();
  };
  addEventListener("submit", hold, true);
  addEventListener("click", ({ target }) => target.closest("a") && (sent = null), true); // who leaves sends nothing
  addEventListener("error", ({ target }) => target.src && target.tagName === "SCRIPT" && (isLost = true), true);
  addEventListener("DOMContentLoaded", () => {
    isReady = true;
    if (sent && !document.body.hidden) (isLost ? tell : again)(sent);
  });
}
