/* Lets somebody explore the spider with Plotly, which weighs more than all the rest and so loads only
   when it is asked for: with the button, or by a mouse that rests on the chart. What is drawn, and
   where, is decided on the server. The SVG stays until that went well, and for print; without
   Plotly nothing changes. */
(() => {
  "use strict";

  // In milliseconds: a mouse on its way to something else is gone before.
  const REST = 180;

  // Without its styles Plotly draws beside its place and says nothing.
  const isPlaced = (plot) =>
    getComputedStyle(plot.querySelector(".main-svg")).position === "absolute";

  const loadScript = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${address} did not load`));
      document.head.append(script);
    });

  const loadFigures = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return answer.json();
  };

  /* Who has the same value lies in the same place: the text beside it names everybody who shows. */
  const together = (traces) => {
    const textAt = ({ r }, at) =>
      traces
        .filter((other) => other.visible && other.r[at] === r[at])
        .map((other) => other.hovertext[at])
        .join("<br>");
    return traces.map((trace) =>
      trace.r ? { ...trace, hovertext: trace.r.map((_value, at) => textAt(trace, at)) } : trace,
    );
  };

  // A text beside a dot as words: it has line breaks for Plotly, and names without tags.
  const readable = (text) =>
    new DOMParser().parseFromString(text.replaceAll("<br>", " "), "text/html").body.textContent;

  const start = (box) => {
    const spider = box.querySelector("[data-spider]");
    const controls = box.querySelector(".explore");
    const button = controls.querySelector("button");
    const choice = controls.querySelector("select");
    const status = controls.querySelector("[role=status]");
    const hint = controls.querySelector("[data-hint]");
    const charts = box.closest(".charts") ?? box;
    const words = controls.dataset;
    const plot = document.createElement("div");
    // What the button does next: load, nothing while that is going on, or the whole page again.
    let next = "load";
    let figures = [];
    let width = 0;
    let timer = 0;
    // The one that the arrow keys came to; none is -1.
    let dot = -1;

    const isTicked = (series) =>
      charts.querySelector(`[data-series="${series}"]`)?.checked ?? true;

    const draw = async () => {
      width = plot.clientWidth;
      if (!width) return;
      const figure = figures[choice.selectedIndex];
      // The style sheet decides which labels fit.
      const length = getComputedStyle(plot).getPropertyValue("--labels").trim();
      const { annotations, size } = figure.labels[length];
      const font = { ...figure.layout.font, size: width * size };
      const height = width * figure.ratio;
      const layout = { ...figure.layout, width, height, font, annotations };
      const data = figure.data.map((trace, at) => ({ ...trace, visible: isTicked(at + 1) }));
      await window.Plotly.react(plot, together(data), layout, figure.config);
      if (!isPlaced(plot)) throw new Error("Plotly could not place its chart");
      spider.dataset.live = "";
    };

    /* Gives the plot the name of what it shows, and says what that is. */
    const tell = () => {
      const { title } = figures[choice.selectedIndex];
      plot.setAttribute("aria-label", title);
      status.textContent = choice.selectedOptions[0].text;
      dot = -1;
    };

    /* The dots that show, from corner to corner; of those in one place the first. */
    const dots = () => {
      const found = new Map();
      figures[choice.selectedIndex].corners.forEach((corner, at) => {
        plot.data.forEach(({ visible, r, x, hovertext }, series) => {
          const text = `${corner}. ${readable(hovertext[at])}`;
          if (visible && (r ?? x)[at] !== null && !found.has(text)) found.set(text, [series, at]);
        });
      });
      return [...found];
    };

    /* What a mouse sees beside a dot, for whoever has no mouse: one dot further, or back. */
    const walk = (step) => {
      const all = dots();
      if (!all.length) return;
      dot = dot < 0 ? (step > 0 ? 0 : all.length - 1) : (dot + step + all.length) % all.length;
      const [text, [curveNumber, pointNumber]] = all[dot];
      const subplot = plot.data[curveNumber].r ? "polar" : "xy";
      window.Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }], subplot);
      status.textContent = text;
    };

    const offer = (text, isPage) => {
      next = isPage ? "reload" : "load";
      button.textContent = isPage ? words.reload : words.again;
      button.hidden = false;
      button.removeAttribute("aria-disabled");
      choice.parentElement.hidden = true;
      hint.hidden = true;
      status.classList.remove("unseen");
      status.textContent = text;
    };

    const giveUp = (error) => {
      const hasFocus = [choice, plot].includes(document.activeElement);
      plot.remove();
      delete spider.dataset.live;
      offer(words.failed, false);
      if (hasFocus) button.focus();
      console.info(error);
    };

    const show = async () => {
      plot.className = "spider-plot";
      plot.setAttribute("role", "application");
      plot.setAttribute("aria-describedby", hint.id);
      plot.tabIndex = 0;
      spider.append(plot);
      await draw();
      const hasFocus = document.activeElement === button;
      choice.parentElement.hidden = false;
      if (hasFocus) choice.focus();
      button.hidden = true;
      hint.hidden = false;
      // The choice stands beside it to be seen.
      status.classList.add("unseen");
      tell();
    };

    const load = async () => {
      next = "nothing";
      button.setAttribute("aria-disabled", "true");
      status.textContent = words.loading;
      try {
        const [found] = await Promise.all([
          loadFigures(box.dataset.figures),
          window.Plotly ?? loadScript(box.dataset.explorable),
        ]);
        if (found.mark !== box.dataset.mark) return offer(words.changed, true);
        figures = found.figures;
        await show();
      } catch (error) {
        giveUp(error);
      }
    };

    button.addEventListener("click", () => {
      if (next === "load") load();
      else if (next === "reload") location.reload();
    });
    choice.addEventListener("change", () => draw().then(tell, giveUp));
    plot.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") window.Plotly.Fx.unhover(plot);
      if (!step) return;
      event.preventDefault();
      walk(step);
    });
    plot.addEventListener("blur", () => window.Plotly.Fx.unhover(plot));
    charts.addEventListener("change", ({ target }) => {
      if ("live" in spider.dataset && "series" in target.dataset) draw().catch(giveUp);
    });
    new ResizeObserver(() => {
      if ("live" in spider.dataset && plot.clientWidth !== width) draw().catch(giveUp);
    }).observe(spider);

    // A page that scrolls below a mouse moves no mouse. And whoever saves data has the button.
    const isLooking = ({ pointerType, movementX, movementY }) =>
      pointerType === "mouse" && (movementX || movementY) && !navigator.connection?.saveData;
    for (const name of ["pointerenter", "pointermove"]) {
      spider.addEventListener(name, (event) => {
        if (!isLooking(event) || timer || status.textContent) return;
        timer = setTimeout(() => {
          if (next === "load") load();
        }, REST);
      });
    }
    spider.addEventListener("pointerleave", () => {
      clearTimeout(timer);
      timer = 0;
    });

    controls.hidden = false;
  };

  document.querySelectorAll("[data-explorable]").forEach(start);
})();
