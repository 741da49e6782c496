// Keys for a page on the wall, and a timer that runs only after somebody starts it. How much of it is
// gone waits in this tab, so that it goes on behind another block. Without this script there are links.
(() => {
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back" };
  const box = document.querySelector("[data-timer]");
  const shown = box?.querySelector(".left");
  const toggle = box?.querySelector("[data-toggle]");
  const said = box?.querySelector("[data-said]");
  let ticking = 0;

  // What is over in milliseconds, since when it runs (null while it does not), and minutes more.
  function state() {
    try {
      return JSON.parse(sessionStorage.getItem(`wall ${box.dataset.timer}`)) ?? { spent: 0, since: null, more: 0 };
    } catch {
      return { spent: 0, since: null, more: 0 };
    }
  }

  function change(values) {
    sessionStorage.setItem(`wall ${box.dataset.timer}`, JSON.stringify({ ...state(), ...values }));
    draw();
  }

  function spent({ spent, since }) {
    return spent + (since === null ? 0 : Date.now() - since);
  }

  function draw() {
    const now = state();
    const runs = now.since !== null;
    const whole = (Number(box.dataset.minutes) + now.more) * MINUTE;
    const left = Math.max(0, Math.ceil((whole - spent(now)) / SECOND));
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    toggle.textContent = runs ? box.dataset.pause : spent(now) > 0 ? box.dataset.goOn : box.dataset.start;
    const words = left ? "" : box.dataset.over;
    if (said.textContent !== words) said.textContent = words;
    clearInterval(ticking);
    if (runs && left) ticking = setInterval(draw, SECOND / 4);
  }

  function startOrPause() {
    const now = state();
    change(now.since === null ? { since: Date.now() } : { spent: spent(now), since: null });
  }

  function lengthen(minutes) {
    const now = state();
    const whole = (Number(box.dataset.minutes) + now.more) * MINUTE;
    // From where it stands: what ran on after the end does not count.
    const over = Math.min(spent(now), whole);
    change({ more: now.more + minutes, spent: over, since: now.since === null ? null : Date.now() });
  }

  document.querySelector("[data-keys]").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const link = document.querySelector(`[data-key="${KEYS[event.key]}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    } else if (box && event.key === " " && !event.target.closest("button")) {
      event.preventDefault();
      startOrPause();
    } else if (box && event.key === "+") {
      lengthen(1);
    }
  });
  if (!box) return;
  toggle.addEventListener("click", startOrPause);
  for (const button of box.querySelectorAll("[data-longer]")) {
    button.addEventListener("click", () => lengthen(Number(button.dataset.longer)));
  }
  box.querySelector("[data-again]").addEventListener("click", () => change({ spent: 0, since: null, more: 0 }));
  box.querySelector(".links").hidden = false;
  draw();
})();
