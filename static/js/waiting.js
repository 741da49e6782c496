/* For a form whose answer can take a while, as with a long list over a slow line: after two seconds
   a bar says that it is being worked on. Without this script the browser shows it in its own way. */
(() => {
  const PATIENCE = 2000;
  for (const form of document.querySelectorAll("form[data-waits]")) {
    const bar = form.querySelector("[data-waiting]");
    let timer;
    form.addEventListener("submit", () => {
      timer = setTimeout(() => { bar.hidden = false; }, PATIENCE);
    });
    // Back brings the page as it was left.
    addEventListener("pageshow", () => {
      clearTimeout(timer);
      bar.hidden = true;
    });
  }
})();
