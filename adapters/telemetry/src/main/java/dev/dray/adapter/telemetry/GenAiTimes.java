package dev.dray.adapter.telemetry;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The histograms that OpenTelemetry's conventions for generative AI name, of one operation [1].
///
/// [1] https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/
final class GenAiTimes {
    private final Timer request;
    private final Timer firstToken;
    private final Timer perToken;

    /// @param subject gives the backend's id for who provides the model
    GenAiTimes(MeterRegistry registry, GenAiOperation operation, Subject subject) {
        Tags tags = Tags.of("gen_ai.operation.name", operation.word(), "gen_ai.provider.name", subject.backend())
                .and(subject.model().stream()
                        .map(name -> Tag.of("gen_ai.request.model", name))
                        .toList());
        request = timer(
                registry,
                tags,
                "gen_ai.server.request.duration",
                "Generative AI server request duration",
                Buckets.GEN_AI_REQUEST);
        firstToken = timer(
                registry,
                tags,
                "gen_ai.server.time_to_first_token",
                "Time to generate first token for successful responses",
                Buckets.GEN_AI_FIRST_TOKEN);
        perToken = timer(
                registry,
                tags,
                "gen_ai.server.time_per_output_token",
                "Time per output token generated after the first token for successful responses",
                Buckets.GEN_AI_PER_TOKEN);
    }

    // A second route of the same operation gets the same meter.
    private static Timer timer(
            MeterRegistry registry, Tags tags, String name, String description, List<Duration> buckets) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets.toArray(Duration[]::new))
                .register(registry);
    }

    void request(long nanos) {
        request.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// Of a stream that brought text.
    void tokens(long arrivedNanos, Passage passage) {
        if (passage.firstTokenNanos() == 0) {
            return;
        }
        firstToken.record(passage.firstTokenNanos() - arrivedNanos, TimeUnit.NANOSECONDS);
        long after = passage.output() - 1;
        if (after > 0) {
            perToken.record((passage.lastTokenNanos() - passage.firstTokenNanos()) / after, TimeUnit.NANOSECONDS);
        }
    }
}
