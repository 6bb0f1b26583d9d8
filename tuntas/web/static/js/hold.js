// A form that is sent before the page's scripts have come waits for them: what they keep from the server must not go
// there because the line is slow. No module, so that it stands before the first button does.
if (HTMLFormElement.prototype.requestSubmit) {
  let sent;
  const hold = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    sent = event;
  };
  document.addEventListener("submit", hold, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("submit", hold, true);
    if (sent) sent.target.requestSubmit(sent.submitter);
  });
}
