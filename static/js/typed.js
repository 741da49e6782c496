/* Keeps what somebody typed until it is stored: in this tab, and nowhere else. It comes back after a
   reload, Back, a crash, a tab closed by mistake, and a change of language. What browsers bring back
   by themselves does not say what its author had seen, so our forms switch that off.

   It stands in the page's own entry in the history, and only for the way to another page in
   sessionStorage: of that, Firefox brings back 2 KiB or nothing, and seconds behind. */
const typed = (() => {
  const KEY = "typed ";
  // In milliseconds. Browsers let a page change its entry a few times a second.
  const PAUSE = 400;
  const form = document.querySelector("form[data-typed]");
  const guarded = document.querySelector("form[data-unsaved]");
  const languages = document.querySelector("form.languages");
  // Where this page can be looked at, also when it is the answer to a form.
  const here = languages.elements.next.value;
  const { person = "" } = document.body.dataset;
  const isErrorPage = document.querySelector("main [data-error-page]") !== null;
  const isRefusal = isErrorPage || document.querySelector("main .errors") !== null;
  let isUnsaved = guarded?.dataset.unsaved === "yes";
  // On the way to another page. An answer that refuses a form is an entry of its own, after that
  // of the form: both should find what was typed.
  let isTravelling = isRefusal;
  // Perhaps for the last time: the page may not be able to change its entry, and is not told so.
  let isLeaving = false;
  // Somebody signs out.
  let isOver = false;
  let timer = 0;

  // A browser that may store nothing refuses even to be asked.
  const storage = (() => {
    try {
      return window.sessionStorage;
    } catch {
      return null;
    }
  })();

  const get = (path) => JSON.parse(storage?.getItem(KEY + path) ?? "null");
  const drop = (path) => storage?.removeItem(KEY + path);
  const set = (path, entry) => {
    try {
      storage?.setItem(KEY + path, JSON.stringify(entry));
    } catch {
      // No room for it: the form works without.
    }
  };
  const paths = () =>
    Object.keys(storage ?? {})
      .filter((key) => key.startsWith(KEY))
      .map((key) => key.slice(KEY.length));

  const setInHistory = (entry) => {
    if (!entry && !history.state) return true;
    try {
      history.replaceState(entry, "");
      return true;
    } catch {
      return false;
    }
  };

  // What was sent is stored where its answer led from its page on to another one; other ways lead
  // on too, and say nothing of a form that never arrived.
  const isTakenIn = (path) => {
    const [arrival] = performance.getEntriesByType("navigation");
    if (isRefusal || !arrival?.redirectCount || !document.referrer) return false;
    return new URL(document.referrer).pathname === path.split("?")[0];
  };

  // What was taken in needs no keeping, and what somebody else typed in this tab is gone.
  const tidy = () => {
    const isOthers = (entry) => person && entry.owner !== person;
    for (const path of paths()) {
      const entry = get(path);
      if ((entry.isSent && isTakenIn(path)) || isOthers(entry)) drop(path);
      else if (entry.isSent) set(path, { ...entry, isSent: false });
    }
    if (history.state && isOthers(history.state)) setInHistory(null);
  };
  tidy();

  // Of this page: {name: [value, mark]}, where the mark is what `seen` said of the field when its
  // author began to type; and [name, value] that was sent without hearing whether it was stored.
  const [found] = [get(here), history.state].filter(Boolean).sort((a, b) => b.at - a.at);
  const draft = { fields: {}, tried: [], ...found, owner: person };

  const write = () => {
    clearTimeout(timer);
    timer = 0;
    const isEmpty = isOver || Object.keys(draft.fields).length === 0;
    const entry = isEmpty ? null : { ...draft, at: Date.now() };
    // The entry of a page without such a form may hold something else: the ticks of its charts.
    const isInHistory = !form || setInHistory(isTravelling ? null : entry);
    if (entry && (isTravelling || isLeaving || !isInHistory)) set(here, entry);
    else drop(here);
  };
  const writeSoon = () => {
    if (isLeaving) write();
    else timer ||= setTimeout(write, PAUSE);
  };
  const travel = () => {
    isTravelling = true;
    write();
  };

  // Several boxes of one name are one answer: those that are ticked.
  const boxesOf = (field) =>
    (field instanceof RadioNodeList ? [...field] : [field]).filter((each) => each?.type === "checkbox");
  const valueOf = (name) => {
    const field = form.elements[name];
    const boxes = boxesOf(field);
    if (boxes.length === 0) return field?.value;
    return boxes.filter((each) => each.checked).map((each) => each.value).join(" ");
  };
  const setValue = (name, value) => {
    const field = form.elements[name];
    const boxes = boxesOf(field);
    for (const each of boxes) each.checked = value.split(" ").includes(each.value);
    if (boxes.length > 0) return;
    field.value = value;
    // No point of a scale has an empty value: none is chosen.
    if (!value && field instanceof RadioNodeList) for (const each of field) each.checked = false;
  };
  const marks = () => new URLSearchParams(form.elements.seen?.value);

  /* These fields hold what is not stored. */
  const keep = (names, tried = []) => {
    Object.assign(draft, { tried, isSent: false });
    for (const name of names) {
      const [, mark] = draft.fields[name] ?? [null, marks().get(name)];
      draft.fields[name] = [valueOf(name), mark];
    }
    if (!isLeaving) isTravelling = isRefusal;
    writeSoon();
  };

  /* These fields are stored. */
  const forget = (names) => {
    draft.tried = [];
    for (const name of names) delete draft.fields[name];
    write();
  };

  /* Put back what was typed, with what its author had seen: where that is not what is stored now,
     nothing goes over it before they chose. Returns the names of the fields. */
  const putBack = () => {
    const { seen } = form.elements;
    const waiting = [];
    for (const [name, [value, mark]] of Object.entries(draft.fields)) {
      const shown = valueOf(name);
      if (shown === value) delete draft.fields[name];
      if (shown === value || shown === undefined) continue;
      setValue(name, value);
      waiting.push(name);
      const known = marks();
      if (mark === known.get(name)) continue;
      known.delete(name);
      if (mark) known.set(name, mark);
      seen.value = known;
    }
    return waiting;
  };

  /* The answer to a form that could not be taken in shows what was sent, perhaps mended. */
  const takeOver = () => {
    for (const name of Object.keys(draft.fields)) {
      if (valueOf(name) !== undefined) draft.fields[name][0] = valueOf(name);
    }
    return [];
  };

  const restored = form ? (isRefusal ? takeOver() : putBack()) : [];
  if (form) write();

  document.addEventListener("input", ({ target }) => {
    // The script that saves tells by itself.
    if (form && target.form === form && target.name && !form.dataset.autosave) keep([target.name]);
    if (guarded?.contains(target)) isUnsaved = true;
  });
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (defaultPrevented) return;
    if ("forget" in target.dataset) {
      isOver = true;
      paths().forEach(drop);
    }
    if (target === languages) document.documentElement.dataset.carried = "";
    draft.isSent = target !== languages;
    if (target === guarded) isUnsaved = false;
    travel();
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("a[href]")) travel();
  });
  for (const name of ["visibilitychange", "pagehide"]) {
    window.addEventListener(name, () => {
      isLeaving = name === "pagehide" || document.visibilityState === "hidden";
      if (isLeaving && timer) write();
    });
  }
  window.addEventListener("beforeunload", (event) => {
    const isCarried = "carried" in document.documentElement.dataset;
    if (isUnsaved && !isCarried) event.preventDefault();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    delete document.documentElement.dataset.carried;
    // A page that the browser had put aside shows what was stored at that time.
    if (persisted && !isErrorPage) location.reload();
  });

  return { restored, tried: draft.tried, keep, forget };
})();
