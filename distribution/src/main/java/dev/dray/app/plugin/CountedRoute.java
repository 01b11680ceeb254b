package dev.dray.app.plugin;

import dev.dray.model.RequestPayload;
import dev.dray.spi.AnswerMapper;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Counts the payloads for which a route has no price, so that each of them weighs 100.
public final class CountedRoute implements Route {
    private final Route below;
    private final LongAdder unpriced = new LongAdder();

    CountedRoute(Route below) {
        this.below = below;
    }

    /// Payloads without a price so far.
    public long unpriced() {
        return unpriced.sum();
    }

    @Override
    public String path() {
        return below.path();
    }

    @Override
    public Concurrency concurrency() {
        return below.concurrency();
    }

    @Override
    public Optional<Duration> maxQueueTime() {
        return below.maxQueueTime();
    }

    @Override
    public Map<String, String> check(RequestPayload payload) {
        return below.check(payload);
    }

    // What is thrown goes on as it is: the core knows what to make of it.
    @Override
    public double workload(RequestPayload payload) {
        boolean priced = false;
        try {
            double units = below.workload(payload);
            priced = units >= 0 && units < Double.POSITIVE_INFINITY;
            return units;
        } finally {
            if (!priced) {
                unpriced.increment();
            }
        }
    }

    @Override
    public ModelRequest request(RequestPayload payload) {
        return below.request(payload);
    }

    @Override
    public Optional<AnswerMapper> answer() {
        return below.answer();
    }

    @Override
    public Optional<BenchmarkPlan> benchmark() {
        return below.benchmark();
    }
}
