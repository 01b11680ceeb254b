// The parts below the figures, each a table filled from the status.

import { byId, table, text } from "./dom.js";
import { age, count, duration, millis, number, percent, rate, time, units } from "./format.js";
import { TONES, round } from "./state.js";

const OUTCOMES = [
  ["served", "good", "answered by the model"],
  ["errored", "bad", "the model server failed"],
  ["cancelled", "rest", "the client went away"],
  ["rejected", "bad", "too much work, or not ready"],
  ["expelled", "bad", "waited too long, or the model went down"],
  ["unverified", "warn", "signature not valid"],
  ["invalid", "warn", "request not understood"],
];

export function showOutcomes(status, history, now) {
  const hour = history.outcomes(status, now);
  const total = Object.values(hour).reduce((sum, amount) => sum + amount, 0);
  const work = status["workload-units"];
  table(byId("outcomes"), {
    caption: "Requests by outcome, and their work",
    columns: [{ name: "outcome" }, { name: "last hour", kind: "number" }, { name: "share", kind: "number share" },
      { name: "since start", kind: "number" }, { name: "units since start", kind: "number" }],
    rows: OUTCOMES.map(([kind, tone, meaning]) => [
      { text: kind, title: meaning, tone: hour[kind] ? tone : undefined }, number(hour[kind] ?? 0),
      { text: total ? percent((hour[kind] ?? 0) / total) : "–", share: total ? (hour[kind] ?? 0) / total : 0, tone },
      number(status.requests?.[kind] ?? 0), number(work[kind])]),
  });
  text(byId("work"), `${units(work.received)} admitted, of ${count(status["requests-received"], "verified request")} in all.`);
}

export function showFailures(status, now) {
  const failures = status.failures ?? [];
  const by = Map.groupBy(failures, ({ source }) => source ?? "unknown");
  text(byId("failures-by"), [...by].map(([source, all]) => source === "unknown" ? `${all.length} by no one known` : `${all.length} by the ${source}`).join(", "));
  table(byId("failed"), {
    caption: "Last failed requests, newest first",
    columns: [{ name: "at" }, { name: "caused by" }, { name: "outcome" }, { name: "status", kind: "number" },
      { name: "route", kind: "code" }, { name: "reason", kind: "prose" }, { name: "request", kind: "code" }],
    rows: failures.map((failure) => [
      time(millis(failure.at), now), { text: failure.source ?? "–", tone: "strong" }, failure.outcome,
      failure.status === undefined ? "–" : String(failure.status), failure.route ?? "–", failure.reason || "–", String(failure.request ?? "–")]).reverse(),
    none: "No request failed.",
  });
}

export function showBenchmark(status, now) {
  const { benchmark, "benchmark-running": running } = status;
  const rounds = running?.rounds ?? benchmark?.rounds ?? [];
  const most = Math.max(...rounds, 0);
  text(byId("benchmark-now"), running
    ? `Running now: ${round(running)}.`
    : benchmark ? result(benchmark, now) : pinned(status));
  const rows = rounds.map((value, at) => [`round ${at + 1}`, { text: rate(value), share: most ? value / most : 0, tone: "busy" }]);
  if (running) rows.push([running.round ? `round ${running.round}` : "warm-up", { text: "running", tone: "busy", share: 0 }]);
  table(byId("rounds"), {
    caption: "Rounds of the benchmark", columns: [{ name: "round" }, { name: "throughput", kind: "number share" }], rows, none: "no rounds",
  });
  const times = [["time to first byte", benchmark?.["time-to-first-byte-seconds"]], ["end to end", benchmark?.["end-to-end-seconds"]]];
  byId("rounds").hidden = !rows.length;
  byId("benchmark-times").hidden = !benchmark || Boolean(running);
  table(byId("benchmark-times"), {
    caption: "Times of the benchmark's requests",
    columns: [{ name: "of its requests", kind: "prose" }, ...["p50", "p95", "p99", "max"].map((name) => ({ name, kind: "number" }))],
    rows: times.map(([name, values]) => [name, ...["p50", "p95", "p99", "max"].map((each) => duration(values?.[each]))]),
  });
}

const result = (benchmark, now) =>
  `${rate(benchmark["units-per-second"])}, spread ${percent(benchmark.spread)}, measured ${age((now - millis(benchmark["measured-at"])) / 1000)} ago.`;

const pinned = (status) => (status["capacity-units-per-second"]
  ? `None was run: the capacity of ${rate(status["capacity-units-per-second"])} is set.`
  : "Not measured yet.");

export function showPlatform(status, now) {
  const reports = status.reports ?? [];
  const { platform } = status;
  text(byId("platform-now"), platform ? lines(platform).join(" ") : "This worker runs without a platform: it reports to no one.");
  byId("reports").parentElement.hidden = !platform;
  table(byId("reports"), {
    caption: "Last reports, newest first",
    columns: [{ name: "at" }, { name: "answer", kind: "prose" }, { name: "state" }, { name: "address", kind: "code" }],
    rows: reports.map(({ at, address, answer, state }) =>
      [time(millis(at), now), { text: answer, tone: answer === "taken" ? "good" : "bad" }, state ?? "–", address]).reverse(),
    none: "none sent yet",
  });
}

function lines(platform) {
  const key = platform["public-key"];
  const said = [`${count(platform["outcomes-waiting"], "outcome")} waiting to be told, ${number(platform["outcomes-dropped"])} dropped.`];
  for (const [name, line] of [["Reports", platform.reports], ["Outcomes", platform.outcomes], ["Public key", key]]) {
    if (line?.["failures-in-a-row"]) said.push(`${name}: ${count(line["failures-in-a-row"], "failure")} in a row.`);
  }
  if (key?.needed) said.push(key["known-since"] ? "Its public key is known." : "Its public key is not known yet.");
  return said;
}

export function showServers(status, now) {
  table(byId("servers"), {
    caption: "Model servers",
    columns: [{ name: "server", kind: "code" }, { name: "state" }, { name: "for", kind: "number" }, { name: "running", kind: "number" },
      { name: "circuit breaker" }, { name: "connections" }, { name: "reason", kind: "prose" }],
    rows: (status["model-servers"] ?? []).map((server) => [
      server.url, { text: server.state, tone: TONES[server.state] }, age((now - millis(server.since)) / 1000), number(server.running),
      { text: server["circuit-breaker"].replace("_", " "), tone: server["circuit-breaker"] === "closed" ? undefined : "bad" },
      `${number(server["connections-open"])} open, ${number(server["connections-idle"])} idle`, server.reason || "–"]),
    none: "none",
  });
}

export function showPlugin({ plugin, backend }) {
  text(byId("plugin-name"), plugin ? [plugin.id, plugin.version, plugin.jar?.split("/").at(-1)].filter(Boolean).join(" · ") : backend);
  table(byId("routes"), {
    caption: "Routes of the plugin",
    columns: [{ name: "route", kind: "code" }, { name: "runs" }, { name: "queue" }, { name: "longest wait", kind: "number" },
      { name: "time-out in the queue", kind: "number" }],
    rows: (plugin?.routes ?? []).map((route) => [
      route.route, route.local ? "inside the worker" : route.parallel ? "in parallel" : "one at a time", route.queue ?? "–",
      duration(route["max-queue-time"]), duration(route["queue-time-out"])]),
    none: "not known",
  });
}
