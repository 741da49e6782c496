/* Saves a part of a form while somebody fills it in: the fields that changed, a moment after the
   last change. Without this script the button saves; with it, nothing typed waits for the button.
   What it saved or could not save stands in the status line and stays there. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  const answered = document.querySelector("[data-answered]");
  const line = document.querySelector("main progress");
  const PAUSE = 800;
  const RETRY = 5000;
  const PATIENCE = 8000;
  // Browsers let a page that is left send 64 KiB.
  const LAST_WORDS = 60_000;
  // Of the scale of a statement, or that one cannot judge it.
  const POINT = ".judgement [type=radio]";
  // In characters: enough for a few minutes of typing, and little beside what a page may send.
  const MOST_TRIED = 20_000;
  // Names of the fields whose value is not stored, as far as we heard.
  const unsaved = new Set(typed.restored);
  // What we sent without hearing whether it was stored: [name, value]. The server takes it for ours
  // and not for a change on another device.
  const tried = [...typed.tried];
  // What the next message begins with.
  let note = unsaved.size > 0 ? form.dataset.restored : "";
  let timer = 0;
  let underway = null;
  let failed = false;
  // The button that goes on as soon as everything is saved.
  let waiting = null;
  let going = false;

  const say = (message, isFailure) => {
    failed = isFailure;
    status.textContent = message;
    status.classList.toggle("failed", isFailure);
  };

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  const isTicked = (name) => form.querySelector(`[type=checkbox][name="${CSS.escape(name)}"]`) !== null;

  const body = (names) => {
    const all = new FormData(form);
    const part = new URLSearchParams();
    for (const name of ["csrf_token", "seen", "tried", ...names]) {
      // Several boxes of one name are one answer.
      if (all.has(name)) part.append(name, isTicked(name) ? all.getAll(name).join(" ") : all.get(name));
    }
    return part;
  };

  const remember = (names, sent) => {
    for (const name of names) {
      const value = sent.get(name) ?? "";
      if (!tried.some(([its, known]) => its === name && known === value)) tried.push([name, value]);
    }
    const size = () => tried.reduce((sum, [, value]) => sum + value.length, 0);
    while (tried.length > 1 && size() > MOST_TRIED) tried.shift();
    typed.keep(names, tried);
  };

  const reason = (code) => (code === 401 ? form.dataset.signedOut : form.dataset.refused);

  // One save at a time, unless there is no time: then this one has all that the one under way had.
  function save({ isUrgent = false, isLast = false } = {}) {
    if (going || unsaved.size === 0 || (underway && !isUrgent)) return;
    clearTimeout(timer);
    underway?.control.abort();
    const names = [...unsaved];
    const sent = body(names);
    const control = new AbortController();
    const mine = { control, isLast, changed: new Set() };
    underway = mine;
    remember(names, sent);
    send(mine, names, sent);
  }

  async function send(mine, names, sent) {
    const limit = setTimeout(() => mine.control.abort(), PATIENCE);
    const isCurrent = () => underway === mine && !going;
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: sent,
        headers: { Accept: "application/json" },
        redirect: "error",
        keepalive: mine.isLast && String(sent).length < LAST_WORDS,
        signal: mine.control.signal,
      });
      if (response.status >= 500) throw new Error("not saved");
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      const answer = isJson ? await response.json() : { message: reason(response.status) };
      if (!isCurrent()) return;
      underway = null;
      if (isJson) took(answer, names, mine.changed);
      say([note, answer.message].join(" ").trim(), !response.ok);
      note = "";
      // Where it is refused, the button brings the page that says what to do.
      if (waiting) goOn();
      else if (response.ok && unsaved.size > 0) later(PAUSE);
    } catch {
      if (!isCurrent()) return;
      underway = null;
      say(waiting ? form.dataset.waiting : form.dataset.failed, true);
      later(RETRY);
    } finally {
      clearTimeout(limit);
    }
  }

  // One field that is refused does not hold up the rest.
  function took(answer, names, changed) {
    const stored = names.filter((name) => !answer.refused.includes(name));
    form.elements.seen.value = answer.seen;
    tried.splice(0, tried.length, ...tried.filter(([name]) => answer.refused.includes(name)));
    for (const name of stored) if (!changed.has(name)) unsaved.delete(name);
    typed.forget(stored);
    typed.keep(unsaved, tried);
    if (!answered) return;
    document.title = document.title.replace(answered.textContent, answer.answered);
    answered.textContent = answer.answered;
    line.value = answer.done;
  }

  const isStatement = (name) => form.querySelector(`${POINT}[name="${name}"]`) !== null;

  /* Leave a statement open that had an answer. The focus stays where that was. */
  function clear(name) {
    const chosen = form.querySelector(`${POINT}[name="${name}"]:checked`);
    if (!chosen) return;
    chosen.checked = false;
    chosen.focus();
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function goOn() {
    going = true;
    form.requestSubmit(waiting.submitter);
  }

  form.addEventListener("input", ({ target }) => {
    if (!target.name) return;
    unsaved.add(target.name);
    typed.keep([target.name], tried);
    underway?.changed.add(target.name);
    later(PAUSE);
  });
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("tried", new URLSearchParams(tried));
    // Of a choice that was taken away browsers send nothing.
    for (const name of unsaved) if (isStatement(name) && !formData.has(name)) formData.set(name, "");
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=clear]");
    if (!button) return;
    event.preventDefault();
    clear(button.value);
  });
  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!["Delete", "Backspace"].includes(key) || !target.matches(POINT)) return;
    event.preventDefault();
    clear(target.name);
  });
  form.addEventListener("submit", (event) => {
    if (going || unsaved.size === 0) {
      going = true;
      return;
    }
    // Where there is no connection, leaving would lose the page with all that stands on it.
    event.preventDefault();
    waiting = { submitter: event.submitter };
    save({ isUrgent: true });
  });
  window.addEventListener("online", () => later(0));
  const leave = () => {
    const isSent = underway?.isLast && underway.changed.size === 0;
    if (!isSent) save({ isUrgent: true, isLast: true });
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", (event) => {
    // A save on leaving is enough, unless we know that it does not arrive.
    const isCarried = "carried" in document.documentElement.dataset;
    const isLost = unsaved.size > 0 && (failed || !navigator.onLine);
    if (isLost && !isCarried && !going) event.preventDefault();
  });
  if (unsaved.size > 0) {
    say(note, false);
    later(0);
  }
})();
