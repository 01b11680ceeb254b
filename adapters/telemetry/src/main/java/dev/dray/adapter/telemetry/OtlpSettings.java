package dev.dray.adapter.telemetry;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Where metrics and spans are sent, and as whose.
///
/// @param endpoint   base URL of a collector that takes OTLP over HTTP; `/v1/metrics` and `/v1/traces` are added
/// @param version    of this program
/// @param instanceId of this process, unlike any other's
/// @param clock      wall-clock time, for spans
public record OtlpSettings(URI endpoint, String version, String instanceId, InstantSource clock) {
    /// Decision: as often as a Prometheus scrapes by default in Kubernetes' set-ups.
    static final Duration STEP = Duration.ofSeconds(15);

    /// Of one export. Short, so that the last one fits into the end of a drain.
    static final Duration TIME_OUT = Duration.ofMillis(1500);

    /// For all last exports together.
    static final Duration LAST_WORDS = Duration.ofSeconds(2);

    URI metrics() {
        return under("v1/metrics");
    }

    URI traces() {
        return under("v1/traces");
    }

    private URI under(String path) {
        String base = endpoint.toString();
        return URI.create(base.endsWith("/") ? base + path : base + "/" + path);
    }

    /// What everything sent is about, in OpenTelemetry's names.
    Map<String, String> resource() {
        return Map.of("service.name", "dray", "service.version", version, "service.instance.id", instanceId);
    }
}
