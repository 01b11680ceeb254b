// Four charts over the last hour, one cursor, and each one's numbers as a table for who does not see them.

import { element, table, text } from "./dom.js";
import { clock, duration, number, time } from "./format.js";

const HEIGHT = 150;
const LEAST_SPAN = 120; // s
const ROWS = 12;

/** On an axis "0.50 ms" is "0.5 ms". */
const short = (seconds) => duration(seconds).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");

const CHARTS = [
  {
    title: "Requests", unit: number, axis: number, least: 4,
    lines: [
      { name: "in flight", color: "--line-1", of: (p) => p["in-flight"], stepped: true },
      { name: "queued", color: "--line-2", of: (p) => p.queued, stepped: true, fill: "--line-2-fill" },
    ],
  },
  {
    title: "Throughput, units/s", unit: number, axis: number, least: 1,
    lines: [
      { name: "throughput", color: "--line-1", of: (p) => p["units-per-second"], fill: "--line-1-fill" },
      { name: "capacity", color: "--line-3", of: (p) => p.capacity, dash: [6, 4], stepped: true },
    ],
  },
  {
    title: "Time to first token", unit: duration, axis: short, least: 0.01,
    lines: [
      { name: "p50", color: "--line-1", of: (p) => p["first-token-p50"] },
      { name: "p95", color: "--line-2", of: (p) => p["first-token-p95"] },
      { name: "first byte p95", color: "--line-3", of: (p) => p["first-byte-p95"], dash: [6, 4] },
    ],
  },
  {
    title: "Overhead of the worker", unit: duration, axis: short, least: 0.001,
    lines: [
      { name: "p50", color: "--line-1", of: (p) => p["overhead-p50"] },
      { name: "p95", color: "--line-2", of: (p) => p["overhead-p95"] },
    ],
  },
];

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A single known point between unknown ones would not be seen as a line. */
function alone(plot, series) {
  const values = plot.data[series];
  const isKnown = (at) => typeof values[at] === "number";
  return values.flatMap((_, at) => (isKnown(at) && !isKnown(at - 1) && !isKnown(at + 1) ? [at] : []));
}

class Chart {
  constructor(parent, description) {
    this.description = description;
    this.values = description.lines.map(() => element("b"));
    const legend = element("p", { class: "legend" }, ...description.lines.map((line, at) =>
      element("span", { class: "key", "data-line": line.color.slice(2), "data-dash": line.dash ? "yes" : "no" },
        `${line.name} `, this.values[at])));
    this.when = element("span", { class: "when" });
    this.canvas = element("div", { class: "plot", role: "img", "aria-label": `${description.title}: nothing known yet` });
    this.numbers = element("table");
    const details = element("details", {}, element("summary", {}, `${description.title} as a table`), this.numbers);
    details.addEventListener("toggle", () => this.tabulate());
    this.details = details;
    parent.append(element("figure", {},
      element("figcaption", {}, element("h3", {}, description.title), this.when, legend), this.canvas, details));
    this.plot = new uPlot(this.options(), [[], ...description.lines.map(() => [])], this.canvas);
    new ResizeObserver(() => this.plot.setSize({ width: this.canvas.clientWidth, height: HEIGHT })).observe(this.canvas);
  }

  options() {
    const { lines, axis, least } = this.description;
    const grid = { stroke: () => color("--grid"), width: 1 };
    const look = { stroke: () => color("--muted"), font: "11px system-ui, sans-serif", grid, ticks: { show: false } };
    return {
      width: Math.max(200, this.canvas.clientWidth), height: HEIGHT, tzDate: (at) => uPlot.tzDate(new Date(at * 1e3), "UTC"),
      legend: { show: false }, padding: [10, 28, 0, 0],
      cursor: { sync: { key: "dray" }, drag: { x: false, y: false }, y: false, points: { size: 6 } },
      scales: { y: { range: (_, low, high) => [0, Math.max(least, (high ?? 0) * 1.08)] } },
      axes: [
        { ...look, size: 24, space: 80, values: (plot, splits, at, space, step) => splits.map((split) => (step < 60 ? time : clock)(split * 1000)) },
        { ...look, size: 58, space: 34, values: (_, splits) => splits.map((at) => (at ? axis(at) : "0")) },
      ],
      series: [{}, ...lines.map((line) => ({
        label: line.name, width: 1.5, dash: line.dash,
        stroke: () => color(line.color), fill: line.fill && (() => color(line.fill)),
        paths: line.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        points: { show: false, filter: alone, size: 4 },
      }))],
      hooks: { setCursor: [() => this.tell()] },
    };
  }

  show(points, from, to) {
    this.points = points;
    const { lines } = this.description;
    this.plot.setData([points.map((p) => p.at), ...lines.map(({ of }) => points.map((p) => of(p) ?? null))], false);
    this.plot.setScale("x", { min: from, max: to });
    this.tell();
    this.canvas.setAttribute("aria-label", this.summary());
    this.tabulate();
  }

  /** Beside each name its value: under the cursor, else the newest. */
  tell() {
    const at = this.plot?.cursor.idx;
    const isPointed = typeof at === "number" && this.points?.[at];
    const point = isPointed ? this.points[at] : this.points?.at(-1);
    const { lines, unit } = this.description;
    lines.forEach(({ of }, place) => text(this.values[place], point ? unit(of(point)) : "–"));
    text(this.when, isPointed ? time(point.at * 1000) : "");
  }

  summary() {
    const { title, lines, unit } = this.description;
    const said = lines.map(({ name, of }) => {
      const known = this.points.map(of).filter((value) => typeof value === "number");
      return known.length
        ? `${name} newest ${unit(known.at(-1))}, highest ${unit(Math.max(...known))}`
        : `${name} not known`;
    });
    return `${title}: ${said.join("; ")}`;
  }

  /** The highest of each of at most twelve stretches, only while it is looked at. */
  tabulate() {
    if (!this.details.open || !this.points?.length) return;
    const { title, lines, unit } = this.description;
    const each = Math.ceil(this.points.length / ROWS);
    const rows = [];
    for (let start = 0; start < this.points.length; start += each) {
      const part = this.points.slice(start, start + each);
      rows.push([time(part[0].at * 1000), ...lines.map(({ of }) => {
        const known = part.map(of).filter((value) => typeof value === "number");
        return unit(known.length ? Math.max(...known) : undefined);
      })]);
    }
    const columns = [{ name: "from" }, ...lines.map(({ name }) => ({ name: `highest ${name}`, kind: "number" }))];
    table(this.numbers, { caption: title, columns, rows: rows.reverse(), none: "nothing known yet" });
  }
}

export class Charts {
  constructor(parent) {
    this.all = CHARTS.map((description) => new Chart(parent, description));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
      this.all.forEach(({ plot }) => plot.redraw(false)));
  }

  show({ points, step }, now) {
    if (!points.length) return;
    const to = Math.max(now / 1000, points.at(-1).at + step);
    const from = Math.max(to - 3600, Math.min(points[0].at, to - LEAST_SPAN));
    this.all.forEach((chart) => chart.show(points, from, to));
    return to - from;
  }
}
