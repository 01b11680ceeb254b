package dev.dray.plugin.openai;

import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A route whose model server takes a form with files: clients send the files as base64 inside JSON.
///
/// A file is never held decoded: it is looked over in the check, and decoded while it is sent.
record UploadRoute(String path, FormMaker form, Optional<BenchmarkPlan> benchmark) implements Route {
    @Override
    public Concurrency concurrency() {
        return Concurrency.parallel();
    }

    @Override
    public Optional<Duration> maxQueueTime() {
        return Optional.of(JsonRoute.MAX_QUEUE_TIME);
    }

    @Override
    public Map<String, String> check(RequestPayload payload) {
        return form.problem(payload).map(Refusal::asCheck).orElse(Map.of());
    }

    @Override
    public double workload(RequestPayload payload) {
        return form.price(payload);
    }

    @Override
    public ModelRequest request(RequestPayload payload) {
        return form.request(payload);
    }
}
