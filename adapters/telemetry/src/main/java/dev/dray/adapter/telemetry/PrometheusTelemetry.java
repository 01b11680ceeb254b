package dev.dray.adapter.telemetry;

import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.BenchmarkEnded;
import dev.dray.port.outbound.WorkerEvent.BenchmarkProgress;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import dev.dray.port.outbound.WorkerEvents;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.function.LongSupplier;

/// Counts and times what the worker tells, and writes it all on one page.
///
/// Every meter of a request is made at the start, so that a series is there before its first request and an event
/// finds its meters by one look-up.
public final class PrometheusTelemetry implements WorkerEvents, AutoCloseable {
    /// `Content-Type` of [#scrape()].
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RequestCounters counters;
    private final RequestTimes times;
    private final WorkerGauges gauges;
    private final ProcessMeters process = new ProcessMeters();

    /// Makes all series.
    ///
    /// @param routes paths of the backend; requests to any other count under `other`
    public PrometheusTelemetry(Collection<String> routes) {
        counters = new RequestCounters(registry, routes);
        times = new RequestTimes(registry);
        gauges = new WorkerGauges(registry);
    }

    /// Where the gauges are read from; until this is called they stand at what a starting worker has.
    public void observe(ReadWorker worker) {
        gauges.observe(worker);
    }

    /// Brings in `dray_report_failures_total`, which only a platform's adapter can count. Without a platform there is
    /// nothing to report, and no such series.
    ///
    /// @param total reports not taken since the start of the process; only grows
    public void countReportFailures(LongSupplier total) {
        FunctionCounter.builder("dray.report.failures", total, LongSupplier::getAsLong)
                .description("Reports to the platform that were not taken")
                .register(registry);
    }

    @Override
    public void accept(WorkerEvent event) {
        switch (event) {
            case RequestEnded(RequestRecord request) -> {
                counters.ended(request);
                times.ended(request);
            }
            case ReadinessChanged changed -> gauges.moved(changed.to().state());
            case RequestAdmitted _,
                    RequestStarted _,
                    WorkerEvent.SessionOpened _,
                    WorkerEvent.SessionClosed _,
                    BenchmarkProgress _,
                    BenchmarkEnded _,
                    ModelLogNoted _ -> {
                // Seen in the gauges, or nothing to count.
            }
        }
    }

    /// The page, in Prometheus' text format; all gauges are of one moment.
    public String scrape() {
        gauges.refresh();
        process.bindOnce(registry);
        return registry.scrape();
    }

    @Override
    public void close() {
        process.close();
        registry.close();
    }
}
