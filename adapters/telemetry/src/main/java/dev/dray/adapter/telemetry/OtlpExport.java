package dev.dray.adapter.telemetry;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.port.outbound.Ticker;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Everything that goes to a collector. The door to OpenTelemetry's classes: loaded only where a collector is set.
final class OtlpExport implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OtlpExport.class.getName());

    private final CompositeMeterRegistry all = new CompositeMeterRegistry(Clock.SYSTEM);
    private final OtlpMeterRegistry metrics;
    private final OtlpTraces traces;
    private final RequestSpans spans;

    /// @param page keeps the same metrics for scrapes
    OtlpExport(OtlpSettings settings, MeterRegistry page, Ticker ticker, Subject subject) {
        var lostMetrics = new ExportTrouble(ticker, ExportTrouble.METRICS, settings.metrics());
        var lostSpans = new ExportTrouble(ticker, ExportTrouble.TRACES, settings.traces());
        metrics = OtlpMetrics.registry(settings, lostMetrics);
        all.add(page);
        all.add(metrics);
        lostMetrics.on(all);
        lostSpans.on(all);
        traces = new OtlpTraces(settings, lostSpans);
        spans = traces.spans(settings, ticker, subject);
    }

    /// Where meters are made, so that the page has them and the collector gets them.
    MeterRegistry registry() {
        return all;
    }

    RequestSpans spans() {
        return spans;
    }

    /// Sends the last of both side by side, and waits no longer than [OtlpSettings#LAST_WORDS].
    @Override
    public void close() {
        var sent = new CountDownLatch(2);
        for (Runnable last : List.<Runnable>of(traces::close, metrics::close)) {
            Thread.ofVirtual().name("dray-otlp-end").start(() -> {
                try {
                    last.run();
                } finally {
                    sent.countDown();
                }
            });
        }
        try {
            if (!sent.await(OtlpSettings.LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "export not finished; the last metrics and spans may be lost");
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
