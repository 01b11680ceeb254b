package dev.dray.plugin.declarative;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.plugin.declarative.Expression.FailedException;
import dev.dray.spi.AnswerMapper;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A route with expressions over it. What has none is the route's below.
///
/// @param workload its price
/// @param request  what goes to the model server
/// @param template what a benchmark sends
record CelRoute(Route below, Optional<Expression> workload, Optional<Expression> request, Optional<Template> template)
        implements Route {
    // The worker lays what the file says of these over them.
    private static final int RUNS = 8;
    private static final int CONCURRENCY = 10;

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

    /// What the expression needs and the payload lacks is the client's mistake, so it is told before
    /// anything is reserved or queued.
    @Override
    public Map<String, String> check(RequestPayload payload) {
        Map<String, String> mistakes = below.check(payload);
        if (!mistakes.isEmpty() || request.isEmpty()) {
            return mistakes;
        }
        try {
            Object made = request.get().over(payload);
            return made instanceof Map<?, ?>
                    ? Map.of()
                    : Map.of("payload", "the request for the model server made of it is no object");
        } catch (FailedException failure) {
            return Map.of("payload", "no request for the model server can be made of it: " + failure.getMessage());
        }
    }

    @Override
    public double workload(RequestPayload payload) {
        if (workload.isEmpty()) {
            return below.workload(payload);
        }
        try {
            return Price.of(workload.get().over(payload));
        } catch (FailedException unpriced) {
            // Counts as any request without a price, and in the metric of those.
            return Double.NaN;
        }
    }

    @Override
    public ModelRequest request(RequestPayload payload) {
        if (request.isEmpty()) {
            return below.request(payload);
        }
        try {
            Bytes made = JsonOut.of(request.get().over(payload));
            return made.equals(payload.bytes()) ? ModelRequest.unchanged() : ModelRequest.json(made);
        } catch (FailedException | IllegalArgumentException failure) {
            throw new IllegalStateException(
                    "'request' of route %s failed: %s".formatted(path(), failure.getMessage()), failure);
        }
    }

    @Override
    public Optional<AnswerMapper> answer() {
        return below.answer();
    }

    @Override
    public Optional<BenchmarkPlan> benchmark() {
        return template.isPresent()
                ? template.map(payloads -> new BenchmarkPlan(RUNS, CONCURRENCY, true, payloads))
                : below.benchmark();
    }
}
