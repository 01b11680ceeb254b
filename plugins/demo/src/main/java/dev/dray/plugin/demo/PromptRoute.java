package dev.dray.plugin.demo;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A route that takes a text: `{"prompt": "…"}`.
///
/// What it does not say is the default of [Route]: one request at a time in the worker's shared queue, shed once the
/// estimated wait is over 30 s, and the client's own bytes go to the model server untouched.
final class PromptRoute implements Route {
    /// What the benchmark sends: real requests of the usual size.
    private static final List<Bytes> DATASET = List.of(
            Bytes.utf8("{\"prompt\": \"Name three rivers that flow north.\"}"),
            Bytes.utf8("{\"prompt\": \"Explain to a child why the sky is blue, and why it is red in the evening.\"}"),
            Bytes.utf8("{\"prompt\": \"Write a short letter to a lighthouse keeper.\"}"));

    private static final int RUNS = 5;
    private static final int CONCURRENCY = 10;

    /// The same path at the worker and at the model server.
    @Override
    public String path() {
        return "/my/route";
    }

    /// Only what is certainly wrong: whatever stands here is answered 422 and the model server never sees it.
    @Override
    public Map<String, String> check(RequestPayload payload) {
        return prompt(payload).isPresent()
                ? Map.of()
                : Map.of("prompt", "expected a string, for example {\"prompt\": \"hello\"}");
    }

    /// What the request will cost: a number that doubles when the work doubles. Here a character, an emoji too, is one
    /// unit. Capacity, waiting times and reports are all counted in it.
    @Override
    public double workload(RequestPayload payload) {
        String prompt = prompt(payload).orElse("");
        return prompt.codePointCount(0, prompt.length());
    }

    /// How the worker learns what the model server carries. Exactly one route of a plugin has a benchmark. This one
    /// asks for bursts of ten, which count as one, since the route is serial.
    @Override
    public Optional<BenchmarkPlan> benchmark() {
        return Optional.of(
                new BenchmarkPlan(RUNS, CONCURRENCY, true, random -> DATASET.get(random.nextInt(DATASET.size()))));
    }

    // A pointer into the client's bytes (RFC 6901); no tree is built.
    private static Optional<String> prompt(RequestPayload payload) {
        return payload.text("/prompt");
    }
}
