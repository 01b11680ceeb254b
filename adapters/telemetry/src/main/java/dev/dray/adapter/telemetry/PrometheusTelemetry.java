package dev.dray.adapter.telemetry;

import dev.dray.model.RequestId;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.Ticker;
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
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Counts and times what the worker tells, and writes it all on one page.
///
/// Every meter of a request is made at the start, so that a series is there before its first request and an event
/// finds its meters by one look-up.
public final class PrometheusTelemetry implements WorkerEvents, AutoCloseable {
    /// `Content-Type` of [#scrape()].
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry page = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterRegistry registry;
    private final Optional<OtlpExport> export;
    // A function counter holds what it reads only weakly: let go, it would stand still at the next collection.
    private final List<LongSupplier> kept = new CopyOnWriteArrayList<>();
    // From a request's admission to its end; both are told of every one.
    private final Map<RequestId, Passage> passages = new ConcurrentHashMap<>();
    private final RequestCounters counters;
    private final RequestTimes times;
    private final AnswerMeters answers;
    private final WorkerGauges gauges;
    private final Counter writeOffs;
    private final ProcessMeters process = new ProcessMeters();

    /// Makes all series.
    ///
    /// @param collector where metrics and spans are sent too; empty: nothing of OpenTelemetry is loaded
    public PrometheusTelemetry(Subject subject, Ticker ticker, Optional<OtlpSettings> collector) {
        export = collector.map(settings -> new OtlpExport(settings, page, ticker, subject));
        registry = export.map(OtlpExport::registry).orElse(page);
        counters = new RequestCounters(registry, subject.paths());
        times = new RequestTimes(registry);
        answers = new AnswerMeters(registry, ticker, subject);
        gauges = new WorkerGauges(registry, ticker, subject.modelServers());
        writeOffs = Counter.builder("dray.plugin.write.offs")
                .description(
                        "Calls to the plugin that did not return within the plugin time limit; the fifth ends the worker")
                .register(registry);
        if (export.isPresent()) {
            process.bindOnce(registry);
        } else {
            ExportTrouble.SIGNALS.forEach(signal -> ExportTrouble.never(registry, signal));
        }
    }

    /// What is measured.
    ///
    /// @param paths        all that answer; requests to any other count under `other`
    /// @param routes       of the backend, whose answers are looked at
    /// @param backend      id
    /// @param model        name of the model, where the settings say it
    /// @param modelServers how many there are
    public record Subject(
            Collection<String> paths,
            Collection<String> routes,
            String backend,
            Optional<String> model,
            int modelServers) {
        public Subject {
            paths = List.copyOf(paths);
            routes = List.copyOf(routes);
        }
    }

    /// A model server whose answers are looked at as they pass, and whose calls carry on the client's trace.
    public ModelServer measured(ModelServer below) {
        return new MeasuredModelServer(answers, passages, export.map(OtlpExport::spans), below);
    }

    /// Where the gauges are read from; until this is called they stand at what a starting worker has.
    public void observe(ReadWorker worker) {
        gauges.observe(worker);
    }

    /// Has somebody told of each stream that was served how long it took from the request's head to the first text, in
    /// nanoseconds. From any thread, and not to be kept waiting.
    public void tellFirstTokens(LongConsumer to) {
        answers.tellFirstTokens(to);
    }

    /// Brings in a counter that another part of the program keeps.
    ///
    /// @param name  with dots, without `total`: `dray.report.failures` becomes
    ///     `dray_report_failures_total`
    /// @param total since the start of the process; only grows
    public void count(String name, String description, LongSupplier total) {
        kept.add(total);
        FunctionCounter.builder(name, total, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    /// Brings in a counter for each route.
    ///
    /// @param totals path → since the start of the process; each only grows
    public void countByRoute(String name, String description, Map<String, LongSupplier> totals) {
        kept.addAll(totals.values());
        totals.forEach((route, total) -> FunctionCounter.builder(name, total, LongSupplier::getAsLong)
                .description(description)
                .tag("route", route)
                .register(registry));
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
            case RequestAdmitted admitted -> passages.put(admitted.id(), new Passage(admitted.arrivedNanos()));
            case RequestEnded(RequestRecord request) -> ended(request);
            case WorkerEvent.PluginWrittenOff _ -> writeOffs.increment();
            case ReadinessChanged _,
                    ModelServersChanged _,
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

    private void ended(RequestRecord request) {
        counters.ended(request);
        times.ended(request);
        Passage present = passages.remove(request.id());
        Passage passage = present == null ? new Passage(request.arrivedNanos()) : present;
        answers.ended(request, passage);
        export.ifPresent(each -> each.spans().ended(request, passage));
    }

    /// The page, in Prometheus' text format; all gauges are of one moment.
    public String scrape() {
        gauges.refresh();
        process.bindOnce(registry);
        return page.scrape();
    }

    @Override
    public void close() {
        export.ifPresent(OtlpExport::close);
        process.close();
        page.close();
    }
}
