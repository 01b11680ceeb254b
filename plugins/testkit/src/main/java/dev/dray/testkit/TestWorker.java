package dev.dray.testkit;

import dev.dray.adapter.inmemory.InMemoryBenchmarkStore;
import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.adapter.inmemory.OpenPlatform;
import dev.dray.adapter.inmemory.RecordingCallbacks;
import dev.dray.adapter.inmemory.RecordingEvents;
import dev.dray.adapter.inmemory.ScriptedHealth;
import dev.dray.adapter.inmemory.ScriptedModelServer;
import dev.dray.adapter.inmemory.ScriptedProcess;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.domain.worker.Worker;
import dev.dray.domain.worker.WorkerPlan;
import dev.dray.domain.worker.WorkerPorts;
import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.spi.Backend;
import dev.dray.spi.Concurrency;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

/// The real worker around a backend, ready to serve, in front of a scripted model server; time stands
/// still until it is told to pass.
///
/// There is no platform: a request's body is the bare payload. The capacity is [#CAPACITY]; nothing is
/// measured. Single-threaded.
public final class TestWorker {
    /// Workload units per second that the model server is taken to carry.
    public static final double CAPACITY = 1_000;

    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private final ScriptedModelServer model = new ScriptedModelServer(timers);
    private final RecordingEvents events = new RecordingEvents();
    private final List<TestClient> clients = new ArrayList<>();
    private final Worker worker;

    private TestWorker(String backendId, Backend backend) {
        ManualTicker ticker = timers.ticker();
        var ports = new WorkerPorts(
                new LocalAnswers(backend.routes(), model),
                new ScriptedHealth(timers),
                new OpenPlatform(),
                events,
                new InMemoryBenchmarkStore(),
                timers,
                ticker,
                ticker,
                new RecordingCallbacks(timers),
                List.of(new ScriptedProcess()),
                new SplittableRandom(1),
                new SplittableRandom(2));
        worker = new Worker(plan(backendId, backend), ports);
        worker.start();
        run();
    }

    /// A worker that is ready.
    ///
    /// @param backendId named in errors that are the plugin's
    public static TestWorker of(String backendId, Backend backend) {
        return new TestWorker(backendId, backend);
    }

    private static WorkerPlan plan(String backendId, Backend backend) {
        return new WorkerPlan(
                backendId,
                backend.routes().stream().map(TestWorker::plan).toList(),
                Set.of(),
                backend.logRules(),
                List.of(new WorkerPlan.ServerPlan("", new WorkerPlan.LoadSignal.Health(), false)),
                Optional.empty(),
                WorkerPlan.HealthPolicy.DEFAULT,
                "test",
                OptionalDouble.of(CAPACITY),
                WorkerPlan.Limits.DEFAULT,
                Optional.empty());
    }

    private static RoutePlan plan(Route route) {
        Concurrency concurrency = route.concurrency();
        return new RoutePlan(
                route,
                concurrency,
                route.maxQueueTime(),
                Optional.empty(),
                concurrency instanceof Concurrency.Parallel ? TimeOuts.PARALLEL : TimeOuts.SERIAL,
                Optional.empty());
    }

    /// The model server: tell it what to do next, ask it what it was asked.
    public ScriptedModelServer model() {
        return model;
    }

    /// Sends a payload to a route; what happens at once has happened when this returns.
    public TestClient post(String path, String payload) {
        var client = new TestClient(this);
        clients.add(client);
        var request = new InboundRequest(
                "POST",
                path,
                List.of(new HeaderField("Content-Type", "application/json")),
                Bytes.utf8(payload),
                timers.ticker().nanos(),
                "127.0.0.1:1");
        client.admitted(worker.arrive(request, client.responder()));
        run();
        return client;
    }

    /// Lets time pass, and happen what falls due in it.
    public void pass(Duration duration) {
        timers.advance(duration);
        run();
    }

    /// What the books say now.
    public LoadSnapshot load() {
        return worker.load();
    }

    /// What became of the requests that have ended, in order.
    public List<RequestRecord> outcomes() {
        return events.ended();
    }

    void cancel(TestClient client) {
        worker.cancel(client.ticket());
        run();
    }

    // A request whose turn has come is carried on by its client's own thread; here there is one thread for all.
    private void run() {
        boolean again = true;
        while (again) {
            timers.runDue();
            again = false;
            for (TestClient client : List.copyOf(clients)) {
                if (client.takeTurn()) {
                    worker.proceed(client.ticket());
                    again = true;
                }
            }
        }
    }
}
