package dev.dray.app.config;

import dev.dray.app.config.Config.Benchmark;
import dev.dray.app.config.Config.Handler;
import dev.dray.app.config.Config.TimeOuts;
import dev.dray.app.config.FileSettings.HandlerEntry;
import dev.dray.app.config.HandlerKeys.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads the entries under `handlers`.
final class HandlerReader {
    private final FileSettings settings;
    private final Inputs inputs;
    private final List<Problem> problems;
    private final List<Effective> effective = new ArrayList<>();

    HandlerReader(FileSettings settings, Inputs inputs, List<Problem> problems) {
        this.settings = settings;
        this.inputs = inputs;
        this.problems = problems;
    }

    List<Handler> read() {
        var handlers = new ArrayList<Handler>();
        Map<String, Handler> byRoute = new LinkedHashMap<>();
        for (HandlerEntry entry : settings.handlers()) {
            Optional<Handler> handler = read(entry);
            handlers.addAll(handler.stream().toList());
            handler.map(read -> byRoute.putIfAbsent(read.route(), read))
                    .ifPresent(first -> problems.add(new Problem(
                            origin(entry),
                            entry.shown() + ".route",
                            "'" + first.route() + "' a second time",
                            "one entry for each route, this one has one at "
                                    + first.origin().text(),
                            "put both into one entry")));
        }
        return handlers;
    }

    /// What was settled, each key under its entry: `handlers[0].queue`.
    List<Effective> effective() {
        return effective;
    }

    private Optional<Handler> read(HandlerEntry entry) {
        var reader = new SettingReader(settings, entry.found(), inputs, problems);
        if (!entry.found().containsKey(HandlerKeys.ROUTE.path())) {
            problems.add(new Problem(
                    origin(entry),
                    entry.shown() + ".route",
                    "nothing",
                    HandlerKeys.ROUTE.kind().expected(),
                    ""));
        }
        Optional<String> route = reader.value(HandlerKeys.ROUTE);
        Optional<Workload> workload = reader.value(HandlerKeys.WORKLOAD);
        var handler = new Handler(
                origin(entry),
                route.orElse(""),
                reader.value(HandlerKeys.PARALLEL),
                reader.value(HandlerKeys.MAX_QUEUE_TIME),
                reader.value(HandlerKeys.QUEUE_TIME_OUT),
                reader.value(HandlerKeys.QUEUE),
                constant(workload),
                expressions(reader, entry, workload),
                new TimeOuts(
                        reader.value(HandlerKeys.CONNECT),
                        reader.value(HandlerKeys.FIRST_BYTE),
                        reader.value(HandlerKeys.IDLE),
                        reader.value(HandlerKeys.TOTAL)),
                reader.value(HandlerKeys.STREAM_ERROR_EVENT).orElse(false),
                benchmark(reader, entry));
        for (Effective one : reader.effective()) {
            String name = one.key().substring(HandlerKeys.PREFIX.length());
            effective.add(new Effective(entry.shown() + "." + name, one.value(), one.origin()));
        }
        return route.map(_ -> handler);
    }

    private static OptionalDouble constant(Optional<Workload> workload) {
        return workload.orElse(null) instanceof Workload.Constant(double units)
                ? OptionalDouble.of(units)
                : OptionalDouble.empty();
    }

    private Optional<HandlerExpressions> expressions(
            SettingReader reader, HandlerEntry entry, Optional<Workload> workload) {
        boolean request = reader.find(HandlerKeys.REQUEST).isPresent();
        boolean template = reader.find(HandlerKeys.TEMPLATE).isPresent();
        boolean price = workload.orElse(null) instanceof Workload.Expression;
        return price || request || template ? Optional.of(new HandlerExpressions(settings, entry)) : Optional.empty();
    }

    private Optional<Benchmark> benchmark(SettingReader reader, HandlerEntry entry) {
        var benchmark = new Benchmark(
                reader.value(HandlerKeys.DATASET).orElse(List.of()),
                entry.found().containsKey(HandlerKeys.TEMPLATE.path()),
                number(reader.value(HandlerKeys.RUNS)),
                number(reader.value(HandlerKeys.CONCURRENCY)),
                reader.value(HandlerKeys.WARMUP));
        if (!benchmark.dataset().isEmpty() && benchmark.template()) {
            problems.add(new Problem(
                    origin(entry),
                    entry.shown() + ".benchmark",
                    "both 'dataset' and 'template'",
                    "one of them: both say what is sent",
                    "remove one"));
        }
        boolean said = !benchmark.dataset().isEmpty()
                || benchmark.template()
                || benchmark.runs().isPresent()
                || benchmark.concurrency().isPresent()
                || benchmark.warmup().isPresent();
        return said ? Optional.of(benchmark) : Optional.empty();
    }

    static OptionalInt number(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private Origin origin(HandlerEntry entry) {
        return new Origin.InFile(
                settings.fileName(), entry.place().line(), entry.place().column());
    }
}
