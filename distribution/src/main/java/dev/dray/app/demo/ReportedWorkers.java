package dev.dray.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The last status report of each worker, and which of them should get the next request. Thread-safe.
final class ReportedWorkers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, JsonNode> reports = new LinkedHashMap<>();

    /// Takes a report.
    ///
    /// @return a line for the journal where the worker's state changed
    Optional<String> report(JsonNode report) {
        String id = report.path("id").asText();
        lock.lock();
        try {
            JsonNode before = reports.put(id, report);
            String now = state(report);
            return before != null && state(before).equals(now)
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
            reports.values().forEach(report -> list.add(withoutToken(report)));
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
                    .filter(report -> state(report).equals("ready"))
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
            reports.forEach((id, report) ->
                    states.append(" worker ").append(id).append(" is ").append(state(report)));
            return states.toString();
        } finally {
            lock.unlock();
        }
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
