/* Keeps which series somebody switched off in the page's own entry in the history. What browsers bring
   back by themselves differs between them, so our ticks switch that off; this brings them back in
   each of them, after Back, a reload, and a tab that opens again, as long as the same people are in
   the charts. A page that is opened anew begins anew. */
(() => {
  "use strict";

  const ticks = [...document.querySelectorAll("[data-series]")];
  const mark = document.querySelector("[data-mark]")?.dataset.mark;
  const { person: owner } = document.body.dataset;
  const kept = history.state?.ticks;

  if (kept && kept.mark === mark) {
    ticks.forEach((tick, at) => {
      tick.checked = kept.ticked[at];
    });
  }
  document.addEventListener("change", ({ target }) => {
    if (!ticks.includes(target)) return;
    const ticked = ticks.map((tick) => tick.checked);
    history.replaceState({ ...history.state, owner, ticks: { mark, ticked } }, "");
  });
})();
