package dev.dray.plugin.tgi;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// `{"inputs": "…", "parameters": {"max_new_tokens": 128}}`, answered whole or as a stream of tokens. It
/// goes to the router untouched.
///
/// It has no check of its own: the router refuses what it cannot take, in words that its clients know.
///
/// @param path      `/generate` or `/generate_stream`
/// @param benchmark on one of the two
record GenerateRoute(String path, Optional<BenchmarkPlan> benchmark) implements Route {
    /// The price of a request that does not say how many tokens it wants, or says it in no number.
    private static final double UNKNOWN = 100;

    private static final Duration MAX_QUEUE_TIME = Duration.ofMinutes(1);
    private static final int BENCHMARK_RUNS = 8;
    private static final int BENCHMARK_CONCURRENCY = 50;
    private static final int PROMPT_WORDS = 250;
    private static final int NEW_TOKENS = 128;

    static Route measured(RandomWords words) {
        return new GenerateRoute(
                "/generate",
                Optional.of(new BenchmarkPlan(
                        BENCHMARK_RUNS, BENCHMARK_CONCURRENCY, true, random -> payload(words, random))));
    }

    static Route streamed() {
        return new GenerateRoute("/generate_stream", Optional.empty());
    }

    @Override
    public Concurrency concurrency() {
        return Concurrency.parallel();
    }

    @Override
    public Optional<Duration> maxQueueTime() {
        return Optional.of(MAX_QUEUE_TIME);
    }

    @Override
    public double workload(RequestPayload payload) {
        OptionalDouble tokens = payload.numeric("/parameters/max_new_tokens");
        return tokens.stream()
                .filter(count -> count >= 0 && count < Double.POSITIVE_INFINITY)
                .findFirst()
                .orElse(UNKNOWN);
    }

    // New words each time, so that no prefix cache of the router answers in their place. They are plain letters and
    // need no escaping.
    private static Bytes payload(RandomWords words, RandomGenerator random) {
        return Bytes.utf8("""
                {"inputs": "%s", "parameters": {"max_new_tokens": %d, "temperature": 0.7, "return_full_text": false}}""".formatted(words.text(PROMPT_WORDS, random), NEW_TOKENS));
    }
}
