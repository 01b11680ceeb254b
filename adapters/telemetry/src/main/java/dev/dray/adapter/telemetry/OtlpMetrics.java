package dev.dray.adapter.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends all metrics to a collector, every [OtlpSettings#STEP] and once more at the end.
final class OtlpMetrics {
    private OtlpMetrics() {}

    /// Not started from any request's thread: a thread of its own collects and sends.
    static OtlpMeterRegistry registry(OtlpSettings settings, ExportTrouble trouble) {
        return OtlpMeterRegistry.builder(new Config(settings))
                .clock(Clock.SYSTEM)
                .threadFactory(
                        Thread.ofPlatform().daemon().name("dray-otlp-metrics").factory())
                .metricsSender(new Sender(settings, trouble))
                .build();
    }

    private record Config(OtlpSettings settings) implements OtlpConfig {
        // Whatever is not said here stays as it is by default.
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            return settings.metrics().toString();
        }

        @Override
        public Duration step() {
            return OtlpSettings.STEP;
        }

        @Override
        public Map<String, String> resourceAttributes() {
            return settings.resource();
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        // The conventions for generative AI count in seconds.
        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }
    }

    /// Never throws: the registry would log a trace of it at each step.
    private static final class Sender implements OtlpMetricsSender {
        private final OtlpSettings settings;
        private final ExportTrouble trouble;
        private final HttpClient client =
                HttpClient.newBuilder().connectTimeout(OtlpSettings.TIME_OUT).build();

        Sender(OtlpSettings settings, ExportTrouble trouble) {
            this.settings = settings;
            this.trouble = trouble;
        }

        @Override
        public void send(Request request) {
            HttpRequest post = HttpRequest.newBuilder(settings.metrics())
                    .timeout(OtlpSettings.TIME_OUT)
                    .header("Content-Type", "application/x-protobuf")
                    .POST(BodyPublishers.ofByteArray(request.getMetricsData()))
                    .build();
            try {
                HttpResponse<Void> answer = client.send(post, BodyHandlers.discarding());
                if (answer.statusCode() / 100 != 2) {
                    trouble.failed("status " + answer.statusCode());
                }
            } catch (IOException unreachable) {
                trouble.failed(unreachable.toString());
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
