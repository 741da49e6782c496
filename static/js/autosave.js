/* Saves a part of a form while somebody fills it in: the fields that changed, a moment after the
   last change. Without this script the button saves; with it, nothing typed waits for the button.
   What it saved or could not save stands in the status line and stays there. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  const changed = new Set();
  const PAUSE = 800;
  const RETRY = 5000;
  let timer = 0;
  let sending = false;

  const say = (message, failed) => {
    status.textContent = message;
    status.classList.toggle("failed", failed);
  };

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  const body = (names) => {
    const all = new FormData(form);
    const part = new URLSearchParams();
    for (const name of ["csrf_token", "seen", ...names]) {
      if (all.has(name)) part.append(name, all.get(name));
    }
    return part;
  };

  async function save() {
    if (sending || changed.size === 0) return;
    const names = [...changed];
    changed.clear();
    sending = true;
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: body(names),
        headers: { Accept: "application/json" },
        redirect: "error",
        keepalive: true,
      });
      await heard(response, names);
    } catch {
      names.forEach((name) => changed.add(name));
      say(form.dataset.failed, true);
      later(RETRY);
    } finally {
      sending = false;
      if (changed.size > 0) later(status.classList.contains("failed") ? RETRY : PAUSE);
    }
  }

  async function heard(response, names) {
    if (response.ok) {
      const { seen, message } = await response.json();
      form.elements.seen.value = seen;
      say(message, false);
      return;
    }
    if (response.status >= 500) throw new Error("not saved");
    // The page itself has the answer: the button shows it, with everything that was typed.
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    say(isJson ? (await response.json()).message : form.dataset.signedOut, true);
  }

  form.addEventListener("input", (event) => {
    if (!event.target.name) return;
    changed.add(event.target.name);
    later(PAUSE);
  });
  window.addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed.clear();
  });
})();
