// Fills the report from the figures that lie in the page.

import { attribute, byId, element, table, text } from "./dom.js";
import { duration, number, percent } from "./format.js";
import { bars, lines } from "./plots.js";

const data = JSON.parse(byId("data").textContent);
const { saturation, advice, capacity } = data;
const usable = data.stages.filter((stage) => stage.rounds.length);
const first = data.streamed ? "Time to first token" : "Time to first byte";
const marks = saturation
  ? saturation.knee === saturation.peak
    ? [{ at: saturation.knee, word: "knee and peak" }]
    : [{ at: saturation.knee, word: "knee" }, { at: saturation.peak, word: "peak" }]
  : [];

function verdict() {
  text(byId("subject"), `${data.backend}, ${data.route} of ${data["model-server"]}`);
  text(byId("when"), data.at.slice(0, 16).replace("T", " ") + " UTC");
  text(byId("footer"), `dray ${data.dray}. Times are those of the client beside the model server.`);
  document.title = `dray bench ${data.backend} ${data["model-server"]}`;
  const ended = { "out-of-budget": "The budget was used before the search had ended.", stopped: "Stopped before the search had ended.", failed: "Failed: " }[data.ended] ?? "";
  text(byId("reason"), ended + data.reason);
  attribute(byId("banner"), "data-tone", data.ended === "complete" ? "good" : data.ended === "failed" ? "bad" : "warn");
  if (!saturation) {
    text(byId("verdict"), "Nothing measured");
    return;
  }
  text(byId("verdict"), saturation.saturated ? `Saturated at ${saturation.knee}` : "Not saturated");
  text(byId("verdict-more"), saturation.saturated
    ? `${saturation.knee} at once ${saturation.knee === 1 ? "is" : "are"} enough for 95 % of the best throughput, ${number(saturation["units-per-second"])} units/s at ${saturation.peak} at once.`
    : `Throughput still grew at ${saturation.peak} at once, the highest that was tried.`);
}

function vital(name, figure, unit, below) {
  byId("vitals").append(element("div", {}, element("dt", {}, name),
    element("dd", {}, element("span", { class: "figure" }, figure, element("span", { class: "unit" }, unit)), element("p", { class: "below" }, below))));
}

function vitals() {
  const knee = data.stages.find((stage) => stage.concurrency === saturation?.knee);
  const time = (value, ...rest) => vital(...rest.slice(0, 1), ...duration(value).split(/ (.*)/).slice(0, 2), rest[1]);
  vital("Best throughput", number(saturation?.["units-per-second"]), "units/s", saturation ? `at ${saturation.peak} at once` : "");
  vital("Reported capacity", number(capacity?.["units-per-second"]), "units/s", capacity ? `bursts of ${capacity.concurrency}, spread ${percent(capacity.spread)}` : "not measured");
  time(knee?.["time-to-first-token"]?.p95, first, "p95 at the knee");
  time(knee?.["end-to-end"]?.p95, "End to end", "p95 at the knee");
}

function byConcurrency() {
  if (!usable.length) return;
  const parent = byId("by-concurrency");
  const plot = (title, unit, all, log) => lines(parent, { title, unit, lines: all, stages: usable, marks, log });
  const spans = (name) => [
    { name: "p50", color: "--line-1", of: (stage) => stage[name]?.p50 },
    { name: "p95", color: "--line-2", of: (stage) => stage[name]?.p95 },
    { name: "p99", color: "--line-4", of: (stage) => stage[name]?.p99 },
  ];
  plot("Throughput, units/s", number, [{ name: "units/s", color: "--line-1", of: (stage) => stage["units-per-second"] }]);
  plot("End to end", duration, spans("end-to-end"), true);
  plot(first, duration, spans("time-to-first-token"), true);
  if (usable.some((stage) => stage["inter-token"])) plot("Between tokens", duration, spans("inter-token"), true);
}

function recommend() {
  if (!advice) return;
  byId("advice").hidden = false;
  text(byId("yaml"), advice["worker.yaml"].trimEnd());
  byId("because").append(...advice.because.map((each) => element("li", {}, each)));
}

const said = ({ answers, failed }) =>
  [`${number(answers)} answers`, ...Object.entries(failed).map(([kind, count]) => `${number(count)} × ${kind}`)].join(", ");

