package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.app.config.Config.Handler;
import dev.dray.app.config.HandlerExpressions;
import dev.dray.app.config.OrNone;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.ExpressionCompiler.Laid;
import dev.dray.app.plugin.StartedBackend.SaidRoute;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// Lays one entry under `handlers` over one route. What the entry does not name stays as the plugin
/// says.
final class RouteOverlay {
    private static final int RUNS = 8;
    private static final int CONCURRENCY = 10;

    private final Config config;
    private final ExpressionCompiler compiler;
    private final List<Problem> problems = new ArrayList<>();

    RouteOverlay(Config config, ExpressionCompiler compiler) {
        this.config = config;
        this.compiler = compiler;
    }

    List<Problem> problems() {
        return problems;
    }

    /// A route that only the file has.
    RoutePlan added(Handler handler) {
        return over(SaidRoute.of(PricedRoute.plain(handler.route())), Optional.of(handler));
    }

    RoutePlan over(SaidRoute said, Optional<Handler> handler) {
        Laid laid = route(said.route(), handler);
        Concurrency concurrency =
                handler.map(entry -> concurrency(said.concurrency(), entry)).orElse(said.concurrency());
        return new RoutePlan(
                new CountedRoute(laid.route()),
                concurrency,
                handler.flatMap(Handler::maxQueueTime).map(OrNone::value).orElse(said.maxQueueTime()),
                handler.flatMap(Handler::queueTimeOut).flatMap(OrNone::value),
                timeOuts(concurrency, handler),
                benchmark(said, handler, laid));
    }

    private Laid route(Route below, Optional<Handler> handler) {
        if (handler.isEmpty()) {
            return new Laid(below, Optional.empty());
        }
        Laid laid = compiler.over(below, handler.get(), problems);
        return handler.get().workload().isPresent()
                ? new Laid(
                        new PricedRoute(laid.route(), handler.get().workload().getAsDouble()), laid.template())
                : laid;
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

    private Optional<BenchmarkPlan> benchmark(SaidRoute said, Optional<Handler> handler, Laid laid) {
        Optional<BenchmarkPlan> below = said.benchmark();
        Optional<Config.Benchmark> entry = handler.flatMap(Handler::benchmark);
        Optional<Payloads> payloads = entry.filter(own -> !own.dataset().isEmpty())
                .map(own -> drawnFrom(own.dataset(), below))
                .or(laid::template)
                .or(() -> below.map(BenchmarkPlan::payloads));
        if (payloads.isEmpty()) {
            entry.filter(own -> !own.template()).ifPresent(_ -> missing(said, handler.orElseThrow()));
            return Optional.empty();
        }
        boolean mapped = handler.flatMap(Handler::expressions)
                .filter(HandlerExpressions::makeRequests)
                .isPresent();
        Payloads sent = mapped ? sentAs(laid.route(), payloads.get()) : payloads.get();
        return Optional.of(new BenchmarkPlan(
                number(entry.map(Config.Benchmark::runs), below.map(BenchmarkPlan::runs), RUNS),
                number(entry.map(Config.Benchmark::concurrency), below.map(BenchmarkPlan::concurrency), CONCURRENCY),
                entry.flatMap(Config.Benchmark::warmup)
                        .or(() -> below.map(BenchmarkPlan::warmup))
                        .orElse(true),
                sent));
    }

    private void missing(SaidRoute said, Handler handler) {
        problems.add(new Problem(
                handler.origin(),
                "handlers[].benchmark.dataset",
                "nothing for route '" + said.path() + "', for which the plugin has no benchmark of its own",
                "a list of payloads",
                "add 'dataset' or 'template'"));
    }

    private static int number(Optional<OptionalInt> own, Optional<Integer> below, int standard) {
        return own.orElseGet(OptionalInt::empty).orElseGet(() -> below.orElse(standard));
    }

    // They go to the model server as the plugin's own would.
    private static Payloads drawnFrom(List<Bytes> dataset, Optional<BenchmarkPlan> below) {
        return new Payloads() {
            @Override
            public Bytes next(RandomGenerator random) {
                return dataset.get(random.nextInt(dataset.size()));
            }

            @Override
            public ModelRequest request(RequestPayload payload) {
                return below.map(plan -> plan.payloads().request(payload)).orElseGet(ModelRequest::unchanged);
            }
        };
    }

    // The file says what becomes of a client's payload: so it does of the benchmark's.
    private static Payloads sentAs(Route route, Payloads payloads) {
        return new Payloads() {
            @Override
            public Bytes next(RandomGenerator random) {
                return payloads.next(random);
            }

            @Override
            public ModelRequest request(RequestPayload payload) {
                return route.request(payload);
            }
        };
    }
}
