// Keys and focus; everything works without this file.
(() => {
  "use strict";
  const typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

  // htmx notes the present address, which may hold what was searched for; nothing of a client stays in the browser
  const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");
  forget();
  document.addEventListener("htmx:afterSettle", forget);

  document.querySelector("[data-focus]")?.focus();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.body.dataset.shortcuts === "off" || event.target.closest(typing)) return;
    const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) target.focus();
    else target.click();
  });
})();