function oneStage(stage) {
  plots.splice(0, plots.length, ...plots.filter((plot) => document.contains(plot.root) && !byId("by-stage").contains(plot.root)));
  byId("by-stage").replaceChildren();
  text(byId("stage-said"), `${number(stage["units-per-second"])} units/s, ${said(stage)}`);
  const named = (times) => ["p50", "p95", "p99"].map((name) => ({ at: times[name], word: name }));
  for (const [title, name] of [[first, "time-to-first-token"], ["Between tokens", "inter-token"], ["End to end", "end-to-end"]]) {
    const times = stage[name];
    if (times) bars(byId("by-stage"), { title, bins: times.bins, marks: named(times) });
  }
  const rounds = element("table");
  byId("by-stage").append(element("figure", {}, element("figcaption", {}, element("h3", {}, "Rounds")), rounds));
  roundTable(rounds, stage.rounds);
}

function roundTable(node, rounds) {
  const highest = Math.max(...rounds);
  table(node, {
    caption: "Rounds", none: "no round was finished",
    columns: [{ name: "round", kind: "number" }, { name: "units/s", kind: "number" }, { name: "of the best", kind: "share" }],
    rows: rounds.map((rate, at) => [String(at + 1), number(rate), { text: percent(rate / highest), share: rate / highest, tone: "busy" }]),
  });
}

function chooser() {
  const select = byId("stage");
  usable.forEach((stage, at) => select.append(element("option", { value: String(at) }, String(stage.concurrency))));
  if (!usable.length) {
    select.closest("section").hidden = true;
    return;
  }
  select.addEventListener("change", () => oneStage(usable[Number(select.value)]));
  select.value = String(Math.max(0, usable.findIndex((stage) => stage.concurrency === saturation?.knee)));
  oneStage(usable[Number(select.value)]);
}

const REMARK = { stable: "", unstable: "not stable", broken: "broken off", cut: "cut short" };

function tables() {
  const remark = (stage) => [
    stage.concurrency === saturation?.knee ? "knee" : "", stage.concurrency === saturation?.peak ? "peak" : "", REMARK[stage.ended],
    ...Object.entries(stage.failed).map(([kind, count]) => `${number(count)} × ${kind}`),
  ].filter(Boolean).join(", ");
  const right = (name) => ({ name, kind: "number" });
  table(byId("stages"), {
    caption: "Stages", none: "no stage was finished",
    columns: [right("at once"), right("units/s"), right("spread"), right("rounds"), right("answers/s"), right("tokens/s"), right("answers"), { name: "remark" }],
    rows: data.stages.map((stage) => [
      String(stage.concurrency), stage.rounds.length ? number(stage["units-per-second"]) : "–", stage.rounds.length ? percent(stage.spread) : "–",
      String(stage.rounds.length), stage.rounds.length ? number(stage["answers-per-second"]) : "–", number(stage["tokens-per-second"]), number(stage.answers), remark(stage) || "–"]),
  });
  const rows = [];
  for (const stage of usable) {
    for (const [title, name] of [[first, "time-to-first-token"], ["Between tokens", "inter-token"], ["End to end", "end-to-end"]]) {
      const times = stage[name];
      if (times) rows.push([String(stage.concurrency), title.toLowerCase(), number(times.count), ...["p50", "p90", "p95", "p99", "max"].map((each) => duration(times[each]))]);
    }
  }
  table(byId("times"), {
    caption: "Times", none: "nothing was timed",
    columns: [right("at once"), { name: "what" }, right("count"), ...["p50", "p90", "p95", "p99", "max"].map(right)], rows,
  });
  if (capacity) {
    byId("capacity").hidden = false;
    text(byId("capacity-said"), `${number(capacity["units-per-second"])} units/s: the benchmark of a worker's start, bursts of ${capacity.concurrency}, spread ${percent(capacity.spread)}. First byte p50 ${duration(capacity["first-byte"].p50)}, end to end p50 ${duration(capacity["end-to-end"].p50)}, p99 ${duration(capacity["end-to-end"].p99)}.`);
    roundTable(byId("capacity-rounds"), capacity.rounds);
  }
}

verdict();
vitals();
byConcurrency();
recommend();
chooser();
tables();
