package dev.dray.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.simulate.Simulation;
import dev.dray.app.simulate.Simulation.Failure;
import dev.dray.app.simulate.Simulation.Result;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints what came of histories among faults.
record FaultOutput(Terminal terminal, boolean json) {
    void progress(long ended) {
        if (terminal.interactive()) {
            terminal.status("%d histories".formatted(ended));
        }
    }

    /// @param requests clients in each life, as asked for
    void print(Result result, int requests) {
        if (terminal.interactive()) {
            terminal.status("");
        }
        if (json) {
            terminal.print(object(result).toString());
            return;
        }
        terminal.print("outcomes  " + listed(result.outcomes()));
        terminal.print("faults    " + listed(result.faults()));
        result.failure().ifPresent(failure -> print(failure, requests));
        terminal.print("%d histories, %s of virtual time, %d events: %d requests, %d faults, %d broken invariants"
                .formatted(
                        result.seeds(),
                        hours(result.nanos()),
                        result.events(),
                        result.requests(),
                        result.faultCount(),
                        broken(result)));
    }

    private void print(Failure failure, int requests) {
        terminal.print("");
        terminal.print("seed %d broke an invariant after %s s: %s"
                .formatted(
                        failure.seed(),
                        Simulation.seconds(failure.broken().nanos()),
                        failure.broken().promise()));
        terminal.print("found: " + failure.broken().how());
        terminal.print("the last events, in seconds of virtual time:");
        failure.last().forEach(terminal::print);
        String more = requests == Simulation.REQUESTS ? "" : " --requests " + requests;
        terminal.print(
                "to see it again: dray simulate --first-seed %d --seeds 1%s --trace".formatted(failure.seed(), more));
        terminal.print("");
    }

    private static ObjectNode object(Result result) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("histories", result.seeds())
                .put("requests", result.requests())
                .put("events", result.events())
                .put("virtual-seconds", result.nanos() / 1e9)
                .put("faults", result.faultCount())
                .put("broken-invariants", broken(result));
        ObjectNode outcomes = root.putObject("outcomes");
        result.outcomes().forEach(outcomes::put);
        ObjectNode kinds = root.putObject("faults-by-kind");
        result.faults().forEach(kinds::put);
        result.failure().ifPresent(failure -> {
            ObjectNode node = root.putObject("failure")
                    .put("seed", failure.seed())
                    .put("invariant", failure.broken().promise())
                    .put("found", failure.broken().how())
                    .put("virtual-seconds", failure.broken().nanos() / 1e9);
            ArrayNode last = node.putArray("last-events");
            failure.last().forEach(last::add);
        });
        return root;
    }

    private static int broken(Result result) {
        return result.failure().isPresent() ? 1 : 0;
    }

    private static String hours(long nanos) {
        return String.format(Locale.ROOT, "%.1f h", nanos / 3.6e12);
    }

    private static String listed(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }
}
