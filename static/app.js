// Keys and focus; everything works without this file.
(() => {
  "use strict";
  const typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

  // htmx notes the present address, which may hold what was searched for; nothing of a client stays in the browser
  const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");
  forget();
  document.addEventListener("htmx:afterSettle", forget);

  const buttonsOf = (form) => [...form.elements].filter((one) => one.type === "submit");

  document.querySelector("[data-focus]")?.focus();

  // a second click sends nothing: only after the browser has taken the pressed button's name and value along
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => buttonsOf(form).forEach((button) => { button.disabled = true; }));
  });

  // who comes back to a page as it was left can send it again
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      buttonsOf(form).forEach((button) => { button.disabled = false; });
    });
  });

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
