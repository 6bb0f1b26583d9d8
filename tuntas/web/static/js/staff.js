// On every page of the staff: warn two minutes before the session's end, and close the menu when somebody looks away.
const WARNING = 2 * 60 * 1000;

const warning = document.querySelector("[data-peringatan]");
const endsAt = Date.parse(document.body.dataset.berakhir);
if (warning && endsAt) {
  setTimeout(() => { warning.hidden = false; }, Math.max(0, endsAt - Date.now() - WARNING));
}

const menu = document.querySelector(".c-deskbar__me");
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
