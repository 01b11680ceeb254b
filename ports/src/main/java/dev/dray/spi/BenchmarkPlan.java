package dev.dray.spi;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// How a route is benchmarked: bursts of requests at once, until the throughput is stable or the rounds
/// are used up.
///
/// @param runs        most rounds; 1 or more
/// @param concurrency requests in one burst; 1 or more; counts as 1 on a serial route
/// @param warmup      whether one uncounted request goes first
/// @param payloads    makes the payloads
/// @since 1.0
public record BenchmarkPlan(int runs, int concurrency, boolean warmup, Payloads payloads) {
    public BenchmarkPlan {
        if (runs < 1 || concurrency < 1) {
            throw new IllegalArgumentException(
                    "a benchmark needs at least 1 run of 1 request, got runs=%d concurrency=%d"
                            .formatted(runs, concurrency));
        }
        Objects.requireNonNull(payloads, "payloads");
    }

    /// Makes benchmark payloads.
    @FunctionalInterface
    public interface Payloads {
        /// The next payload, JSON in UTF-8, never null and priced above 0. Called once per request, on
        /// any thread. An exception fails the benchmark.
        ///
        /// @param random the only source of chance to use, so that a run can be repeated
        Bytes next(RandomGenerator random);

        /// How such a payload goes to the model server. Default: as it stands, [Route#request] is not
        /// asked. A route that sends forms makes payloads as clients do, and turns them into forms here
        /// as it does for clients.
        default ModelRequest request(RequestPayload payload) {
            return ModelRequest.unchanged();
        }
    }
}
