package dev.dray.domain.worker;

import dev.dray.adapter.inmemory.InMemoryBenchmarkStore;
import dev.dray.adapter.inmemory.OpenPlatform;
import dev.dray.adapter.inmemory.RecordingCallbacks;
import dev.dray.adapter.inmemory.ScriptedHealth;
import dev.dray.adapter.inmemory.ScriptedProcess;
import dev.dray.app.RealTime;
import dev.dray.model.Bytes;
import dev.dray.model.ReadinessState;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LogRules;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// One request through the whole core, arrival to outcome, with a model server that answers at once: what the lock
/// that all requests share costs alone, and when four threads want it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdmissionBenchmark {
    private static final Bytes PAYLOAD = Bytes.utf8("{\"prompt\":\"word\",\"max_tokens\":16}");

    private final RealTime time = new RealTime();
    private final Worker worker = new Worker(plan(), ports(time));

    private static WorkerPlan plan() {
        Route route = () -> "/v1/completions";
        var plan = new RoutePlan(
                route,
                Concurrency.parallel(),
                Optional.of(Duration.ofSeconds(30)),
                Optional.empty(),
                TimeOuts.PARALLEL,
                Optional.empty());
        return new WorkerPlan(
                "bench",
                List.of(plan),
                Set.of(),
                new LogRules(List.of(), List.of(), List.of()),
                List.of(new WorkerPlan.ServerPlan("", new WorkerPlan.LoadSignal.Health(), true)),
                WorkerPlan.HealthPolicy.DEFAULT,
                "bench",
                OptionalDouble.of(1e9),
                WorkerPlan.Limits.DEFAULT,
                Optional.empty());
    }

    private static WorkerPorts ports(RealTime time) {
        return new WorkerPorts(
                new InstantModelServer(),
                new ScriptedHealth(time),
                new OpenPlatform(),
                event -> {},
                new InMemoryBenchmarkStore(),
                time,
                time,
                time.clock(),
                new RecordingCallbacks(time),
                List.of(new ScriptedProcess()),
                new SplittableRandom(1),
                new SplittableRandom(2));
    }

    @Setup
    public void start() {
        worker.start();
        while (worker.readiness().state() != ReadinessState.READY) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @TearDown
    public void stop() {
        time.close();
    }

    @Benchmark
    public int alone() {
        return request();
    }

    @Benchmark
    @Threads(4)
    public int fourThreads() {
        return request();
    }

    private int request() {
        var client = new CountingClient();
        var request = new InboundRequest("POST", "/v1/completions", List.of(), PAYLOAD, time.nanos(), "127.0.0.1:1");
        var ticket = worker.arrive(request, client);
        worker.proceed(ticket);
        return client.ended();
    }
}
