package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.app.config.Config.Handler;
import dev.dray.app.config.OrNone;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.StartedBackend.SaidRoute;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lays one entry under `handlers` over one route. What the entry does not name stays as the plugin says.
final class RouteOverlay {
    private static final int RUNS = 8;
    private static final int CONCURRENCY = 10;

    private final Config config;
    private final List<Problem> problems = new ArrayList<>();

    RouteOverlay(Config config) {
        this.config = config;
    }

    List<Problem> problems() {
        return problems;
    }

    /// A route that only the file has.
    RoutePlan added(Handler handler) {
        return over(SaidRoute.of(PricedRoute.plain(handler.route())), Optional.of(handler));
    }

    RoutePlan over(SaidRoute said, Optional<Handler> handler) {
        Concurrency concurrency =
                handler.map(entry -> concurrency(said.concurrency(), entry)).orElse(said.concurrency());
        return new RoutePlan(
                route(said.route(), handler),
                concurrency,
                handler.flatMap(Handler::maxQueueTime).map(OrNone::value).orElse(said.maxQueueTime()),
                handler.flatMap(Handler::queueTimeOut).flatMap(OrNone::value),
                timeOuts(concurrency, handler),
                benchmark(said, handler));
    }

    private static Route route(Route below, Optional<Handler> handler) {
        if (handler.isPresent() && handler.get().workload().isPresent()) {
            return new PricedRoute(below, handler.get().workload().getAsDouble());
        }
        return below;
    }

    // The name of a queue is let stand on a parallel route: it counts again once the route is made serial.
    private static Concurrency concurrency(Concurrency said, Handler handler) {
        boolean parallel = handler.parallel().orElse(said instanceof Concurrency.Parallel);
        if (parallel) {
            return Concurrency.parallel();
        }
        String queue = said instanceof Concurrency.Serial(String name) ? name : Concurrency.DEFAULT_QUEUE;
        return new Concurrency.Serial(handler.queue().orElse(queue));
    }

    private TimeOuts timeOuts(Concurrency concurrency, Optional<Handler> handler) {
        TimeOuts standard = concurrency instanceof Concurrency.Parallel ? TimeOuts.PARALLEL : TimeOuts.SERIAL;
        Config.TimeOuts all = config.timeOuts();
        Config.TimeOuts own = handler.map(Handler::timeOuts)
                .orElseGet(() ->
                        new Config.TimeOuts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        return new TimeOuts(
                limit(own.connect(), all.connect(), standard.connect()),
                limit(own.firstByte(), all.firstByte(), standard.firstByte()),
                limit(own.idle(), all.idle(), standard.idle()),
                limit(own.total(), all.total(), standard.total()));
    }

    private static Duration limit(Optional<OrNone<Duration>> own, Optional<OrNone<Duration>> all, Duration standard) {
        return own.or(() -> all).map(said -> said.value().orElse(Duration.ZERO)).orElse(standard);
    }

    private Optional<BenchmarkPlan> benchmark(SaidRoute said, Optional<Handler> handler) {
        Optional<Config.Benchmark> entry = handler.flatMap(Handler::benchmark);
        if (entry.isEmpty()) {
            return said.benchmark();
        }
        Config.Benchmark own = entry.get();
        if (own.dataset().isEmpty() && said.benchmark().isEmpty()) {
            problems.add(new Problem(
                    handler.orElseThrow().origin(),
                    "handlers[].benchmark.dataset",
                    "nothing for route '" + said.path() + "', for which the plugin has no benchmark of its own",
                    "a list of payloads",
                    "add 'dataset'"));
            return Optional.empty();
        }
        Optional<BenchmarkPlan> below = said.benchmark();
        return Optional.of(new BenchmarkPlan(
                own.runs().orElse(below.map(BenchmarkPlan::runs).orElse(RUNS)),
                own.concurrency().orElse(below.map(BenchmarkPlan::concurrency).orElse(CONCURRENCY)),
                own.warmup().orElse(below.map(BenchmarkPlan::warmup).orElse(true)),
                own.dataset().isEmpty() ? below.orElseThrow().payloads() : drawnFrom(own.dataset())));
    }

    private static BenchmarkPlan.Payloads drawnFrom(List<Bytes> dataset) {
        return random -> dataset.get(random.nextInt(dataset.size()));
    }
}
