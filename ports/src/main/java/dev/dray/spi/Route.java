package dev.dray.spi;

import dev.dray.model.RequestPayload;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// One path of the model server that the worker serves. The same path is asked for at the worker and at
/// the model server.
///
/// Methods that take a payload are called on request threads, many at once: the request waits for them,
/// so they return within a second and wait for nothing. Defaults are those of the platform's reference
/// worker.
///
/// @since 1.0
public interface Route {
    /// Path, for example `/v1/completions`; starts with `/`, without query. Asked once, at start.
    String path();

    /// How many requests may run at once. Asked once, at start. Default: one at a time, in the worker's
    /// shared queue.
    default Concurrency concurrency() {
        return Concurrency.serial();
    }

    /// Estimated wait above which a request is shed at admission; empty: never; zero: whenever it would
    /// wait at all. Asked once, at start. Default: 30 s.
    default Optional<Duration> maxQueueTime() {
        return Optional.of(Duration.ofSeconds(30));
    }

    /// Looks for mistakes in a payload. Called before the request is priced or queued; an exception is
    /// answered 500 and names the plugin.
    ///
    /// @return field → message; empty where all is well. Anything else is answered 422 with these
    ///     messages, and the request never reaches the model server
    default Map<String, String> check(RequestPayload payload) {
        return Map.of();
    }

    /// What this payload will cost, in workload units: capacity and load are counted in these. Default:
    /// 100.
    ///
    /// @return finite, 0 or more. Anything else, an exception included, counts as 100
    default double workload(RequestPayload payload) {
        return 100;
    }

    /// What goes to the model server. Called once for each request that is carried to it, after its wait
    /// in the queue. Default: the client's own bytes.
    ///
    /// @return never null; an exception, or null, is answered 500 and names the plugin
    default ModelRequest request(RequestPayload payload) {
        return ModelRequest.unchanged();
    }

    /// Makes another answer of the model server's. Default: none, the answer is passed on byte by byte
    /// as it comes.
    default Optional<AnswerMapper> answer() {
        return Optional.empty();
    }

    /// How to measure what the model server carries. Exactly one route of a backend has one. Default:
    /// none.
    default Optional<BenchmarkPlan> benchmark() {
        return Optional.empty();
    }
}
