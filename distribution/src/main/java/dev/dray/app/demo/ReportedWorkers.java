package dev.dray.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The last status report of each worker, and which of them should get the next request. Thread-safe.
final class ReportedWorkers {
    // A worker reports every ten seconds when nothing happens; one that missed two reports is gone.
    private static final Duration LOST_AFTER = Duration.ofSeconds(25);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Heard> reports = new LinkedHashMap<>();

    ReportedWorkers(InstantSource clock) {
        this.clock = clock;
    }

    private record Heard(JsonNode report, Instant at) {}

    /// Takes a report.
    ///
    /// @return a line for the journal where the worker's state changed
    Optional<String> report(JsonNode report) {
        String id = report.path("id").asText();
        lock.lock();
        try {
            Heard before = reports.put(id, new Heard(report, clock.instant()));
            String now = state(report);
            return before != null && state(before.report()).equals(now)
                    ? Optional.empty()
                    : Optional.of("worker id=%s url=%s state=%s capacity=%.1f loadtime=%.1fs"
                            .formatted(
                                    id,
                                    report.path("url").asText(),
                                    now,
                                    report.path("max_perf").asDouble(),
                                    report.path("loadtime").asDouble()));
        } finally {
            lock.unlock();
        }
    }

    ArrayNode all() {
        lock.lock();
        try {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            reports.values().forEach(heard -> list.add(withoutToken(heard.report())));
            return list;
        } finally {
            lock.unlock();
        }
    }

    /// The address of the ready worker with the least load for its capacity.
    Optional<String> leastLoaded() {
        lock.lock();
        try {
            return reports.values().stream()
                    .filter(heard -> state(heard).equals("ready"))
                    .map(Heard::report)
                    .min(Comparator.comparingDouble(
                            report -> report.path("cur_load").asDouble()
                                    / Math.max(report.path("max_perf").asDouble(), 1e-5)))
                    .map(report -> report.path("url").asText());
        } finally {
            lock.unlock();
        }
    }

    /// Why there is no worker to send a request to.
    String why() {
        lock.lock();
        try {
            if (reports.isEmpty()) {
                return "no worker has reported yet";
            }
            var states = new StringBuilder("no worker is ready:");
            reports.forEach((id, heard) ->
                    states.append(" worker ").append(id).append(" is ").append(state(heard)));
            return states.toString();
        } finally {
            lock.unlock();
        }
    }

    private String state(Heard heard) {
        return heard.at().plus(LOST_AFTER).isBefore(clock.instant())
                ? "lost (last report at " + heard.at() + ")"
                : state(heard.report());
    }

    private static String state(JsonNode report) {
        String error = report.path("error_msg").asText("");
        if (!error.isEmpty()) {
            return "errored (" + error + ")";
        }
        return report.path("loadtime").asDouble() > 0 ? "ready" : "loading";
    }

    private static JsonNode withoutToken(JsonNode report) {
        var copy = report.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove("mtoken");
        }
        return copy;
    }
}
