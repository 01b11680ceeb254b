package dev.dray.app.bench;

import dev.dray.adapter.modelclient.HttpModelServers;
import dev.dray.adapter.telemetry.TokenReader;
import dev.dray.app.ModelSide;
import dev.dray.app.RealTime;
import dev.dray.app.inspect.Inspection;
import dev.dray.app.plugin.ModelLocation;
import dev.dray.domain.benchmark.BenchmarkRun;
import dev.dray.domain.benchmark.Sweep;
import dev.dray.domain.benchmark.SweepLimits;
import dev.dray.domain.benchmark.SweepProgress;
import dev.dray.domain.benchmark.TokenCounter;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The benchmark on demand, wired as in a worker, but without one: the same plugin, the same requests, the same client
/// to the model server, of which there may be several: the first is measured.
public final class BenchProgram implements AutoCloseable {
    private final RealTime time = new RealTime();
    private final HttpModelServers client;
    private final Sweep sweep;

    /// What to measure.
    ///
    /// @param backend settings and plugin; closed by whoever made it
    /// @param route   one that has a benchmark
    /// @param streams whether to ask for streams, where the model server makes them
    /// @param version of this program
    public record Setup(
            Inspection.Complete backend, RoutePlan route, SweepLimits limits, boolean streams, String version) {}

    public BenchProgram(Setup setup, Sweep.Listener listener) {
        Inspection.Complete backend = setup.backend();
        this.client = ModelSide.client(backend.assembly(), setup.version(), time);
        var outside = new BenchmarkRun.Outside(
                ModelSide.carrier(backend.config(), backend.assembly(), client),
                time,
                time,
                time.clock(),
                RandomGenerator.getDefault());
        BenchmarkPlan plan = setup.route().benchmark().orElseThrow();
        var measured =
                new BenchmarkRun.Setup(backend.plugin().id(), 0, setup.route().route(), plan, burst(setup.route()));
        this.sweep =
                new Sweep(new Sweep.Setup(measured, setup.limits(), setup.streams(), Counted::new), outside, listener);
    }

    /// The route that a worker would measure; empty where the backend has none.
    public static Optional<RoutePlan> measured(Inspection.Complete backend) {
        return backend.routes().stream()
                .filter(route -> route.benchmark().isPresent())
                .findFirst();
    }

    /// Requests at once in a round of the worker's own benchmark of a route that has one.
    public static int burst(RoutePlan route) {
        return route.concurrency() instanceof Concurrency.Serial
                ? 1
                : route.benchmark().orElseThrow().concurrency();
    }

    /// What of these settings a person may expect to be otherwise, one line each.
    public static List<String> oddities(Inspection.Complete backend) {
        ModelLocation model = backend.assembly().model();
        ModelLocation.Server first = model.servers().getFirst();
        var odd = new ArrayList<String>();
        if (model.servers().size() > 1) {
            odd.add("the first of %d model servers is measured: %s"
                    .formatted(model.servers().size(), first.url()));
        }
        if (!first.command().isEmpty()) {
            odd.add("'model.command' is not run: a model server that runs already is measured");
        }
        model.maxConnections()
                .ifPresent(most -> odd.add(("'limits.model-connections' lets %d requests through at once: more are not"
                                + " seen by the model server, and its saturation beyond is not seen here")
                        .formatted(most)));
        return odd;
    }

    /// Begins. The listener hears the end, whatever comes.
    public void start() {
        sweep.start();
    }

    /// Ends it with what was measured so far.
    public void stop() {
        sweep.stop();
    }

    /// How it goes.
    public SweepProgress progress() {
        return sweep.progress();
    }

    @Override
    public void close() {
        sweep.stop();
        client.close();
        time.close();
    }

    /// Reads tokens as the worker's own metrics do.
    private static final class Counted implements TokenCounter {
        private final TokenReader reader;

        Counted(ResponseHead head) {
            this.reader = TokenReader.of(head);
        }

        @Override
        public void read(byte[] array, int offset, int length) {
            reader.read(array, offset, length);
        }

        @Override
        public long pieces() {
            return reader.events();
        }

        @Override
        public long tokens() {
            return reader.output();
        }
    }
}
