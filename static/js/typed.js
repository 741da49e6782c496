/* What somebody typed goes along when they switch the language, and is not left behind without a
   question where the page asks for that. It stays in this tab, for one page only. */
(() => {
  const STORED = "typed";
  const UNTOUCHED = new Set(["hidden", "password", "file", "submit", "button"]);
  const languages = document.querySelector("form.languages");
  const guarded = document.querySelector("form[data-unsaved]");
  // The answer to a form that could not be taken in shows what was sent, and not what is stored.
  const isRefusal = document.querySelector("main .errors") !== null;
  const touched = new Set();
  let isUnsaved = guarded?.dataset.unsaved === "yes";

  const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
  const fields = () =>
    [...document.querySelectorAll("main form [name]")].filter((each) => !UNTOUCHED.has(each.type));
  const nameOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => (isTicked(field) ? field.checked : field.value);

  const put = (field, value, isQuiet) => {
    if (value === undefined || valueOf(field) === value) return;
    if (isTicked(field)) field.checked = value;
    else field.value = value;
    if (isQuiet) return;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const carry = () => {
    // What nobody touched here may have been changed on another device by now.
    const values = fields()
      .filter((field) => isRefusal || touched.has(field))
      .map((field) => [nameOf(field), valueOf(field)]);
    if (values.length === 0) return;
    const path = languages.elements.next.value;
    // What this page had seen goes along, so that a change elsewhere is still noticed.
    const seen = isRefusal ? undefined : document.querySelector("main [name=seen]")?.value;
    sessionStorage.setItem(STORED, JSON.stringify({ path, values, seen, isRefusal }));
    document.documentElement.dataset.carried = "";
  };

  const putBack = () => {
    // The answer to the switch itself, when it did not succeed: its button tries again.
    if (location.pathname === languages.getAttribute("action")) return;
    const stored = sessionStorage.getItem(STORED);
    sessionStorage.removeItem(STORED);
    const { path, values, seen, isRefusal: wasRefusal } = JSON.parse(stored ?? "{}");
    if (path !== location.pathname) return;
    const known = new Map(values);
    const isStored = fields().every((field) => [undefined, valueOf(field)].includes(known.get(nameOf(field))));
    const sight = document.querySelector("main [name=seen]");
    if (sight && seen !== undefined && !isStored) sight.value = seen;
    // What was refused is not saved by itself: its author sends it.
    const isQuiet = wasRefusal && document.querySelector("form[data-autosave]") !== null;
    fields().forEach((field) => put(field, known.get(nameOf(field)), isQuiet));
  };

  languages.addEventListener("submit", carry);
  document.addEventListener("input", ({ target }) => touched.add(target));
  guarded?.addEventListener("input", () => {
    isUnsaved = true;
  });
  guarded?.addEventListener("submit", () => {
    isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    const isCarried = "carried" in document.documentElement.dataset;
    if (isUnsaved && !isCarried) event.preventDefault();
  });
  // Also a page to which somebody goes back.
  window.addEventListener("pageshow", () => {
    delete document.documentElement.dataset.carried;
    putBack();
  });
})();
