// Plots of the report: lines over the number of requests at once, and bars of how often a time was taken.

import { element, text } from "./dom.js";
import { duration, number } from "./format.js";

const PLOT_HEIGHT = 230;
const FONT = "11px system-ui, sans-serif";

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const look = () => ({
  stroke: () => color("--muted"), font: FONT, ticks: { show: false },
  grid: { stroke: () => color("--grid"), width: 1 },
});

/** Drawn again where the scheme turns, in its own colours. */
const plots = [];
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plots.forEach((plot) => plot.redraw(false)));

function figure(parent, { title, lines }) {
  const values = (lines ?? []).map(() => element("b"));
  const legend = element("p", { class: "legend" }, ...(lines ?? []).map((line, at) =>
    element("span", { class: "key", "data-line": line.color.slice(2) }, `${line.name} `, values[at])));
  const when = element("span", { class: "when" });
  const canvas = element("div", { class: "plot", role: "img" });
  parent.append(element("figure", {},
    element("figcaption", {}, element("h3", {}, title), when, legend), canvas));
  return { canvas, values, when };
}

function keep(plot, canvas) {
  plots.push(plot);
  new ResizeObserver(() => plot.setSize({ width: canvas.clientWidth, height: PLOT_HEIGHT })).observe(canvas);
  return plot;
}

/** On an axis "0.50 ms" is "0.5 ms". */
const brief = (seconds) => seconds < 1e-4 ? `${Number((seconds * 1e6).toPrecision(2))} µs` : duration(seconds).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");

/** In a narrow range neighbours may read alike: then one of them is enough. */
const labels = (splits) => splits.map(brief).map((label, at, all) => (label === all[at - 1] ? "" : label));

/** Marks of vertical lines, each with a word: { at, word }. */
function draw(plot, marks) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  marks.forEach(({ at, word }, place) => {
    const x = plot.valToPos(at, "x", true);
    ctx.strokeStyle = color("--accent");
    ctx.fillStyle = color("--accent");
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const right = x > bbox.left + bbox.width * 0.8;
    ctx.textAlign = right ? "right" : "left";
    ctx.fillText(word, x + (right ? -5 : 5) * devicePixelRatio, bbox.top + (12 + 14 * place) * devicePixelRatio);
  });
  ctx.restore();
}

/** Lines over concurrency. Lines: { name, color, of: (stage) => value }. */
export function lines(parent, { title, unit, lines: all, stages, marks, log }) {
  const { canvas, values, when } = figure(parent, { title, lines: all });
  const at = stages.map((stage) => stage.concurrency);
  const data = [at, ...all.map(({ of }) => stages.map((stage) => of(stage) ?? null))];
  const tell = (plot) => {
    const index = plot.cursor.idx;
    all.forEach((_, place) => text(values[place], typeof index === "number" ? unit(data[place + 1][index]) : ""));
    text(when, typeof index === "number" ? `${at[index]} at once` : "");
  };
  const known = data.slice(1).flat().filter((value) => typeof value === "number" && value > 0);
  const lowest = Math.min(...known);
  const highest = Math.max(...known);
  const [bottom, top] = [lowest / 1.3, highest * 1.3];
  canvas.setAttribute("aria-label", `${title}: ${all.map(({ name, of }) =>
    `${name} ${stages.map((stage) => `${unit(of(stage))} at ${stage.concurrency}`).join(", ")}`).join("; ")}`);
  const options = {
    width: Math.max(200, canvas.clientWidth), height: PLOT_HEIGHT, legend: { show: false }, padding: [12, 18, 0, 0],
    cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
    scales: {
      x: { time: false, distr: 3, log: 2, range: () => [1 / 1.15, Math.max(2, at.at(-1)) * 1.15] },
      y: log ? { distr: 3, range: () => [bottom, top] } : { range: () => [0, highest * 1.1] },
    },
    axes: [
      { ...look(), size: 26, space: 30, splits: () => doublings(at.at(-1)), values: (_, splits) => splits, filter: (_, splits) => splits },
      log
        ? { ...look(), size: 64, splits: () => ticks(bottom, top), filter: (_, splits) => splits, values: (_, splits) => splits.map(brief) }
        : { ...look(), size: 64, space: 34, values: (_, splits) => splits.map((value) => (value ? unit(value) : "0")) },
    ],
    series: [{}, ...all.map((line) => ({
      label: line.name, width: 1.75, stroke: () => color(line.color), points: { show: true, size: 6, fill: () => color(line.color) },
      spanGaps: true,
    }))],
    hooks: { setCursor: [tell], draw: [(plot) => draw(plot, marks)] },
  };
  return keep(new uPlot(options, data, canvas), canvas);
}

