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

/// A route whose cost the configuration fixes; all else is the route's below.
final class PricedRoute implements Route {
    private final Route below;
    private final double units;

    PricedRoute(Route below, double units) {
        this.below = below;
        this.units = units;
    }

    /// A route that the backend does not have: the client's bytes, the SPI's defaults.
    static Route plain(String path) {
        return () -> path;
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

    @Override
    public double workload(RequestPayload payload) {
        return units;
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
