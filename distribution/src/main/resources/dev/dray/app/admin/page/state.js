// The top of the page: the state in one word, why, what the worker is doing, and the eight figures.

import { attribute, byId, children, element, table, text } from "./dom.js";
import { age, clock, count, duration, millis, number, percent, rate, time, units } from "./format.js";

const HOUR = 3600_000;

/** What kind of state it is; the style sheet knows one colour for each. */
export const TONES = {
  starting: "busy", loading: "busy", benchmarking: "busy", verifying: "busy",
  ready: "good", unhealthy: "warn", failed: "bad", draining: "rest", stopped: "rest",
};

let announced = "";

export function showState(status, now) {
  const since = millis(status.since);
  document.body.dataset.state = status.state;
  document.body.dataset.tone = TONES[status.state] ?? "rest";
  document.title = `${status.state} · ${status.backend} · dray`;
  text(byId("state-word"), status.state);
  text(byId("since"), `for ${age((now - since) / 1000)}, since ${time(since, now)}`);
  text(byId("reason"), status.reason);
  text(byId("doing"), doing(status, now));
  text(byId("identity"), [status.backend, `version ${status.version}`, location.host].join(" · "));
  const news = `Worker is ${status.state}${status.reason ? `: ${status.reason}` : ""}`;
  if (news !== announced) {
    announced = news;
    text(byId("announce"), news);
  }
}

function doing(status, now) {
  const running = status["benchmark-running"];
  if (running) return `Measuring: ${round(running)}.`;
  const works = [];
  if (status["in-flight"]) works.push(`${count(status["in-flight"], "request")} in flight`);
  if (status.queued) works.push(`${number(status.queued)} queued`);
  if (status.held) works.push(`${number(status.held)} held until it is ready`);
  if (status.state === "draining") return `Told to stop: nothing new is taken${works.length ? `; to be finished: ${works.join(", ")}` : ""}.`;
  if (works.length) return `${works.join(", ")}.`;
  if (status.state === "ready") return "Idle: nothing in flight, nothing queued.";
  if (status.started && status.state !== "stopped") {
    return `Running for ${age((now - millis(status.started)) / 1000)}, ${takesWhatComes(status) ? "still trying the requests that come" : "not taking requests"}.`;
  }
  return "";
}

/** Once it has been ready, only a drain closes it: whether to send is for the platform to decide. */
const takesWhatComes = ({ state, "readiness-history": changes = [], "load-time-seconds": loadTime }) =>
  state !== "draining" && (loadTime !== undefined || changes.some((change) => change.state === "ready"));

export const round = ({ round: at, "max-rounds": most }) => (at ? `round ${at} of at most ${most}` : "warm-up round");

/** Each: name, figure, what stands below, tone, share of a bar. */
function vitals(status, history, now) {
  const capacity = status["capacity-units-per-second"];
  const throughput = history.throughput(now);
  const work = status["workload-units"];
  const [first, p95, p50] = firstAnswer(history, now);
  const overhead = history.newest("overhead-p95", now);
  const outcomes = history.outcomes(status, now);
  const bad = (outcomes.errored ?? 0) + (outcomes.rejected ?? 0) + (outcomes.expelled ?? 0);
  const of = bad + (outcomes.served ?? 0);
  const wait = capacity ? work.waiting / capacity : undefined;
  return [
    ["Throughput, last minute", [number(throughput), "units/s"],
      capacity ? `${percent((throughput ?? 0) / capacity)} of ${rate(capacity)}` : "capacity not known yet",
      undefined, capacity ? (throughput ?? 0) / capacity : undefined],
    ["In flight", number(status["in-flight"]), units(work.current)],
    ["Queued", number(status.queued),
      status.held ? `and ${number(status.held)} held` : status.queued ? `${units(work.waiting)}, ${duration(wait)} of work` : "no one waits",
      status.queued ? "warn" : undefined],
    [`${first}, p95`, duration(p95), p95 === undefined ? "no answer in the last 5 min" : `p50 ${duration(p50)}`],
    ["Overhead, p95", duration(overhead), overhead === undefined ? "no answer in the last 5 min" : `p50 ${duration(history.newest("overhead-p50", now))}`],
    ["Not served, last hour", number(bad), of ? `${percent(bad / of)} of ${count(of, "request")}` : "no requests yet", bad ? (bad / of < 0.05 ? "warn" : "bad") : undefined],
    report(status, now),
    ["Sessions", number(status.sessions), `${units(work.reserved)} reserved`],
  ];
}

