package dev.dray.app.admin.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.ReadinessState;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.HdrHistogram.AbstractHistogram;

/// The worker over five seconds.
///
/// @param at             epoch seconds of its start
/// @param state          at its end
/// @param load           what there was to do, at most
/// @param unitsPerSecond work of served requests, as far as it was done within the point
/// @param capacity       workload units per second at its end; empty while unknown
/// @param requests       that ended in it
/// @param firstToken     head read to the first text of a stream
/// @param firstByte      head read to the model server's first byte
/// @param overhead       head read to admitted: the worker's own share
public record Point(
        long at,
        ReadinessState state,
        Load load,
        double unitsPerSecond,
        OptionalDouble capacity,
        Counts requests,
        Percentiles firstToken,
        Percentiles firstByte,
        Percentiles overhead) {
    /// How long one lasts.
    public static final Duration LENGTH = Duration.ofSeconds(5);

    /// As many as make an hour.
    static final int MOST = 720;

    /// @param queued   requests that waited, at most
    /// @param inFlight requests that ran, at most
    record Load(int queued, int inFlight) {
        static final Load NONE = new Load(0, 0);

        Load or(int nowQueued, int nowInFlight) {
            return new Load(Math.max(queued, nowQueued), Math.max(inFlight, nowInFlight));
        }
    }

    /// @param p50 seconds; empty where nothing was measured
    /// @param p95 seconds; empty where nothing was measured
    record Percentiles(OptionalDouble p50, OptionalDouble p95) {
        /// @param micros what was measured, in microseconds
        static Percentiles of(AbstractHistogram micros) {
            return micros.getTotalCount() == 0
                    ? new Percentiles(OptionalDouble.empty(), OptionalDouble.empty())
                    : new Percentiles(seconds(micros, 50), seconds(micros, 95));
        }

        private static OptionalDouble seconds(AbstractHistogram micros, double percentile) {
            return OptionalDouble.of(micros.getValueAtPercentile(percentile) / 1e6);
        }
    }

    /// As a JSON object.
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("at", at);
        node.put("state", state.name().toLowerCase(Locale.ROOT));
        node.put("queued", load.queued());
        node.put("in-flight", load.inFlight());
        node.put("units-per-second", unitsPerSecond);
        put(node, "capacity", capacity);
        requests.write(node.putObject("requests"));
        put(node, "first-token-p50", firstToken.p50());
        put(node, "first-token-p95", firstToken.p95());
        put(node, "first-byte-p50", firstByte.p50());
        put(node, "first-byte-p95", firstByte.p95());
        put(node, "overhead-p50", overhead.p50());
        put(node, "overhead-p95", overhead.p95());
        return node;
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        if (value.isPresent()) {
            node.put(name, value.getAsDouble());
        } else {
            node.putNull(name);
        }
    }
}