function doublings(most) {
  const all = [];
  for (let at = 1; at <= Math.max(2, most) * 1.1; at *= 2) all.push(at);
  return all;
}

/** Bars of how often a time was taken, over a logarithmic axis. Bins: [from, to, count]. */
export function bars(parent, { title, bins, marks }) {
  const { canvas, when } = figure(parent, { title });
  const edges = [...bins.map(([from]) => from), bins.at(-1)[1]];
  const low = edges[0];
  const high = edges.at(-1) > low ? edges.at(-1) : low * 1.01;
  const total = bins.reduce((sum, [, , count]) => sum + count, 0);
  const highest = Math.max(...bins.map(([, , count]) => count / total));
  canvas.setAttribute("aria-label", `${title}: ${total} from ${duration(low)} to ${duration(high)}; ${marks.map(({ at, word }) => `${word} ${duration(at)}`).join(", ")}`);
  const paint = (plot) => {
    const { ctx } = plot;
    ctx.save();
    ctx.fillStyle = color("--line-1");
    bins.forEach(([from, to, count]) => {
      if (!count) return;
      const left = plot.valToPos(from, "x", true);
      const right = plot.valToPos(to > from ? to : from * 1.01, "x", true);
      const top = plot.valToPos(count / total, "y", true);
      const bottom = plot.valToPos(0, "y", true);
      ctx.fillRect(left + 0.5, top, Math.max(1, right - left - 1), bottom - top);
    });
    ctx.restore();
  };
  const tell = (plot) => {
    const at = plot.cursor.left >= 0 ? plot.posToVal(plot.cursor.left, "x") : undefined;
    const bin = bins.find(([from, to]) => at >= from && at <= to);
    text(when, bin ? `${duration(bin[0])} to ${duration(bin[1])}: ${number(bin[2])} of ${number(total)}` : `${number(total)} in all`);
  };
  const options = {
    width: Math.max(200, canvas.clientWidth), height: PLOT_HEIGHT, legend: { show: false }, padding: [12, 18, 0, 0],
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    scales: {
      x: { time: false, distr: 3, range: () => [low / (high / low) ** 0.02, high * (high / low) ** 0.02] },
      y: { range: () => [0, highest * 1.12] },
    },
    axes: [
      { ...look(), size: 26, space: 60, splits: () => ticks(low, high), filter: (_, splits) => splits, values: (_, splits) => labels(splits) },
      { ...look(), size: 48, space: 34, values: (_, splits) => splits.map((value) => `${number(value * 100)} %`) },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: { setCursor: [tell], drawAxes: [paint], draw: [(plot) => draw(plot, marks)] },
  };
  const plot = keep(new uPlot(options, [[low, high], [0, 0]], canvas), canvas);
  tell(plot);
  return plot;
}

/** Round times within a range, at most about five. */
function ticks(low, high) {
  const fit = [];
  for (let power = 1e-9; power <= 1e6; power *= 10) {
    for (const step of [1, 2, 5]) if (power * step >= low && power * step <= high) fit.push(power * step);
  }
  if (fit.length >= 2) return fit.filter((_, at) => at % Math.ceil(fit.length / 5) === 0);
  return [0, 1, 2, 3].map((at) => low * (high / low) ** (at / 3));
}
