// Read this first: what comes in by live.js is kept here, and each part of the page is told to show it.

import { Charts } from "./charts.js";
import { attribute, byId, text } from "./dom.js";
import { age, time } from "./format.js";
import { History } from "./history.js";
import { follow } from "./live.js";
import { ModelLog } from "./log.js";
import { showBenchmark, showFailures, showOutcomes, showPlatform, showPlugin, showServers } from "./panels.js";
import { Settings } from "./search.js";
import { showState, showTimeline, showVitals } from "./state.js";

const history = new History();
const charts = new Charts(byId("charts"));
const log = new ModelLog();
const settings = new Settings();
let status;
let skew = 0; // ms the worker's clock is ahead of this one
let lostSince;

const now = () => Date.now() + skew;

function show() {
  if (!status) return;
  showState(status, now());
  showVitals(status, history, now());
  showTimeline(status, now());
  showOutcomes(status, history, now());
  showFailures(status, now());
  showBenchmark(status, now());
  showPlatform(status, now());
  showServers(status, now());
  text(byId("footer"), status.started ? `Worker started ${age((now() - Date.parse(status.started)) / 1000)} ago.` : "");
}

function showCharts() {
  const span = charts.show(history, now());
  if (span) text(byId("load-span"), span > 3590 ? "last hour" : `last ${age(Math.round(span / 60) * 60)}`);
}

function take(next) {
  status = next;
  if (next.now) skew = Date.parse(next.now) - Date.now();
  show();
}

function connection(isLive) {
  attribute(document.body, "data-link", isLive ? "live" : "lost");
  text(byId("link-text"), isLive ? "live" : "not reachable");
  byId("unreachable").hidden = isLive;
}

function showLost() {
  const shown = status ? " The page shows what was known then." : "";
  text(byId("unreachable"), `Worker not reachable since ${time(lostSince + skew)}. Trying again.${shown}`);
}

follow({
  full(next, points, lines) {
    history.reset(points);
    take(next);
    showPlugin(next);
    settings.show(next.settings);
    log.reset(lines);
    showCharts();
    connection(true);
  },
  status: take,
  point(point) {
    history.add(point);
    showCharts();
  },
  log: (lines) => log.add(lines),
  heard: () => connection(true),
  lost(since) {
    lostSince = since;
    showLost();
    connection(false);
  },
});

// Ages go on between two messages; while nothing is heard they stand still, as does all the rest.
setInterval(() => {
  if (document.body.dataset.link === "live") show();
}, 1_000);
