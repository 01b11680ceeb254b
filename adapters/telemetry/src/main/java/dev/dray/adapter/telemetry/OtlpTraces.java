package dev.dray.adapter.telemetry;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.port.outbound.Ticker;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends spans to a collector, in batches on a thread of its own. A full queue drops spans rather than keep a request.
final class OtlpTraces implements AutoCloseable {
    private static final Duration BATCH = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;

    OtlpTraces(OtlpSettings settings, ExportTrouble trouble) {
        SpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.traces().toString())
                .setTimeout(OtlpSettings.TIME_OUT)
                .setConnectTimeout(OtlpSettings.TIME_OUT)
                // What failed is counted; a second try at the end would not fit into the drain.
                .setRetryPolicy(null)
                .build();
        AttributesBuilder resource = Attributes.builder();
        settings.resource().forEach(resource::put);
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(resource.build()))
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .addSpanProcessor(BatchSpanProcessor.builder(new Counted(exporter, trouble))
                        .setScheduleDelay(BATCH)
                        .setExporterTimeout(OtlpSettings.TIME_OUT)
                        .build())
                .build();
    }

    RequestSpans spans(OtlpSettings settings, Ticker ticker, Subject subject) {
        return new RequestSpans(provider.get("dev.dray", settings.version()), settings, ticker, subject);
    }

    /// Sends what is left, within [OtlpSettings#LAST_WORDS].
    @Override
    public void close() {
        provider.shutdown().join(OtlpSettings.LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Tells of each batch that was not taken.
    private record Counted(SpanExporter below, ExportTrouble trouble) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            CompletableResultCode result = below.export(spans);
            result.whenComplete(() -> {
                if (!result.isSuccess()) {
                    trouble.failed(cause(result.getFailureThrowable()));
                }
            });
            return result;
        }

        // The exporter wraps what happened in an exception of its own.
        private static String cause(@Nullable Throwable failure) {
            Throwable inside = failure == null ? null : failure.getCause();
            return String.valueOf(inside == null ? failure : inside);
        }

        @Override
        public CompletableResultCode flush() {
            return below.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return below.shutdown();
        }
    }
}
