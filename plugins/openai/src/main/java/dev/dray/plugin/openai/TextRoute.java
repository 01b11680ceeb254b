package dev.dray.plugin.openai;

import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Optional;

/// A route that turns text into text: completions and chat.
///
/// It has no check of its own. What a payload must hold differs from engine to engine (one refuses
/// `"max_tokens": "many"`, another takes its default), and each engine's own refusal has the form that OpenAI clients
/// understand.
final class TextRoute implements Route {
    private static final Duration MAX_QUEUE_TIME = Duration.ofMinutes(10);
    private static final int BENCHMARK_RUNS = 3;
    private static final int BENCHMARK_CONCURRENCY = 10;

    private final String path;
    private final Optional<BenchmarkPlan> benchmark;

    private TextRoute(String path, Payloads payloads, boolean measured) {
        this.path = path;
        this.benchmark = measured
                ? Optional.of(new BenchmarkPlan(BENCHMARK_RUNS, BENCHMARK_CONCURRENCY, true, payloads))
                : Optional.empty();
    }

    static Route completions(String path, BenchmarkPrompts prompts, boolean measured) {
        return new TextRoute(path, prompts::completion, measured);
    }

    static Route chat(String path, BenchmarkPrompts prompts, boolean measured) {
        return new TextRoute(path, prompts::chat, measured);
    }

    @Override
    public String path() {
        return path;
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
        return TokenPrice.of(WrappedInput.content(payload));
    }

    @Override
    public ModelRequest request(RequestPayload payload) {
        return WrappedInput.request(payload);
    }

    @Override
    public Optional<BenchmarkPlan> benchmark() {
        return benchmark;
    }
}