/** Of streams their first token; where nothing streams, the first byte of an answer. */
function firstAnswer(history, now) {
  const of = (kind) => ["p95", "p50"].map((share) => history.newest(`${kind}-${share}`, now));
  const token = of("first-token");
  const byte = of("first-byte");
  return token[0] === undefined && byte[0] !== undefined ? ["First byte", ...byte] : ["First token", ...token];
}

function report(status, now) {
  const last = status["last-report"];
  if (!last) return ["Last report", "none", "runs without a platform"];
  if (!last.at) return ["Last report", "–", "none sent yet"];
  const ago = `${age((now - millis(last.at)) / 1000)} ago`;
  return last.failure
    ? ["Last report", "not taken", `${ago}; ${count(last.failures, "failure")} in a row`, "bad"]
    : ["Last report", "taken", ago];
}

export function showVitals(status, history, now) {
  const figures = vitals(status, history, now);
  const boxes = children(byId("vitals"), figures.length, () =>
    element("div", {}, element("dt"), element("dd", { class: "figure" }, element("span"), element("span", { class: "unit" })), element("dd", { class: "below" })));
  figures.forEach(([name, figure, below, tone, share], at) => {
    const [dt, value, more] = boxes[at].children;
    text(dt, name);
    const [amount, unit] = [figure].flat();
    text(value.children[0], amount);
    text(value.children[1], unit);
    text(more, below);
    attribute(boxes[at], "data-tone", tone);
    attribute(boxes[at], "class", share === undefined ? "" : "bar");
    if (share !== undefined) boxes[at].style.setProperty("--share", `${Math.min(100, share * 100).toFixed(1)}%`);
  });
}

export function showTimeline(status, now) {
  const changes = status["readiness-history"] ?? [];
  const starts = changes.map(({ at }) => millis(at));
  const ends = starts.map((_, at) => starts[at + 1] ?? now);
  const from = Math.max(now - HOUR, starts[0] ?? now);
  const strip = byId("strip");
  const shown = changes.map((change, at) => ({ ...change, start: Math.max(from, starts[at]), end: ends[at] })).filter(({ start, end }) => end > start);
  const parts = children(strip, shown.length, () => element("span"));
  shown.forEach(({ state, reason, start, end }, at) => {
    parts[at].style.flexGrow = String(end - start);
    attribute(parts[at], "data-tone", TONES[state] ?? "rest");
    attribute(parts[at], "data-part", state);
    attribute(parts[at], "title", `${state} from ${time(start, now)}, ${age((end - start) / 1000)}${reason ? `: ${reason}` : ""}`);
  });
  attribute(strip, "aria-label", `Since ${clock(from)}: ${shown.map(({ state, start, end }) => `${state} ${age((end - start) / 1000)}`).join(", ")}`);
  text(byId("strip-from"), clock(from));
  table(byId("changes"), {
    caption: "Changes of readiness, newest first",
    columns: [{ name: "at" }, { name: "state" }, { name: "for", kind: "number" }, { name: "reason", kind: "prose" }],
    rows: changes.map(({ state, reason }, at) =>
      [time(starts[at], now), { text: state, tone: TONES[state] }, age((ends[at] - starts[at]) / 1000), reason || "–"]).reverse(),
    none: "no changes known",
  });
}
