/* Saves a part of a form while somebody fills it in: the fields that changed, a moment after the
   last change. Without this script the button saves; with it, nothing typed waits for the button.
   What it saved or could not save stands in the status line and stays there. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  const PAUSE = 800;
  const RETRY = 5000;
  const changed = new Set();
  let timer = 0;
  let underway = null;

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

  function save() {
    if (underway || changed.size === 0) return;
    const names = [...changed];
    changed.clear();
    underway = send(names).finally(() => {
      underway = null;
    });
  }

  async function send(names) {
    // What is not saved goes along with the next change.
    const keep = () => names.forEach((name) => changed.add(name));
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: body(names),
        headers: { Accept: "application/json" },
        redirect: "error",
        keepalive: true,
      });
      if (response.status >= 500) throw new Error("not saved");
      if (response.ok) await saved(response);
      else {
        keep();
        await refused(response);
      }
    } catch {
      keep();
      say(form.dataset.failed, true);
      later(RETRY);
    }
  }

  async function saved(response) {
    const { seen, message } = await response.json();
    form.elements.seen.value = seen;
    say(message, false);
    if (changed.size > 0) later(PAUSE);
  }

  async function refused(response) {
    // The button brings the page that says what to do, with everything that was typed.
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
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!underway) {
      // The button sends everything; leaving the page must not send a part of it once more.
      changed.clear();
      return;
    }
    // The page must know what the save under way has stored, or it takes that for a change
    // that somebody made elsewhere.
    event.preventDefault();
    await underway;
    form.requestSubmit(event.submitter);
  });
})();
