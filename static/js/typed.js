/* What somebody typed goes along when they switch the language, and is not left behind without a
   question where the page asks for that. It stays in this tab, for one page only. */
(() => {
  const STORED = "typed";
  const UNTOUCHED = new Set(["hidden", "password", "file", "submit", "button"]);
  const languages = document.querySelector("form.languages");
  const guarded = document.querySelector("form[data-unsaved]");
  let isUnsaved = guarded?.dataset.unsaved === "yes";

  const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
  const fields = () =>
    [...document.querySelectorAll("main form [name]")].filter((each) => !UNTOUCHED.has(each.type));
  const nameOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => (isTicked(field) ? field.checked : field.value);

  const put = (field, value) => {
    if (value === undefined || valueOf(field) === value) return;
    if (isTicked(field)) field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const carry = () => {
    const values = fields().map((field) => [nameOf(field), valueOf(field)]);
    if (values.length === 0) return;
    const path = languages.elements.next.value;
    sessionStorage.setItem(STORED, JSON.stringify({ path, values }));
    document.documentElement.dataset.carried = "";
  };

  const putBack = () => {
    // The answer to the switch itself, when it did not succeed: its button tries again.
    if (location.pathname === languages.getAttribute("action")) return;
    const stored = sessionStorage.getItem(STORED);
    sessionStorage.removeItem(STORED);
    const { path, values } = JSON.parse(stored ?? "{}");
    if (path !== location.pathname) return;
    const known = new Map(values);
    fields().forEach((field) => put(field, known.get(nameOf(field))));
  };

  languages.addEventListener("submit", carry);
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
