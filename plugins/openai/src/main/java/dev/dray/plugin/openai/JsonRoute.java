package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// A route that takes JSON: the client's own bytes go on.
///
/// It refuses next to nothing. What a payload must hold differs from engine to engine (one refuses
/// `"max_tokens": "many"`, another takes its default), and each engine's own refusal has the form that
/// OpenAI clients understand. Only what names a file of this machine is kept away.
final class JsonRoute implements Route {
    /// The platform's price for a request that cannot be priced.
    static final double UNKNOWN_PRICE = 100;

    static final Duration MAX_QUEUE_TIME = Duration.ofMinutes(10);

    private final String path;
    private final Reading reading;
    private final Optional<BenchmarkPlan> benchmark;

    JsonRoute(String path, Reading reading, Optional<BenchmarkPlan> benchmark) {
        this.path = path;
        this.reading = reading;
        this.benchmark = benchmark;
    }

    /// What sets one such route apart from the others.
    ///
    /// @param input   how what is meant for the model server is found
    /// @param price   of it
    /// @param check   field → message
    /// @param cleaned what is taken out before it goes on
    record Reading(
            WrappedInput input,
            ToDoubleFunction<JsonObject> price,
            Function<JsonValue, Map<String, String>> check,
            Optional<EmptyTexts> cleaned) {
        static Reading of(WrappedInput input, ToDoubleFunction<JsonObject> price) {
            return new Reading(input, price, _ -> Map.of(), Optional.empty());
        }

        Reading checked(Function<JsonValue, Map<String, String>> by, EmptyTexts cleaning) {
            return new Reading(input, price, by, Optional.of(cleaning));
        }
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
    public Map<String, String> check(RequestPayload payload) {
        return reading.check().apply(reading.input().content(payload));
    }

    @Override
    public double workload(RequestPayload payload) {
        return reading.input().content(payload) instanceof JsonObject content
                ? reading.price().applyAsDouble(content)
                : UNKNOWN_PRICE;
    }

    @Override
    public ModelRequest request(RequestPayload payload) {
        ModelRequest request = reading.input().request(payload);
        return reading.cleaned()
                .map(cleaning -> cleaning.without(reading.input().content(payload), request))
                .orElse(request);
    }

    @Override
    public Optional<BenchmarkPlan> benchmark() {
        return benchmark;
    }
}
