/* Makes the spider interactive with Plotly. What is drawn, and where, is decided on the server.
   The SVG stays until that went well, and for print; without Plotly nothing changes. */
(() => {
  "use strict";

  // Without its styles Plotly draws beside its place and says nothing.
  const isPlaced = (plot) =>
    getComputedStyle(plot.querySelector(".main-svg")).position === "absolute";

  const start = (box) => {
    const source = box.querySelector('script[type="application/json"]');
    if (!source || !window.Plotly) return;
    const figure = JSON.parse(source.textContent);
    const charts = box.closest(".charts") ?? box;
    const plot = document.createElement("div");
    let width = 0;

    const isTicked = (series) =>
      charts.querySelector(`[data-series="${series}"]`)?.checked ?? true;

    const draw = async () => {
      width = plot.clientWidth;
      if (!width) return;
      // The style sheet decides which labels fit.
      const length = getComputedStyle(plot).getPropertyValue("--labels").trim();
      const { annotations, size } = figure.labels[length];
      const font = { ...figure.layout.font, size: width * size };
      const height = width * figure.ratio;
      const layout = { ...figure.layout, width, height, font, annotations };
      const data = figure.data.map((trace, at) => ({ ...trace, visible: isTicked(at + 1) }));
      await window.Plotly.react(plot, data, layout, figure.config);
      if (!isPlaced(plot)) throw new Error("Plotly could not place its chart");
      box.dataset.live = "";
    };

    const giveUp = (error) => {
      plot.remove();
      delete box.dataset.live;
      console.warn(error);
    };

    plot.className = "spider-plot";
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-labelledby", box.querySelector("svg").getAttribute("aria-labelledby"));
    box.append(plot);
    charts.addEventListener("change", () => draw().catch(giveUp));
    // Calls at once, too.
    new ResizeObserver(() => {
      if (plot.clientWidth !== width) draw().catch(giveUp);
    }).observe(box);
  };

  document.querySelectorAll("[data-spider]").forEach(start);
})();
