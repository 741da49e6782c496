// The print button only exists where a script can press it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On paper all is open that is folded here: the style sheet says so too, but not to every browser.
const opened = new Set();
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    opened.add(folded);
  }
});
window.addEventListener("afterprint", () => {
  for (const folded of opened) folded.open = false;
  opened.clear();
});
