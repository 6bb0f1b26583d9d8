// No module: here before any button. A form sent before the other scripts waits for them.
if (HTMLFormElement.prototype.requestSubmit) {
  let sent;
  const hold = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    sent = event;
  };
  addEventListener("submit", hold, true);
  addEventListener("DOMContentLoaded", () => {
    removeEventListener("submit", hold, true);
    if (sent) sent.target.requestSubmit(sent.submitter);
  });
}
