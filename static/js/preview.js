/* Lets the preview beside an editing page follow what is typed, a moment after the last letter. The
   server draws it, with what draws the form itself, and stores nothing. Without this script a button
   shows the same. */
(() => {
  const form = document.querySelector("form[data-preview]");
  const card = document.querySelector("[data-card]");
  const status = document.querySelector("[data-status]");
  const PAUSE = 500;
  let timer = 0;
  let underway = null;

  async function show() {
    underway?.abort();
    const mine = new AbortController();
    underway = mine;
    try {
      const response = await fetch(form.dataset.preview, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "error",
        signal: mine.signal,
      });
      const { html } = await response.json();
      if (underway !== mine) return;
      card.innerHTML = html;
      status.textContent = status.dataset.words;
    } catch {
      // The preview stays as it was; saving says what is the matter.
    }
  }

  form.querySelector("[data-show]").hidden = true;
  form.addEventListener("input", () => {
    status.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  // What was typed before came back.
  if (typed.restored.length > 0) show();
})();
