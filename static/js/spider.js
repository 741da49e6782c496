/* Makes the spider interactive with Plotly. The SVG stays until that went well, and for print;
   without Plotly nothing changes. What is drawn, and where, is decided on the server. */
(() => {
  "use strict";

  const isPlaced = (plot) => {
    const drawing = plot.querySelector(".main-svg");
    return drawing !== null && getComputedStyle(drawing).position === "absolute";
  };

  const start = async (box) => {
    const svg = box.querySelector("svg");
    const source = box.querySelector('script[type="application/json"]');
    if (!source || !window.Plotly) return;
    const figure = JSON.parse(source.textContent);
    const charts = box.closest(".charts") ?? box;
    const plot = document.createElement("div");
    plot.className = "spider-plot";
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-labelledby", svg.getAttribute("aria-labelledby"));
    box.append(plot);

    const isShown = (index) =>
      charts.querySelector(`[data-series="${index}"]`)?.checked ?? true;
    const draw = () => {
      const width = plot.clientWidth;
      const labels = getComputedStyle(plot).getPropertyValue("--labels").trim();
      const data = figure.data.map((trace, at) => ({ ...trace, visible: isShown(at + 1) }));
      const layout = {
        ...figure.layout, width, height: width * figure.ratio, annotations: figure.labels[labels],
      };
      return window.Plotly.react(plot, data, layout, figure.config);
    };

    try {
      await draw();
      if (!isPlaced(plot)) throw new Error("Plotly could not place its chart");
    } catch (error) {
      plot.remove();
      console.warn(error);
      return;
    }
    box.dataset.live = "";
    charts.addEventListener("change", draw);
    new ResizeObserver(draw).observe(box);
  };

  document.querySelectorAll("[data-spider]").forEach(start);
})();
