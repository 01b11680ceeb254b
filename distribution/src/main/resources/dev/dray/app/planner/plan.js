// Figures, two charts and a table from the report that stands in the page.
(() => {
  const plan = JSON.parse(document.getElementById("data").textContent);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const element = (name, attributes, ...children) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
  };
  const seconds = (value) => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(3));
  const count = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;
  const percent = (share) => `${(share * 100).toFixed(1)} %`;

  const way = plan.serial ? "one request at a time" : `${plan["at-once"]} requests at once`;
  document.getElementById("asked").textContent =
    `${count(plan.workers, "worker")} with ${count(plan.servers, "model server")} of ${plan["capacity-units-per-second"]} units/s each, ${way}; `
    + `${plan.requests} requests in ${seconds(plan.seconds)} s, router ${plan.router}`;

  const figures = [
    ["wait, p50", `${seconds(plan.wait.p50)} s`],
    ["wait, p95", `${seconds(plan.wait.p95)} s`],
    ["wait, p99", `${seconds(plan.wait.p99)} s`],
    ["shed", percent(plan["shed-share"])],
    ["utilisation", percent(plan.utilisation)],
    ...plan.theory.map(({ model, "mean-wait": wait }) => [`mean wait by ${model}`, wait === null ? "∞" : `${seconds(wait)} s`]),
    ["mean wait", `${seconds(plan.wait.mean)} s`],
  ];
  document.getElementById("figures").append(...figures.map(([name, value]) =>
    element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value }))));

  const shares = plan["wait-steps"].map((_, at, all) => at / (all.length - 1) * 100);
  const CHARTS = [
    { title: "Waiting and at work over time", x: plan.moments.map((m) => m.at), unit: "s",
      lines: [["at work", plan.moments.map((m) => m.busy)], ["waiting", plan.moments.map((m) => m.waiting)]] },
    { title: "Seconds that so many percent did not exceed", x: shares, unit: "%",
      lines: [["wait and work", plan["latency-steps"]], ["wait", plan["wait-steps"]]] },
  ];

  CHARTS.forEach(({ title, x, lines, unit }) => {
    const canvas = element("div", {});
    const keys = lines.map(([name]) => element("span", { className: "key", textContent: name }));
    document.getElementById("charts").append(element("figure", {},
      element("figcaption", {}, element("h2", { textContent: title }), ...keys), canvas));
    if (!x.length) {
      canvas.textContent = "nothing was served";
      return;
    }
    const look = { stroke: () => color("--muted"), grid: { stroke: () => color("--grid"), width: 1 }, ticks: { show: false } };
    const plot = new uPlot({
      width: Math.max(200, canvas.clientWidth), height: 220, legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(high || 0, 0.001) * 1.08] } },
      axes: [{ ...look, size: 30, values: (_, splits) => splits.map((split) => `${split} ${unit}`) }, { ...look, size: 58 }],
      series: [{}, ...lines.map(([label], at) => ({ label, width: 1.5, stroke: () => color(`--line-${at + 1}`), points: { show: false } }))],
    }, [x, ...lines.map(([, values]) => values)], canvas);
    new ResizeObserver(() => plot.setSize({ width: canvas.clientWidth, height: 220 })).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot.redraw(false));
  });

  const COLUMNS = ["mean", "p50", "p90", "p95", "p99", "max"];
  const row = (name, times) => element("tr", {}, element("td", { textContent: name }),
    ...COLUMNS.map((column) => element("td", { textContent: seconds(times[column]) })));
  const routes = Object.entries(plan.routes);
  document.getElementById("times").append(
    element("tr", {}, ...["", ...COLUMNS].map((column) => element("th", { scope: "col", textContent: column }))),
    row("wait", plan.wait), row("wait and work", plan.latency),
    ...(routes.length > 1 ? routes.map(([route, { wait }]) => row(`wait, ${route}`, wait)) : []));
})();
