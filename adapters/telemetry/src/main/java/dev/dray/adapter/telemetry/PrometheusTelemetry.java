package dev.dray.adapter.telemetry;

import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.BenchmarkEnded;
import dev.dray.port.outbound.WorkerEvent.BenchmarkProgress;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import dev.dray.port.outbound.WorkerEvent.ModelServersChanged;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import dev.dray.port.outbound.WorkerEvents;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
    /// @param routes       paths of the backend; requests to any other count under `other`
    /// @param modelServers how many there are
    public PrometheusTelemetry(Collection<String> routes, int modelServers) {
        counters = new RequestCounters(registry, routes);
        times = new RequestTimes(registry);
        gauges = new WorkerGauges(registry, modelServers);
    }

    /// Where the gauges are read from; until this is called they stand at what a starting worker has.
    public void observe(ReadWorker worker) {
        gauges.observe(worker);
    }

    /// Brings in a counter that another part of the program keeps.
    ///
    /// @param name  with dots, without `total`: `dray.report.failures` becomes `dray_report_failures_total`
    /// @param total since the start of the process; only grows
    public void count(String name, String description, LongSupplier total) {
        FunctionCounter.builder(name, total, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    /// Brings in a gauge that another part of the program keeps.
    ///
    /// @param name with dots
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /// The same for one model server.
    ///
    /// @param name   with dots
    /// @param server its place in the worker's plan, from 0
    public void gauge(String name, String description, int server, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("server", Integer.toString(server))
                .register(registry);
    }

    /// Brings in one gauge for each state something may be in: 1 for the present one, 0 for all others.
    ///
    /// @param server of the model server it is about: its place in the worker's plan, from 0
    public void states(String name, String description, int server, States states) {
        for (String state : states.all()) {
            Gauge.builder(name, () -> states.now().get().equals(state) ? 1 : 0)
                    .description(description)
                    .tag("server", Integer.toString(server))
                    .tag("state", state)
                    .register(registry);
        }
    }

    /// The states something may be in.
    ///
    /// @param all words of all of them
    /// @param now word of the present one
    public record States(List<String> all, Supplier<String> now) {
        public States {
            all = List.copyOf(all);
        }
    }

    @Override
    public void accept(WorkerEvent event) {
        switch (event) {
            case RequestEnded(RequestRecord request) -> {
                counters.ended(request);
                times.ended(request);
            }
            case ReadinessChanged _,
                    ModelServersChanged _,
                    RequestAdmitted _,
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
